//! sled's snapshots: they only spare it reading its log, so a broken one must not cost the log.

use std::{fs, path::PathBuf};

use chancery_store::SledStore;

use crate::log;

/// A log that was opened twice, so that there is a snapshot with something in it.
async fn opened_twice() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let store = SledStore::open(folder.path()).unwrap();
        log::fill(&store, 100).await;
    }
    let mut snapshots: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    snapshots.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with("snap."));
    assert_eq!(snapshots.len(), 1);
    (folder, snapshots.remove(0))
}

async fn check_opens(folder: &tempfile::TempDir) {
    let store = SledStore::open(folder.path()).unwrap();
    log::check_whole(&store).await;
    assert_eq!(log::all(&store).await.len(), 200);
}

#[tokio::test]
async fn an_unfinished_snapshot_is_removed() {
    let (folder, snapshot) = opened_twice().await;
    let unfinished = folder.path().join("snap.7FFFFFFFFFFFFFFF.generating");
    fs::write(&unfinished, &fs::read(snapshot).unwrap()[..10]).unwrap();
    check_opens(&folder).await;
    assert!(!unfinished.exists());
}

#[tokio::test]
async fn a_broken_snapshot_is_set_aside() {
    let damages: [fn(&mut Vec<u8>); 3] =
        [|bytes| bytes.truncate(5), |bytes| bytes[20] ^= 4, Vec::clear];
    for damage in damages {
        let (folder, snapshot) = opened_twice().await;
        let mut bytes = fs::read(&snapshot).unwrap();
        damage(&mut bytes);
        fs::write(&snapshot, bytes).unwrap();
        check_opens(&folder).await;
        let name = snapshot.file_name().unwrap().to_string_lossy().into_owned();
        assert!(folder.path().join(format!("set-aside.{name}")).exists());
        check_opens(&folder).await;
    }
}

#[tokio::test]
async fn a_lost_snapshot_is_no_loss() {
    let (folder, snapshot) = opened_twice().await;
    fs::remove_file(snapshot).unwrap();
    check_opens(&folder).await;
}
