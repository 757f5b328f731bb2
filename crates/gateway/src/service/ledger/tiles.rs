use chancery_ledger::{Content, Hash, TILE_WIDTH, TileId, TilePath, Tree, bundle, leaf_hash};
use chancery_store::{Body, EventStore, Position};

use super::{Ledger, forget, kept_tile, tile_name};
use crate::service::{ProofError, Service};

impl Service {
    /// The bytes of a tile or an entry bundle as it is served; `None` if the log has none such.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn log_tile(&self, path: TilePath) -> Result<Option<Vec<u8>>, ProofError> {
        self.ledger.tile(path).await
    }

    /// The stored bytes of `count` events from a position on, fewer at the end of the log.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn log_entries(&self, from: u64, count: usize) -> Result<Vec<Body>, ProofError> {
        entries(&*self.ledger.store, from, count).await
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

    /// The hashes of a tile, which lead to the root of the tree in memory: from the edge, as they
    /// were kept, or made again.
    pub(super) async fn hashes(&self, tree: &Tree, id: TileId) -> Result<Vec<Hash>, ProofError> {
        if id.width(tree.size()) < TILE_WIDTH {
            return Ok(tree.edge(id).to_vec());
        }
        // The tile above holds its root, and leads to the root of all itself.
        let above = TileId { level: id.level + 1, index: id.index / TILE_WIDTH as u64 };
        let above = Box::pin(self.hashes(tree, above)).await?;
        let root = above.get((id.index % TILE_WIDTH as u64) as usize).ok_or(ProofError::Tree)?;
        if let Some(hashes) = kept_tile(&*self.store, id).await
            && TileId::root(&hashes) == *root
        {
            return Ok(hashes);
        }
        let mut hashes = self.made_again(id).await?;
        if TileId::root(&hashes) != *root {
            // A tile below that was kept is wrong: from the entries alone, then.
            forget(&*self.store).await;
            hashes = self.made_again(id).await?;
        }
        if TileId::root(&hashes) != *root {
            return Err(ProofError::Tree);
        }
        Ok(hashes)
    }

    /// The hashes of a full tile, from the entries or from the tiles below, and keeps them.
    async fn made_again(&self, id: TileId) -> Result<Vec<Hash>, ProofError> {
        let first = id.index * TILE_WIDTH as u64;
        let hashes = match id.level.checked_sub(1) {
            None => leaves(&*self.store, first, TILE_WIDTH).await?,
            Some(level) => {
                let mut hashes = Vec::with_capacity(TILE_WIDTH);
                for index in first..first + TILE_WIDTH as u64 {
                    let below = TileId { level, index };
                    let row = match kept_tile(&*self.store, below).await {
                        Some(row) => row,
                        None => Box::pin(self.made_again(below)).await?,
                    };
                    hashes.push(TileId::root(&row));
                }
                hashes
            }
        };
        self.keep(&tile_name(id), TileId::bytes(&hashes)).await;
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
async fn entries(
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
