//! A commit's bytes, cut into values that sled keeps in its log.
//!
//! sled writes a leaf of its tree as one message, and a leaf holds up to 17 entries before it is
//! split (`node.rs`, `should_split`). A message over 128 KiB goes to a file of its own below
//! `blobs/`, which is never synced (`pagecache/logger.rs`, `blob_io.rs`). So it is the leaf that
//! must stay below 128 KiB, and with it 17 values: hence 6 KiB for each.
//!
//! ```text
//! key    place of the commit      8 bytes, big-endian, as all numbers here
//!        number of the part       4 bytes, from 0
//! value  form                     1 byte, that of the commit: see `packing`
//!        flags                    1 byte, bit 0: this is the last part
//!        checksum                 4 bytes, CRC-32 of key, form, flags and content
//!        content
//! ```
//!
//! Parts are written in order, so a commit is there when its last part is.

use super::packing::{Form, Packed};
use crate::Position;

/// The largest value. `tests` below keeps the sum with sled's limit.
pub(super) const MAX_VALUE_BYTES: usize = 6 * 1024;
const HEADER_BYTES: usize = 6;
const LAST: u8 = 1;

pub(super) type Key = [u8; 12];

/// The key of a part.
pub(super) fn key(first: Position, number: u32) -> Key {
    let mut key = [0; 12];
    key[..8].copy_from_slice(&first.get().to_be_bytes());
    key[8..].copy_from_slice(&number.to_be_bytes());
    key
}

/// The commit and the number that a key names.
pub(super) fn split_key(key: &[u8]) -> Option<(Position, u32)> {
    let (first, rest) = key.split_first_chunk::<8>()?;
    let number: [u8; 4] = rest.try_into().ok()?;
    Some((Position::new(u64::from_be_bytes(*first)), u32::from_be_bytes(number)))
}

/// The sizes of the values that a commit is cut into.
pub(super) fn sizes(packed: &Packed) -> impl Iterator<Item = usize> {
    packed.bytes.chunks(MAX_VALUE_BYTES - HEADER_BYTES).map(|content| HEADER_BYTES + content.len())
}

/// Cuts a commit's bytes into keys and values, in the order in which they are to be written.
pub(super) fn cut(first: Position, packed: &Packed) -> impl Iterator<Item = (Key, Vec<u8>)> {
    let chunks = packed.bytes.chunks(MAX_VALUE_BYTES - HEADER_BYTES);
    let last = chunks.len() - 1;
    chunks.enumerate().map(move |(number, content)| {
        // A commit is limited to 64 MiB: its parts are few.
        let key = key(first, number as u32);
        let value = value(&key, packed.form, number == last, content);
        (key, value)
    })
}

/// The value of a part.
pub(super) fn value(key: &[u8], form: Form, last: bool, content: &[u8]) -> Vec<u8> {
    let header = [form as u8, if last { LAST } else { 0 }];
    let mut value = Vec::with_capacity(HEADER_BYTES + content.len());
    value.extend_from_slice(&header);
    value.extend_from_slice(&checksum(key, &header, content).to_be_bytes());
    value.extend_from_slice(content);
    value
}

/// A part as it was read.
pub(super) struct Part<'a> {
    pub(super) form: Form,
    pub(super) content: &'a [u8],
    pub(super) last: bool,
    pub(super) checksum: Checksum,
}

/// The checksum of a part as it is stored.
pub(super) type Checksum = [u8; 4];

/// The checksum in a value that [`cut`] made.
pub(super) fn checksum_in(value: &[u8]) -> Checksum {
    value.get(2..HEADER_BYTES).and_then(|sum| sum.try_into().ok()).unwrap_or_default()
}

impl<'a> Part<'a> {
    /// Reads a value, or says what is wrong with it.
    pub(super) fn read(key: &[u8], value: &'a [u8]) -> Result<Self, String> {
        let (header, content) =
            value.split_first_chunk::<HEADER_BYTES>().ok_or("a part is cut short")?;
        let [form, flags, sum @ ..] = *header;
        if checksum(key, &[form, flags], content).to_be_bytes() != sum {
            return Err("the checksum of a part does not match".into());
        }
        let form = Form::of(form).ok_or_else(|| {
            format!("a part has form {form}, which this version of chancery does not read")
        })?;
        Ok(Self { form, content, last: flags & LAST != 0, checksum: sum })
    }
}

fn checksum(key: &[u8], header: &[u8], content: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(key);
    hasher.update(header);
    hasher.update(content);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_stays_below_the_size_that_sled_puts_in_a_file_of_its_own() {
        // pagecache/logger.rs, `max_buf_size`, with the default segment of 512 KiB.
        let limit = 512 * 1024 / 4 - 20;
        // 17 entries, 3 more should sled merge a neighbour in, each with lengths before its key
        // and value, and the header of the message.
        let leaf = 20 * (MAX_VALUE_BYTES + 12 + 2 * 9) + 1024;
        assert!(leaf < limit, "{leaf} {limit}");
    }

    #[test]
    fn what_is_cut_is_joined() {
        for length in [1, 2, 6137, 6138, 6139, 12_276, 20_000] {
            let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let packed = Packed { form: Form::Plain, bytes: bytes.clone() };
            let parts: Vec<_> = cut(Position::new(7), &packed).collect();
            assert!(sizes(&packed).eq(parts.iter().map(|(_, value)| value.len())));
            let mut joined = Vec::new();
            for (number, (key, value)) in parts.iter().enumerate() {
                assert!(value.len() <= MAX_VALUE_BYTES);
                assert_eq!(split_key(key), Some((Position::new(7), number as u32)));
                let part = Part::read(key, value).unwrap();
                assert_eq!(part.checksum, checksum_in(value));
                assert_eq!(part.last, number + 1 == parts.len());
                joined.extend_from_slice(part.content);
            }
            assert_eq!(joined, bytes);
        }
    }

    #[test]
    fn a_part_that_is_damaged_or_out_of_place_is_noticed() {
        let packed = Packed { form: Form::Plain, bytes: b"content".to_vec() };
        let (key_of_it, value) = cut(Position::new(7), &packed).next().unwrap();
        assert!(Part::read(&key(Position::new(8), 0), &value).is_err());
        for at in 0..value.len() {
            assert!(Part::read(&key_of_it, &value[..at]).is_err(), "cut at {at}");
            let mut damaged = value.clone();
            damaged[at] ^= 1;
            assert!(Part::read(&key_of_it, &damaged).is_err(), "changed at {at}");
        }
    }
}
