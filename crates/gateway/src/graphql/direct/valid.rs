//! Texts that were read, and queries that the library has found valid: a dashboard sends the same
//! text again and again.

use std::sync::Arc;

use async_graphql::{Name, parser::types::ExecutableDocument};
use quick_cache::{Weighter, sync::Cache};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Operation;
use crate::graphql::Request;

/// What the texts of the queries that are kept come to, in bytes. In memory each takes some twenty
/// times as much.
const MAX_BYTES: u64 = 1 << 20;

/// Documents that were read and keep the limits, and operations that were found valid and answered,
/// by what validity depends on.
pub(in crate::graphql) struct Valid {
    documents: Cache<Key, Arc<Document>, Length>,
    operations: Cache<Key, Arc<Operation>, Length>,
}

/// A document that keeps the limits, with the variables that the operation declares which is meant.
#[derive(Debug)]
pub(in crate::graphql) struct Document {
    pub(in crate::graphql) parsed: ExecutableDocument,
    pub(in crate::graphql) declared: Vec<Name>,
}

/// Text and operation, and of an operation that is valid the variables that it declares, but for the
/// content of strings: what a query may cost depends on numbers, and a string that cannot be meant
/// is found when it is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct Key {
    hash: [u8; 32],
    length: u64,
}

#[derive(Clone)]
struct Length;

impl Key {
    /// Of a text.
    pub(in crate::graphql) fn of_text(request: &Request) -> Self {
        let mut hash = Sha256::new();
        let name = request.operation_name.as_deref();
        for part in [Some(request.query.as_str()), name] {
            // No text of UTF-8 holds 0xff.
            hash.update(part.map_or(&[0xfe, 0xff][..], str::as_bytes));
            hash.update([0xff]);
        }
        Self { hash: hash.finalize().into(), length: request.query.len() as u64 }
    }

    /// Of an operation with its variables. One that it does not declare has no part in it.
    pub(in crate::graphql) fn with(self, document: &Document, request: &Request) -> Self {
        let mut hash = Sha256::new_with_prefix(self.hash);
        for name in &document.declared {
            if let Some(value) = request.variables.get(name.as_str()) {
                hash.update(name.as_bytes());
                hash.update([0xff]);
                shape(value, &mut hash);
            }
        }
        Self { hash: hash.finalize().into(), length: self.length }
    }
}

impl Valid {
    pub(in crate::graphql) fn new() -> Self {
        Self {
            documents: Cache::with_weighter(1_000, MAX_BYTES, Length),
            operations: Cache::with_weighter(1_000, MAX_BYTES, Length),
        }
    }

    /// The document of a text: as it was read before, or read now.
    pub(in crate::graphql) fn document<E>(
        &self,
        text: &Key,
        read: impl FnOnce() -> Result<Document, E>,
    ) -> Result<Arc<Document>, E> {
        if let Some(document) = self.documents.get(text) {
            return Ok(document);
        }
        let document = Arc::new(read()?);
        self.documents.insert(*text, document.clone());
        Ok(document)
    }

    pub(in crate::graphql) fn get(&self, key: &Key) -> Option<Arc<Operation>> {
        self.operations.get(key)
    }

    pub(in crate::graphql) fn insert(&self, key: Key, operation: Arc<Operation>) {
        self.operations.insert(key, operation);
    }
}

impl<T> Weighter<Key, T> for Length {
    fn weight(&self, key: &Key, _: &T) -> u64 {
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
