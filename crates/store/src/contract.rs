//! The contract that every backend keeps.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    Append, AppendError, CloseError, Commit, Head, KeepError, KeptName, Position, ReadError,
    StoreFigures, StreamName, Subscription, Version,
};

/// One append-only log that many streams share.
///
/// Its methods must be called within a tokio runtime whose timers are enabled. What each one
/// promises is tried by the [conformance suite](crate::conformance).
#[async_trait]
pub trait EventStore: Send + Sync + 'static {
    /// Appends events to a stream, all or none, and returns once they are durable.
    ///
    /// Appends take effect in the order in which their futures were first polled, so a caller
    /// that stamps a time and polls without waiting in between gets times that never decrease
    /// along the log. A future that is dropped may or may not have appended.
    ///
    /// # Errors
    ///
    /// [`AppendError::Conflict`] when the stream is not at the expected version; one of the size
    /// errors; [`AppendError::Overloaded`]; [`AppendError::Stopped`] once a write has failed;
    /// [`AppendError::Closed`].
    async fn append(&self, append: Append) -> Result<Arc<Commit>, AppendError>;

    /// Whole commits in order, from the one that holds `from`, until they hold `max_events`
    /// events or more. Empty at the head and beyond, never empty before it.
    ///
    /// # Errors
    ///
    /// [`ReadError::Corrupt`] with the first bad position, if that is where the read begins: what
    /// comes before it can always be read.
    async fn read(&self, from: Position, max_events: usize) -> Result<Vec<Arc<Commit>>, ReadError>;

    /// The commits of one stream in order, from its first, as long as they begin below a version.
    /// Blocks while it reads: it is for whoever folds a stream once and keeps what it comes to.
    ///
    /// # Errors
    ///
    /// [`ReadError::Corrupt`] with the first bad position; [`ReadError::Closed`].
    fn read_stream(
        &self,
        stream: &StreamName,
        below: Version,
    ) -> Result<Vec<Arc<Commit>>, ReadError>;

    /// Where the log ends. Everything before it is durable and can be read.
    ///
    /// # Errors
    ///
    /// [`ReadError::Closed`], and what a remote backend meets on its way.
    async fn head(&self) -> Result<Head, ReadError>;

    /// The version of a stream, empty if there is none of that name.
    ///
    /// # Errors
    ///
    /// [`ReadError::Closed`], and what a remote backend meets on its way.
    async fn version(&self, stream: &StreamName) -> Result<Version, ReadError>;

    /// Every commit from the one that holds `from`: first those stored, then those to come,
    /// without gap or repeat. A subscriber that is slow, or forgotten, harms nobody.
    fn subscribe(&self, from: Position) -> Subscription;

    /// Keeps bytes beside the log under a name, in place of what was kept there before. For what
    /// can be made again from the log and is wanted quickly: it may be gone when it is asked for.
    ///
    /// # Errors
    ///
    /// [`KeepError`]. The log is not concerned.
    async fn keep(&self, name: &KeptName, bytes: Vec<u8>) -> Result<(), KeepError>;

    /// What was kept under a name, as it was kept; `None` if nothing was, or if it was damaged.
    ///
    /// # Errors
    ///
    /// [`KeepError`]. The log is not concerned.
    async fn kept(&self, name: &KeptName) -> Result<Option<Vec<u8>>, KeepError>;

    /// Forgets everything that was kept below a part of the names: below `tree`, all that is named
    /// `tree/…`.
    ///
    /// # Errors
    ///
    /// [`KeepError`]. The log is not concerned.
    async fn forget_kept(&self, below: &KeptName) -> Result<(), KeepError>;

    /// How it has fared since it was opened. Answers at once, also when nothing else does.
    fn figures(&self) -> StoreFigures;

    /// Writes what waits, makes it durable and lets the log go, so that it can be opened again.
    /// Later calls find the store closed; closing twice is no mistake.
    ///
    /// # Errors
    ///
    /// [`CloseError::Unclean`] if something could not be written. What was acknowledged is kept.
    async fn close(&self) -> Result<(), CloseError>;
}

/// What a [`Subscription`] reads from: a backend's own handle to its log, for those who write one.
#[async_trait]
pub trait LogReader: Send + Sync + 'static {
    /// As [`EventStore::read`].
    ///
    /// # Errors
    ///
    /// As [`EventStore::read`].
    async fn read(&self, from: Position, max_events: usize) -> Result<Vec<Arc<Commit>>, ReadError>;
}
