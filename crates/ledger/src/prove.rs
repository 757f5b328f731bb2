//! Making proofs from tiles (RFC 6962, sections 2.1.1 and 2.1.2).
//!
//! Each function needs as many tiles as the tree is high, divided by eight, and says which one it
//! lacks. Whoever keeps the tiles adds it and asks again.

use crate::{Hash, ProveError, Tiles, node_hash};

/// The root of the tree of the first `size` entries.
///
/// # Errors
/// [`ProveError::Missing`].
pub fn root(tiles: &Tiles, size: u64) -> Result<Hash, ProveError> {
    if size == 0 { Ok(Hash::empty()) } else { range(tiles, 0, size) }
}

/// The hashes that lead from entry `index` to the root of the tree of `size` entries, from the
/// entry's neighbour upwards.
///
/// # Errors
/// [`ProveError::NoEntry`], [`ProveError::Missing`].
pub fn inclusion(tiles: &Tiles, index: u64, size: u64) -> Result<Vec<Hash>, ProveError> {
    if index >= size {
        return Err(ProveError::NoEntry { index, size });
    }
    let mut path = Vec::new();
    let (mut low, mut high) = (0, size);
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            path.push(range(tiles, middle, high)?);
            high = middle;
        } else {
            path.push(range(tiles, low, middle)?);
            low = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that lead from the root of the tree of `old` entries to that of `new` entries.
///
/// # Errors
/// [`ProveError::Backwards`], [`ProveError::Missing`].
pub fn consistency(tiles: &Tiles, old: u64, new: u64) -> Result<Vec<Hash>, ProveError> {
    if old > new {
        return Err(ProveError::Backwards { old, new });
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let mut path = Vec::new();
    let (mut low, mut high) = (0, new);
    // The part of the old tree that lies in low..high always begins at low.
    while high != old {
        let middle = low + split(high - low);
        if old <= middle {
            path.push(range(tiles, middle, high)?);
            high = middle;
        } else {
            path.push(range(tiles, low, middle)?);
            low = middle;
        }
    }
    // The verifier knows the old root; what is below it must be given.
    if low > 0 {
        path.push(range(tiles, low, high)?);
    }
    path.reverse();
    Ok(path)
}

/// The root over the entries `low..high`, where `low` is a multiple of the power of two that
/// holds them all.
fn range(tiles: &Tiles, low: u64, high: u64) -> Result<Hash, ProveError> {
    let width = high - low;
    if width.is_power_of_two() {
        let level = width.trailing_zeros();
        return tiles.subtree(level, low >> level).map_err(ProveError::Missing);
    }
    let middle = low + split(width);
    Ok(node_hash(range(tiles, low, middle)?, range(tiles, middle, high)?))
}

/// The largest power of two below a number above 1.
fn split(width: u64) -> u64 {
    1 << (u64::BITS - 1 - (width - 1).leading_zeros())
}
