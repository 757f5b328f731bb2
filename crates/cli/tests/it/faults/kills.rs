use std::{
    collections::{BTreeMap, BTreeSet},
    sync::mpsc,
    thread,
    time::Duration,
};

use chancery_gateway::copy::Reading;

use super::{
    Rounds, Worker, chance,
    outcome::{Outcome, examine},
    worker::FACTS,
};

/// How many rounds one folder goes through.
const ROUNDS_A_FOLDER: usize = 20;

#[test]
fn what_was_acknowledged_survives_every_kill() {
    let (mut chance, seed) = chance();
    let rounds = Rounds::asked().kills;
    let (mut acknowledged, mut unacknowledged, mut early) = (0, 0, 0);
    let mut folder = tempfile::tempdir().unwrap();
    let mut expected: BTreeSet<String> = BTreeSet::new();
    for round in 0..rounds {
        if round % ROUNDS_A_FOLDER == 0 {
            folder = tempfile::tempdir().unwrap();
            expected.clear();
        }
        let what = format!("round {round}, seed {seed}");
        let said = kill_at_random(folder.path(), round, &mut chance);
        early += usize::from(said.is_empty());
        acknowledged += said.len();
        expected.extend(said);
        match examine(folder.path()) {
            Outcome::Whole(export) => {
                let found = files(&export);
                for (file, facts) in &found {
                    assert_eq!(*facts, FACTS, "{what}: {file} is there by half");
                }
                for file in &expected {
                    assert!(found.contains_key(file), "{what}: {file} was acknowledged and lost");
                }
                unacknowledged += found.len() - expected.len();
                // They are there for good from now on, acknowledged or not.
                expected = found.into_keys().collect();
            }
            other => panic!("{what}: {other:?}"),
        }
    }
    println!(
        "kill -9: {rounds} tried (seed {seed}); {acknowledged} commits acknowledged, 0 lost, \
         {unacknowledged} there before they were acknowledged, 0 by half; {early} kills before the \
         first commit; 0 panics, 0 hangs"
    );
    assert!(acknowledged > rounds, "only {acknowledged}: this has tried little");
}

/// Lets a worker record for a while, kills it, and says which files it acknowledged.
fn kill_at_random(
    folder: &std::path::Path,
    round: usize,
    chance: &mut fastrand::Rng,
) -> Vec<String> {
    let mut worker = Worker::start(folder, round);
    let said = worker.says();
    let (first, at_work) = mpsc::channel();
    let reader = thread::spawn(move || {
        let acks = said.filter(|(word, _)| word == "ACK").map(|(_, file)| file);
        // Nobody listens in the rounds that do not wait.
        acks.inspect(|_| first.send(()).unwrap_or_default()).collect()
    });
    // Most die at work, some while they open the folder.
    if chance.u8(..8) > 0 {
        at_work.recv_timeout(Duration::from_secs(60)).expect("it records in time");
    }
    thread::sleep(Duration::from_micros(chance.u64(..120_000)));
    worker.kill();
    reader.join().unwrap()
}

/// The files of an export, with the number of their events.
fn files(export: &str) -> BTreeMap<String, usize> {
    let mut reading = Reading::begin(export.as_bytes()).unwrap();
    let mut files = BTreeMap::new();
    while let Some(commit) = reading.commit().unwrap() {
        for body in commit.events {
            let event: serde_json::Value = serde_json::from_slice(&body).unwrap();
            let source = event["source"]["symbol"].as_str().unwrap();
            if source.starts_with("round-") {
                *files.entry(source.to_owned()).or_default() += 1;
            }
        }
    }
    files
}
