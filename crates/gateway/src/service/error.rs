use chancery_kernel::{ConventionId, TextError};
use chancery_ledger::{BundleError, Hash, NoteError, ProveError};
use chancery_register::{DecodeError, Rejection, record::Mistakes};
use chancery_store::{AppendError, Position, ReadError};

/// Why the conventions of a store cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Stored bytes are not an event that this program knows.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The tree over the log cannot be made.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// A stream's name that is no convention's id.
    #[error(transparent)]
    Stream(#[from] chancery_store::StreamNameError),
    /// A commit without events.
    #[error("the commit at position {position} holds no event; restore a backup")]
    Empty {
        /// Where it is.
        position: Position,
    },
    /// A stream that does not go as far as is kept beside the log.
    #[error(
        "`{stream}` does not go as far as what is kept beside the log says; stop the program, remove `kept/snapshot` in the data folder and start again: it is made anew, and nothing of the log is lost"
    )]
    Otherwise {
        /// The stream.
        stream: String,
    },
    /// An event that says that it stands elsewhere.
    #[error(
        "the event at position {position} says that it is number {said_version} of `{said}`, but it is stored as number {version} of `{stream}`; the log was changed outside chancery, restore a backup"
    )]
    Misplaced {
        /// Where it is.
        position: Position,
        /// The stream that holds it.
        stream: String,
        /// Its number there.
        version: u64,
        /// The convention that it names.
        said: ConventionId,
        /// The number that it names.
        said_version: u64,
    },
}

/// Why something of the log cannot be proved.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Nobody signs for this log.
    #[error("this register has no signing key; make one with `chancery init`")]
    NoKey,
    /// There are fewer events.
    #[error("the log has {size} events; {asked} were asked for")]
    TooShort {
        /// How many were asked for.
        asked: u64,
        /// How many there are.
        size: u64,
    },
    /// What was asked for cannot be proved.
    #[error(transparent)]
    Prove(#[from] ProveError),
    /// The log is not the one that the tree grew with.
    #[error(
        "the tree does not fit the log, so nothing is proved from it; stop the program and run `chancery verify`"
    )]
    Tree,
    /// The key is one that another took the place of.
    #[error("the key {key} was retired, and {signs} signs now; put that one in its place")]
    Retired {
        /// The key.
        key: String,
        /// The key that signs.
        signs: String,
    },
    /// Nothing leads from the key that signed before to this one.
    #[error(
        "the log's last checkpoint is signed by {signed_by}, from which nothing leads to the key {key}; put the log's own key in its place (for one that is lost for good, see `chancery init --help`)"
    )]
    OtherKey {
        /// Who signed the last checkpoint, by name and key id.
        signed_by: String,
        /// The key that was to sign.
        key: String,
    },
    /// A signed checkpoint is of another history.
    #[error(
        "a signed checkpoint says that the first {size} events have the root {signed}, but they have {found}; the log was changed since, and nothing more is signed: run `chancery verify`, or restore a backup"
    )]
    Forked {
        /// The checkpoint's size.
        size: u64,
        /// Its root.
        signed: Hash,
        /// The log's root at that size.
        found: Hash,
    },
    /// A signed checkpoint is of a longer log.
    #[error(
        "a checkpoint over {signed} events was signed, but the log has {size}; events are missing, and nothing more is signed: restore a newer backup"
    )]
    RolledBack {
        /// The checkpoint's size.
        signed: u64,
        /// The log's.
        size: u64,
    },
    /// A text that no note can hold.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Entries that no bundle can hold.
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

/// Why a commit was not appended.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// What is recorded cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The convention's id cannot name a stream.
    #[error(transparent)]
    Stream(#[from] chancery_store::StreamNameError),
    /// An event could not be written down.
    #[error(transparent)]
    Encode(#[from] chancery_kernel::canonical::CanonicalError),
    /// The store refused.
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Why the journal was not written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// What is recorded cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The log cannot be proved.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// A rule of the journal.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// It was not appended.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// Results that could not be written down.
    #[error(transparent)]
    Encode(#[from] chancery_kernel::canonical::CanonicalError),
    /// A reason, or another text, that is none.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A text that no note can hold.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The journal has no name; a mistake of the program.
    #[error("the journal cannot be named; this is a mistake of the program")]
    Name,
}

/// Why nothing, or not everything, was recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The files have mistakes: nothing was recorded.
    #[error("{} of the files have mistakes; nothing was recorded", .0.len())]
    Mistakes(Vec<Mistakes>),
    /// What is recorded cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The store refused.
    #[error("{file} was not recorded: {source}{}", before(.recorded))]
    Append {
        /// Which file.
        file: String,
        /// Files of the same call that had been recorded before: each is one commit.
        recorded: Vec<String>,
        /// Why.
        source: AppendError,
    },
    /// Something was recorded since.
    #[error(
        "`{convention}` has the version {version}, not {expected}: something was recorded since; look at what it is, and send this again with the version {version} if it still holds"
    )]
    Conflict {
        /// The convention.
        convention: ConventionId,
        /// The version that it was to have.
        expected: u64,
        /// The version that it has.
        version: u64,
        /// The position of its last event.
        position: Option<u64>,
    },
    /// One idempotency key for two requests.
    #[error(
        "the idempotency key `{key}` was used for other facts before, and nothing was recorded; make up another one for each request"
    )]
    KeyReused {
        /// The key.
        key: String,
    },
    /// The convention's id cannot name a stream.
    #[error("nothing was recorded: {0}")]
    Stream(#[from] chancery_store::StreamNameError),
    /// An event could not be written down.
    #[error("{file} was not recorded: {source}")]
    Encode {
        /// Which file.
        file: String,
        /// Why.
        source: chancery_kernel::canonical::CanonicalError,
    },
}

fn before(recorded: &[String]) -> String {
    if recorded.is_empty() {
        "; nothing was recorded".to_owned()
    } else {
        format!("; recorded before it: {}", recorded.join(", "))
    }
}
