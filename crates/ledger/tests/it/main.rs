//! The ledger against the specifications' own examples and against crates that others wrote.
#![allow(clippy::unwrap_used, reason = "tests")]

mod foreign;
mod forms;
mod tree;

use chancery_ledger::{Hash, TileId, Tiles, Tree, leaf_hash, prove};

/// A log of entries, with every full tile kept.
pub(crate) struct Log {
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) tree: Tree,
    full: Vec<(TileId, Vec<Hash>)>,
}

impl Log {
    pub(crate) fn of(entries: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut log = Self { entries: Vec::new(), tree: Tree::default(), full: Vec::new() };
        for entry in entries {
            let full = log.tree.push(leaf_hash(&entry));
            log.full.extend(full.into_iter().map(|tile| (tile.id, tile.hashes)));
            log.entries.push(entry);
        }
        log
    }

    /// Entries that differ from one another.
    pub(crate) fn counting(size: u64) -> Self {
        Self::of((0..size).map(|number| format!("entry {number}").into_bytes()))
    }

    pub(crate) fn tiles(&self) -> Tiles {
        let mut tiles = Tiles::of(&self.tree);
        self.full.iter().for_each(|(id, hashes)| tiles.insert(*id, hashes.clone()));
        tiles
    }

    pub(crate) fn root(&self, size: u64) -> Hash {
        prove::root(&self.tiles(), size).unwrap()
    }
}
