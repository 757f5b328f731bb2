//! What a log may end in, and what it may not.

use std::fs;

use super::*;
use crate::disk::{blob, engine, head::HeadFile, packing::Packer, part};

/// The parts of a commit as the writer makes them.
fn parts(commit: &Commit) -> Vec<(part::Key, Vec<u8>)> {
    let Commit { stream, first, first_version, events } = commit.clone();
    let append = Append { stream, expected: first_version, events };
    part::cut(first, &Packer::new().pack(blob::encode(&append))).collect()
}

/// Writes commits as the writer would that is cut off: all parts of the whole ones, `some` of
/// the last one, and no head.
fn write_cut_off(path: &Path, whole: &[Commit], cut_off: &Commit, some: usize) {
    let db = engine::open(path).unwrap();
    for commit in whole {
        for (key, value) in parts(commit) {
            db.insert(key, value).unwrap();
        }
    }
    for (key, value) in parts(cut_off).into_iter().take(some) {
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
        store.append(append("ccm", 0, vec![b"acknowledged".to_vec()])).await.unwrap();
        drop(store);
        let whole = commit(1, 1, b"whole".to_vec());
        // Four parts, of which up to three are there.
        write_cut_off(folder.path(), &[whole], &commit(2, 2, noise(1, 20_000)), parts);

        for _ in 0..2 {
            let store = SledStore::open(folder.path()).unwrap();
            assert_eq!(texts(&store).await, ["acknowledged", "whole"]);
            drop(store);
        }
        // A shorter commit takes its place, with nothing of it left behind.
        let store = SledStore::open(folder.path()).unwrap();
        store.append(append("ccm", 2, vec![b"next".to_vec()])).await.unwrap();
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
    write_cut_off(folder.path(), &[commit(0, 0, vec![1])], &commit(1, 1, noise(2, 20_000)), 2);
    HeadFile::open(folder.path()).unwrap().advance(Position::new(2)).unwrap();
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
        write_cut_off(folder.path(), &[commit(0, 0, vec![1])], &commit(1, 1, noise(2, 20_000)), 9);
        let db = engine::open(folder.path()).unwrap();
        write(&db);
        drop(db);
        match SledStore::open(folder.path()) {
            Err(OpenError::Corrupt { position, detail, .. }) => {
                assert_eq!(position, Position::new(bad));
                assert!(detail.contains(says), "{detail}");
            }
            other => panic!("{other:?}"),
        }
    };
    let put = |db: &sled::Db, commit: &Commit| {
        for (key, value) in parts(commit) {
            db.insert(key, value).unwrap();
        }
    };
    check(&|db| put(db, &commit(3, 2, vec![1])), 2, "missing");
    check(&|db| put(db, &commit(2, 3, vec![1])), 2, "follows version 3");
    check(&|db| drop(db.remove(part::key(Position::new(1), 2)).unwrap()), 1, "part 2");
    check(&|db| drop(db.remove(part::key(Position::START, 0)).unwrap()), 0, "part 0");
    check(&|db| drop(db.insert(b"foreign", b"x").unwrap()), 2, "no part of a commit");
    check(&|db| drop(db.insert(part::key(Position::new(2), 0), b"x").unwrap()), 2, "cut short");
}

#[tokio::test]
async fn everything_stays_in_the_file_that_is_synced() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = || fs::read_dir(folder.path().join("blobs")).unwrap().count();
    let store = SledStore::open(folder.path()).unwrap();
    for version in 0..40 {
        store.append(append("ccm", version, vec![noise(version, 65_535)])).await.unwrap();
    }
    let large = append("ccm", 40, (0..100).map(|n| noise(n, 60_000)).collect());
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
