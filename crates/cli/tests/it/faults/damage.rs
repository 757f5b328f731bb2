use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
};

use super::{
    Rounds, chance,
    outcome::{Outcome, examine, judge, run},
};

/// A folder as it should be, and the export of its log.
struct Pristine {
    folder: tempfile::TempDir,
    export: String,
}

impl Pristine {
    /// A register that was opened so many times more, which makes sled write a snapshot.
    fn new(opened: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let recorded = run(&data, &["record", "fixtures/ccm", "fixtures/example"]).unwrap();
        assert!(recorded.status.success(), "{}", recorded.err);
        for _ in 0..opened {
            assert!(matches!(examine(&data), Outcome::Whole(_)));
        }
        // Of a copy, since opening changes files.
        let copy = folder.path().join("copy");
        copy_all(&data, &copy);
        match examine(&copy) {
            Outcome::Whole(export) => Self { folder, export },
            other => panic!("a register that nobody damaged: {other:?}"),
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file by chance: the log more often than the others.
    fn file(&self, chance: &mut fastrand::Rng) -> String {
        let files = files(&self.data());
        let other = &files[chance.usize(..files.len())];
        if chance.bool() { "db".to_owned() } else { other.clone() }
    }
}

type Damage = fn(&Path, &mut fastrand::Rng) -> String;

#[test]
fn a_flipped_bit_gives_the_right_answer_or_none() {
    campaign("bit flips", Rounds::asked().flips, flip);
}

#[test]
fn a_file_that_was_cut_off_gives_the_right_answer_or_none() {
    campaign("truncations", Rounds::asked().cuts, cut);
}

#[test]
fn a_block_that_was_lost_gives_the_right_answer_or_none() {
    campaign("lost blocks", Rounds::asked().blocks, lose);
}

fn campaign(name: &str, rounds: usize, damage: Damage) {
    let (mut chance, seed) = chance();
    let registers = [Pristine::new(0), Pristine::new(3)];
    let mut outcomes: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for round in 0..rounds {
        let register = &registers[round % registers.len()];
        let copy = tempfile::tempdir().unwrap();
        let data = copy.path().join("data");
        copy_all(&register.data(), &data);
        let file = register.file(&mut chance);
        let how = damage(&data.join(&file), &mut chance);
        let what = format!("{file}, {how}, round {round}, seed {seed}");
        let outcome = match examine(&data) {
            Outcome::Refused(_) => "refused",
            Outcome::Whole(export) => {
                assert!(export == register.export, "{what}: a wrong answer");
                goes_on(&data, &register.export).unwrap_or_else(|wrong| panic!("{what}: {wrong}"))
            }
            Outcome::Wrong(wrong) => panic!("{what}: {wrong}"),
        };
        // sled names its snapshots by numbers.
        let file = if file.starts_with("snap.") { "snap.*".to_owned() } else { file };
        *outcomes.entry((file, outcome)).or_default() += 1;
    }
    println!(
        "{name}: {rounds} tried (seed {seed}); {outcomes:?}; 0 wrong answers, 0 panics, 0 hangs"
    );
}

/// Records something more, and looks whether all is there still: what is damaged unseen must not
/// come out later.
fn goes_on(data: &Path, before: &str) -> Result<&'static str, String> {
    let recorded = run(data, &["record", "fixtures/att/profile.yaml"])?;
    match judge(&recorded) {
        Ok(()) => {}
        Err(Outcome::Refused(_)) => return Ok("answered, then refused"),
        Err(other) => return Err(format!("{other:?}")),
    }
    match examine(data) {
        Outcome::Whole(after) => {
            // The first line says how many events there are, the last event is new.
            let old: Vec<&str> = before.lines().skip(1).collect();
            let new: Vec<&str> = after.lines().skip(1).take(old.len()).collect();
            if old == new { Ok("answered rightly") } else { Err("a wrong answer later on".into()) }
        }
        Outcome::Refused(_) => Ok("answered, then refused"),
        Outcome::Wrong(wrong) => Err(wrong),
    }
}

fn flip(path: &Path, chance: &mut fastrand::Rng) -> String {
    let file = OpenOptions::new().read(true).write(true).open(path).unwrap();
    let at = chance.u64(..file.metadata().unwrap().len());
    let bit = chance.u8(..8);
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    byte[0] ^= 1 << bit;
    file.write_all_at(&byte, at).unwrap();
    format!("bit {bit} of byte {at}")
}

fn cut(path: &Path, chance: &mut fastrand::Rng) -> String {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    let length = chance.u64(..file.metadata().unwrap().len());
    file.set_len(length).unwrap();
    format!("cut at {length}")
}

/// Overwrites a block, as a write that was torn leaves it.
fn lose(path: &Path, chance: &mut fastrand::Rng) -> String {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    let length = file.metadata().unwrap().len();
    let at = chance.u64(..length.div_ceil(512)) * 512;
    let bytes = vec![if chance.bool() { 0 } else { 0xFF }; 512.min(length - at) as usize];
    file.write_all_at(&bytes, at).unwrap();
    format!("{} bytes of {:#x} at {at}", bytes.len(), bytes[0])
}

/// The files of a folder that hold anything, in order.
fn files(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            let found = entry.metadata().unwrap();
            if found.is_dir() {
                folders.push(entry.path());
            } else if found.len() > 0 {
                let path = entry.path();
                files.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    files.sort();
    files
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
