use std::collections::BTreeMap;

use chancery_ledger::{Hash, ProveError, Tiles, Tree, check, prove};
use chancery_store::Body;

use super::{Ledger, forget, tiles::entries};
use crate::service::{ProofError, Service};

/// One event of a set, with what proves that it is in the log.
#[derive(Debug, Clone)]
pub struct CompleteEntry {
    /// Its position.
    pub position: u64,
    /// Its stored bytes.
    pub entry: Body,
    /// The hashes that lead to the root.
    pub path: Vec<Hash>,
}

impl Service {
    /// The root hash over the first `size` events.
    ///
    /// # Errors
    /// A log that is shorter, or a store that cannot be read.
    pub async fn log_root(&self, size: u64) -> Result<Hash, ProofError> {
        self.ledger.root(size).await
    }

    /// The hashes that prove the event at a position to be in the log of the first `size` events.
    ///
    /// # Errors
    /// A log that is shorter, or a store that cannot be read.
    pub async fn prove_event(&self, position: u64, size: u64) -> Result<Vec<Hash>, ProofError> {
        self.ledger.inclusion(position, size).await
    }

    /// The hashes that prove that the log of the first `new` events begins with the first `old`.
    ///
    /// # Errors
    /// A log that is shorter, or a store that cannot be read.
    pub async fn prove_growth(&self, old: u64, new: u64) -> Result<Vec<Hash>, ProofError> {
        self.ledger.consistency(old, new).await
    }

    /// Events at these positions with their proofs for the log of the first `size` events.
    ///
    /// # Errors
    /// A log that is shorter, or a store that cannot be read.
    pub async fn prove_events(
        &self,
        positions: &[u64],
        size: u64,
    ) -> Result<Vec<CompleteEntry>, ProofError> {
        let mut proved = Vec::new();
        for &position in positions {
            let path = self.ledger.inclusion(position, size).await?;
            let entry = entries(&*self.ledger.store, position, 1).await?.pop();
            let entry = entry.ok_or(ProveError::NoEntry { index: position, size })?;
            proved.push(CompleteEntry { position, entry, path });
        }
        Ok(proved)
    }
}

impl Ledger {
    pub(super) async fn root(&self, size: u64) -> Result<Hash, ProofError> {
        let tree = self.up_to(size).await?;
        if size == tree.size() {
            return Ok(tree.root());
        }
        let root = self.with_tiles(&tree, |tiles| prove::root(tiles, size)).await?;
        // Kept tiles are not trusted: what they say has to lead to the tree in memory.
        let path =
            self.with_tiles(&tree, |tiles| prove::consistency(tiles, size, tree.size())).await?;
        let checked = check::consistency(&path, size, root, tree.size(), tree.root());
        self.trusted(checked, root).await
    }

    pub(super) async fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, ProofError> {
        let root = self.root(size).await?;
        let tree = self.up_to(size).await?;
        let path = self.with_tiles(&tree, |tiles| prove::inclusion(tiles, index, size)).await?;
        let entry = entries(&*self.store, index, 1).await?.pop().unwrap_or_else(|| [].into());
        let leaf = chancery_ledger::leaf_hash(&entry);
        self.trusted(check::inclusion(&path, index, leaf, size, root), path).await
    }

    async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, ProofError> {
        if old > new {
            return Err(ProveError::Backwards { old, new }.into());
        }
        let (old_root, new_root) = (self.root(old).await?, self.root(new).await?);
        let tree = self.up_to(new).await?;
        let path = self.with_tiles(&tree, |tiles| prove::consistency(tiles, old, new)).await?;
        self.trusted(check::consistency(&path, old, old_root, new, new_root), path).await
    }

    /// The tree, which must have this size at the least.
    async fn up_to(&self, size: u64) -> Result<Tree, ProofError> {
        let tree = self.current().await?;
        if size > tree.size() {
            return Err(ProofError::TooShort { asked: size, size: tree.size() });
        }
        Ok(tree)
    }

    /// Makes a proof, fetching the tiles that it asks for.
    async fn with_tiles<T>(
        &self,
        tree: &Tree,
        make: impl Fn(&Tiles) -> Result<T, ProveError>,
    ) -> Result<T, ProofError> {
        let mut tiles = Tiles::of(tree);
        let mut given = BTreeMap::new();
        loop {
            match make(&tiles) {
                Err(ProveError::Missing(id)) if given.insert(id, ()).is_none() => {
                    tiles.insert(id, self.hashes(tree, id).await?);
                }
                done => return Ok(done?),
            }
        }
    }

    /// What was made of kept tiles, if it holds. What was kept is forgotten otherwise, so that the
    /// next one who asks gets it from the log.
    async fn trusted<T, E: std::fmt::Display>(
        &self,
        checked: Result<(), E>,
        made: T,
    ) -> Result<T, ProofError> {
        match checked {
            Ok(()) => Ok(made),
            Err(error) => {
                tracing::error!(%error, "what was kept of the tree is wrong; it is forgotten");
                forget(&*self.store).await;
                Err(ProofError::KeptTree)
            }
        }
    }
}
