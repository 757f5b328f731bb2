//! The fault campaign: the program killed, its files damaged, and what it says afterwards.
//!
//! Never a lost commit that was acknowledged, never a wrong answer, a panic or a hang. A small
//! round belongs to the tests; `CHANCERY_FAULTS=full` runs all of it, and prints what it tried.
//! `CHANCERY_FAULTS_SEED` repeats a run.

mod damage;
mod kills;
mod outcome;
mod worker;

use std::{env, time::SystemTime};

pub(crate) use worker::Worker;

/// How often each fault is tried.
struct Rounds {
    kills: usize,
    flips: usize,
    cuts: usize,
    blocks: usize,
}

impl Rounds {
    fn asked() -> Self {
        match env::var("CHANCERY_FAULTS").as_deref() {
            Ok("full") => Self { kills: 200, flips: 200, cuts: 50, blocks: 50 },
            Ok(other) => panic!("CHANCERY_FAULTS is `{other}`; leave it out, or write `full`"),
            Err(_) => Self { kills: 12, flips: 20, cuts: 8, blocks: 8 },
        }
    }
}

/// Random numbers that repeat with their seed, which every failure prints.
fn chance() -> (fastrand::Rng, u64) {
    let seed = match env::var("CHANCERY_FAULTS_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => {
            let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
            time.as_nanos() as u64
        }
    };
    (fastrand::Rng::with_seed(seed), seed)
}
