//! Where the commits of each stream stand in the log.

use std::collections::HashMap;

use super::blob::{number, take};
use crate::{Position, StreamName, Version};

/// The streams of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Streams(HashMap<StreamName, Stream>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stream {
    version: Version,
    /// Where each commit begins.
    commits: Vec<Position>,
}

impl Streams {
    /// The version of a stream.
    pub(super) fn version(&self, stream: &StreamName) -> Version {
        self.0.get(stream).map_or(Version::EMPTY, |it| it.version)
    }

    /// Where each commit of a stream begins, in order.
    pub(super) fn commits(&self, stream: &StreamName) -> &[Position] {
        self.0.get(stream).map_or(&[], |it| &it.commits)
    }

    /// Takes in the next commit of a stream: where it begins, and the version after it.
    pub(super) fn add(&mut self, stream: &StreamName, first: Position, version: Version) {
        let own = match self.0.get_mut(stream) {
            Some(own) => own,
            None => self.0.entry(stream.clone()).or_default(),
        };
        own.version = version;
        own.commits.push(first);
    }

    /// Each stream as bytes: the length of its name (1), its name, its version (8), the number of
    /// its commits (8) and where each begins (8). Numbers are big-endian.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, stream) in &self.0 {
            let name = name.as_str().as_bytes();
            // A name has at most 64 bytes.
            bytes.push(name.len() as u8);
            bytes.extend_from_slice(name);
            bytes.extend_from_slice(&stream.version.get().to_be_bytes());
            bytes.extend_from_slice(&(stream.commits.len() as u64).to_be_bytes());
            for first in &stream.commits {
                bytes.extend_from_slice(&first.get().to_be_bytes());
            }
        }
        bytes
    }

    /// What [`to_bytes`](Self::to_bytes) wrote; `None` of other bytes.
    pub(super) fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut streams = HashMap::new();
        while !bytes.is_empty() {
            let [length] = number(&mut bytes)?;
            let name = take(&mut bytes, usize::from(length))?;
            let name: StreamName = std::str::from_utf8(name).ok()?.parse().ok()?;
            let version = Version::new(u64::from_be_bytes(number(&mut bytes)?));
            let count = usize::try_from(u64::from_be_bytes(number(&mut bytes)?)).ok()?;
            let commits = take(&mut bytes, count.checked_mul(8)?)?;
            let (commits, _) = commits.as_chunks::<8>();
            let commits = commits.iter().map(|it| Position::new(u64::from_be_bytes(*it))).collect();
            streams.insert(name, Stream { version, commits });
        }
        Some(Self(streams))
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_comes_back(commits in vec(("[a-d]{1,2}", 1..9_u64), 0..50)) {
            let (mut streams, mut next) = (Streams::default(), Position::START);
            for (name, events) in commits {
                let name = name.parse().unwrap();
                let version = streams.version(&name).plus(events);
                streams.add(&name, next, version);
                prop_assert_eq!(streams.version(&name), version);
                prop_assert_eq!(streams.commits(&name).last(), Some(&next));
                next = next.plus(events);
            }
            prop_assert_eq!(Streams::from_bytes(&streams.to_bytes()), Some(streams));
        }

        #[test]
        fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..100)) {
            let _ = Streams::from_bytes(&bytes);
        }
    }
}
