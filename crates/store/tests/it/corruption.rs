//! Damaged files: the right data or a clear error, never anything else.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    os::unix::fs::FileExt,
    path::Path,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use chancery_store::{Commit, EventStore, OpenError, Position, ReadError, SledStore};

use crate::{log, log::Chance};

/// A log that was opened several times, and what is in it.
async fn pristine(opened: usize, commits: usize) -> (tempfile::TempDir, Vec<Arc<Commit>>) {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for _ in 0..opened {
        let store = SledStore::open(folder.path()).unwrap();
        log::fill(&store, commits).await;
        all = log::all(&store).await;
    }
    (folder, all)
}

/// Opens a copy of a log after `damage`. What comes must be the log, or an error that names a
/// place in it, within the time.
fn check(
    pristine: &Path,
    all: &[Arc<Commit>],
    what: &str,
    damage: impl FnOnce(&Path),
) -> &'static str {
    let copy = tempfile::tempdir().unwrap();
    log::copy(pristine, copy.path());
    damage(copy.path());
    let head = all.last().unwrap().next();
    let (path, all) = (copy.path().to_owned(), all.to_vec());
    let (done, outcome) = mpsc::channel();
    let trial = thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let opened = SledStore::open(&path);
        let outcome = match opened {
            Ok(store) => runtime.block_on(read(&store, &all)),
            Err(OpenError::Corrupt { position, .. }) if position <= head => Ok("damage found"),
            Err(OpenError::Format { .. }) => Ok("another format"),
            Err(other) => Err(other.to_string()),
        };
        done.send(outcome).unwrap();
    });
    let outcome = outcome.recv_timeout(Duration::from_secs(30));
    let outcome = outcome.unwrap_or_else(|error| panic!("{what}: {error}"));
    trial.join().unwrap();
    outcome.unwrap_or_else(|wrong| panic!("{what}: {wrong}"))
}

async fn read(store: &SledStore, all: &[Arc<Commit>]) -> Result<&'static str, String> {
    match store.read(Position::START, usize::MAX).await {
        Ok(read) if read == all => Ok("all is there"),
        Ok(read) => Err(format!("{} commits of {}, or others", read.len(), all.len())),
        Err(ReadError::Corrupt { .. }) => Ok("damage found"),
        Err(other) => Err(other.to_string()),
    }
}

fn flip(path: &Path, chance: &mut Chance) {
    let file = OpenOptions::new().read(true).write(true).open(path).unwrap();
    let at = chance.below(file.metadata().unwrap().len());
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    byte[0] ^= 1 << chance.below(8);
    file.write_all_at(&byte, at).unwrap();
}

fn overwrite(path: &Path, chance: &mut Chance) {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    let block = chance.below(file.metadata().unwrap().len().div_ceil(512));
    let fill = if chance.below(2) == 0 { 0 } else { 0xFF };
    file.write_all_at(&[fill; 512], block * 512).unwrap();
}

fn truncate(path: &Path, chance: &mut Chance) {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(chance.below(file.metadata().unwrap().len())).unwrap();
}

type Damage = fn(&Path, &mut Chance);

async fn try_all(opened: usize, commits: usize, cases: &[(&str, Damage, usize)]) {
    let (folder, all) = pristine(opened, commits).await;
    let seed = Chance::seed();
    let mut chance = Chance::new(seed);
    let mut outcomes: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (name, damage, times) in cases {
        for time in 0..*times {
            let file = fs::read_dir(folder.path()).unwrap().find_map(|entry| {
                let path = entry.unwrap().path();
                path.file_name().unwrap().to_string_lossy().starts_with(name).then_some(path)
            });
            let file = file.unwrap().file_name().unwrap().to_owned();
            let what = format!("{name}, time {time}, seed {seed}");
            let outcome = check(folder.path(), &all, &what, |copy| {
                damage(&copy.join(file), &mut chance);
            });
            *outcomes.entry(((*name).to_owned(), outcome)).or_default() += 1;
        }
    }
    println!("{outcomes:?}");
}

#[tokio::test]
async fn bits_that_flip() {
    try_all(
        3,
        150,
        &[
            ("db", flip, 60),
            ("snap.", flip, 10),
            ("conf", flip, 10),
            ("chancery.head", flip, 10),
            ("chancery.lock", flip, 2),
        ],
    )
    .await;
}

#[tokio::test]
async fn blocks_that_are_lost() {
    try_all(
        3,
        150,
        &[("db", overwrite, 40), ("snap.", overwrite, 5), ("chancery.head", overwrite, 5)],
    )
    .await;
}

#[tokio::test]
async fn files_that_are_cut() {
    try_all(
        3,
        150,
        &[
            ("db", truncate, 30),
            ("snap.", truncate, 5),
            ("conf", truncate, 5),
            ("chancery.head", truncate, 5),
        ],
    )
    .await;
}

/// Never opened again, all of it lies in the part of sled's log that it reads again on opening,
/// and cuts where it cannot.
#[tokio::test]
async fn damage_to_a_log_without_a_snapshot() {
    try_all(1, 200, &[("db", flip, 40), ("db", overwrite, 20), ("db", truncate, 20)]).await;
}

#[tokio::test]
async fn files_that_are_gone() {
    let (folder, all) = pristine(2, 50).await;
    let remove = |name: &'static str| move |copy: &Path| fs::remove_file(copy.join(name)).unwrap();
    assert_eq!(check(folder.path(), &all, "db", remove("db")), "damage found");
    assert_eq!(check(folder.path(), &all, "conf", remove("conf")), "all is there");
    assert_eq!(check(folder.path(), &all, "head", remove("chancery.head")), "another format");
    assert_eq!(check(folder.path(), &all, "lock", remove("chancery.lock")), "all is there");
    let blobs = |copy: &Path| fs::remove_dir_all(copy.join("blobs")).unwrap();
    assert_eq!(check(folder.path(), &all, "blobs", blobs), "all is there");
}

/// sled's settings are always the same, so they can be made again.
#[tokio::test]
async fn settings_that_are_broken() {
    let (folder, all) = pristine(2, 50).await;
    let conf = fs::read(folder.path().join("conf")).unwrap();
    for length in 0..conf.len() {
        let outcome = check(folder.path(), &all, "conf", |copy| {
            fs::write(copy.join("conf"), &conf[..length]).unwrap();
        });
        assert_eq!(outcome, "all is there", "cut at {length}");
    }
}

/// An older copy of the log itself, as a restored snapshot of one file would be.
#[tokio::test]
async fn a_log_that_was_rolled_back() {
    let (folder, _) = pristine(1, 60).await;
    let old = fs::read(folder.path().join("db")).unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    log::fill(&store, 60).await;
    let all = log::all(&store).await;
    drop(store);
    let outcome = check(folder.path(), &all, "rolled back", |copy| {
        fs::write(copy.join("db"), &old).unwrap();
    });
    assert_eq!(outcome, "damage found");
}
