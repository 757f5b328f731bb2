//! One commit as bytes.
//!
//! ```text
//! length of the stream's name   1 byte
//! the stream's name
//! version before the commit     8 bytes, big-endian, as all numbers here
//! number of events              4 bytes
//! for each event                2 bytes of length, then its bytes
//! checksum of all of the above  4 bytes, CRC-32
//! ```
//!
//! The place of the commit is in its key. Each part that the bytes are cut into has a checksum of
//! its own; the one here tells a whole commit from parts of two.

use crate::{Append, Body, Commit, MAX_EVENT_BYTES, Position, StreamName, Version};

// An event's length takes two bytes.
const _: () = assert!(MAX_EVENT_BYTES == u16::MAX as usize);

/// The bytes of the commit that an append will be, if it is taken. Its sizes have been checked.
pub(super) fn encode(append: &Append) -> Vec<u8> {
    let name = append.stream.as_str().as_bytes();
    let events: usize = append.events.iter().map(|body| 2 + body.len()).sum();
    let mut bytes = Vec::with_capacity(1 + name.len() + 8 + 4 + events + 4);
    // A name has at most 64 bytes and an event at most 65,535: nothing is cut off.
    bytes.push(name.len() as u8);
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(&append.expected.get().to_be_bytes());
    bytes.extend_from_slice(&(append.events.len() as u32).to_be_bytes());
    for body in &append.events {
        bytes.extend_from_slice(&(body.len() as u16).to_be_bytes());
        bytes.extend_from_slice(body);
    }
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

/// A commit read in place, without copying its events.
pub(super) struct Blob<'a> {
    pub(super) stream: StreamName,
    pub(super) first_version: Version,
    pub(super) events: Vec<&'a [u8]>,
}

impl<'a> Blob<'a> {
    /// Reads what [`encode`] wrote, or says what is wrong with it.
    pub(super) fn decode(bytes: &'a [u8]) -> Result<Self, String> {
        let (content, checksum) = bytes.split_last_chunk::<4>().ok_or("the commit is cut short")?;
        if crc32fast::hash(content) != u32::from_be_bytes(*checksum) {
            return Err("the checksum of the commit does not match".into());
        }
        Self::fields(content).ok_or_else(|| "the fields of the commit do not add up".into())
    }

    fn fields(mut rest: &'a [u8]) -> Option<Self> {
        let [name_length] = number(&mut rest)?;
        let name = std::str::from_utf8(take(&mut rest, usize::from(name_length))?).ok()?;
        let first_version = Version::new(u64::from_be_bytes(number(&mut rest)?));
        let count = u32::from_be_bytes(number(&mut rest)?);
        let mut events = Vec::new();
        for _ in 0..count {
            let length = u16::from_be_bytes(number(&mut rest)?);
            events.push(take(&mut rest, usize::from(length))?);
        }
        (rest.is_empty() && !events.is_empty()).then_some(Self {
            stream: name.parse().ok()?,
            first_version,
            events,
        })
    }

    /// The commit, with its own copy of each event.
    pub(super) fn into_commit(self, first: Position) -> Commit {
        let events = self.events.into_iter().map(Body::from).collect();
        Commit { stream: self.stream, first, first_version: self.first_version, events }
    }
}

/// Takes a number's bytes from the front.
pub(super) fn number<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (number, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*number)
}

/// Takes so many bytes from the front.
pub(super) fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn commit() -> impl Strategy<Value = Commit> {
        let events = vec(vec(any::<u8>(), 1..300).prop_map(Body::from), 1..8);
        ("[a-z0-9-]{1,64}", any::<u64>(), any::<u64>(), events).prop_map(
            |(name, first, version, events)| Commit {
                stream: name.parse().unwrap(),
                first: Position::new(first),
                first_version: Version::new(version),
                events,
            },
        )
    }

    fn append_of(commit: &Commit) -> Append {
        let Commit { stream, first_version, events, .. } = commit.clone();
        Append { stream, expected: first_version, events }
    }

    proptest! {
        #[test]
        fn what_is_encoded_comes_back(commit in commit()) {
            let bytes = encode(&append_of(&commit));
            let decoded = Blob::decode(&bytes).unwrap().into_commit(commit.first);
            prop_assert_eq!(decoded, commit);
        }

        #[test]
        fn a_changed_bit_or_a_cut_is_noticed(commit in commit(), at: prop::sample::Index, bit in 0..8_u8) {
            let mut bytes = encode(&append_of(&commit));
            let at = at.index(bytes.len());
            prop_assert!(Blob::decode(&bytes[..at]).is_err());
            bytes[at] ^= 1 << bit;
            prop_assert!(Blob::decode(&bytes).is_err());
        }

        #[test]
        fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..200)) {
            let _ = Blob::decode(&bytes);
            let _ = Blob::fields(&bytes);
        }
    }
}
