//! Writing a copy while the service goes on recording.

use std::sync::Arc;

use chancery_ledger::leaf_hash;
use chancery_store::{Commit, EventStore, Position, ReadError};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{
    Head,
    form::{EventLine, FORM, FirstLine, NAME},
};
use crate::service::{ProofError, Service};

/// How many events are read at a time.
const BATCH: usize = 1024;

/// A copy of the log as it stood when it was begun, piece by piece. It holds nobody up, and what
/// is recorded meanwhile is not in it.
pub struct Copying {
    store: Arc<dyn EventStore>,
    head: Head,
    next: Position,
    begun: bool,
}

/// Why a copy broke off.
#[derive(Debug, thiserror::Error)]
pub enum CopyingError {
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The root over the log cannot be told.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// Stored bytes that no line can hold.
    #[error(
        "the event at position {position} is no JSON on one line: {detail}; it was not written by chancery"
    )]
    Event {
        /// Where.
        position: u64,
        /// What is wrong.
        detail: String,
    },
}

impl Copying {
    /// Begins a copy of what is recorded now.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub async fn begin(service: &Service) -> Result<Self, CopyingError> {
        let (events, root) = service.log_head().await?;
        let store = service.store().clone();
        Ok(Self { store, head: Head { events, root }, next: Position::START, begun: false })
    }

    /// What the first line says.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The next lines, whole ones; `None` at the end.
    ///
    /// # Errors
    /// A log that cannot be read any more.
    pub async fn lines(&mut self) -> Result<Option<Vec<u8>>, CopyingError> {
        if !std::mem::replace(&mut self.begun, true) {
            let Head { events, root } = self.head;
            let first = FirstLine { chancery: NAME, form: FORM, events, root };
            let mut line = Vec::new();
            return put(&mut line, &first, 0).map(|()| Some(line));
        }
        let Some(commits) = self.read().await? else { return Ok(None) };
        let mut lines = Vec::new();
        for commit in &commits {
            write(&mut lines, commit)?;
        }
        Ok(Some(lines))
    }

    /// The next commits, none beyond where the copy ends.
    async fn read(&mut self) -> Result<Option<Vec<Arc<Commit>>>, ReadError> {
        let end = Position::new(self.head.events);
        if self.next >= end {
            return Ok(None);
        }
        let mut commits = self.store.read(self.next, BATCH).await?;
        commits.retain(|commit| commit.first < end);
        let last = commits.last().map(|commit| commit.next());
        self.next = last.ok_or_else(|| ReadError::Corrupt {
            position: self.next,
            detail: "the events from here on are missing".to_owned(),
        })?;
        Ok(Some(commits))
    }
}

fn write(lines: &mut Vec<u8>, commit: &Commit) -> Result<(), CopyingError> {
    let (first, of) = (commit.first.get(), commit.events.len() as u64);
    for (position, _, body) in commit.iter() {
        let position = position.get();
        let event = std::str::from_utf8(body).map_err(|error| wrong(position, &error))?;
        if event.contains('\n') {
            return Err(wrong(position, &"it has a line break"));
        }
        let event: &RawValue =
            serde_json::from_str(event).map_err(|error| wrong(position, &error))?;
        let stream = commit.stream.as_str();
        let line = EventLine { position, commit: first, of, stream, leaf: leaf_hash(body), event };
        put(lines, &line, position)?;
    }
    Ok(())
}

fn put(lines: &mut Vec<u8>, line: &impl Serialize, position: u64) -> Result<(), CopyingError> {
    serde_json::to_writer(&mut *lines, line).map_err(|error| wrong(position, &error))?;
    lines.push(b'\n');
    Ok(())
}

fn wrong(position: u64, detail: &impl ToString) -> CopyingError {
    CopyingError::Event { position, detail: detail.to_string() }
}
