use chancery_ledger::{Hash, ProveError, TileId, Tiles, Tree, check, leaf_hash, prove};
use chancery_store::Body;

use super::Ledger;
use crate::service::{ProofError, Service};

/// An event with what proves that it is in the log.
#[derive(Debug, Clone)]
pub struct ProvedEntry {
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

    /// The event at a position with its proof for the log of the first `size` events.
    ///
    /// # Errors
    /// A log that is shorter, a position beyond it, or a store that cannot be read.
    pub async fn prove_event(&self, position: u64, size: u64) -> Result<ProvedEntry, ProofError> {
        let none = ProveError::NoEntry { index: position, size };
        Ok(self.prove_events(&[position], size).await?.pop().ok_or(none)?)
    }

    /// The events at these positions with their proofs for the log of the first `size` events.
    ///
    /// # Errors
    /// A log that is shorter, a position beyond it, or a store that cannot be read.
    pub async fn prove_events(
        &self,
        positions: &[u64],
        size: u64,
    ) -> Result<Vec<ProvedEntry>, ProofError> {
        if let Some(&index) = positions.iter().find(|position| **position >= size) {
            return Err(ProveError::NoEntry { index, size }.into());
        }
        let mut prover = self.ledger.prover(size).await?;
        let root = prover.root(size).await?;
        let entries = self.stored(positions).await?;
        let mut proved = Vec::new();
        for (&position, entry) in positions.iter().zip(entries) {
            let path = prover.make(|tiles| prove::inclusion(tiles, position, size)).await?;
            // What is given out holds, whatever became of the bytes since the tree took them in.
            check::inclusion(&path, position, leaf_hash(&entry), size, root)
                .map_err(|_| ProofError::Tree)?;
            proved.push(ProvedEntry { position, entry, path });
        }
        Ok(proved)
    }

    /// The hashes that prove that the log of the first `new` events begins with the first `old`.
    ///
    /// # Errors
    /// A log that is shorter, or a store that cannot be read.
    pub async fn prove_growth(&self, old: u64, new: u64) -> Result<Vec<Hash>, ProofError> {
        let mut prover = self.ledger.prover(old.max(new)).await?;
        prover.make(|tiles| prove::consistency(tiles, old, new)).await
    }
}

/// Makes proofs in one tree. The tiles that one needed are at hand for the next.
struct Prover<'a> {
    ledger: &'a Ledger,
    tree: Tree,
    tiles: Tiles,
}

impl Ledger {
    pub(in crate::service) async fn root(&self, size: u64) -> Result<Hash, ProofError> {
        self.prover(size).await?.root(size).await
    }

    /// For proofs in a log that has this size at the least.
    async fn prover(&self, size: u64) -> Result<Prover<'_>, ProofError> {
        let tree = self.current().await?;
        if size > tree.size() {
            return Err(ProofError::TooShort { asked: size, size: tree.size() });
        }
        let tiles = Tiles::of(&tree);
        Ok(Prover { ledger: self, tree, tiles })
    }
}

impl Prover<'_> {
    async fn root(&mut self, size: u64) -> Result<Hash, ProofError> {
        if size == self.tree.size() {
            return Ok(self.tree.root());
        }
        self.make(|tiles| prove::root(tiles, size)).await
    }

    /// Makes a proof, fetching the tiles that it asks for.
    async fn make<T>(
        &mut self,
        make: impl Fn(&Tiles) -> Result<T, ProveError>,
    ) -> Result<T, ProofError> {
        let mut last: Option<TileId> = None;
        loop {
            match make(&self.tiles) {
                // What it asks for again is not there to be had.
                Err(ProveError::Missing(id)) if last.replace(id) != Some(id) => {
                    let hashes = self.ledger.hashes(&self.tree, id).await?;
                    self.tiles.insert(id, hashes);
                }
                done => return Ok(done?),
            }
        }
    }
}
