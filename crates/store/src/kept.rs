//! What is kept beside the log to be found again quickly, and can always be made again from it.

use std::{fmt, str::FromStr, sync::Arc};

/// The longest name of something kept, in bytes.
pub const MAX_KEPT_NAME_BYTES: usize = 128;

/// The name of something kept: parts of `a`–`z`, `0`–`9`, `-` and `.` with `/` between them, none
/// beginning with `.`. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeptName(Arc<str>);

/// Why a text is not the name of something kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} cannot name something kept; a name has parts of a-z, 0-9, \"-\" and \".\" with \"/\" \
     between them, and at most {MAX_KEPT_NAME_BYTES} bytes"
)]
pub struct KeptNameError(pub String);

/// Why something could not be kept or found. The log is not concerned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// The operating system refused.
    #[error("{name} could not be {doing}: {detail}; the log is not concerned")]
    Io {
        /// What.
        name: KeptName,
        /// What was being done with it.
        doing: &'static str,
        /// What the system said.
        detail: String,
    },
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
}

impl KeptName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeptName {
    type Err = KeptNameError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let character = |it: char| matches!(it, 'a'..='z' | '0'..='9' | '-' | '.');
        let part =
            |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(character);
        if name.len() <= MAX_KEPT_NAME_BYTES && name.split('/').all(part) {
            Ok(Self(name.into()))
        } else {
            Err(KeptNameError(name.to_owned()))
        }
    }
}

impl fmt::Display for KeptName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_within_the_folder() {
        for name in ["a", "tree/0/x001.d/234", "a-b.c/9"] {
            assert_eq!(name.parse::<KeptName>().unwrap().as_str(), name);
        }
        let long = "a".repeat(MAX_KEPT_NAME_BYTES + 1);
        for name in ["", "/", "/a", "a/", "a//b", "..", "a/../b", ".a", "A", "a b", "a\\b", &long] {
            assert!(name.parse::<KeptName>().is_err(), "{name}");
        }
    }
}
