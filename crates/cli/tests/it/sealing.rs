//! Keys that change, results that are sealed, sets that are proved.

use std::fs;

use serde_json::Value;

use crate::run::{Register, program, said};

const BY: [&str; 2] = ["--recorded-by", "isu"];

#[test]
fn a_key_is_rotated_and_the_old_one_still_leads_to_the_new() {
    let register = Register::ccm();
    let before = register.json(&["key", "show"])["public_key"].clone();
    let old = register.file("old", register.run(&["checkpoint"]).out);
    let secret = fs::read_to_string(register.data().join("ledger.key")).unwrap();
    let rotate = ["key", "rotate", "--reason", "it is a year old"];
    let rotated = register.json(&[&rotate[..], &BY].concat());
    let after = register.json(&["key", "show"])["public_key"].clone();
    assert_ne!(before, after);
    assert_eq!(rotated["public_key"], after);
    let event = register.json(&["history", "--convention", "ccm"]);
    assert_eq!(event.as_array().unwrap().len() as u64, rotated["position"].as_u64().unwrap());

    let key = |key: &Value| key.as_str().unwrap().to_owned();
    for trusted in [&before, &after] {
        let verified = register.json(&["verify", "--key", &key(trusted)]);
        assert_eq!(verified["checkpoint"]["key"], after, "by {trusted}");
        assert_eq!(verified["rotations"], 1);
        assert_eq!(verified["streams"]["chancery"], 1);
    }
    // Growth from what the old key signed to what the new one did takes both keys.
    let (before, after) = (key(&before), key(&after));
    let size = rotated["position"].to_string();
    let growth = register.file("growth", register.run(&["consistency", &size]).out);
    let judge = ["verify-proof", &growth, "--old", &old, "--key", &before];
    assert_eq!(register.run(&judge).code, 1);
    assert_eq!(register.run(&[&judge[..], &["--key", &after]].concat()).code, 0);
    // The old key, from a copy, is told that it was retired.
    let key = register.data().join("ledger.key");
    let present = fs::read_to_string(&key).unwrap();
    fs::write(&key, &secret).unwrap();
    let refused = register.run(&["record", "fixtures/ccm"]);
    assert!(refused.err.contains("was retired, and"), "{}", refused.err);
    fs::write(&key, present).unwrap();
    let folder = fs::read_dir(register.data()).unwrap().map(|it| it.unwrap().file_name());
    assert_eq!(folder.filter(|name| name.to_str().unwrap().contains("key")).count(), 1);
    // Reading shows no convention of that name, and recording goes on.
    assert_eq!(register.run(&["status"]).code, 0);
    assert_eq!(register.run(&["record", "fixtures/ccm"]).code, 0);
    assert_eq!(register.run(&["verify"]).code, 0);
}

#[test]
fn a_rotation_that_was_cut_off_is_ended_at_the_next_start() {
    let register = Register::ccm();
    let key = register.data().join("ledger.key");
    let next = register.data().join("ledger.key.next");
    // Cut off before it was recorded: the present key goes on.
    let present = fs::read_to_string(&key).unwrap();
    let other = fs::read_to_string(Register::ccm().data().join("ledger.key")).unwrap();
    fs::write(&next, other).unwrap();
    assert_eq!(register.run(&["checkpoint"]).code, 0);
    assert!(!next.exists());
    assert_eq!(fs::read_to_string(&key).unwrap(), present);
    // Cut off after: the recorded one takes its place.
    let rotate = ["key", "rotate", "--reason", "a test"];
    assert_eq!(register.run(&[&rotate[..], &BY].concat()).code, 0);
    let recorded = fs::read_to_string(&key).unwrap();
    fs::rename(&key, &next).unwrap();
    fs::write(&key, &present).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert_eq!(register.run(&["checkpoint"]).code, 0);
    assert_eq!(fs::read_to_string(&key).unwrap(), recorded);
}

#[test]
fn no_convention_takes_the_journals_name() {
    let register = Register::ccm();
    let text = fs::read_to_string(workspace("fixtures/ccm/profile.yaml")).unwrap();
    let file = register.file("p.yaml", text.replace("convention: ccm", "convention: chancery"));
    let refused = register.run(&["record", &file]);
    assert_eq!((refused.code, refused.err.contains("own journal")), (1, true), "{}", refused.err);
}

