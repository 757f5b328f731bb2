use std::{borrow::Cow, fmt::Display, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// What the program writes about its work, on the standard error. Never a query, a variable or a
/// header; an address only of who showed a key or token that does not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// What is worth a line: error, warn, info, debug or trace, each with what stands before it.
    pub level: Level,
    /// text for people, or json for programs: one object a line.
    pub format: Format,
    /// Whether each request is worth a line, at the level info.
    pub requests: bool,
}

impl Default for Log {
    fn default() -> Self {
        Self { level: Level::Info, format: Format::Text, requests: true }
    }
}

/// A word that is one of a few.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$of:meta])* $word:ident = $text:literal),+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name {
            $($(#[$of])* $word),+
        }

        impl $name {
            /// The word.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $text),+
                }
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$word),)+
                    _ => Err(none_of(text, &[$($text),+])),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.as_str().to_owned()
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "enum": [$($text),+] })
            }
        }
    };
}

words! {
    /// How much a line must matter.
    Level:
    /// What failed.
    Error = "error",
    /// What may fail next.
    Warn = "warn",
    /// What happened.
    Info = "info",
    /// How.
    Debug = "debug",
    /// Each step.
    Trace = "trace"
}

words! {
    /// The form of lines.
    Format:
    /// For people.
    Text = "text",
    /// For programs.
    Json = "json"
}

fn none_of(text: &str, words: &[impl Display]) -> String {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    format!("`{text}` is none of them; give one of {}", words.join(", "))
}
