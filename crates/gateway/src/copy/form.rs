//! The lines.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Hash;

/// What the first line says it is.
pub(super) const NAME: &str = "log";

/// The form that this program writes and reads.
pub(super) const FORM: u32 = 1;

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
    pub(super) commit: u64,
    pub(super) stream: &'a str,
    pub(super) leaf: Hash,
    #[serde(borrow)]
    pub(super) event: &'a RawValue,
}
