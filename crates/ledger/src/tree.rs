use std::collections::BTreeMap;

use crate::{
    Hash,
    hash::{join, split},
    node_hash,
};

/// How many hashes a full tile has (`c2sp.org/tlog-tiles`): a tile is a subtree of height 8.
pub const TILE_WIDTH: usize = 256;

/// Which tile: hashes number `256 × index` and following of tree level `8 × level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 for the hashes of entries; each level above holds the roots of full tiles of the one below.
    pub level: u8,
    /// Its number within the level, from 0.
    pub index: u64,
}

/// A tile that will not change any more, with its 256 hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullTile {
    /// Which.
    pub id: TileId,
    /// Its hashes.
    pub hashes: Vec<Hash>,
}

/// A growing tree, as far as growing needs it: the tiles at its right edge that are not full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// By level, each shorter than a full tile.
    edge: Vec<Vec<Hash>>,
}

/// Tiles at hand, from which proofs are made.
#[derive(Debug, Clone, Default)]
pub struct Tiles(BTreeMap<TileId, Vec<Hash>>);

impl Tree {
    /// How many entries it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its root hash (RFC 6962, section 2.1: the Merkle tree hash).
    pub fn root(&self) -> Hash {
        let right = self.edge.iter().fold(None, |right, tile| fold_perfect(tile, right));
        right.unwrap_or_else(Hash::empty)
    }

    /// Adds the hash of an entry. Returns the tiles that are full with it, lowest level first.
    pub fn push(&mut self, leaf: Hash) -> Vec<FullTile> {
        self.size += 1;
        let mut full = Vec::new();
        let mut hash = leaf;
        for level in 0_u8.. {
            if self.edge.len() <= usize::from(level) {
                self.edge.push(Vec::new());
            }
            let tile = &mut self.edge[usize::from(level)];
            tile.push(hash);
            if tile.len() < TILE_WIDTH {
                break;
            }
            let hashes = std::mem::take(tile);
            hash = perfect(&hashes);
            full.push(FullTile { id: TileId { level, index: self.full_before(level) }, hashes });
        }
        full
    }

    /// What of a tile is at the right edge: its hashes so far, if it is the one that grows.
    pub fn edge(&self, id: TileId) -> &[Hash] {
        let tile = self.edge.get(usize::from(id.level)).filter(|_| self.grows(id));
        tile.map_or(&[], Vec::as_slice)
    }

    /// The edge as bytes, to go on from later.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        self.edge.iter().for_each(|tile| bytes.extend(join(tile)));
        bytes
    }

    /// The tree of kept bytes; `None` if they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (size, hashes) = bytes.split_first_chunk()?;
        let size = u64::from_be_bytes(*size);
        let mut hashes = split(hashes)?.into_iter();
        let mut edge = Vec::new();
        for level in 0..8 {
            let width = width_at(size, level);
            let tile: Vec<Hash> = hashes.by_ref().take(width).collect();
            if tile.len() < width {
                return None;
            }
            edge.push(tile);
        }
        while edge.last().is_some_and(Vec::is_empty) {
            edge.pop();
        }
        hashes.next().is_none().then_some(Self { size, edge })
    }

    /// The number of the tile that has just become full.
    fn full_before(&self, level: u8) -> u64 {
        (self.size >> (8 * (u32::from(level) + 1))).saturating_sub(1)
    }

    fn grows(&self, id: TileId) -> bool {
        let shift = 8 * (u32::from(id.level) + 1);
        self.size.checked_shr(shift).unwrap_or_default() == id.index
    }
}

impl TileId {
    /// The tile's hashes as bytes, as tiles are served.
    pub fn bytes(hashes: &[Hash]) -> Vec<u8> {
        join(hashes)
    }

    /// The hashes of a tile's bytes; `None` if they are none.
    pub fn hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
        split(bytes).filter(|hashes| hashes.len() <= TILE_WIDTH)
    }

    /// The root over a full tile's hashes: one hash of the level above.
    pub fn root(hashes: &[Hash]) -> Hash {
        perfect(hashes)
    }

    /// How many hashes the tile has in a tree of a size; 0 if it has none.
    pub fn width(self, size: u64) -> usize {
        let hashes = size.checked_shr(8 * u32::from(self.level)).unwrap_or_default();
        let before = self.index.saturating_mul(TILE_WIDTH as u64);
        usize::try_from(hashes.saturating_sub(before)).unwrap_or(TILE_WIDTH).min(TILE_WIDTH)
    }
}

impl Tiles {
    /// The tiles at the right edge of a tree.
    pub fn of(tree: &Tree) -> Self {
        let id = |level: usize| {
            let shift = 8 * (level as u32 + 1);
            TileId { level: level as u8, index: tree.size.checked_shr(shift).unwrap_or_default() }
        };
        Self(tree.edge.iter().enumerate().map(|(level, tile)| (id(level), tile.clone())).collect())
    }

    /// Adds a tile.
    pub fn insert(&mut self, id: TileId, hashes: Vec<Hash>) {
        self.0.insert(id, hashes);
    }

    /// The root of the full subtree number `index` of height `level`; the tile that is missing
    /// for it otherwise.
    pub(crate) fn subtree(&self, level: u32, index: u64) -> Result<Hash, TileId> {
        let (tile_level, height) = (level / 8, level % 8);
        let first = index << height;
        let id = TileId { level: tile_level as u8, index: first / TILE_WIDTH as u64 };
        let offset = (first % TILE_WIDTH as u64) as usize;
        let hashes = self.0.get(&id).and_then(|tile| tile.get(offset..offset + (1 << height)));
        hashes.map(perfect).ok_or(id)
    }
}

/// How many hashes stand at the edge of a level.
fn width_at(size: u64, level: u32) -> usize {
    (size >> (8 * level)) as usize % TILE_WIDTH
}

/// The root over a power of two of hashes.
fn perfect(hashes: &[Hash]) -> Hash {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(pair[0], pair[1])).collect();
    }
    row.first().copied().unwrap_or_else(Hash::empty)
}

/// Joins the full subtrees of a row, from the smallest at the right, to what stands right of it.
fn fold_perfect(row: &[Hash], right: Option<Hash>) -> Option<Hash> {
    let mut right = right;
    let mut end = row.len();
    while end > 0 {
        let width = 1 << end.trailing_zeros();
        let left = perfect(&row[end - width..end]);
        right = Some(right.map_or(left, |right| node_hash(left, right)));
        end -= width;
    }
    right
}
