//! How much may be written between two syncs.
//!
//! Each segment of sled's log begins with how far the log was stable when the segment was begun,
//! and recovery believes the highest of these (`pagecache/iterator.rs`,
//! `scan_segment_headers_and_tail`). But stable means `sync_file_range`, which a disk may answer
//! before it has written. When power is lost, a segment may be there that says so while the one
//! it says it of is not: sled then finds nothing where it begins to look, and takes the **whole
//! log** to be empty.
//!
//! That needs two segments that were begun since the last real sync. So there is never more than
//! one: before a second can begin, there is a sync. What sled will log for an insert cannot be
//! asked beforehand, but it is bounded, since keys only ever grow and so all happens in the last
//! leaf: the value itself (`Link`), the leaf as a whole with every tenth (`PAGE_CONSOLIDATION_-
//! THRESHOLD`, `pagecache/constants.rs`), and its two halves and the node above when it has more
//! than 16 entries (`node.rs`, `should_split`).

use std::collections::VecDeque;

use super::part::MAX_VALUE_BYTES;

/// A segment of 512 KiB, less the largest message that may not fit at its end, less what splits
/// of the nodes further up write now and then.
const BUDGET: usize = (512 - 128 - 16) * 1024;

/// The most entries that a leaf has before it is split.
const LEAF: usize = 17;

/// The most that sled adds to a value: headers, lengths, the key.
const ENTRY: usize = 100;

/// The most bytes of the node above a leaf: 257 keys and page numbers.
const PARENT: usize = 8 * 1024;

/// Counts what sled may have logged since the last sync.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    /// The sizes of the values in the last leaf, at the most.
    leaf: VecDeque<usize>,
    leaf_bytes: usize,
    /// The largest that the last leaf has been since the sync.
    largest_leaf: usize,
    values: usize,
    bytes: usize,
}

impl Pace {
    /// At the opening of a log, whose last leaf is not known.
    pub(super) fn new() -> Self {
        let leaf = VecDeque::from([MAX_VALUE_BYTES + ENTRY; LEAF]);
        let leaf_bytes = leaf.iter().sum();
        Self { leaf, leaf_bytes, largest_leaf: leaf_bytes, values: 0, bytes: 0 }
    }

    /// Counts a value.
    pub(super) fn add(&mut self, value_bytes: usize) {
        let bytes = value_bytes + ENTRY;
        self.leaf.push_back(bytes);
        self.leaf_bytes = self.leaf_bytes + bytes - self.leaf.pop_front().unwrap_or(0);
        self.largest_leaf = self.largest_leaf.max(self.leaf_bytes);
        self.values += 1;
        self.bytes += bytes;
    }

    /// Whether a value can follow without a sync. The first one after a sync always can.
    pub(super) fn allows(&self, value_bytes: usize) -> bool {
        let mut then = self.clone();
        then.add(value_bytes);
        self.values == 0 || then.logged() <= BUDGET
    }

    /// Starts again after a sync.
    pub(super) fn synced(&mut self) {
        self.largest_leaf = self.leaf_bytes;
        self.values = 0;
        self.bytes = 0;
    }

    /// The most that sled can have logged.
    fn logged(&self) -> usize {
        let consolidations = self.values / 9 + 1;
        let splits = self.values / 8 + 1;
        self.bytes + consolidations * self.largest_leaf + splits * (self.largest_leaf + PARENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values_between_syncs(bytes: usize) -> usize {
        let mut pace = Pace::new();
        for _ in 0..LEAF {
            pace.add(bytes);
        }
        pace.synced();
        let mut values = 0;
        while pace.allows(bytes) {
            pace.add(bytes);
            values += 1;
        }
        values
    }

    #[test]
    fn the_first_value_is_within_the_budget_and_more_than_one_fits() {
        let mut pace = Pace::new();
        pace.add(MAX_VALUE_BYTES);
        assert!(pace.logged() <= BUDGET);
        assert_eq!(values_between_syncs(MAX_VALUE_BYTES), 7);
        assert!(values_between_syncs(500) >= 80, "{}", values_between_syncs(500));
    }
}
