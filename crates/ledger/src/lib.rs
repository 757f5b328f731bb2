//! A transparency log's mathematics: bytes in, hashes out.
//!
//! What it is: the Merkle tree of RFC 6962 over entries ([`Tree`], [`leaf_hash`]), its
//! [tiles](TilePath) and [entry bundles](bundle) (`c2sp.org/tlog-tiles`), proofs that an entry is
//! in it and that a larger one continues a smaller one ([`prove`], [`check`]),
//! [`Checkpoint`]s (`c2sp.org/tlog-checkpoint`), [signed notes](note) (`c2sp.org/signed-note`) and
//! proofs as files ([`ProofFile`], `c2sp.org/tlog-proof`).
//!
//! What it is not: it does not know what the bytes mean, keeps nothing and reads nothing. Where a
//! proof needs a tile that it was not given, it says which ([`ProveError::Missing`]). It makes no
//! keys: the seed of one comes from outside.
//!
//! Who builds on it: the gateway, which keeps the tree current with the log and serves it; the
//! program, which proves and verifies.

pub mod bundle;
pub mod check;
mod checkpoint;
mod error;
mod hash;
pub mod note;
mod path;
mod proof_file;
pub mod prove;
mod tree;

pub use checkpoint::Checkpoint;
pub use error::{BundleError, CheckError, FormError, NoteError, PathError, ProveError};
pub use hash::{Hash, leaf_hash, node_hash};
pub use note::{SigningKey, VerifierKey};
pub use path::{Content, TilePath};
pub use proof_file::{ConsistencyFile, ProofFile};
pub use tree::{FullTile, TILE_WIDTH, TileId, Tiles, Tree};
