//! What can go wrong, in words for the people who have to act on it.

use std::{io, path::PathBuf};

use crate::{MAX_COMMIT_BYTES, MAX_EVENT_BYTES, Position, StreamName, Version};

/// Why nothing was appended.
///
/// Only [`Stopped`](Self::Stopped) leaves a doubt: the commit was not acknowledged, and whether it
/// is there shows when the store is opened again. If it is there, it is there whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Someone else appended to the stream first.
    #[error(
        "stream {stream} is at version {current}, not at {expected} as this append expects; \
         nothing was appended: read what was added and decide again"
    )]
    Conflict {
        /// The stream.
        stream: StreamName,
        /// The version that the append expected.
        expected: Version,
        /// The version that the stream has.
        current: Version,
    },
    /// The append holds no event.
    #[error("an append to stream {stream} needs at least one event; nothing was appended")]
    Empty {
        /// The stream.
        stream: StreamName,
    },
    /// An event holds no byte.
    #[error(
        "event {index} of an append to stream {stream} is empty, an event needs at least one \
         byte; nothing was appended"
    )]
    EmptyEvent {
        /// The stream.
        stream: StreamName,
        /// Which event of the append, from 0.
        index: usize,
    },
    /// An event is larger than [`MAX_EVENT_BYTES`].
    #[error(
        "event {index} of an append to stream {stream} has {bytes} bytes, an event has at most \
         {MAX_EVENT_BYTES}; nothing was appended"
    )]
    TooLarge {
        /// The stream.
        stream: StreamName,
        /// Which event of the append, from 0.
        index: usize,
        /// How many bytes it has.
        bytes: usize,
    },
    /// The events together are larger than [`MAX_COMMIT_BYTES`].
    #[error(
        "an append to stream {stream} has {bytes} bytes, a commit has at most \
         {MAX_COMMIT_BYTES}; nothing was appended: split it"
    )]
    CommitTooLarge {
        /// The stream.
        stream: StreamName,
        /// How many bytes its events have together.
        bytes: usize,
    },
    /// More waits to be written than the store keeps in memory.
    #[error(
        "the store has more waiting than it can keep, as writing does not keep up; nothing was \
         appended to stream {stream}: try again in a moment"
    )]
    Overloaded {
        /// The stream.
        stream: StreamName,
    },
    /// Writing failed, now or earlier, and the store does not try again.
    #[error(
        "the store has stopped writing: {reason}; this append was not acknowledged, all that was \
         acknowledged is kept and can be read; mend the cause and start again"
    )]
    Stopped {
        /// What failed.
        reason: String,
    },
    /// The store has been closed.
    #[error("the store is closed; nothing was appended")]
    Closed,
}

/// Why the log could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Bytes that were acknowledged are damaged or missing.
    #[error(
        "the log is damaged at position {position}: {detail}; what comes before it is whole, and \
         the way back is to restore a backup"
    )]
    Corrupt {
        /// The first place that cannot be read.
        position: Position,
        /// What is wrong there.
        detail: String,
    },
    /// The operating system refused.
    #[error("the log could not be read at position {position}: {detail}; nothing was lost")]
    Io {
        /// The place that was being read.
        position: Position,
        /// What the operating system said.
        detail: String,
    },
    /// The store has been closed.
    #[error("the store is closed; open it again to read")]
    Closed,
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process, or another part of this one, has it open.
    #[error("the log in {} is in use by {holder}; stop that program, or use another folder", path.display())]
    InUse {
        /// The data folder.
        path: PathBuf,
        /// Which process, as its lock file says: pid, program, since when.
        holder: String,
    },
    /// The data folder cannot be written.
    #[error(
        "the folder {} cannot be written: {source}; nothing was changed: give this user the right \
         to write there, or name another folder", path.display()
    )]
    NotWritable {
        /// The data folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The path leads to something that is not a folder.
    #[error("{} is not a folder; nothing was changed: name a folder for the log", path.display())]
    NotADirectory {
        /// What is not a folder.
        path: PathBuf,
    },
    /// A folder, a pipe or a link that leads nowhere stands where a file of the log belongs, or
    /// something that is no folder where one does.
    #[error(
        "{} is {found}, where {right} of the log belongs; nothing was changed: move it away and \
         put back what was there, or restore a backup into a new folder", path.display()
    )]
    OutOfPlace {
        /// What stands there.
        path: PathBuf,
        /// What it is.
        found: &'static str,
        /// What belongs there.
        right: &'static str,
    },
    /// The folder holds something that this program did not write, or a newer form of the log.
    #[error(
        "the folder {} holds {found}, and this program reads {supported}; nothing was changed: \
         name another folder, or use the program that wrote it", path.display()
    )]
    Format {
        /// The data folder.
        path: PathBuf,
        /// What it holds.
        found: String,
        /// What this program reads.
        supported: String,
    },
    /// Bytes that were acknowledged are damaged or missing.
    #[error(
        "the log in {} is damaged at position {position}: {detail}; keep the folder as it is and \
         restore a backup into a new one", path.display()
    )]
    Corrupt {
        /// The data folder.
        path: PathBuf,
        /// The first place that cannot be read.
        position: Position,
        /// What is wrong there.
        detail: String,
    },
    /// The operating system refused.
    #[error("the log in {} could not be opened: {detail}; nothing was lost", path.display())]
    Io {
        /// The data folder.
        path: PathBuf,
        /// What the operating system said, and to what.
        detail: String,
    },
}

/// Why a store could not be closed in order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloseError {
    /// Writing had failed, or failed at the last.
    #[error("the store was closed, but not in order: {reason}; all that was acknowledged is kept")]
    Unclean {
        /// What failed.
        reason: String,
    },
}
