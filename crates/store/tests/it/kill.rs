//! `kill -9` at any moment loses no acknowledged event, and leaves no commit in part.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use chancery_store::{EventStore, SledStore};

use crate::{child, log, log::Chance};

const ROUNDS: u64 = 30;

#[tokio::test]
async fn what_was_acknowledged_survives_being_killed() {
    let folder = tempfile::tempdir().unwrap();
    let seed = Chance::seed();
    let mut chance = Chance::new(seed);
    let mut acknowledged: BTreeMap<String, u64> = BTreeMap::new();
    let (mut acks, mut unfinished) = (0, 0);
    for round in 0..ROUNDS {
        let mut child = child::start("kill::child", folder.path());
        let said = child::says(&mut child, "ACK ");
        let (first, at_work) = mpsc::channel();
        let reader = thread::spawn(move || {
            // Nobody listens any more in the rounds that do not wait.
            said.inspect(|_| first.send(()).unwrap_or_default()).collect::<Vec<_>>()
        });
        // Every other one dies when it has begun its work, the rest wherever they are.
        if round % 2 == 0 {
            at_work.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        thread::sleep(Duration::from_millis(chance.below(90)));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = reader.join().unwrap();
        acks += said.len();
        for ack in &said {
            // A line may have been cut off by the kill.
            let Some((stream, version)) = ack.split_once(' ') else {
                continue;
            };
            let Some(version) = version.strip_suffix('.') else {
                continue;
            };
            acknowledged.insert(stream.to_owned(), version.parse().unwrap());
        }

        let start = Instant::now();
        let store = SledStore::open(folder.path()).unwrap();
        let found = log::check_whole(&store).await;
        for (stream, version) in &acknowledged {
            let found = found.get(stream).copied().unwrap_or(0);
            assert!(found >= *version, "round {round}, seed {seed}: {stream} {found} < {version}");
            unfinished += usize::from(found > *version);
        }
        drop(store);
        assert!(start.elapsed() < Duration::from_secs(10), "round {round}, seed {seed}");
    }
    println!("{acks} acknowledged, {unfinished} streams ahead of the last word");
    assert!(acks > 100, "only {acks} acknowledged: this has tried little");
}

/// The moments at which a log is made and has its first events.
#[tokio::test]
async fn a_log_survives_being_killed_while_it_is_made() {
    let seed = Chance::seed();
    let mut chance = Chance::new(seed);
    for round in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        let mut child = child::start("kill::child", folder.path());
        thread::sleep(Duration::from_micros(chance.below(15_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        let acks = child::says(&mut child, "ACK ").count();
        let store = SledStore::open(folder.path())
            .unwrap_or_else(|error| panic!("round {round}, seed {seed}: {error}"));
        log::check_whole(&store).await;
        let commits = log::all(&store).await.len();
        assert!(commits + 1 >= acks, "round {round}, seed {seed}: {commits} of {acks}");
        log::fill(&store, 3).await;
    }
}

#[test]
fn child() {
    let Some(folder) = child::folder() else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Arc::new(SledStore::open(&folder).unwrap());
        let mut writers = tokio::task::JoinSet::new();
        for n in 0..4 {
            let store = store.clone();
            writers.spawn(async move {
                let stream = format!("stream-{n}");
                let mut version = store.version(&stream.parse().unwrap()).await.unwrap();
                loop {
                    let commit = store.append(log::append(&stream, version)).await.unwrap();
                    version = commit.version();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "ACK {stream} {version}.").unwrap();
                    out.flush().unwrap();
                }
            });
        }
        writers.join_next().await;
    });
}
