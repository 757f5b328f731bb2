//! What is appended and what is read.

use std::sync::Arc;

use crate::{AppendError, Position, StreamName, Version};

/// The largest event, in bytes: what an entry of a C2SP tlog-tiles bundle can hold.
pub const MAX_EVENT_BYTES: usize = 65_535;

/// The largest commit, in bytes of its events together: 64 MiB. A commit is held in memory whole.
pub const MAX_COMMIT_BYTES: usize = 64 << 20;

/// One event's bytes: 1 to [`MAX_EVENT_BYTES`], of whatever meaning.
pub type Body = Arc<[u8]>;

/// Events to be appended to one stream together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// The stream.
    pub stream: StreamName,
    /// The version that the stream must have for the events to be taken.
    pub expected: Version,
    /// The events, in order: at least one.
    pub events: Vec<Body>,
}

impl Append {
    /// Checks the sizes, which every backend does before anything else.
    ///
    /// # Errors
    ///
    /// [`AppendError::Empty`], [`AppendError::EmptyEvent`], [`AppendError::TooLarge`] or
    /// [`AppendError::CommitTooLarge`].
    pub fn check_sizes(&self) -> Result<(), AppendError> {
        if self.events.is_empty() {
            return Err(AppendError::Empty { stream: self.stream.clone() });
        }
        for (index, body) in self.events.iter().enumerate() {
            let stream = self.stream.clone();
            match body.len() {
                0 => return Err(AppendError::EmptyEvent { stream, index }),
                1..=MAX_EVENT_BYTES => {}
                bytes => {
                    return Err(AppendError::TooLarge { stream, index, bytes });
                }
            }
        }
        let bytes = self.bytes();
        if bytes > MAX_COMMIT_BYTES {
            return Err(AppendError::CommitTooLarge { stream: self.stream.clone(), bytes });
        }
        Ok(())
    }

    /// The bytes of the events together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.events.iter().map(|body| body.len()).sum()
    }
}

/// Events that were appended together, and where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The stream they belong to.
    pub stream: StreamName,
    /// The place of the first of them in the log; the others follow without a gap.
    pub first: Position,
    /// The version of the stream before them.
    pub first_version: Version,
    /// The events, in order: at least one.
    pub events: Vec<Body>,
}

impl Commit {
    /// The place after the last event.
    #[must_use]
    pub fn next(&self) -> Position {
        self.first.plus(self.events.len() as u64)
    }

    /// The version of the stream after the last event.
    #[must_use]
    pub fn version(&self) -> Version {
        self.first_version.plus(self.events.len() as u64)
    }

    /// Each event with its place in the log and the version that the stream has once it holds
    /// that event (1 for a stream's first).
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Position, Version, &Body)> {
        let (first, version) = (self.first, self.first_version.next());
        self.events.iter().enumerate().map(move |(index, body)| {
            let index = index as u64;
            (first.plus(index), version.plus(index), body)
        })
    }
}
