//! The parts that opening read, for whoever reads a stream once after it.
//!
//! They are in memory when a log is opened, and fewer than what they come to by far. Streams are
//! read soon after, or never; one by one from the disk, each leaf of sled's tree would be read
//! again for each stream that has a commit in it.

use super::part::{Key, split_key};
use crate::Position;

/// Parts by their keys, in order. What was taken is gone.
#[derive(Debug, Default)]
pub(super) struct AtHand {
    parts: Vec<(Key, sled::IVec)>,
    /// How many of them were taken: with the last one the list goes, too.
    taken: usize,
}

impl AtHand {
    /// Adds the part that follows.
    pub(super) fn push(&mut self, key: Key, value: sled::IVec) {
        self.parts.push((key, value));
    }

    /// Adds the parts that follow.
    pub(super) fn extend(&mut self, parts: Self) {
        self.parts.extend(parts.parts);
    }

    /// Takes the parts of a commit; none if they are not at hand, or not any more.
    pub(super) fn take(&mut self, first: Position) -> Vec<(Key, sled::IVec)> {
        let of = |key: &Key| split_key(key).map(|(position, _)| position);
        let start = self.parts.partition_point(|(key, _)| of(key) < Some(first));
        let own = self.parts.iter_mut().skip(start);
        // No value of a part is empty, so an empty one was taken.
        let taken: Vec<_> = own
            .take_while(|(key, value)| of(key) == Some(first) && !value.is_empty())
            .map(|(key, value)| (*key, std::mem::take(value)))
            .collect();
        self.taken += taken.len();
        if self.taken == self.parts.len() {
            *self = Self::default();
        }
        taken
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
            taken.into_iter().map(|(_, value)| value[0]).collect::<Vec<_>>()
        };
        assert_eq!(take(3), [1, 2]);
        assert_eq!(take(9), [1, 2, 3]);
        assert_eq!(take(0), [1]);
        for gone in [0, 1, 3, 9, 10] {
            assert_eq!(take(gone), [] as [u8; 0]);
        }
        assert_eq!(take(4), [1]);
        assert_eq!((at_hand.parts.capacity(), at_hand.taken), (0, 0));
    }
}
