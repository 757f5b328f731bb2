//! Answers that were given before. What is answered depends on the request, the day and what is
//! recorded, and on nothing else: these make the key, and the key makes the ETag.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use super::accept::Media;
use crate::{
    graphql::{Answer, Request, Schema, sdl},
    service::Moment,
    settings,
};

/// The answers that are kept. Those of before an append are never asked for again and give way.
pub(super) struct Answers {
    kept: Cache<Key, Arc<Kept>, Length>,
    /// Which program answers: another one may answer otherwise.
    program: [u8; 32],
    hits: AtomicU64,
    misses: AtomicU64,
}

/// What the answers come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerFigures {
    /// How many were given before.
    pub(super) hits: u64,
    /// How many had to be made.
    pub(super) misses: u64,
    /// What those that are kept come to.
    pub(super) bytes: u64,
    /// How many are kept.
    pub(super) entries: u64,
}

/// What an answer depends on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

/// An answer without errors, as it is sent.
pub(super) struct Kept {
    pub(super) body: Bytes,
    pub(super) media: Media,
    /// A strong entity tag (RFC 9110, section 8.8.3), with its quotation marks.
    pub(super) etag: String,
}

#[derive(Clone)]
struct Length;

impl Answers {
    pub(super) fn new(settings: &settings::Cache) -> Self {
        let program = Sha256::new()
            .chain_update(env!("CARGO_PKG_VERSION"))
            .chain_update(sdl())
            .finalize()
            .into();
        Self {
            kept: Cache::with_weighter(1_000, settings.answer_bytes.get() as u64, Length),
            program,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// What they come to now.
    pub(super) fn figures(&self) -> AnswerFigures {
        AnswerFigures {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
            bytes: self.kept.weight(),
            entries: self.kept.len() as u64,
        }
    }

    /// The answer to a request: as it was given before, or anew. Equal requests at one time are
    /// run once.
    ///
    /// # Errors
    /// An answer that has errors, or that tells of what was done; it is not kept.
    pub(super) async fn answer(
        &self,
        schema: &Schema,
        request: Request,
        media: Media,
    ) -> Result<Arc<Kept>, Answer> {
        let moment = schema.now();
        let key = self.key(&request, &moment, media);
        let mut made = false;
        let is_whole = moment.is_whole();
        let run = async {
            made = true;
            let answer = schema.execute_at(moment, request).await;
            // Its key would be that of another answer.
            if !is_whole || answer.is_for_once() {
                return Err(answer);
            }
            let body = answer.into_json().into();
            Ok(Arc::new(Kept { body, media, etag: key.etag() }))
        };
        let answer = self.kept.get_or_insert_async(&key, run).await;
        let counter = if made { &self.misses } else { &self.hits };
        counter.fetch_add(1, Ordering::Relaxed);
        answer
    }

    fn key(&self, request: &Request, moment: &Moment, media: Media) -> Key {
        // The names of an object come sorted: equal variables are equal text.
        let variables = serde_json::to_vec(&request.variables).unwrap_or_default();
        let operation = request.operation_name.as_deref();
        let day = moment.today().to_string();
        let position = moment.position().map_or_else(String::new, |it| it.to_string());
        let mut hash = Sha256::new();
        for part in [
            &self.program,
            request.query.as_bytes(),
            operation.unwrap_or_default().as_bytes(),
            &variables,
            media.content_type().as_bytes(),
            day.as_bytes(),
            position.as_bytes(),
            &[u8::from(operation.is_some()), u8::from(request.only_queries)],
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Key(hash.finalize().into())
    }
}

impl Key {
    fn etag(self) -> String {
        let digits: String = self.0.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("\"{digits}\"")
    }
}

impl Weighter<Key, Arc<Kept>> for Length {
    fn weight(&self, _: &Key, kept: &Arc<Kept>) -> u64 {
        kept.body.len() as u64 + 200
    }
}
