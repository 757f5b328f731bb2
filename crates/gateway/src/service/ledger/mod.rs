//! The tree over the log, kept current with every commit, and what is proved from it.
//!
//! The right edge of the tree is in memory. Tiles that are full are kept beside the log, so that
//! a proof costs a few of them and not the log; one that is lost is made again from the log, and
//! so is one that does not lead to the root.

mod checkpoint;
mod proof;
mod tiles;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use chancery_ledger::{Hash, TILE_WIDTH, TileId, Tree, leaf_hash};
use chancery_store::{Commit, EventStore, KeptName, Position};
use tokio::sync::Mutex;

use super::{ProofError, Service};

pub use checkpoint::Signed;
pub(super) use checkpoint::read as last_signed;
pub use proof::ProvedEntry;

/// How many events are read at a time.
const BATCH: usize = 4096;

/// The edge is kept anew when the tree has grown by so many events: as many as are hashed again in
/// some milliseconds. A file that is replaced with each tile that fills costs more than the tile.
const FAR: u64 = 4096;

/// Below which name all stands that is kept of the tree.
const TREE: &str = "tree";

/// Where the right edge of the tree is kept.
const EDGE: &str = "tree/edge";

/// The tree over a store's log.
pub(super) struct Ledger {
    store: Arc<dyn EventStore>,
    tree: Mutex<Tree>,
    /// The size of the tree whose edge was kept last.
    kept: AtomicU64,
    signing: Mutex<checkpoint::Signing>,
}

impl Service {
    /// How many events the log has, and the root hash over them.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn log_head(&self) -> Result<(u64, Hash), ProofError> {
        let tree = self.ledger.current().await?;
        Ok((tree.size(), tree.root()))
    }

    /// How many events the tree has taken in. Unlike [`Self::log_head`], this waits for none.
    pub async fn tree_size(&self) -> u64 {
        self.ledger.tree.lock().await.size()
    }
}

impl Ledger {
    /// Takes up the tree where it was kept, and goes on to the end of the log.
    pub(super) async fn open(store: Arc<dyn EventStore>) -> Result<Self, ProofError> {
        let tree = kept_tree(&*store).await?.unwrap_or_default();
        let (kept, signing) = (AtomicU64::new(tree.size()), Mutex::default());
        let ledger = Self { store, tree: Mutex::new(tree), kept, signing };
        ledger.current().await?;
        Ok(ledger)
    }

    /// The tree over all that the log holds now.
    pub(super) async fn current(&self) -> Result<Tree, ProofError> {
        let mut tree = self.tree.lock().await;
        let end = self.store.head().await?.next.get();
        while tree.size() < end {
            let commits = self.store.read(Position::new(tree.size()), BATCH).await?;
            if commits.is_empty() {
                break;
            }
            self.grow(&mut tree, &commits).await;
        }
        Ok(tree.clone())
    }

    /// Takes in a commit that was acknowledged. One that is not next waits for those before it.
    pub(super) async fn follow(&self, commit: &Arc<Commit>) {
        let mut tree = self.tree.lock().await;
        if tree.size() == commit.first.get() {
            self.grow(&mut tree, std::slice::from_ref(commit)).await;
        }
    }

    /// Adds the events of commits that go on where the tree ends.
    async fn grow(&self, tree: &mut Tree, commits: &[Arc<Commit>]) {
        let from = tree.size();
        let events = commits.iter().flat_map(|commit| commit.iter());
        for (_, _, body) in events.filter(|(position, ..)| position.get() >= from) {
            for full in tree.push(leaf_hash(body)) {
                self.keep(&tile_name(full.id), TileId::bytes(&full.hashes)).await;
            }
        }
        if tree.size() >= self.kept.load(Ordering::Relaxed) + FAR {
            self.keep_edge(tree).await;
        }
    }

    /// Keeps the right edge of the tree, if it is not kept already.
    async fn keep_edge(&self, tree: &Tree) {
        if self.kept.swap(tree.size(), Ordering::Relaxed) != tree.size() {
            self.keep(EDGE, tree.to_bytes()).await;
        }
    }

    /// Keeps something beside the log. The log goes on without it, so a failure is no more than a
    /// warning.
    async fn keep(&self, name: &str, bytes: Vec<u8>) {
        let Ok(name) = name.parse::<KeptName>() else { return };
        if let Err(error) = self.store.keep(&name, bytes).await {
            tracing::warn!(%error, "what is wanted quickly beside the log is not kept");
        }
    }
}

/// The name under which a tile is kept.
fn tile_name(id: TileId) -> String {
    format!("{TREE}/{}", tiles::full_path(id))
}

/// The hashes of a full tile as they were kept; `None` if they were not.
pub(super) async fn kept_tile(store: &dyn EventStore, id: TileId) -> Option<Vec<Hash>> {
    let bytes = kept(store, &tile_name(id)).await?;
    TileId::hashes(&bytes).filter(|hashes| hashes.len() == TILE_WIDTH)
}

async fn kept(store: &dyn EventStore, name: &str) -> Option<Vec<u8>> {
    match store.kept(&name.parse().ok()?).await {
        Ok(kept) => kept,
        Err(error) => {
            tracing::warn!(%error, "made again from the log");
            None
        }
    }
}

/// The right edge of the tree as it was kept, whatever log it is of.
pub(super) async fn kept_edge(store: &dyn EventStore) -> Option<Tree> {
    Tree::from_bytes(&kept(store, EDGE).await?).filter(|tree| tree.size() > 0)
}

/// The tree as it was kept, if it is that of this log: the entries at its end are compared. What
/// was kept of it is forgotten otherwise.
async fn kept_tree(store: &dyn EventStore) -> Result<Option<Tree>, ProofError> {
    let Some(tree) = kept_edge(store).await else { return Ok(None) };
    if tree.size() <= store.head().await?.next.get()
        && tiles::last_leaves_match(store, &tree).await?
    {
        return Ok(Some(tree));
    }
    tracing::warn!("what was kept of the tree is of another log; it is made again");
    forget(store).await;
    Ok(None)
}

/// Forgets what was kept of the tree. Not the last signed checkpoint: it cannot be made again, and
/// it alone tells that a log was shortened or replaced.
async fn forget(store: &dyn EventStore) {
    let Ok(tree) = TREE.parse::<KeptName>() else { return };
    if let Err(error) = store.forget_kept(&tree).await {
        tracing::warn!(%error, "what was kept of the tree stays");
    }
}
