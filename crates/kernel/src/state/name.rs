use std::{fmt, ops::Deref};

use serde::{Serialize, Serializer};

use crate::Text;

/// The name of a State on a day. Cheap to clone.
#[derive(Clone)]
pub enum StateName {
    /// The short name in use at the United Nations.
    Usual(&'static str),
    /// The name under which a depositary lists it.
    Listed(Text),
}

impl StateName {
    /// The name.
    pub fn as_str(&self) -> &str {
        self
    }
}

impl Deref for StateName {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Usual(name) => name,
            Self::Listed(name) => name,
        }
    }
}

impl From<StateName> for String {
    fn from(name: StateName) -> Self {
        name.to_string()
    }
}

impl PartialEq for StateName {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for StateName {}

impl PartialEq<&str> for StateName {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Serialize for StateName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}
