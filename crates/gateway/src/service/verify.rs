//! Verifying a log from its first byte, without trusting anything that was kept beside it.

use std::{collections::HashMap, sync::Arc};

use chancery_ledger::{
    Checkpoint, FullTile, Hash, NoteError, TileId, Tree, VerifierKey, leaf_hash, note,
};
use chancery_register::{
    audit::{Audit, Commands, Fault},
    journal::Seal,
};
use chancery_store::{Commit, EventStore, Position, ReadError, StreamName, Version};
use jiff::Timestamp;

use super::{
    journal,
    ledger::{self, Signed},
};

/// How many events are read at a time.
const BATCH: usize = 4096;

/// What was verified.
#[derive(Debug, Clone)]
pub struct Verified {
    /// How many events.
    pub size: u64,
    /// The root hash over them.
    pub root: Hash,
    /// How many events each stream has.
    pub streams: Vec<(String, u64)>,
    /// When the last event was recorded.
    pub recorded_at: Option<Timestamp>,
    /// How the ids of commands were checked.
    pub commands: Commands,
    /// Tiles that were kept and are those of the log.
    pub tiles: u64,
    /// Full tiles that were not kept; they are made again when they are needed.
    pub tiles_missing: u64,
    /// The last signed checkpoint that was kept, which is of this log.
    pub checkpoint: Option<CheckedCheckpoint>,
    /// The last seal; what it says of results is for a replay to judge.
    pub sealed: Option<Seal>,
    /// How often the key was changed, each time endorsed by the one before.
    pub rotations: usize,
}

/// A signed checkpoint that was found to be of this log.
#[derive(Debug, Clone)]
pub struct CheckedCheckpoint {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The key whose signature was verified; `None` if no key was given.
    pub key: Option<VerifierKey>,
}

/// Where and why a log does not stand.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An event that should not stand where it is.
    #[error("the event at position {position} is bad: {fault}; restore a backup")]
    Event {
        /// Where: the first bad one.
        position: u64,
        /// Why.
        fault: Fault,
    },
    /// Commits do not follow one another.
    #[error(
        "the commit at position {position} does not follow the one before it; restore a backup"
    )]
    Commit {
        /// Where: the first bad one.
        position: u64,
    },
    /// An event is not what it was when the tree grew.
    #[error(
        "the event at position {position} is not the one that was recorded there: its hash differs from the one that was kept in tile {} of level {}; restore a backup", .tile.index, .tile.level
    )]
    Tile {
        /// Where: the first bad one, or where the bad part of the log begins.
        position: u64,
        /// The tile.
        tile: TileId,
    },
    /// The edge of the tree that was kept is of another log.
    #[error(
        "what was kept of the tree at size {size} is not of this log; if a backup was put in place of the log, remove the folder `kept/tree` beside it: it is made again"
    )]
    Edge {
        /// Of how many events.
        size: u64,
    },
    /// The log has another root than was signed.
    #[error(
        "the log's first {size} events have the root {found}, but a signed checkpoint says {signed}; one of them was changed after it was signed: restore a backup"
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
        "a checkpoint over {signed} events was signed, but the log ends at position {size}; its last events are missing: restore a backup"
    )]
    Shorter {
        /// Of how many events.
        signed: u64,
        /// How many the log has.
        size: u64,
    },
    /// A key that the one before it did not endorse.
    #[error(
        "the key before it did not endorse the key {0}, which the journal names; restore a backup"
    )]
    Rotation(String),
    /// A signature is wrong.
    #[error("the checkpoint that was kept: {0}")]
    Signature(#[from] NoteError),
}

impl VerifyError {
    /// The first bad position, where it is known.
    pub fn position(&self) -> Option<u64> {
        match self {
            Self::Read(ReadError::Corrupt { position, .. }) => Some(position.get()),
            Self::Event { position, .. }
            | Self::Commit { position }
            | Self::Tile { position, .. } => Some(*position),
            Self::Shorter { size, .. } => Some(*size),
            Self::Read(_)
            | Self::Edge { .. }
            | Self::Rotation(_)
            | Self::Checkpoint { .. }
            | Self::Signature(_) => None,
        }
    }
}

/// Verifies a whole log: every event's form, place, time, command and law, the tree over the
/// stored bytes, what was kept of it, and the last checkpoint that was signed. `keys` are those
/// that may have signed; with none, no signature is judged. `progress` is told how many events are
/// done, of how many.
///
/// # Errors
/// The first thing that is wrong.
pub async fn verify(
    store: &dyn EventStore,
    keys: &[VerifierKey],
    mut progress: impl FnMut(u64, u64),
) -> Result<Verified, VerifyError> {
    let end = store.head().await?.next.get();
    let edge = ledger::kept_edge(store).await.filter(|edge| edge.size() <= end);
    let mut pass = Pass::new(ledger::last_signed(store).await, edge);
    while pass.tree.size() < end {
        let commits = store.read(Position::new(pass.tree.size()), BATCH).await?;
        if commits.is_empty() {
            break;
        }
        for commit in commits {
            pass.commit(store, &commit).await?;
        }
        progress(pass.tree.size(), end);
    }
    pass.verified(keys)
}

