//! What was asked before and sent in the same bytes: a dashboard that asks again is answered without
//! its question being read again.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};

use super::{answers::Question, trace::Operation};

/// What the texts come to that are remembered, in bytes.
const MAX_BYTES: u64 = 4 << 20;

/// A request as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Text {
    /// In the address and not in the body, so that nothing may be changed by it.
    pub(super) in_address: bool,
    pub(super) bytes: Bytes,
}

/// A question that a text puts, and what it is called. None of them changes anything.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) question: Question,
    pub(super) operation: Operation,
}

/// The texts of questions that were answered from what is kept. A text that was sent once has no
/// place among them.
pub(super) struct Texts(Cache<Text, Arc<Known>, Length>);

#[derive(Clone)]
struct Length;

impl Texts {
    pub(super) fn new() -> Self {
        Self(Cache::with_weighter(1_000, MAX_BYTES, Length))
    }

    /// What a text asks, if it was asked before.
    pub(super) fn get(&self, text: &Text) -> Option<Arc<Known>> {
        self.0.get(text)
    }

    /// Remembers what a text asks.
    pub(super) fn remember(&self, text: &Text, known: Known) {
        // The bytes may be a part of much more, that came with them.
        let text = Text { bytes: Bytes::copy_from_slice(&text.bytes), ..*text };
        self.0.insert(text, Arc::new(known));
    }
}

impl Weighter<Text, Arc<Known>> for Length {
    fn weight(&self, text: &Text, _: &Arc<Known>) -> u64 {
        text.bytes.len() as u64 + 300
    }
}
