//! The names of streams.

use std::{fmt, str::FromStr, sync::Arc};

/// The longest name of a stream, in bytes.
pub const MAX_STREAM_NAME_BYTES: usize = 64;

/// The name of a stream: 1 to 64 of `a`–`z`, `0`–`9` and `-`. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(Arc<str>);

/// Why a text is not the name of a stream.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StreamNameError {
    /// The text is empty.
    #[error("a stream name needs at least one character")]
    Empty,
    /// The text is longer than [`MAX_STREAM_NAME_BYTES`].
    #[error("a stream name has at most {MAX_STREAM_NAME_BYTES} bytes, this one has {bytes}")]
    TooLong {
        /// How many bytes it has.
        bytes: usize,
    },
    /// The text holds a character that a name cannot have.
    #[error("a stream name is made of a-z, 0-9 and \"-\", but {name:?} holds {character:?}")]
    Character {
        /// The text.
        name: String,
        /// The first such character.
        character: char,
    },
}

impl StreamName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for StreamName {
    type Err = StreamNameError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        if name.is_empty() {
            return Err(StreamNameError::Empty);
        }
        if name.len() > MAX_STREAM_NAME_BYTES {
            return Err(StreamNameError::TooLong { bytes: name.len() });
        }
        match name.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
            Some(character) => Err(StreamNameError::Character { name: name.to_owned(), character }),
            None => Ok(Self(name.into())),
        }
    }
}

impl TryFrom<&str> for StreamName {
    type Error = StreamNameError;

    fn try_from(name: &str) -> Result<Self, Self::Error> {
        name.parse()
    }
}

impl AsRef<str> for StreamName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(name: &str) -> Option<StreamNameError> {
        name.parse::<StreamName>().err()
    }

    #[test]
    fn names_are_short_and_plain() {
        let character = |name: &str, character| {
            Some(StreamNameError::Character { name: name.into(), character })
        };
        assert_eq!(mistake("ccm"), None);
        assert_eq!(mistake("a-2"), None);
        assert_eq!(mistake(&"x".repeat(64)), None);
        assert_eq!(mistake(""), Some(StreamNameError::Empty));
        assert_eq!(mistake(&"x".repeat(65)), Some(StreamNameError::TooLong { bytes: 65 }));
        assert_eq!(mistake("CCM"), character("CCM", 'C'));
        assert_eq!(mistake("c m"), character("c m", ' '));
        assert_eq!(mistake("größe"), character("größe", 'ö'));
    }
}