#[test]
fn the_state_root_is_that_of_every_replay() {
    let register = Register::ccm();
    let root = register.json(&["state-root"]);
    let sealed = register.json(&[&["seal"][..], &BY].concat());
    assert_eq!(sealed["state_root"], root["state_root"]);
    assert_eq!(sealed["position"], root["size"]);
    // The seal is no result: sealing again finds nothing new.
    let again = register.json(&[&["seal"][..], &BY].concat());
    assert_eq!((&again["position"], &again["state_root"]), (&Value::Null, &root["state_root"]));
    let verified = register.run(&["verify"]);
    assert!(verified.out.contains("a replay comes to the same state root"), "{}", verified.out);

    // After a rebuild elsewhere, and at an earlier position.
    let backup = register.file("export.jsonl", register.run(&["export"]).out);
    let there = Register::empty();
    assert_eq!(there.run(&["restore", &backup]).code, 0);
    let at = (root["size"].as_u64().unwrap() - 1).to_string();
    for register in [&register, &there] {
        let found = register.json(&["state-root", "--at-position", &at]);
        assert_eq!(found["state_root"], root["state_root"]);
    }
    let earlier = register.json(&["state-root", "--at-position", "300"]);
    assert_ne!(earlier["state_root"], root["state_root"]);
    assert_eq!(register.run(&["state-root", "--at-position", "100000"]).code, 1);
}

#[test]
fn a_set_is_proved_and_says_what_it_does_not_prove() {
    let register = Register::ccm();
    let key = register.json(&["key", "show"])["public_key"].as_str().unwrap().to_owned();
    for about in [["--meeting", "7msp"], ["--state", "ZMB"], ["--document", "CCM/MSP/2017/12"]] {
        let bare = register.run(&[&["prove-complete"][..], &about].concat()).out;
        let whole = register.run(&[&["prove-complete", "--with-log"][..], &about].concat()).out;
        let parsed: Value = serde_json::from_str(&whole).unwrap();
        assert!(parsed["count"].as_u64().unwrap() > 2, "{about:?}");
        let (code, text) = judge(&register, &bare, &key);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("not proved: that the list is complete"), "{text}");
        let (code, text) = judge(&register, &whole, &key);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("  proved: the list is complete"), "{text}");

        // An event left out: seen only with the whole log in hand.
        let mut shorter = parsed.clone();
        shorter["events"].as_array_mut().unwrap().pop();
        shorter["count"] = (parsed["count"].as_u64().unwrap() - 1).into();
        let (code, text) = judge(&register, &shorter.to_string(), &key);
        assert_eq!((code, text.contains("the rule gives other events")), (1, true), "{text}");
        let mut changed = parsed.clone();
        changed["events"][0]["entry"] =
            changed["events"][0]["entry"].as_str().unwrap().replace("isu", "isv").into();
        assert_eq!(judge(&register, &changed.to_string(), &key).0, 1);
        let mut dropped = parsed;
        dropped["log"].as_array_mut().unwrap().pop();
        assert_eq!(judge(&register, &dropped.to_string(), &key).0, 1);
    }
    let other = Register::ccm().json(&["key", "show"])["public_key"].as_str().unwrap().to_owned();
    let bare = register.run(&["prove-complete", "--meeting", "7msp"]).out;
    assert_eq!(judge(&register, &bare, &other).0, 1);
    assert_eq!(register.run(&["prove-complete"]).code, 2);
}

#[test]
fn the_report_is_for_people_who_read_no_code() {
    let register = Register::ccm();
    let markdown = register.run(&["audit-report"]);
    assert_eq!(markdown.code, 0, "{}", markdown.err);
    for part in ["# Audit report", "not the depositary", "What was checked", "does not show"] {
        assert!(markdown.out.contains(part), "{part}: {}", markdown.out);
    }
    let html = register.run(&["audit-report", "--html"]).out;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<h1>Audit report"), "{html}");
}

fn judge(register: &Register, text: &str, key: &str) -> (i32, String) {
    let file = register.file("set.json", text);
    let mut command = program();
    command.args(["--data", "/nowhere", "verify-complete", &file, "--key", key]);
    let said = said(command.output().unwrap());
    (said.code, said.out + &said.err)
}

fn workspace(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
