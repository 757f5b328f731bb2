//! What a proof costs: its size and its time, in a log of a thousand entries and in one of a
//! million. Both grow with the logarithm.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use std::sync::LazyLock;

use chancery_ledger::{Hash, Tiles, Tree, check, leaf_hash, prove};
use divan::{Bencher, black_box};

const SIZES: [u64; 2] = [1_000, 1_000_000];

/// A log with every tile at hand, and its root.
struct Log {
    size: u64,
    tiles: Tiles,
    root: Hash,
}

static LOGS: LazyLock<Vec<Log>> = LazyLock::new(|| SIZES.into_iter().map(log).collect());

fn main() {
    for log in LOGS.iter() {
        let size = log.size;
        let inclusion = prove::inclusion(&log.tiles, size / 3, size).unwrap().len();
        let growth = prove::consistency(&log.tiles, size / 3, size).unwrap().len();
        println!(
            "{size} entries: a proof of an entry has {inclusion} hashes ({} bytes), one of growth {growth} ({} bytes)",
            inclusion * Hash::BYTES,
            growth * Hash::BYTES
        );
    }
    divan::main();
}

#[divan::bench(args = SIZES)]
fn prove_an_entry(bencher: Bencher<'_, '_>, size: u64) {
    let log = of(size);
    bencher.bench(|| prove::inclusion(&log.tiles, black_box(size / 3), size).unwrap());
}

#[divan::bench(args = SIZES)]
fn check_an_entry(bencher: Bencher<'_, '_>, size: u64) {
    let log = of(size);
    let path = prove::inclusion(&log.tiles, size / 3, size).unwrap();
    let leaf = leaf_hash(&entry(size / 3));
    bencher.bench(|| check::inclusion(black_box(&path), size / 3, leaf, size, log.root).unwrap());
}

#[divan::bench(args = SIZES)]
fn prove_growth(bencher: Bencher<'_, '_>, size: u64) {
    let log = of(size);
    bencher.bench(|| prove::consistency(&log.tiles, black_box(size / 3), size).unwrap());
}

#[divan::bench(args = SIZES)]
fn add_an_entry(bencher: Bencher<'_, '_>, size: u64) {
    let mut tree = Tree::default();
    (0..size).for_each(|number| drop(tree.push(leaf_hash(&number.to_be_bytes()))));
    bencher.bench_local(|| tree.push(black_box(leaf_hash(&entry(size)))));
}

fn of(size: u64) -> &'static Log {
    LOGS.iter().find(|log| log.size == size).unwrap()
}

fn log(size: u64) -> Log {
    let (mut tree, mut full) = (Tree::default(), Vec::new());
    (0..size).for_each(|number| full.extend(tree.push(leaf_hash(&entry(number)))));
    let mut tiles = Tiles::of(&tree);
    full.into_iter().for_each(|tile| tiles.insert(tile.id, tile.hashes));
    Log { size, tiles, root: tree.root() }
}

/// An entry about as long as an event.
fn entry(number: u64) -> Vec<u8> {
    format!("{number:0500}").into_bytes()
}
