//! A disk that loses its power: of what was written since the last sync, any block may be there
//! or not, in any order; what was synced is there.

use std::{fs, os::unix::fs::FileExt, sync::Mutex};

use super::*;
use crate::disk::head::{HEAD_FILE, HeadFile};

const BLOCK: usize = 4096;

/// The files at the moment of a sync: written, but not yet known to be on the disk.
struct Moment {
    /// sled's log, as it was written.
    log: Vec<u8>,
    /// The record of the acknowledged head.
    head: Vec<u8>,
}

/// A log of the blocks of `synced`, some of them as they were written later.
fn some_of(synced: &[u8], written: &[u8], mut take: impl FnMut() -> bool) -> Vec<u8> {
    let mut log = synced.to_vec();
    for (n, block) in written.chunks(BLOCK).enumerate() {
        let start = n * BLOCK;
        if synced.get(start..start + block.len()) != Some(block) && take() {
            let end = start + block.len();
            // A block beyond the end makes the file longer; what lies between reads as zeros.
            log.resize(log.len().max(end), 0);
            log[start..end].copy_from_slice(block);
        }
    }
    log
}

/// A folder where syncing costs nothing, if there is one: what is tried here is made up anyway.
fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

#[tokio::test]
async fn what_was_acknowledged_survives_the_loss_of_power() {
    let folder = tempfile::tempdir().unwrap();
    // A first life, so that there are a snapshot and old segments.
    let store = SledStore::open(folder.path()).unwrap();
    for version in 0..60 {
        store.append(append("first", version, vec![noise(version, 3000)])).await.unwrap();
    }
    drop(store);

    let moments: Arc<Mutex<Vec<Moment>>> = Arc::default();
    let store = {
        let (moments, path) = (moments.clone(), folder.path().to_owned());
        SledStore::open_with(folder.path(), |data| {
            Box::new(move || {
                let mut log = vec![0; data.metadata()?.len() as usize];
                data.read_exact_at(&mut log, 0)?;
                let head = fs::read(path.join(HEAD_FILE))?;
                moments.lock().unwrap().push(Moment { log, head });
                data.sync_data()
            })
        })
        .unwrap()
    };
    let settled = in_memory();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), settled.path().join(entry.file_name())).unwrap();
        }
    }
    for version in 0..24_u64 {
        // Small ones, some that fill pages, and some that go over several of sled's segments.
        let size = [100, 2000, 400, 65_535, 900, 7000, 300, 65_535][version as usize % 8];
        let count = if version % 16 == 7 { 20 } else { 1 };
        let stream = format!("stream-{version}");
        let events = (0..count).map(|n| noise(version * 100 + n, size)).collect();
        store.append(append(&stream, 0, events)).await.unwrap();
    }
    // And many at once, whose groups are as large as they may be.
    let store = Arc::new(store);
    let mut waiting = tokio::task::JoinSet::new();
    for n in 0..600_u64 {
        let store = store.clone();
        let append = append(&format!("at-once-{n}"), 0, vec![noise(n, 300 + n as usize * 3)]);
        waiting.spawn(async move { store.append(append).await });
    }
    while let Some(appended) = waiting.join_next().await {
        appended.unwrap().unwrap();
    }
    let all = store.read(Position::START, usize::MAX).await.unwrap();
    drop(store);

    let moments = std::mem::take(&mut *moments.lock().unwrap());
    assert!(moments.len() > 40, "{}", moments.len());
    let mut seed = 88_172_645_463_325_252_u64;
    let mut chance = move || {
        // Xorshift.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let mut synced = fs::read(settled.path().join("db")).unwrap();
    let (mut kept, mut lost) = (0, 0);
    for (n, moment) in moments.iter().enumerate() {
        for trial in 0..2 {
            let share = (n as u64 * 7 + trial * 50) % 100;
            let log = some_of(&synced, &moment.log, || chance() % 100 < share);
            fs::write(settled.path().join("db"), log).unwrap();
            fs::write(settled.path().join(HEAD_FILE), &moment.head).unwrap();
            let acknowledged = HeadFile::open(settled.path()).unwrap().acknowledged();
            let copy = in_memory();
            for entry in fs::read_dir(settled.path()).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
            }
            let store = SledStore::open(copy.path())
                .unwrap_or_else(|error| panic!("sync {n}, trial {trial}: {error}"));
            let found = store.read(Position::START, usize::MAX).await.unwrap();
            assert!(found.last().unwrap().next() >= acknowledged, "sync {n}, trial {trial}");
            assert_eq!(found, all[..found.len()], "sync {n}, trial {trial}");
            // All that was acknowledged before this sync is there, and what was not may be.
            if found.last().unwrap().next() > acknowledged {
                kept += 1;
            } else {
                lost += 1;
            }
        }
        synced.clone_from(&moment.log);
    }
    println!("{kept} times kept what was not yet acknowledged, {lost} times lost it");
    assert!(kept > 0 && lost > 0);
}
