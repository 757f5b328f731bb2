//! A log whose every event can be told from its place in its stream, and numbers by chance.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use chancery_store::{Append, Body, Commit, EventStore, Position, SledStore, Version};

/// Numbers that look random, and repeat with the seed.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A seed that differs between runs; failures print it.
    pub(crate) fn seed() -> u64 {
        let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        time.unwrap().as_nanos() as u64
    }

    /// From 0 up to `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }
}

/// The commit that belongs behind this version of the stream: its number of events, their sizes
/// and bytes all follow from that.
pub(crate) fn append(stream: &str, expected: Version) -> Append {
    let mut chance = Chance::new(expected.get() ^ u64::from(crc(stream)));
    let count = 1 + chance.below(4);
    let events = (0..count).map(|n| {
        let size = match chance.below(40) {
            0 => 65_535,
            1..4 => 8000,
            _ => 20 + chance.below(600) as usize,
        };
        let mut body = format!("{stream} {} ", expected.get() + n).into_bytes();
        body.resize_with(size, || chance.below(256) as u8);
        Body::from(body)
    });
    Append { stream: stream.parse().unwrap(), expected, events: events.collect() }
}

fn crc(stream: &str) -> u32 {
    stream.bytes().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
}

/// Appends commits to three streams by turns. Returns the whole log.
pub(crate) async fn fill(store: &SledStore, commits: usize) {
    for n in 0..commits {
        let stream = ["ccm", "apmbc", "att"][n % 3];
        let version = store.version(&stream.parse().unwrap()).await.unwrap();
        store.append(append(stream, version)).await.unwrap();
    }
}

pub(crate) async fn all(store: &SledStore) -> Vec<Arc<Commit>> {
    store.read(Position::START, usize::MAX).await.unwrap()
}

/// Checks that every commit is one of those that [`append`] makes, whole, in order, without a
/// gap. Returns the version of each stream.
pub(crate) async fn check_whole(store: &SledStore) -> BTreeMap<String, u64> {
    let mut versions: BTreeMap<String, u64> = BTreeMap::new();
    let mut next = Position::START;
    for commit in all(store).await {
        assert_eq!(commit.first, next);
        next = commit.next();
        let stream = commit.stream.to_string();
        let version = versions.entry(stream.clone()).or_default();
        assert_eq!(commit.first_version.get(), *version);
        let whole = append(&stream, commit.first_version);
        assert!(commit.events == whole.events, "{stream} {version} is not what was appended");
        *version = commit.version().get();
    }
    assert_eq!(store.head().await.unwrap().next, next);
    versions
}

/// Copies a data folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
