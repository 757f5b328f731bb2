//! Queries that the library has found valid: a dashboard sends the same text again and again.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Operation;
use crate::graphql::Request;

/// What the texts of the queries that are kept come to, in bytes. In memory each takes some twenty
/// times as much.
const MAX_BYTES: u64 = 1 << 20;

/// Operations that were found valid and answered, by what validity depends on.
pub(in crate::graphql) struct Valid(Cache<Key, Arc<Operation>, Length>);

/// Text, operation, and the variables but for the content of strings: what a query may cost
/// depends on numbers, and a string that cannot be meant is found when it is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct Key {
    hash: [u8; 32],
    length: u64,
}

#[derive(Clone)]
struct Length;

impl Key {
    pub(in crate::graphql) fn of(request: &Request) -> Self {
        let mut hash = Sha256::new();
        let name = request.operation_name.as_deref();
        for part in [Some(request.query.as_str()), name] {
            // No text of UTF-8 holds 0xff.
            hash.update(part.map_or(&[0xfe, 0xff][..], str::as_bytes));
            hash.update([0xff]);
        }
        for (name, value) in &request.variables {
            hash.update(name.as_bytes());
            hash.update([0xff]);
            shape(value, &mut hash);
        }
        Self { hash: hash.finalize().into(), length: request.query.len() as u64 }
    }
}

impl Valid {
    pub(in crate::graphql) fn new() -> Self {
        Self(Cache::with_weighter(1_000, MAX_BYTES, Length))
    }

    pub(in crate::graphql) fn get(&self, key: &Key) -> Option<Arc<Operation>> {
        self.0.get(key)
    }

    pub(in crate::graphql) fn insert(&self, key: Key, operation: Arc<Operation>) {
        self.0.insert(key, operation);
    }
}

impl Weighter<Key, Arc<Operation>> for Length {
    fn weight(&self, key: &Key, _: &Arc<Operation>) -> u64 {
        key.length + 100
    }
}

fn shape(value: &Value, hash: &mut Sha256) {
    match value {
        Value::Null => hash.update(b"n"),
        Value::Bool(it) => hash.update(if *it { b"t" } else { b"f" }),
        Value::Number(it) => {
            hash.update(b"#");
            hash.update(it.to_string().as_bytes());
            hash.update([0xff]);
        }
        Value::String(_) => hash.update(b"s"),
        Value::Array(items) => {
            hash.update(b"[");
            items.iter().for_each(|it| shape(it, hash));
            hash.update(b"]");
        }
        Value::Object(fields) => {
            hash.update(b"{");
            for (name, value) in fields {
                hash.update(name.as_bytes());
                hash.update([0xff]);
                shape(value, hash);
            }
            hash.update(b"}");
        }
    }
}
