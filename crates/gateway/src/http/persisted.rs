//! Automatic persisted queries, as Apollo's clients send them: the SHA-256 of a query in place of
//! its text, once the text has been sent with it.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::reply::Refusal;
use crate::{graphql::ErrorCode, settings};

/// Queries that were sent with their hash. One that was not asked for in a while is forgotten;
/// its client is told to send the text again.
pub(super) struct Persisted(Cache<[u8; 32], Arc<str>, Length>);

#[derive(Clone)]
struct Length;

impl Persisted {
    pub(super) fn new(settings: &settings::Cache) -> Self {
        Self(Cache::with_weighter(1_000, settings.query_bytes.get() as u64, Length))
    }

    /// The text of a query: as it was sent, or as it was kept under the hash that
    /// `extensions.persistedQuery` names. `missing` is the refusal if neither was sent.
    ///
    /// # Errors
    /// A hash that is none, that is not of the text, or under which nothing is kept.
    pub(super) fn text(
        &self,
        query: Option<String>,
        extensions: &Map<String, Value>,
        missing: impl FnOnce() -> Refusal,
    ) -> Result<String, Refusal> {
        let Some(named) = extensions.get("persistedQuery").filter(|it| !it.is_null()) else {
            return query.ok_or_else(missing);
        };
        let hash = hash(named).ok_or_else(|| {
            bad("`extensions.persistedQuery` is not {\"version\": 1, \"sha256Hash\": the SHA-256 of the query in 64 hexadecimal digits}")
        })?;
        match query {
            Some(query) if Sha256::digest(query.as_bytes())[..] == hash => {
                self.0.insert(hash, query.as_str().into());
                Ok(query)
            }
            Some(_) => Err(bad("`sha256Hash` is not the SHA-256 of `query`")),
            // The message is the one that clients know.
            None => self.0.get(&hash).map(|query| query.to_string()).ok_or_else(|| {
                Refusal::new(ErrorCode::PersistedQueryNotFound, "PersistedQueryNotFound")
            }),
        }
    }
}

impl Weighter<[u8; 32], Arc<str>> for Length {
    fn weight(&self, _: &[u8; 32], query: &Arc<str>) -> u64 {
        query.len() as u64 + 100
    }
}

/// The hash that version 1 of the extension names.
fn hash(named: &Value) -> Option<[u8; 32]> {
    let text = named.get("sha256Hash")?.as_str()?;
    let digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if named.get("version")?.as_u64()? != 1 || text.len() != 64 || !digits {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(hash)
}

fn bad(message: &str) -> Refusal {
    Refusal::new(ErrorCode::BadRequest, message)
}
