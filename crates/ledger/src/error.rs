use crate::TileId;

/// Why a proof cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProveError {
    /// A tile that it needs was not given.
    #[error("tile {} of level {} is needed; give it and ask again", .0.index, .0.level)]
    Missing(TileId),
    /// There is no such entry in a tree of this size.
    #[error("a tree of {size} entries has no entry {index}; {}", last(*size))]
    NoEntry {
        /// Which entry was asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// A tree cannot continue a larger one.
    #[error("a tree of {new} entries cannot continue one of {old}; give the smaller size first")]
    Backwards {
        /// The size that should come first.
        old: u64,
        /// The size that should come later.
        new: u64,
    },
}

/// Why a proof does not prove what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The sizes rule it out.
    #[error(
        "the sizes do not fit together; the entry or the smaller tree must be in the larger one"
    )]
    Sizes,
    /// The number of hashes is wrong for the sizes.
    #[error(
        "the proof does not have as many hashes as these sizes need; it was cut or made for another tree"
    )]
    Length,
    /// The hashes lead to another root than the smaller tree's.
    #[error(
        "the proof does not lead to the root of the smaller tree; history was changed, or the proof is of another tree"
    )]
    OldRoot,
    /// The hashes lead to another root.
    #[error(
        "the proof does not lead to the root of the checkpoint; the entry or the tree is another one"
    )]
    Root,
}

/// Why text is not of the form that it should have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Not a hash.
    #[error("this is not a hash; a hash is 32 bytes in base64, 44 characters")]
    Hash,
    /// Not a checkpoint.
    #[error("this is not a checkpoint; it has {0}")]
    Checkpoint(&'static str),
    /// Not a proof file.
    #[error("this is not a proof; it has {0}")]
    Proof(&'static str),
}

/// Why a note cannot be trusted or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a signed note.
    #[error("this is not a signed note; it has {0}")]
    Form(&'static str),
    /// Not a key.
    #[error("this is not a key; it has {0}")]
    Key(&'static str),
    /// Not a key's name.
    #[error(
        "`{0}` cannot name a log; a name is like `example.org/register`, without spaces or `+`"
    )]
    Name(String),
    /// A signature by a known key that is wrong.
    #[error("the signature by `{0}` is wrong; the text was changed, or another key signed it")]
    Wrong(String),
    /// A checkpoint of another log than the one that the key is named after.
    #[error(
        "the key `{key}` has signed this, but it is a checkpoint of `{origin}`; a key signs for the log that it is named after"
    )]
    Origin {
        /// The key.
        key: String,
        /// The log that the checkpoint names.
        origin: String,
    },
    /// None of the known keys signed.
    #[error("no known key has signed this; it is signed by {0}")]
    Unknown(String),
}

/// Why a path is not that of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the path of a tile; it is like `0/x001/234` or `entries/000.p/12`")]
pub struct PathError;

/// Why entries cannot be written as a bundle, or read from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// An entry that is too long.
    #[error("an entry has {0} bytes; a bundle's entries have 65535 at most")]
    TooLong(usize),
    /// Bytes that end within an entry.
    #[error("the bundle ends within entry {0}; it was cut or is none")]
    Cut(usize),
}

/// Which entry of a tree is the last.
fn last(size: u64) -> String {
    size.checked_sub(1)
        .map_or_else(|| "it is empty".to_owned(), |last| format!("the last is {last}"))
}
