//! Backup, restore, export: the register somewhere else, or a clear no.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::Path,
    thread,
};

use crate::run::{Register, Said};

/// Queries whose answers tell one register from another.
const QUERIES: [&str; 4] = [
    r#"{ convention(id: "ccm", asAt: "2017-09-06") { name entryIntoForce known { position recordedAt } status { bound inForce pending signatoriesOnly withdrawn } } }"#,
    r#"{ convention(id: "ccm", asAt: "2017-09-06") { participants { totalCount nodes { state { code name } boundOn inForceFrom } } } }"#,
    r#"{ convention(id: "ccm", asAt: "2018-10-01") { offices { office theme state { name } } } }"#,
    r#"{ convention(id: "ccm") { history(first: 100) { nodes { position type recordedAt recordedBy effective data } } } }"#,
];

pub(crate) fn answers(register: &Register) -> Vec<String> {
    let ask = |query: &str| {
        let said = register.run(&["query", query]);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        said.out
    };
    QUERIES.into_iter().map(ask).collect()
}

pub(crate) fn export(register: &Register) -> String {
    let said = register.run(&["export"]);
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

/// How many events a register holds, in the words of the program.
pub(crate) fn held(register: &Register) -> String {
    format!("{} events", export(register).lines().count() - 1)
}

/// What is in the folder that holds the data folder, hidden files too.
fn beside(register: &Register) -> Vec<String> {
    let entries = fs::read_dir(register.data().parent().unwrap()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[track_caller]
pub(crate) fn is(said: &Said, code: i32, text: &str) {
    assert_eq!(said.code, code, "{}{}", said.out, said.err);
    assert!(format!("{}{}", said.out, said.err).contains(text), "{}{}", said.out, said.err);
}

#[test]
fn a_backup_restores_to_the_same_register() {
    let here = Register::ccm();
    let backup = here.path("backup.jsonl");
    is(&here.run(&["backup", &backup]), 0, &held(&here));
    let there = Register::empty();
    is(&there.run(&["restore", &backup, "--check"]), 0, "whole and verified; nothing was restored");
    assert_eq!(beside(&there), [""; 0]);
    is(&there.run(&["restore", &backup]), 0, "verified there");
    assert_eq!(beside(&there), ["data"]);
    assert_eq!(export(&there), export(&here));
    assert_eq!(export(&there), fs::read_to_string(&backup).unwrap());
    assert_eq!(answers(&there), answers(&here));
    assert_eq!(there.history(), here.history());
    // It goes on where the first one was.
    is(&there.run(&["record", "fixtures/ccm"]), 0, "nothing new");
    let profile = ["record", "fixtures/example/profile.yaml"];
    is(&there.run(&profile), 0, "recorded 1 fact");
}

/// The same root to whoever verifies, and the same signatures if the key comes along.
#[test]
fn a_restored_register_has_the_same_root_and_signs_as_before() {
    let here = Register::ccm();
    let backup = here.path("backup.jsonl");
    let made = here.json(&["backup", &backup]);
    let there = Register::empty();
    let key = here.data().join("ledger.key");
    let restored = there.json(&["restore", &backup, "--signing-key", key.to_str().unwrap()]);
    assert_eq!(restored["root"], made["root"]);
    for register in [&here, &there] {
        assert_eq!(register.json(&["verify"])["root"], made["root"]);
    }
    assert_eq!(there.json(&["state-root"]), here.json(&["state-root"]));
    let checkpoint = |register: &Register| register.run(&["checkpoint"]).out;
    assert_eq!(checkpoint(&there), checkpoint(&here));
    assert_eq!(fs::read(there.data().join("ledger.key")).unwrap(), fs::read(key).unwrap());

    let none = Register::empty();
    let no_key = none.run(&["restore", &backup, "--signing-key", &backup]);
    is(&no_key, 3, "cannot be used");
    assert_eq!(beside(&none), [""; 0]);
    is(&none.run(&["restore", &backup]), 0, "It has no signing key");
}

#[test]
fn an_export_is_imported_from_standard_input() {
    let here = Register::ccm();
    let there = Register::empty();
    let file = fs::File::open(here.file("export.jsonl", export(&here))).unwrap();
    let output = there.command(&["import", "-"]).stdin(file).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(export(&there), export(&here));
}

#[test]
fn backups_in_a_folder_are_named_after_what_they_hold() {
    let register = Register::ccm();
    let folder = register.path("backups");
    fs::create_dir(&folder).unwrap();
    let names = || {
        let entries = fs::read_dir(&folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    is(&register.run(&["backup", &folder]), 0, "backups/chancery-000000");
    let first = names();
    is(&register.run(&["backup", &folder]), 0, "backups/chancery-000000");
    assert_eq!(names(), first);
    is(&register.run(&["record", "fixtures/example/profile.yaml"]), 0, "recorded");
    is(&register.run(&["backup", &folder]), 0, &held(&register));
    assert_eq!(names().len(), 2);
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let register = Register::ccm();
    let file = register.file("mine.txt", "mine");
    is(&register.run(&["backup", &file]), 2, "is there already");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let backup = register.path("backup.jsonl");
    is(&register.run(&["backup", &backup]), 0, &held(&register));
    is(&register.run(&["record", "fixtures/example/profile.yaml"]), 0, "recorded");
    let before = export(&register);
    is(&register.run(&["restore", &backup]), 1, "holds files already");
    assert_eq!(export(&register), before);
    is(&register.run(&["backup", "/proc/no/such/backup"]), 3, "cannot be written");
    let none = Register::empty();
    is(&none.run(&["backup", &none.path("backup.jsonl")]), 3, "there is no register");
    assert_eq!(beside(&none), [""; 0]);
}

#[test]
fn a_damaged_backup_leaves_nothing_behind() {
    let here = Register::ccm();
    let text = export(&here);
    let half = here.file("half.jsonl", &text[..text.len() / 2]);
    let changed =
        here.file("changed.jsonl", text.replacen("membership.acceded", "membership.ratified", 1));
    let other = here.file("other.yaml", "convention: ccm\n");
    let there = Register::empty();
    for (file, said) in [
        (half.as_str(), "cannot be read"),
        (changed.as_str(), "has the hash"),
        (other.as_str(), "no copy of a register's log"),
        ("no/such/file", "No such file"),
    ] {
        is(&there.run(&["restore", file]), 1, said);
        is(&there.run(&["restore", file, "--check"]), 1, said);
        assert_eq!(beside(&there), [""; 0]);
    }
}

/// Whole by its hashes, but no log of this program: an event that says that it stands elsewhere.
#[test]
fn a_copy_that_was_made_up_is_refused() {
    let here = Register::ccm();
    let text = export(&here).replace("\"stream\":\"ccm\"", "\"stream\":\"other\"");
    let file = here.file("made-up.jsonl", text);
    let there = Register::empty();
    is(&there.run(&["restore", &file]), 1, "its log does not stand: the event at position 0");
    assert_eq!(beside(&there), [""; 0]);
}

#[test]
fn a_register_that_is_served_is_asked_for_its_backup() {
    let register = Register::ccm();
    let (before, held) = (export(&register), held(&register));
    let server = crate::run::Server::serve(&register);
    let backup = register.path("backup.jsonl");
    is(&register.run(&["backup", &backup]), 3, "add --from with its address");
    assert!(!Path::new(&backup).exists());
    let address = format!("http://{}/", server.address);
    is(&register.run(&["backup", &backup, "--from", &address]), 0, &held);
    assert_eq!(fs::read_to_string(&backup).unwrap(), before);
    assert_eq!(register.run(&["export", "--from", &address]).out, before);
    drop(server);
    let late = register.path("late.jsonl");
    is(&register.run(&["backup", &late, "--from", &address]), 3, "gave no copy of its log");
    is(&register.run(&["backup", &late, "--from", "127.0.0.1:8017"]), 2, "write it as http://");
    assert_eq!(beside(&register), ["backup.jsonl", "data"]);
}

/// A program that ends in the middle of its answer, or that is none of ours.
#[test]
fn an_answer_that_breaks_off_is_no_backup() {
    let register = Register::ccm();
    let whole = export(&register);
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let half = &whole[..whole.len() / 2];
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n";
    for (answer, said) in [
        (format!("{head}\r\n{half}"), "cannot be read"),
        (format!("{head}transfer-encoding: chunked\r\n\r\n{}", chunk(half)), "error: "),
        (format!("{head}content-length: 9\r\n\r\nnot a log"), "no copy of a register's log"),
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned(), "404"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            assert!(client.read(&mut [0; 4096]).unwrap() > 0);
            client.write_all(answer.as_bytes()).unwrap();
        });
        let backup = register.path("backup.jsonl");
        let done = register.run(&["backup", &backup, "--from", &address]);
        server.join().unwrap();
        assert_ne!(done.code, 0, "{}", done.out);
        assert!(done.err.contains(said), "{}", done.err);
        assert!(!Path::new(&backup).exists());
    }
    assert_eq!(beside(&register), ["data"]);
}
