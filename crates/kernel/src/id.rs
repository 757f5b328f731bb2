use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::schema::text_schema;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not {what}; write 1 to 64 of the characters a–z, 0–9 and {marks}, beginning with a letter or a digit"
)]
pub struct IdError {
    text: String,
    what: &'static str,
    marks: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $what:literal, $marks:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(Arc<str>);

        text_schema!($name, { "type": "string", "pattern": (concat!("^[a-z0-9][a-z0-9", $marks, "]{0,63}$")) });

        impl $name {
            /// The identifier as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                if is_id(text, $marks) {
                    Ok(Self(text.into()))
                } else {
                    Err(IdError { text: text.chars().take(80).collect(), what: $what, marks: $marks })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )*};
}

ids! {
    /// A convention: `ccm`.
    ConventionId, "a convention's id", "-"; // the name of its stream, too
    /// A meeting of a convention: `7msp`, `2rc`.
    MeetingId, "a meeting's id", "._-";
    /// A decision, unique in its convention: `7msp-53`.
    DecisionId, "a decision's id", "._-";
    /// An office that the profile names: `president`, `coordinator`.
    OfficeId, "an office's id", "._-";
    /// A theme of work that the profile names: `victim_assistance`.
    ThemeId, "a theme's id", "._-";
    /// A participant that is no State and that the profile names: `icrc`.
    OrganisationId, "an organisation's id", "._-";
    /// An obligation that the profile names: `clearance`, `annual_report`.
    ObligationId, "an obligation's id", "._-";
    /// A clock of an obligation that an event starts: `end_of_hostilities`.
    ClockId, "a clock's id", "._-";
    /// A mandate, unique in its convention: `7msp-41-budget`.
    MandateId, "a mandate's id", "._-";
    /// Who recorded something: `isu`.
    RecorderId, "a recorder's id", "._-";
}

fn is_id(text: &str, marks: &str) -> bool {
    let letter_or_digit = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.len() <= 64
        && text.bytes().next().is_some_and(letter_or_digit)
        && text.bytes().all(|b| letter_or_digit(b) || marks.as_bytes().contains(&b))
}

#[cfg(test)]
mod tests {
    use super::MeetingId;

    #[test]
    fn takes_slugs_only() {
        assert!("7msp".parse::<MeetingId>().is_ok());
        for wrong in ["", "7 MSP", "7MSP", "-x", &"x".repeat(65)] {
            assert!(wrong.parse::<MeetingId>().is_err(), "{wrong}");
        }
    }
}
