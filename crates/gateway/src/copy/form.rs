//! The lines.

use chancery_ledger::Hash;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What the first line says it is.
pub(super) const NAME: &str = "log";

/// The form that this program writes and reads.
pub(super) const FORM: u32 = 2;

/// What the first line says of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many events follow.
    pub events: u64,
    /// The RFC 6962 root of the tree over them.
    pub root: Hash,
}

#[derive(Serialize, Deserialize)]
pub(super) struct FirstLine<'a> {
    pub(super) chancery: &'a str,
    pub(super) form: u32,
    pub(super) events: u64,
    #[serde(with = "hash")]
    pub(super) root: Hash,
}

/// The part of the first line that every form has.
#[derive(Deserialize)]
pub(super) struct Title<'a> {
    pub(super) chancery: &'a str,
    pub(super) form: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventLine<'a> {
    pub(super) position: u64,
    /// The position of the first event of its commit.
    pub(super) commit: u64,
    /// How many events its commit has. No hash covers which events were recorded together: said
    /// twice, it cannot change unseen.
    pub(super) of: u64,
    pub(super) stream: &'a str,
    #[serde(with = "hash")]
    pub(super) leaf: Hash,
    #[serde(borrow)]
    pub(super) event: &'a RawValue,
}

/// A hash as checkpoints write it.
mod hash {
    use chancery_ledger::Hash;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(hash)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(text: D) -> Result<Hash, D::Error> {
        <&str>::deserialize(text)?.parse().map_err(D::Error::custom)
    }
}
