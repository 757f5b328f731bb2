//! Following the log.

use std::{collections::VecDeque, fmt, sync::Arc};

use tokio::sync::watch;

use crate::{Commit, LogReader, Position, ReadError};

/// How many events a subscription asks for at once. Small enough that a forgotten one keeps
/// little, large enough that catching up is not one read for each commit.
const EVENTS_A_READ: usize = 256;

/// Every commit from a place on, stored and to come.
///
/// It pulls: the log is its buffer, so it can fall behind as far as it likes without costing a
/// writer or another reader anything.
pub struct Subscription {
    reader: Arc<dyn LogReader>,
    head: watch::Receiver<Position>,
    next: Position,
    ready: VecDeque<Arc<Commit>>,
}

impl Subscription {
    /// Follows `reader` from the commit that holds `from`. `head` says how far one can read, and
    /// is closed by its sender when the store is.
    #[must_use]
    pub fn new(
        reader: Arc<dyn LogReader>,
        head: watch::Receiver<Position>,
        from: Position,
    ) -> Self {
        Self { reader, head, next: from, ready: VecDeque::new() }
    }

    /// The next commit; waits at the head for one to come. `None` once the store is closed.
    ///
    /// A future that is dropped loses nothing: the next call goes on where this one was.
    ///
    /// # Errors
    ///
    /// As [`EventStore::read`](crate::EventStore::read). After one, the next call tries again at
    /// the same place: nothing is skipped.
    pub async fn next(&mut self) -> Option<Result<Arc<Commit>, ReadError>> {
        while self.ready.is_empty() {
            let head = *self.head.borrow_and_update();
            if self.next >= head {
                self.head.changed().await.ok()?;
                continue;
            }
            match self.reader.read(self.next, EVENTS_A_READ).await {
                Ok(commits) => self.ready.extend(commits),
                Err(ReadError::Closed) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
        let commit = self.ready.pop_front()?;
        self.next = commit.next();
        Some(Ok(commit))
    }

    /// The place from which [`next`](Self::next) goes on.
    #[must_use]
    pub fn position(&self) -> Position {
        self.next
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("next", &self.next).finish_non_exhaustive()
    }
}
