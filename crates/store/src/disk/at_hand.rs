//! The parts that opening read, for whoever reads a stream once after it.
//!
//! They are in memory when a log is opened, and fewer than what they come to by far. Streams are
//! read soon after, or never; one by one from the disk, each leaf of sled's tree would be read
//! again for each stream that has a commit in it.

use super::part::{Key, split_key};
use crate::Position;

/// Parts by their keys, in order. What was taken is gone.
#[derive(Debug, Default)]
pub(super) struct AtHand(Vec<(Key, sled::IVec)>);

impl AtHand {
    /// Adds the part that follows.
    pub(super) fn push(&mut self, key: Key, value: sled::IVec) {
        self.0.push((key, value));
    }

    /// Adds the parts that follow.
    pub(super) fn extend(&mut self, parts: Self) {
        self.0.extend(parts.0);
    }

    /// Takes the parts of a commit; none if they are not at hand, or not any more.
    pub(super) fn take(&mut self, first: Position) -> impl Iterator<Item = (Key, sled::IVec)> {
        let of = |key: &Key| split_key(key).map(|(position, _)| position);
        let start = self.0.partition_point(|(key, _)| of(key) < Some(first));
        let own = self.0.iter_mut().skip(start).take_while(move |(key, _)| of(key) == Some(first));
        // No value of a part is empty, so an empty one was taken.
        let taken = own.map(|(key, value)| (*key, std::mem::take(value)));
        taken.filter(|(_, value)| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::part::key;

    #[test]
    fn the_parts_of_a_commit_are_taken_once() {
        let mut at_hand = AtHand::default();
        let commits = [(0, 1), (3, 2), (4, 1), (9, 3)];
        for (first, parts) in commits {
            for number in 0..parts {
                at_hand.push(key(Position::new(first), number), vec![number as u8 + 1].into());
            }
        }
        let mut take = |first| {
            let taken = at_hand.take(Position::new(first));
            taken.map(|(_, value)| value[0]).collect::<Vec<_>>()
        };
        assert_eq!(take(3), [1, 2]);
        assert_eq!(take(9), [1, 2, 3]);
        assert_eq!(take(0), [1]);
        for gone in [0, 1, 3, 9, 10] {
            assert_eq!(take(gone), [] as [u8; 0]);
        }
        assert_eq!(take(4), [1]);
    }
}
