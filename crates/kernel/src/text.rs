use std::{fmt, ops::Deref, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::schema::text_schema;

/// A short text for people: a summary, a name as printed, a title. Trimmed, never empty, at most
/// [`Text::MAX_CHARS`] characters, without control characters other than line breaks. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Text(Arc<str>);

text_schema!(Text, { "type": ["string", "integer"], "minLength": 1, "maxLength": 8000 });

/// Why a text is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("this text is empty; write it out or leave the key away")]
    Empty,
    /// Past [`Text::MAX_CHARS`].
    #[error("this text has {chars} characters; write at most {max}", max = Text::MAX_CHARS)]
    TooLong {
        /// How many it has.
        chars: usize,
    },
    /// A character that no reader could see.
    #[error("this text holds the control character {0:?}; write it without")]
    Control(char),
}

impl Text {
    /// The longest text, in characters: eight pages fit, a whole report does not.
    pub const MAX_CHARS: usize = 8000;
}

impl TryFrom<String> for Text {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(TextError::Empty);
        }
        let chars = trimmed.chars().count();
        if chars > Self::MAX_CHARS {
            return Err(TextError::TooLong { chars });
        }
        if let Some(control) = trimmed.chars().find(|c| c.is_control() && *c != '\n') {
            return Err(TextError::Control(control));
        }
        Ok(Self(trimmed.into()))
    }
}

impl TryFrom<&str> for Text {
    type Error = TextError;

    fn try_from(text: &str) -> Result<Self, TextError> {
        text.to_owned().try_into()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
