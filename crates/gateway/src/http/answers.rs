//! Answers that were given before. What is answered depends on the request, the day and what is
//! recorded, and on nothing else: these make the key, and the key makes the ETag.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{body::Bytes, http::HeaderValue};
use jiff::civil::Date;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use super::{
    accept::Media,
    again::{Known, Text, Texts},
    trace::Operation,
};
use crate::{
    graphql::{Answer, Request, Schema, sdl},
    service::Moment,
    settings,
};

/// The answers that are kept. Those of before an append are never asked for again and give way.
pub(super) struct Answers {
    kept: Cache<Key, Arc<Kept>, Length>,
    texts: Texts,
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
struct Key {
    question: Question,
    media: Media,
    day: Date,
    /// Up to where the log is known.
    position: Option<u64>,
}

/// What is asked: text, operation and variables, and whether something may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Question([u8; 32]);

/// An answer without errors, as it is sent.
pub(super) struct Kept {
    pub(super) body: Bytes,
    pub(super) media: Media,
    /// A strong entity tag (RFC 9110, section 8.8.3), with its quotation marks.
    pub(super) etag: HeaderValue,
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
            texts: Texts::new(),
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

    /// The answer to a request that was sent in these bytes before, if what it depends on is still
    /// the same; and which operation it is to.
    pub(super) fn again(
        &self,
        schema: &Schema,
        text: &Text,
        media: Media,
    ) -> Option<(Arc<Kept>, Operation)> {
        let known = self.texts.get(text)?;
        let kept = self.kept.get(&Key::of(known.question, &schema.now(), media))?;
        self.hits.fetch_add(1, Ordering::Relaxed);
        Some((kept, known.operation.clone()))
    }

    /// The answer to a request: as it was given before, or anew. Equal requests at one time are
    /// run once. If it was given before, the text is remembered in which it was asked for again.
    ///
    /// # Errors
    /// An answer that has errors, or that tells of what was done; it is not kept.
    pub(super) async fn answer(
        &self,
        schema: &Schema,
        request: Request,
        media: Media,
        text: Option<(&Text, &Operation)>,
    ) -> Result<Arc<Kept>, Answer> {
        let moment = schema.now();
        let question = Question::of(&request);
        let key = Key::of(question, &moment, media);
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
            Ok(Arc::new(Kept { body, media, etag: self.etag(&key) }))
        };
        let answer = self.kept.get_or_insert_async(&key, run).await;
        let counter = if made { &self.misses } else { &self.hits };
        counter.fetch_add(1, Ordering::Relaxed);
        if let (false, Some((text, operation))) = (made, text) {
            self.texts.remember(text, Known { question, operation: operation.clone() });
        }
        answer
    }

    /// A tag that every start of the same program gives to the same answer.
    fn etag(&self, key: &Key) -> HeaderValue {
        let day = key.day.to_string();
        let position = key.position.map_or_else(String::new, |it| it.to_string());
        let hash = digest(&[
            &self.program,
            &key.question.0,
            key.media.content_type().as_bytes(),
            day.as_bytes(),
            position.as_bytes(),
        ]);
        let mut etag = String::from("\"");
        for byte in &hash[..16] {
            // A text takes everything.
            let _ = write!(etag, "{byte:02x}");
        }
        etag.push('"');
        HeaderValue::try_from(etag).unwrap_or(HeaderValue::from_static("\"\""))
    }
}

impl Question {
    fn of(request: &Request) -> Self {
        // The names of an object come sorted: equal variables are equal text.
        let variables = serde_json::to_vec(&request.variables).unwrap_or_default();
        let operation = request.operation_name.as_deref();
        Self(digest(&[
            request.query.as_bytes(),
            operation.unwrap_or_default().as_bytes(),
            &variables,
            &[u8::from(operation.is_some()), u8::from(request.only_queries)],
        ]))
    }
}

impl Key {
    fn of(question: Question, moment: &Moment, media: Media) -> Self {
        Self { question, media, day: moment.today(), position: moment.position() }
    }
}

/// Of parts, of which none runs into the next.
fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

impl Weighter<Key, Arc<Kept>> for Length {
    fn weight(&self, _: &Key, kept: &Arc<Kept>) -> u64 {
        kept.body.len() as u64 + 200
    }
}
