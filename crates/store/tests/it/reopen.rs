//! What is there when a log is opened again.

use chancery_store::{EventStore, Position, SledStore, Version};

use crate::log;

#[tokio::test]
async fn all_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = Vec::new();
    for round in 0..5 {
        let store = SledStore::open(folder.path()).unwrap();
        assert_eq!(log::all(&store).await, before);
        log::fill(&store, 150).await;
        before = log::all(&store).await;
        assert_eq!(before.len(), 150 * (round + 1));
        let versions = log::check_whole(&store).await;
        for (stream, version) in versions {
            let found = store.version(&stream.parse().unwrap()).await.unwrap();
            assert_eq!(found, Version::new(version));
        }
        // Once closed in order and once simply dropped.
        if round % 2 == 0 {
            store.close().await.unwrap();
        }
    }
}

#[tokio::test]
async fn what_is_read_from_each_position_is_the_same_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    log::fill(&store, 200).await;
    store.close().await.unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    for commit in log::all(&store).await {
        for (position, _, _) in commit.iter() {
            let read = store.read(position, 1).await.unwrap();
            assert_eq!(read, std::slice::from_ref(&commit));
        }
    }
}

#[tokio::test]
async fn a_closed_store_can_be_opened_while_the_old_handle_lives() {
    let folder = tempfile::tempdir().unwrap();
    let old = SledStore::open(folder.path()).unwrap();
    log::fill(&old, 3).await;
    let mut follower = old.subscribe(Position::START);
    old.close().await.unwrap();
    let new = SledStore::open(folder.path()).unwrap();
    assert_eq!(log::all(&new).await.len(), 3);
    assert!(follower.next().await.is_none());
    drop(old);
    log::fill(&new, 3).await;
}
