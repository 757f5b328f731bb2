//! What is kept of the log for the next start, and when it counts.

use std::fs;

use super::*;
use crate::disk::{engine, part::Part, survey::Kept};

const STREAMS: [&str; 3] = ["ccm", "apmbc", "att"];

/// Appends commits to three streams by turns, some of several parts.
async fn fill(store: &SledStore, seed: u64) {
    for n in 0..30 {
        let stream = STREAMS[n as usize % STREAMS.len()];
        let version = store.version(&stream.parse().unwrap()).await.unwrap();
        let events = vec![noise(seed + n, 700 * (n as usize % 20)), b"more".to_vec()];
        let events = events.into_iter().filter(|it| !it.is_empty()).collect();
        store.append(append(stream, version.get(), events)).await.unwrap();
    }
}

async fn filled(seed: u64) -> (tempfile::TempDir, Position) {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    fill(&store, seed).await;
    let head = store.head().await.unwrap().next;
    store.close().await.unwrap();
    (folder, head)
}

fn confirmed(path: &Path) -> Option<Survey> {
    let db = engine::open(path).unwrap();
    Kept::read(path).unwrap().confirmed_by(&db)
}

/// The streams that a start finds which takes everything apart.
async fn streams(path: &Path) -> streams::Streams {
    let _gone = fs::remove_file(path.join("kept/survey"));
    let store = SledStore::open(path).unwrap();
    let streams = store.shared.streams().clone();
    store.close().await.unwrap();
    streams
}

#[tokio::test]
async fn what_was_written_is_known_at_the_next_start() {
    let (folder, head) = filled(1).await;
    let survey = confirmed(folder.path()).unwrap();
    assert_eq!(survey.seen.next, head);
    assert_eq!(survey.streams, streams(folder.path()).await);
}

#[tokio::test]
async fn what_was_written_since_is_added() {
    let (folder, head) = filled(1).await;
    let kept = fs::read(folder.path().join("kept/survey")).unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    fill(&store, 2).await;
    store.close().await.unwrap();
    // As if it had been killed.
    fs::write(folder.path().join("kept/survey"), kept).unwrap();
    assert_eq!(confirmed(folder.path()).unwrap().seen.next, head);
    let store = SledStore::open(folder.path()).unwrap();
    let found = store.shared.streams().clone();
    assert!(store.head().await.unwrap().next > head);
    for name in STREAMS {
        let name = name.parse().unwrap();
        let own = store.read_stream(&name, Version::new(u64::MAX)).unwrap();
        assert_eq!(own.last().unwrap().version(), store.version(&name).await.unwrap());
    }
    store.close().await.unwrap();
    assert_eq!(found, streams(folder.path()).await);
}

/// A stream is the same from what opening read, from the disk, and from both.
#[tokio::test]
async fn a_stream_is_read_from_what_is_at_hand_and_then_from_the_disk() {
    let (folder, _) = filled(1).await;
    let store = SledStore::open(folder.path()).unwrap();
    let at_hand = |name: &StreamName| {
        let streams = store.shared.streams();
        store.shared.take_at_hand(streams.commits(name)).0
    };
    for (round, name) in STREAMS.into_iter().enumerate() {
        let name = name.parse().unwrap();
        if round == 2 {
            fill(&store, 2).await;
        }
        let log = store.read(Position::START, usize::MAX).await.unwrap();
        let own: Vec<_> = log.into_iter().filter(|it| it.stream == name).collect();
        for _ in 0..2 {
            assert_eq!(store.read_stream(&name, Version::new(u64::MAX)).unwrap(), own);
        }
        assert_eq!(at_hand(&name), 0);
    }
}

#[tokio::test]
async fn what_is_kept_of_another_log_does_not_count() {
    let ((folder, _), (other, _)) = (filled(1).await, filled(2).await);
    let place = |it: &tempfile::TempDir| it.path().join("kept/survey");
    fs::copy(place(&other), place(&folder)).unwrap();
    assert!(confirmed(folder.path()).is_none());
    let store = SledStore::open(folder.path()).unwrap();
    assert_eq!(store.read(Position::START, usize::MAX).await.unwrap().len(), 30);
}

/// A part that was exchanged together with its checksum is found by what is inside.
#[tokio::test]
async fn a_part_that_was_exchanged_is_taken_apart() {
    let (folder, _) = filled(1).await;
    let db = engine::open(folder.path()).unwrap();
    let (key, value) = db.iter().nth(20).unwrap().unwrap();
    let part = Part::read(&key, &value).unwrap();
    let mut content = part.content.to_vec();
    content[0] ^= 1;
    let value = part::value(&key, part.form, part.last, &content);
    db.insert(&key, value).unwrap();
    db.flush().unwrap();
    drop(db);
    assert!(confirmed(folder.path()).is_none());
    let (first, _) = part::split_key(&key).unwrap();
    match SledStore::open(folder.path()) {
        Err(OpenError::Corrupt { position, .. }) => assert_eq!(position, first),
        other => panic!("{other:?}"),
    }
}
