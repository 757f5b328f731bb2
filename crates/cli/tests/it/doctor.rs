//! `doctor`: what is wrong, what to do, and nothing changed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use crate::{
    keeping::{export, held, is},
    run::{Register, Server},
};

/// Every file of a data folder, with its bytes and when it was changed.
fn state(data: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let entries = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    files
        .map(|path| {
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            (path.clone(), (fs::read(path).unwrap(), changed))
        })
        .collect()
}

/// Cuts the log, so that what was acknowledged is gone.
fn damage(register: &Register) {
    let db = register.data().join("db");
    let length = fs::metadata(&db).unwrap().len();
    fs::OpenOptions::new().write(true).open(db).unwrap().set_len(length / 16).unwrap();
}

#[test]
fn a_sound_register_is_well_and_stays_as_it_is() {
    let register = Register::ccm();
    let before = state(&register.data());
    let said = register.run(&["doctor"]);
    is(&said, 0, "every event was verified");
    assert!(!said.out.contains("WRONG") && !said.out.contains("What to do"), "{}", said.out);
    assert!(state(&register.data()) == before, "doctor changed something");
}

/// A pipe in a file's place would be waited for; what is kept beside the log is made again.
#[test]
fn what_stands_in_a_files_place_is_named() {
    let register = Register::ccm();
    let pipe = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    let edge = register.data().join("kept/tree/edge");
    fs::remove_file(&edge).unwrap();
    pipe(&edge);
    std::os::unix::fs::symlink("/nowhere", register.data().join("kept/broken")).unwrap();
    is(&register.run(&["verify"]), 0, "verified: ");
    is(&register.run(&["doctor"]), 0, "every event was verified");
    let conf = register.data().join("conf");
    fs::remove_file(&conf).unwrap();
    pipe(&conf);
    is(
        &register.run(&["verify"]),
        3,
        "conf is a pipe or a device, where a file of the log belongs",
    );
    is(
        &register.run(&["doctor"]),
        3,
        "conf is a pipe or a device, where a file of the log belongs",
    );
    let key = register.data().join("ledger.key");
    fs::remove_file(&conf).unwrap();
    fs::remove_file(&key).unwrap();
    pipe(&key);
    is(&register.run(&["checkpoint"]), 3, "cannot be used: it is no file");
    is(&register.run(&["doctor"]), 3, "cannot be used: it is no file");
}

#[test]
fn a_damaged_log_is_named_with_the_way_back() {
    let register = Register::ccm();
    let (whole, held) = (export(&register), held(&register));
    fs::create_dir(register.path("backups")).unwrap();
    is(&register.run(&["backup", &register.path("backups")]), 0, &held);
    // One that holds more by what it says, but is not whole.
    let cut = whole.replacen("\"events\":", "\"events\":9", 1);
    register.file("backups/cut.jsonl", cut);
    register.file("backups/notes.txt", "not a backup");
    damage(&register);
    let before = state(&register.data());
    is(&register.run(&["doctor"]), 3, "is damaged at position");
    let said = register.run(&["doctor", "--backups", &register.path("backups")]);
    is(&said, 3, "and its first line says that it has 9");
    assert!(said.out.contains(&format!("is whole and holds {held}")), "{}", said.out);
    assert!(said.out.contains(&register.data().display().to_string()), "{}", said.out);
    assert!(state(&register.data()) == before, "doctor changed something");

    // The advice is right.
    let (_, command) = said.out.split_once("chancery --data NEW ").unwrap();
    let (_, command) = command.split_once("chancery --data NEW ").unwrap();
    let new = Register::empty();
    is(&new.run(&command.split_whitespace().collect::<Vec<_>>()), 0, "verified there");
    assert_eq!(export(&new), whole);

    // Any other command says where to turn.
    is(&register.run(&["status"]), 3, "help: `chancery doctor`");
}

#[test]
fn a_trial_that_takes_too_long_is_ended() {
    let register = Register::ccm();
    is(&register.run(&["doctor", "--time-limit", "0"]), 3, "and was given up");
    is(&register.run(&["doctor"]), 0, "every event was verified");
}

#[test]
fn a_register_in_use_is_left_alone() {
    let register = Register::ccm();
    let _server = Server::serve(&register);
    is(&register.run(&["doctor"]), 1, "by another program (pid ");
}

#[test]
fn what_is_no_register_is_said_to_be_none() {
    let register = Register::ccm();
    fs::remove_file(register.data().join("chancery.head")).unwrap();
    is(&register.run(&["doctor"]), 3, "no chancery.head");
    is(&Register::empty().run(&["doctor"]), 3, "cannot be read: No such file");
    let said = Register::ccm().run(&["doctor", "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["findings"][0]["state"], "well");
}

#[test]
fn a_key_that_is_no_key_is_named_and_the_log_is_well() {
    let register = Register::ccm();
    let key = register.data().join("ledger.key");
    let secret = fs::read_to_string(&key).unwrap();
    is(&register.run(&["doctor"]), 0, "signs as ");
    assert!(!register.run(&["doctor"]).out.contains(secret.trim()));
    fs::write(&key, &secret[..secret.len() / 2]).unwrap();
    let said = register.run(&["doctor"]);
    is(&said, 3, "WRONG  key");
    assert!(said.out.contains("every event was verified"), "{}", said.out);
}
