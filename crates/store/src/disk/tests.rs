//! What needs a look inside: a sync that fails, a tail that was never finished, and where sled
//! puts what is written.

use std::{
    fs, io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
};

use super::{blob, engine, head::HeadFile, part, *};
use crate::Body;

fn append(stream: &str, expected: u64, events: Vec<Vec<u8>>) -> Append {
    Append {
        stream: stream.parse().unwrap(),
        expected: Version::new(expected),
        events: events.into_iter().map(Body::from).collect(),
    }
}

async fn texts(store: &SledStore) -> Vec<String> {
    let log = store.read(Position::START, usize::MAX).await.unwrap();
    let events = log.iter().flat_map(|commit| &commit.events);
    events
        .map(|body| String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned())
        .collect()
}

/// A store whose sync fails while the flag is set, and counts.
fn failing(path: &Path, fail: &Arc<AtomicBool>, syncs: &Arc<AtomicUsize>) -> SledStore {
    let (fail, syncs) = (fail.clone(), syncs.clone());
    let sync = |data: File| -> Sync {
        Box::new(move || {
            syncs.fetch_add(1, SeqCst);
            if fail.load(SeqCst) {
                Err(io::Error::other("no such disk"))
            } else {
                data.sync_data()
            }
        })
    };
    SledStore::open_with(path, sync).unwrap()
}

#[tokio::test]
async fn a_failed_sync_stops_writing_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let (fail, syncs) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let store = failing(folder.path(), &fail, &syncs);
    store
        .append(append("ccm", 0, vec![b"kept".to_vec()]))
        .await
        .unwrap();
    let mut follower = store.subscribe(Position::START);
    assert!(follower.next().await.unwrap().is_ok());

    fail.store(true, SeqCst);
    let failed = store
        .append(append("ccm", 1, vec![b"not acknowledged".to_vec()]))
        .await;
    let stopped = |result: Result<_, AppendError>| match result.map(|_: Arc<Commit>| ()) {
        Err(AppendError::Stopped { reason }) => {
            assert!(reason.contains("no such disk"), "{reason}");
        }
        other => panic!("{other:?}"),
    };
    stopped(failed);

    // The disk is well again, but what it was given in between may be lost: nothing follows it.
    fail.store(false, SeqCst);
    let before = syncs.load(SeqCst);
    stopped(
        store
            .append(append("ccm", 1, vec![b"later".to_vec()]))
            .await,
    );
    stopped(
        store
            .append(append("att", 0, vec![b"later".to_vec()]))
            .await,
    );
    assert_eq!(syncs.load(SeqCst), before);

    // Reads go on, and see nothing that was not acknowledged.
    assert_eq!(texts(&store).await, ["kept"]);
    assert_eq!(store.head().await.unwrap().next, Position::new(1));
    assert_eq!(
        store.version(&"ccm".parse().unwrap()).await.unwrap(),
        Version::new(1)
    );
    assert_eq!(
        store.version(&"att".parse().unwrap()).await.unwrap(),
        Version::EMPTY
    );
    let nothing = timeout(Duration::from_millis(50), follower.next()).await;
    assert!(nothing.is_err(), "{nothing:?}");
    assert!(matches!(
        store.close().await,
        Err(CloseError::Unclean { .. })
    ));
    drop(store);

    // Opened again, the commit that was not acknowledged is there whole, as it may be.
    let store = SledStore::open(folder.path()).unwrap();
    assert_eq!(texts(&store).await, ["kept", "not acknowledged"]);
    store
        .append(append("ccm", 2, vec![b"again".to_vec()]))
        .await
        .unwrap();
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
    assert!(
        syncs.load(SeqCst) < 100,
        "{} syncs for 400 appends",
        syncs.load(SeqCst)
    );
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
                store
                    .append(append(&format!("stream-{n}"), 0, vec![vec![0; 2048]]))
                    .await
            })
        })
        .collect();
    while store.room.available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    let refused = store.append(append("ccm", 0, vec![vec![0]])).await;
    assert!(
        matches!(refused, Err(AppendError::Overloaded { .. })),
        "{refused:?}"
    );
    for _ in 0..9 {
        go_on.send(()).unwrap();
    }
    for append in waiting {
        append.await.unwrap().unwrap();
    }
    store.append(append("ccm", 0, vec![vec![0]])).await.unwrap();
    assert_eq!(store.room.available_permits(), 8);
}

/// Writes commits as the writer would that is cut off: all parts of the whole ones, `parts` of
/// the last one, and no head.
fn write_cut_off(path: &Path, whole: &[Commit], cut_off: &Commit, parts: usize) {
    let db = engine::open(path).unwrap();
    for commit in whole {
        for (key, value) in part::cut(commit.first, &blob::encode(commit)) {
            db.insert(key, value).unwrap();
        }
    }
    for (key, value) in part::cut(cut_off.first, &blob::encode(cut_off)).take(parts) {
        db.insert(key, value).unwrap();
    }
    db.flush().unwrap();
}

