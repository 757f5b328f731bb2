//! A disk that is full, rights that are gone: a clear error, and all is there when it is over.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    process::Command,
};

use crate::{
    keeping::{export, held, is},
    run::{Register, Said, said},
};

/// Runs the program with no file allowed to grow beyond so many blocks: what stands in for a disk
/// that is full. Ignored, the signal that would end the process becomes an error of the write.
fn limited(register: &Register, blocks: u32, args: &[&str]) -> Said {
    let program = register.command(args);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
    shell.arg(program.get_program()).args(program.get_args());
    shell.current_dir(program.get_current_dir().unwrap()).env("NO_COLOR", "1");
    said(shell.output().unwrap())
}

#[test]
fn a_full_disk_stops_recording_and_loses_nothing() {
    let register = Register::ccm();
    let before = export(&register);
    let files: Vec<String> = (0..40)
        .map(|number| {
            let facts = (0..200).map(|fact| {
                format!("  - {{ para: {fact}, decided: {{ id: d{number}-{fact}, verb: noted, summary: fact {fact} }} }}\n")
            });
            let head = format!("convention: ccm\nsource: file {number}\nrecorded_by: isu\non: 2020-01-01\nfacts:\n");
            register.file(&format!("{number}.yaml"), head + &facts.collect::<String>())
        })
        .collect();
    let mut args = vec!["record"];
    args.extend(files.iter().map(String::as_str));
    let stopped = limited(&register, 1200, &args);
    is(&stopped, 3, "all that was acknowledged is kept");
    assert!(!stopped.err.contains("panicked"), "{}", stopped.err);
    let acknowledged = stopped.out.matches(": recorded").count();
    assert!(acknowledged > 0 && acknowledged < files.len(), "{acknowledged}");

    let after = export(&register);
    let old: Vec<&str> = before.lines().skip(1).collect();
    assert!(after.lines().skip(1).collect::<Vec<_>>().starts_with(&old));
    let events = after.lines().count() - 1 - old.len();
    assert!(events >= acknowledged * 200, "{events} of {acknowledged} files");
    // With room again, it goes on where it stopped.
    assert_eq!(register.run(&args).code, 0);
    assert_eq!(export(&register).lines().count() - 1 - old.len(), files.len() * 200);
}

#[test]
fn a_disk_without_any_room_is_named() {
    let register = Register::ccm();
    let before = export(&register);
    for args in [&["status"][..], &["record", "fixtures/att/profile.yaml"], &["export"]] {
        let refused = limited(&register, 0, args);
        is(&refused, 3, "error: ");
        assert!(refused.err.contains("File too large"), "{}", refused.err);
        assert!(!refused.err.contains("panicked"), "{}", refused.err);
    }
    assert_eq!(export(&register), before);
    let backup = register.path("backup.jsonl");
    is(&limited(&register, 100, &["backup", &backup]), 3, "File too large");
    assert!(!std::path::Path::new(&backup).exists());
    is(&register.run(&["backup", &backup]), 0, &held(&register));
    let new = Register::empty();
    is(&limited(&new, 100, &["restore", &backup]), 3, "error: ");
    assert!(!new.data().exists());
}

/// Permissions do not bind root, as whom tests may run: the program then runs as another user.
#[test]
fn rights_that_are_gone_are_named() {
    let register = Register::ccm();
    let before = export(&register);
    let data = register.data();
    // Another user could not read it, which is right and not what is tried here.
    fs::remove_file(data.join("ledger.key")).unwrap();
    let place = data.parent().unwrap();
    let root = fs::metadata(place).unwrap().uid() == 0;
    let program = place.join("chancery-copy");
    fs::copy(register.command(&[]).get_program(), &program).unwrap();
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let as_other = |args: &[&str]| {
        let mut command = Command::new(&program);
        command.arg("--data").arg(&data).args(args).current_dir("/");
        if root {
            command.uid(65_534);
        }
        said(command.output().unwrap())
    };
    mode(place, 0o755);
    mode(&data, 0o555);
    is(&as_other(&["status"]), 3, "give this user the right to write there");
    is(&as_other(&["doctor"]), 3, "this user may not read and write");
    mode(&data, 0o777);
    for file in fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()) {
        mode(&file, 0o777);
    }
    mode(&data.join("db"), 0o000);
    for args in [["status"], ["export"], ["doctor"]] {
        let refused = as_other(&args);
        is(&refused, 3, "ermission denied");
        assert!(!refused.err.contains("damaged"), "{}", refused.err);
    }
    mode(&data.join("db"), 0o666);
    assert_eq!(export(&register), before);
}
