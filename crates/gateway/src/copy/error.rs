use std::io;

use chancery_ledger::Hash;

/// Why a copy of the log is not taken.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// It does not begin as a copy does.
    #[error(
        "this is no copy of a register's log: {0}; name a file that `chancery backup` or `chancery export` wrote"
    )]
    Foreign(String),
    /// A newer program wrote it.
    #[error(
        "this copy has form {found}, and this program reads form {known}; read it with the program that wrote it, or a later one"
    )]
    Form {
        /// Its form.
        found: u32,
        /// The form that is read.
        known: u32,
    },
    /// A line that cannot be read.
    #[error("line {line} cannot be read: {detail}; the copy is damaged, use another")]
    Line {
        /// Which, from 1.
        line: u64,
        /// What is wrong with it.
        detail: String,
    },
    /// An event that is not the next one.
    #[error(
        "line {line} holds the event at position {found}, where the one at position {expected} belongs; events are missing or moved, use another copy"
    )]
    Misplaced {
        /// Which line, from 1.
        line: u64,
        /// The next position.
        expected: u64,
        /// The position that it says.
        found: u64,
    },
    /// An event that does not belong to the commit that it names.
    #[error(
        "the event at position {position} says that its commit begins at {commit}, which does not fit the events before it; the copy was changed, use another"
    )]
    Commit {
        /// Where.
        position: u64,
        /// What it says.
        commit: u64,
    },
    /// Bytes that are not those that were hashed.
    #[error(
        "the event at position {position} has the hash {found}, and the copy says {said}; it was changed, use another copy"
    )]
    Leaf {
        /// Where.
        position: u64,
        /// What the copy says.
        said: Hash,
        /// What its bytes come to.
        found: Hash,
    },
    /// It ends too early.
    #[error(
        "the copy ends at position {found}, and its first line says that it has {said} events; it was cut off, use another copy"
    )]
    Short {
        /// How many events it says.
        said: u64,
        /// How many there are.
        found: u64,
    },
    /// It goes on for too long.
    #[error(
        "the copy goes on after its {said} events, on line {line}; something was added to it, use another copy"
    )]
    Long {
        /// How many events it says.
        said: u64,
        /// The line that is too much.
        line: u64,
    },
    /// Events that are each whole, but not these.
    #[error(
        "the events of the copy have the root {found}, and its first line says {said}; it was changed, use another copy"
    )]
    Root {
        /// What it says.
        said: Hash,
        /// What its events come to.
        found: Hash,
    },
    /// It cannot be read.
    #[error("the copy cannot be read: {0}")]
    Io(#[from] io::Error),
}
