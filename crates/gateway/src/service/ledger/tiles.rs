use chancery_ledger::{Content, Hash, TILE_WIDTH, TileId, TilePath, Tree, bundle, leaf_hash};
use chancery_store::{Body, EventStore, Position};

use super::{Ledger, kept_tile, tile_name};
use crate::service::{ProofError, Service};

impl Service {
    /// The bytes of a tile or an entry bundle as it is served; `None` if the log has none such.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn log_tile(&self, path: TilePath) -> Result<Option<Vec<u8>>, ProofError> {
        self.ledger.tile(path).await
    }

    /// The stored bytes of one event; `None` if the log has none at this position.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn log_entry(&self, position: u64) -> Result<Option<Body>, ProofError> {
        Ok(entries(&*self.ledger.store, position, 1).await?.pop())
    }
}

impl Service {
    /// The stored bytes of the first `size` events.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn log_entries(&self, size: u64) -> Result<Vec<Body>, ProofError> {
        let count = usize::try_from(size).unwrap_or(usize::MAX);
        entries(&*self.ledger.store, 0, count).await
    }
}

impl Ledger {
    async fn tile(&self, path: TilePath) -> Result<Option<Vec<u8>>, ProofError> {
        let tree = self.current().await?;
        let id = path.tile();
        if id.width(tree.size()) < path.width {
            return Ok(None);
        }
        Ok(Some(match path.content {
            Content::Hashes(_) => {
                let mut hashes = self.hashes(&tree, id).await?;
                hashes.truncate(path.width);
                TileId::bytes(&hashes)
            }
            Content::Entries => {
                let first = id.index * TILE_WIDTH as u64;
                let entries = entries(&*self.store, first, path.width).await?;
                bundle::encode(entries.iter().map(|entry| &**entry))?
            }
        }))
    }

    /// The hashes of a tile: from the edge, as they were kept, or made again.
    pub(super) async fn hashes(&self, tree: &Tree, id: TileId) -> Result<Vec<Hash>, ProofError> {
        if id.width(tree.size()) < TILE_WIDTH {
            return Ok(tree.edge(id).to_vec());
        }
        if let Some(hashes) = kept_tile(&*self.store, id).await {
            return Ok(hashes);
        }
        let hashes = self.made_again(tree, id).await?;
        self.keep(&tile_name(id), TileId::bytes(&hashes)).await;
        Ok(hashes)
    }

    /// The hashes of a full tile, from the entries or from the tiles below.
    async fn made_again(&self, tree: &Tree, id: TileId) -> Result<Vec<Hash>, ProofError> {
        let first = id.index * TILE_WIDTH as u64;
        let Some(below) = id.level.checked_sub(1) else {
            return leaves(&*self.store, first, TILE_WIDTH).await;
        };
        let mut hashes = Vec::with_capacity(TILE_WIDTH);
        for index in first..first + TILE_WIDTH as u64 {
            let id = TileId { level: below, index };
            let row = Box::pin(self.hashes(tree, id)).await?;
            hashes.push(TileId::root(&row));
        }
        Ok(hashes)
    }
}

/// The path of a full tile below `tile/`.
pub(super) fn full_path(id: TileId) -> TilePath {
    TilePath { content: Content::Hashes(id.level), index: id.index, width: TILE_WIDTH }
}

/// Whether the last entries that a kept tree holds are those of the log: the ones at its edge and
/// the tile before them. Every event has an id of its own, so no two logs have the same.
pub(super) async fn last_leaves_match(
    store: &dyn EventStore,
    tree: &Tree,
) -> Result<bool, ProofError> {
    let index = tree.size() / TILE_WIDTH as u64;
    let mut last = Vec::new();
    if let Some(index) = index.checked_sub(1) {
        let full = kept_tile(store, TileId { level: 0, index }).await;
        let Some(full) = full else { return Ok(false) };
        // Nothing stands above a tile that has just filled the one above it, too.
        let above = TileId { level: 1, index: index / TILE_WIDTH as u64 };
        if tree.edge(above).last().is_some_and(|root| *root != TileId::root(&full)) {
            return Ok(false);
        }
        last.extend(full);
    }
    last.extend_from_slice(tree.edge(TileId { level: 0, index }));
    let first = tree.size().saturating_sub(last.len() as u64);
    Ok(leaves(store, first, last.len()).await? == last)
}

/// The hashes of so many entries.
async fn leaves(store: &dyn EventStore, first: u64, count: usize) -> Result<Vec<Hash>, ProofError> {
    Ok(entries(store, first, count).await?.iter().map(|entry| leaf_hash(entry)).collect())
}

/// So many entries, fewer at the end of the log.
pub(super) async fn entries(
    store: &dyn EventStore,
    first: u64,
    count: usize,
) -> Result<Vec<Body>, ProofError> {
    let mut found = Vec::new();
    while found.len() < count {
        let from = first + found.len() as u64;
        let commits = store.read(Position::new(from), count - found.len()).await?;
        if commits.is_empty() {
            break;
        }
        let events = commits.iter().flat_map(|commit| commit.iter());
        let wanted = events.filter(|(position, ..)| position.get() >= from);
        found.extend(wanted.take(count - found.len()).map(|(_, _, body)| body.clone()));
    }
    Ok(found)
}
