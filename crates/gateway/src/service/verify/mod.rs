//! Verifying a log from its first byte, without trusting anything that was kept beside it.

mod error;
mod pass;

use std::{num::NonZero, pin::pin, thread};

use chancery_ledger::{Checkpoint, FullTile, Hash, VerifierKey};
use chancery_register::audit::Commands;
use chancery_store::{Commit, EventStore, Position, ReadError};
use futures_util::{Stream, TryStreamExt as _, stream};
use jiff::Timestamp;
use tokio::task::spawn_blocking;

use self::pass::{Leaf, Pass};
use super::ledger::{self, Signed};

pub use error::VerifyError;

/// How many events are read at a time.
const BATCH: usize = 4096;

/// What is believed from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The keys that may have signed; with none, no signature is judged.
    pub keys: Vec<VerifierKey>,
    /// Checkpoints of this log that somebody held: the log must begin with what they say.
    pub checkpoints: Vec<Signed>,
}

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
    /// The checkpoints that were given, which are of this log.
    pub held: Vec<CheckedCheckpoint>,
    /// The last seal.
    pub sealed: Option<Sealed>,
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

/// A seal, whose root is that of the log.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Over how many events.
    pub size: u64,
    /// The form in which results were hashed.
    pub form: u32,
    /// The state root, which a replay comes to as well; `None` if it is of a form that this program
    /// does not compute.
    pub state_root: Option<Hash>,
}

/// Verifies a whole log: every event's form, place, time, command and law, the tree over the
/// stored bytes, what was kept of it, the checkpoints that were signed, and the last seal by a
/// replay. `progress` is told how many events are done, of how many.
///
/// # Errors
/// The first thing that is wrong.
pub async fn verify(
    store: &dyn EventStore,
    trust: &Trust,
    mut progress: impl FnMut(u64, u64),
) -> Result<Verified, VerifyError> {
    let end = store.head().await?.next.get();
    let edge = ledger::kept_edge(store).await.filter(|edge| edge.size() <= end);
    let kept = ledger::last_signed(store).await;
    let is_kept = kept.is_some();
    let mut pass = Pass::new(kept.into_iter().chain(trust.checkpoints.iter().cloned()));
    let (mut tiles, mut tiles_missing) = (0, 0);
    // Events are read, and looked at by themselves, while those before them are taken in order.
    let ahead = thread::available_parallelism().map_or(2, NonZero::get) + 1;
    let mut leaves = pin!(leaves(store).try_buffered(ahead));
    while let Some(leaves) = leaves.try_next().await? {
        for leaf in leaves {
            for full in pass.event(leaf)? {
                match compare(store, &full).await? {
                    true => tiles += 1,
                    false => tiles_missing += 1,
                }
            }
            let size = pass.tree().size();
            if edge.as_ref().is_some_and(|it| it.size() == size && it != pass.tree()) {
                return Err(VerifyError::Edge { size });
            }
        }
        progress(pass.tree().size(), end);
    }
    Ok(Verified { tiles, tiles_missing, ..pass.verified(trust, is_kept)? })
}

/// Verifies a log that comes commit by commit, from something else than a store: all that
/// [`verify`] does, but for what is kept beside a log.
#[derive(Default)]
pub struct Verifying(Pass);

impl Verifying {
    /// Takes the next commit.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn commit(&mut self, commit: &Commit) -> Result<(), VerifyError> {
        for leaf in pass::leaves([commit]) {
            drop(self.0.event(leaf)?);
        }
        Ok(())
    }

    /// What was verified, once all has come.
    ///
    /// # Errors
    /// What is wrong with the whole.
    pub fn end(self) -> Result<Verified, VerifyError> {
        self.0.verified(&Trust::default(), false)
    }
}

/// Every event of a log looked at by itself, in the order of the log, some thousand at a time.
fn leaves(
    store: &dyn EventStore,
) -> impl Stream<Item = Result<impl Future<Output = Result<Vec<Leaf>, VerifyError>>, VerifyError>> {
    let read = async move |from| {
        let commits = store.read(from, BATCH).await?;
        Ok(commits.last().map(|last| last.next()).map(|next| (commits, next)))
    };
    stream::try_unfold(Position::START, read).map_ok(|commits| async move {
        let looking = spawn_blocking(move || pass::leaves(commits.iter().map(|it| &**it))).await;
        // The runtime is being shut down.
        looking.map_err(|_| VerifyError::from(ReadError::Closed))
    })
}

/// Compares a tile with the one that was kept when the log grew. Whether there was one.
async fn compare(store: &dyn EventStore, full: &FullTile) -> Result<bool, VerifyError> {
    let Some(kept) = ledger::kept_tile(store, full.id).await else { return Ok(false) };
    if kept == full.hashes {
        return Ok(true);
    }
    let same = kept.iter().zip(&full.hashes).take_while(|(a, b)| a == b).count() as u64;
    let first = full.id.index * full.hashes.len() as u64 + same;
    let position = first << (8 * u32::from(full.id.level));
    Err(VerifyError::Tile { position, tile: full.id })
}
