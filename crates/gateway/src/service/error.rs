use chancery_kernel::ConventionId;
use chancery_register::{DecodeError, record::Mistakes};
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
    /// The convention's id cannot name a stream.
    #[error("nothing was recorded: {0}")]
    Stream(#[from] chancery_store::StreamNameError),
    /// An event could not be written down.
    #[error("{file} was not recorded: {source}")]
    Encode {
        /// Which file.
        file: String,
        /// Why.
        source: serde_json::Error,
    },
}

fn before(recorded: &[String]) -> String {
    if recorded.is_empty() {
        "; nothing was recorded".to_owned()
    } else {
        format!("; recorded before it: {}", recorded.join(", "))
    }
}
