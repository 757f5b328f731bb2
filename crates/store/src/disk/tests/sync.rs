//! Syncs: one for many, and one that fails.

use std::{
    io,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
};

use super::*;

/// A store whose sync fails while the flag is set, and counts.
fn failing(path: &Path, fail: &Arc<AtomicBool>, syncs: &Arc<AtomicUsize>) -> SledStore {
    let (fail, syncs) = (fail.clone(), syncs.clone());
    let sync = |data: File| -> Sync {
        Box::new(move || {
            syncs.fetch_add(1, SeqCst);
            if fail.load(SeqCst) { Err(io::Error::other("no such disk")) } else { data.sync_data() }
        })
    };
    SledStore::open_with(path, sync).unwrap()
}

#[tokio::test]
async fn a_failed_sync_stops_writing_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let (fail, syncs) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let store = failing(folder.path(), &fail, &syncs);
    store.append(append("ccm", 0, vec![b"kept".to_vec()])).await.unwrap();
    let mut follower = store.subscribe(Position::START);
    assert!(follower.next().await.unwrap().is_ok());

    fail.store(true, SeqCst);
    let failed = store.append(append("ccm", 1, vec![b"not acknowledged".to_vec()])).await;
    let stopped = |result: Result<_, AppendError>| match result.map(|_: Arc<Commit>| ()) {
        Err(AppendError::Stopped { reason }) => {
            assert!(reason.contains("no such disk"), "{reason}");
        }
        other => panic!("{other:?}"),
    };
    stopped(failed);
    let figures = store.figures();
    assert!(figures.stopped.unwrap().contains("no such disk"));
    assert_eq!(figures.durable.count(), 1);

    // The disk is well again, but what it was given in between may be lost: nothing follows it.
    fail.store(false, SeqCst);
    let before = syncs.load(SeqCst);
    stopped(store.append(append("ccm", 1, vec![b"later".to_vec()])).await);
    stopped(store.append(append("att", 0, vec![b"later".to_vec()])).await);
    assert_eq!(syncs.load(SeqCst), before);

    // Reads go on, and see nothing that was not acknowledged.
    assert_eq!(texts(&store).await, ["kept"]);
    assert_eq!(store.head().await.unwrap().next, Position::new(1));
    assert_eq!(store.version(&"ccm".parse().unwrap()).await.unwrap(), Version::new(1));
    assert_eq!(store.version(&"att".parse().unwrap()).await.unwrap(), Version::EMPTY);
    let nothing = timeout(Duration::from_millis(50), follower.next()).await;
    assert!(nothing.is_err(), "{nothing:?}");
    assert!(matches!(store.close().await, Err(CloseError::Unclean { .. })));
    drop(store);

    // Opened again, the commit that was not acknowledged is there whole, as it may be.
    let store = SledStore::open(folder.path()).unwrap();
    assert_eq!(texts(&store).await, ["kept", "not acknowledged"]);
    store.append(append("ccm", 2, vec![b"again".to_vec()])).await.unwrap();
}

#[tokio::test]
async fn all_who_wait_when_the_sync_fails_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let fail = Arc::new(AtomicBool::new(true));
    let store = Arc::new(failing(folder.path(), &fail, &Arc::default()));
    let mut waiting = tokio::task::JoinSet::new();
    for n in 0..50 {
        let store = store.clone();
        // The second of each pair would be a conflict with a commit that never came to be.
        let append = append(&format!("stream-{}", n / 2), 0, vec![vec![1]]);
        waiting.spawn(async move { store.append(append).await });
    }
    while let Some(result) = waiting.join_next().await {
        assert!(matches!(result.unwrap(), Err(AppendError::Stopped { .. })));
    }
}

#[tokio::test]
async fn one_sync_serves_many_appends() {
    let folder = tempfile::tempdir().unwrap();
    let syncs = Arc::new(AtomicUsize::new(0));
    let store = Arc::new(failing(folder.path(), &Arc::default(), &syncs));
    let mut waiting = tokio::task::JoinSet::new();
    for n in 0..400 {
        let store = store.clone();
        let append = append(&format!("stream-{n}"), 0, vec![vec![1]]);
        waiting.spawn(async move { store.append(append).await });
    }
    while let Some(result) = waiting.join_next().await {
        result.unwrap().unwrap();
    }
    assert!(syncs.load(SeqCst) < 100, "{} syncs for 400 appends", syncs.load(SeqCst));
}

#[tokio::test]
async fn more_than_can_be_kept_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (go_on, wait) = std::sync::mpsc::channel();
    let mut store = SledStore::open_with(folder.path(), |_| {
        Box::new(move || wait.recv().map_err(io::Error::other))
    })
    .unwrap();
    store.room = Arc::new(Semaphore::new(8));
    let store = Arc::new(store);
    let waiting: Vec<_> = (0..4)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                store.append(append(&format!("stream-{n}"), 0, vec![vec![0; 2048]])).await
            })
        })
        .collect();
    while store.room.available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    let refused = store.append(append("ccm", 0, vec![vec![0]])).await;
    assert!(matches!(refused, Err(AppendError::Overloaded { .. })), "{refused:?}");
    for _ in 0..9 {
        go_on.send(()).unwrap();
    }
    for append in waiting {
        append.await.unwrap().unwrap();
    }
    store.append(append("ccm", 0, vec![vec![0]])).await.unwrap();
    assert_eq!(store.room.available_permits(), 8);
}
