use chancery_ledger::{Hash, NoteError, TileId};
use chancery_register::audit::Fault;
use chancery_store::ReadError;

/// Where and why a log does not stand.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An event that should not stand where it is.
    #[error("the event at position {position} is bad: {fault}")]
    Event {
        /// Where: the first bad one.
        position: u64,
        /// Why.
        fault: Fault,
    },
    /// An event is not what it was when the tree grew.
    #[error(
        "the event at position {position} is not the one that was recorded there: its hash differs from the one that was kept in tile {} of level {}", .tile.index, .tile.level
    )]
    Tile {
        /// Where: the first bad one, or where the bad part of the log begins.
        position: u64,
        /// The tile.
        tile: TileId,
    },
    /// The edge of the tree that was kept is of another log.
    #[error(
        "what was kept of the tree at size {size} is not of this log (if a backup was put in place of the log, remove the folder `kept/tree` beside it: it is made again)"
    )]
    Edge {
        /// Of how many events.
        size: u64,
    },
    /// The log has another root than was signed.
    #[error(
        "the log's first {size} events have the root {found}, but a signed checkpoint says {signed}: one of them was changed after it was signed"
    )]
    Checkpoint {
        /// Of how many events.
        size: u64,
        /// What was signed.
        signed: Hash,
        /// What the log has.
        found: Hash,
    },
    /// The log is shorter than was signed.
    #[error(
        "a checkpoint over {signed} events was signed, but the log ends at position {size}: its last events are missing"
    )]
    Shorter {
        /// Of how many events.
        signed: u64,
        /// How many the log has.
        size: u64,
    },
    /// A key that the one before it did not endorse.
    #[error("the key before it did not endorse the key {0}, which the journal names")]
    Rotation(String),
    /// A checkpoint by a key that did not sign any more when the log had come so far.
    #[error(
        "the checkpoint over {size} events is signed by {key}, which was retired at position {position}: it was not made by this register"
    )]
    Retired {
        /// The key.
        key: String,
        /// Where it was retired.
        position: u64,
        /// Of how many events the checkpoint is.
        size: u64,
    },
    /// A seal says another root than the log has.
    #[error(
        "the seal at position {position} says the root {sealed}, but the log has {found} there"
    )]
    SealedRoot {
        /// Where the seal stands.
        position: u64,
        /// What it says.
        sealed: String,
        /// What the log has.
        found: Hash,
    },
    /// A seal says other results than a replay comes to.
    #[error(
        "the seal over {size} events says the state root {sealed}, but a replay comes to {found}: another version of the program computed them, or the seal is wrong"
    )]
    SealedResults {
        /// Of how many events.
        size: u64,
        /// What it says.
        sealed: String,
        /// What a replay comes to.
        found: Hash,
    },
    /// Results that could not be written down.
    #[error("the results cannot be written down: {0}")]
    Results(#[from] chancery_kernel::canonical::CanonicalError),
    /// A signature is wrong.
    #[error("the checkpoint over {size} events: {source}")]
    Signature {
        /// Of how many events it says to be.
        size: u64,
        /// Why.
        source: NoteError,
    },
}

impl VerifyError {
    /// Whether the log is not what it was: a backup is the way back. Not so where it is the key or
    /// the program that does not fit. What the store says of its reading is for the store to tell.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Event { .. }
            | Self::Tile { .. }
            | Self::Edge { .. }
            | Self::Checkpoint { .. }
            | Self::Shorter { .. }
            | Self::Rotation(_)
            | Self::SealedRoot { .. } => true,
            Self::Read(_)
            | Self::Retired { .. }
            | Self::SealedResults { .. }
            | Self::Results(_)
            | Self::Signature { .. } => false,
        }
    }

    /// The first bad position, where it is known.
    pub fn position(&self) -> Option<u64> {
        match self {
            Self::Read(ReadError::Corrupt { position, .. }) => Some(position.get()),
            Self::Event { position, .. }
            | Self::Tile { position, .. }
            | Self::SealedRoot { position, .. } => Some(*position),
            Self::Shorter { size, .. } => Some(*size),
            Self::Read(_)
            | Self::Edge { .. }
            | Self::Rotation(_)
            | Self::Retired { .. }
            | Self::Checkpoint { .. }
            | Self::SealedResults { .. }
            | Self::Results(_)
            | Self::Signature { .. } => None,
        }
    }
}
