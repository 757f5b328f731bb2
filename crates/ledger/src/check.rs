//! Checking proofs, with nothing but the proof, the sizes and the roots (RFC 9162, sections
//! 2.1.3.2 and 2.1.4.2).

use crate::{CheckError, Hash, node_hash};

/// Checks that the entry with this hash is number `index` of the tree of `size` entries with this
/// root.
///
/// # Errors
/// Why it is not shown.
pub fn inclusion(
    path: &[Hash],
    index: u64,
    leaf: Hash,
    size: u64,
    root: Hash,
) -> Result<(), CheckError> {
    if index >= size {
        return Err(CheckError::Sizes);
    }
    let mut climb = Climb { node: index, last: size - 1 };
    let mut hash = leaf;
    for &beside in path {
        hash = match climb.side()? {
            Side::Left => node_hash(beside, hash),
            Side::Right => node_hash(hash, beside),
        };
        climb.up();
    }
    climb.ended()?;
    if hash == root { Ok(()) } else { Err(CheckError::Root) }
}

/// Checks that the tree of `new` entries begins with the entries of the tree of `old` entries, in
/// their order.
///
/// # Errors
/// Why it is not shown.
pub fn consistency(
    path: &[Hash],
    old: u64,
    old_root: Hash,
    new: u64,
    new_root: Hash,
) -> Result<(), CheckError> {
    if old > new {
        return Err(CheckError::Sizes);
    }
    if old == 0 || old == new {
        let same = if old == 0 { old_root == Hash::empty() } else { old_root == new_root };
        return match (path, same) {
            ([], true) => Ok(()),
            ([], false) => Err(CheckError::OldRoot),
            _ => Err(CheckError::Length),
        };
    }
    let mut climb = Climb { node: old - 1, last: new - 1 };
    while climb.node & 1 == 1 {
        climb.up();
    }
    // A full old tree is itself a node of the new one.
    let given = if old.is_power_of_two() { None } else { path.first() };
    let start = match (old.is_power_of_two(), given) {
        (true, _) => old_root,
        (false, Some(&first)) => first,
        (false, None) => return Err(CheckError::Length),
    };
    let (mut from_old, mut from_new) = (start, start);
    for &beside in &path[usize::from(given.is_some())..] {
        match climb.side()? {
            Side::Left => {
                from_old = node_hash(beside, from_old);
                from_new = node_hash(beside, from_new);
            }
            Side::Right => from_new = node_hash(from_new, beside),
        }
        climb.up();
    }
    climb.ended()?;
    if from_old != old_root {
        return Err(CheckError::OldRoot);
    }
    if from_new == new_root { Ok(()) } else { Err(CheckError::Root) }
}

/// The way from a node to the root, in a tree that is not full at its right.
struct Climb {
    node: u64,
    last: u64,
}

/// On which side the next hash of a path stands.
enum Side {
    Left,
    Right,
}

impl Climb {
    fn side(&mut self) -> Result<Side, CheckError> {
        if self.last == 0 {
            return Err(CheckError::Length);
        }
        if self.node & 1 == 1 || self.node == self.last {
            // A last node without a neighbour moves up as it is.
            while self.node & 1 == 0 && self.node != 0 {
                self.up();
            }
            return Ok(Side::Left);
        }
        Ok(Side::Right)
    }

    fn up(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }

    fn ended(&self) -> Result<(), CheckError> {
        if self.last == 0 { Ok(()) } else { Err(CheckError::Length) }
    }
}