fn commit(first: u64, version: u64, body: Vec<u8>) -> Commit {
    Commit {
        stream: "ccm".parse().unwrap(),
        first: Position::new(first),
        first_version: Version::new(version),
        events: vec![body.into()],
    }
}

#[tokio::test]
async fn a_commit_that_was_cut_off_is_discarded() {
    for parts in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let store = SledStore::open(folder.path()).unwrap();
        store
            .append(append("ccm", 0, vec![b"acknowledged".to_vec()]))
            .await
            .unwrap();
        drop(store);
        let whole = commit(1, 1, b"whole".to_vec());
        // Four parts, of which up to three are there.
        write_cut_off(
            folder.path(),
            &[whole],
            &commit(2, 2, vec![b'x'; 20_000]),
            parts,
        );

        for _ in 0..2 {
            let store = SledStore::open(folder.path()).unwrap();
            assert_eq!(texts(&store).await, ["acknowledged", "whole"]);
            drop(store);
        }
        // A shorter commit takes its place, with nothing of it left behind.
        let store = SledStore::open(folder.path()).unwrap();
        store
            .append(append("ccm", 2, vec![b"next".to_vec()]))
            .await
            .unwrap();
        drop(store);
        let store = SledStore::open(folder.path()).unwrap();
        assert_eq!(texts(&store).await.last().unwrap(), "next");
        assert_eq!(store.head().await.unwrap().next, Position::new(3));
    }
}

#[tokio::test]
async fn an_acknowledged_commit_that_is_cut_off_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    drop(SledStore::open(folder.path()).unwrap());
    write_cut_off(
        folder.path(),
        &[commit(0, 0, vec![1])],
        &commit(1, 1, vec![2; 20_000]),
        2,
    );
    HeadFile::open(folder.path())
        .unwrap()
        .advance(Position::new(2))
        .unwrap();
    for _ in 0..2 {
        match SledStore::open(folder.path()) {
            Err(OpenError::Corrupt { position, .. }) => assert_eq!(position, Position::new(1)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn gaps_and_foreign_entries_are_damage() {
    let check = |write: &dyn Fn(&sled::Db), bad: u64, says: &str| {
        let folder = tempfile::tempdir().unwrap();
        drop(SledStore::open(folder.path()).unwrap());
        write_cut_off(
            folder.path(),
            &[commit(0, 0, vec![1])],
            &commit(1, 1, vec![2; 20_000]),
            9,
        );
        let db = engine::open(folder.path()).unwrap();
        write(&db);
        drop(db);
        match SledStore::open(folder.path()) {
            Err(OpenError::Corrupt {
                position, detail, ..
            }) => {
                assert_eq!(position, Position::new(bad));
                assert!(detail.contains(says), "{detail}");
            }
            other => panic!("{other:?}"),
        }
    };
    let put = |db: &sled::Db, commit: &Commit| {
        for (key, value) in part::cut(commit.first, &blob::encode(commit)) {
            db.insert(key, value).unwrap();
        }
    };
    check(&|db| put(db, &commit(3, 2, vec![1])), 2, "missing");
    check(
        &|db| put(db, &commit(2, 3, vec![1])),
        2,
        "follows version 3",
    );
    check(
        &|db| drop(db.remove(part::key(Position::new(1), 2)).unwrap()),
        1,
        "part 2",
    );
    check(
        &|db| drop(db.remove(part::key(Position::START, 0)).unwrap()),
        0,
        "part 0",
    );
    check(
        &|db| drop(db.insert(b"foreign", b"x").unwrap()),
        2,
        "no part of a commit",
    );
    check(
        &|db| drop(db.insert(part::key(Position::new(2), 0), b"x").unwrap()),
        2,
        "cut short",
    );
}

#[tokio::test]
async fn everything_stays_in_the_file_that_is_synced() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = || fs::read_dir(folder.path().join("blobs")).unwrap().count();
    let store = SledStore::open(folder.path()).unwrap();
    for version in 0..40 {
        store
            .append(append("ccm", version, vec![vec![7; 65_535]]))
            .await
            .unwrap();
    }
    let large = append("ccm", 40, vec![vec![8; 60_000]; 100]);
    store.append(large).await.unwrap();
    assert_eq!(blobs(), 0);
    store.read(Position::START, usize::MAX).await.unwrap();
    drop(store);
    drop(SledStore::open(folder.path()).unwrap());
    assert_eq!(blobs(), 0);

    // And this is what values below 64 KiB would have done.
    let folder = tempfile::tempdir().unwrap();
    let db = engine::open(folder.path()).unwrap();
    for n in 0..40_u8 {
        db.insert([n], vec![n; 60_000]).unwrap();
    }
    db.flush().unwrap();
    assert!(fs::read_dir(folder.path().join("blobs")).unwrap().count() > 0);
}