/// One pass over the log.
struct Pass {
    audit: Audit,
    tree: Tree,
    versions: HashMap<StreamName, Version>,
    tiles: u64,
    tiles_missing: u64,
    edge: Option<Tree>,
    signed: Option<Signed>,
    /// The root at the size of the signed checkpoint, once the tree has it.
    root_then: Option<Hash>,
}

impl Pass {
    fn new(signed: Option<Signed>, edge: Option<Tree>) -> Self {
        let tree = Tree::default();
        let then = signed.as_ref().filter(|it| it.checkpoint.size == 0);
        let root_then = then.map(|_| tree.root());
        Self {
            audit: Audit::default(),
            tree,
            versions: HashMap::new(),
            tiles: 0,
            tiles_missing: 0,
            edge,
            signed,
            root_then,
        }
    }

    async fn commit(
        &mut self,
        store: &dyn EventStore,
        commit: &Arc<Commit>,
    ) -> Result<(), VerifyError> {
        let position = self.tree.size();
        let version = self.versions.entry(commit.stream.clone()).or_default();
        if commit.first.get() != position || commit.first_version != *version {
            return Err(VerifyError::Commit { position });
        }
        *version = commit.version();
        for (position, version, body) in commit.iter() {
            let position = position.get();
            let checked = self.audit.check(position, commit.stream.as_str(), version.get(), body);
            checked.map_err(|fault| VerifyError::Event { position, fault })?;
            for full in self.tree.push(leaf_hash(body)) {
                self.tile(store, &full).await?;
            }
            let size = self.tree.size();
            if self.edge.as_ref().is_some_and(|it| it.size() == size && *it != self.tree) {
                return Err(VerifyError::Edge { size });
            }
            let then = self.signed.as_ref().map(|it| it.checkpoint.size);
            if then == Some(self.tree.size()) {
                self.root_then = Some(self.tree.root());
            }
        }
        Ok(())
    }

    /// Compares a tile with the one that was kept when the log grew.
    async fn tile(&mut self, store: &dyn EventStore, full: &FullTile) -> Result<(), VerifyError> {
        match ledger::kept_tile(store, full.id).await {
            None => self.tiles_missing += 1,
            Some(kept) if kept == full.hashes => self.tiles += 1,
            Some(kept) => {
                let same = kept.iter().zip(&full.hashes).take_while(|(a, b)| a == b).count() as u64;
                let first = full.id.index * full.hashes.len() as u64 + same;
                let position = first << (8 * u32::from(full.id.level));
                return Err(VerifyError::Tile { position, tile: full.id });
            }
        }
        Ok(())
    }

    fn verified(self, keys: &[VerifierKey]) -> Result<Verified, VerifyError> {
        let size = self.tree.size();
        let journal = self.audit.journal();
        let keys = journal::trusted(keys, &journal).map_err(VerifyError::Rotation)?;
        let checkpoint = match self.signed {
            None => None,
            Some(signed) => Some(check(signed, size, self.root_then, &keys)?),
        };
        Ok(Verified {
            size,
            root: self.tree.root(),
            streams: self.audit.streams().map(|(id, number)| (id.to_string(), number)).collect(),
            recorded_at: self.audit.last_stamp(),
            commands: self.audit.commands(),
            tiles: self.tiles,
            tiles_missing: self.tiles_missing,
            checkpoint,
            sealed: journal.sealed,
            rotations: journal.rotations.len(),
        })
    }
}

fn check(
    signed: Signed,
    size: u64,
    root: Option<Hash>,
    keys: &[VerifierKey],
) -> Result<CheckedCheckpoint, VerifyError> {
    let Signed { checkpoint, note } = signed;
    let key = match keys {
        [] => None,
        keys => note::open(&note, keys)?.1.first().map(|key| (*key).clone()),
    };
    match root {
        None => Err(VerifyError::Shorter { signed: checkpoint.size, size }),
        Some(found) if found != checkpoint.root => {
            let Checkpoint { size, root: signed, .. } = checkpoint;
            Err(VerifyError::Checkpoint { size, signed, found })
        }
        Some(_) => Ok(CheckedCheckpoint { checkpoint, key }),
    }
}
