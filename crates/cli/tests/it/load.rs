//! Backups of a register that goes on recording meanwhile.

use std::{path::Path, process::Command, sync::mpsc, thread, time::Duration};

use chancery_gateway::copy::Reading;

use crate::{
    faults::Worker,
    keeping::{answers, export},
    run::{Register, program, said},
};

const BACKUPS: usize = 5;

#[test]
fn backups_under_load_are_whole_and_restore_to_what_was_there() {
    let register = Register::empty();
    let mut worker = Worker::start(&register.data(), 0);
    let mut said_by_worker = worker.says();
    let (word, address) = said_by_worker.next().unwrap();
    assert_eq!(word, "SERVING");
    let (send, acknowledged) = mpsc::channel();
    thread::spawn(move || said_by_worker.for_each(|said| send.send(said).unwrap_or_default()));

    let mut backups = Vec::new();
    for number in 0..BACKUPS {
        // Some more was recorded since the last one.
        for _ in 0..10 {
            acknowledged.recv_timeout(Duration::from_secs(60)).unwrap();
        }
        let file = register.path(&format!("backup-{number}.jsonl"));
        let mut backup: Command = program();
        backup.args(["backup", &file, "--from", &format!("http://{address}")]);
        let done = said(backup.output().unwrap());
        assert_eq!(done.code, 0, "{}", done.err);
        backups.push(file);
    }
    worker.kill();

    // The log as it was when it ended: each backup is its beginning.
    let all = export(&register);
    let all: Vec<&str> = all.lines().skip(1).collect();
    let mut last = 0;
    for file in &backups {
        let text = std::fs::read_to_string(file).unwrap();
        let events: Vec<&str> = text.lines().skip(1).collect();
        assert!(events.len() > last, "nothing was recorded between two backups");
        last = events.len();
        assert!(all.starts_with(&events), "{file} is not how the log began");
        assert_eq!(head(file).events, events.len() as u64);
        let there = restored(file);
        assert_eq!(export(&there), text);
        // What was known then is what the register says of then, though it knows more now.
        let known = answers_at(&register, last - 1);
        assert_eq!(answers_at(&there, last - 1), known);
        assert_eq!(state_root(&there, last - 1), state_root(&register, last - 1));
    }
    assert!(all.len() > last, "nothing was recorded during the last backup");

    // And when nothing is recorded any more, both answer the same.
    let file = register.path("at-rest.jsonl");
    assert_eq!(register.run(&["backup", &file]).code, 0);
    let there = restored(&file);
    assert_eq!(export(&there), export(&register));
    assert_eq!(answers(&there), answers(&register));
    assert_eq!(there.json(&["verify"])["root"], register.json(&["verify"])["root"]);
    assert_eq!(state_root(&there, all.len() - 1), state_root(&register, all.len() - 1));
}

/// The hash over all that a register comes to, as it was known at a position.
fn state_root(register: &Register, position: usize) -> serde_json::Value {
    let said = register.json(&["state-root", "--at-position", &position.to_string()]);
    assert!(said["state_root"].is_string(), "{said}");
    said
}

/// What a register says of each convention as it was known at a position.
fn answers_at(register: &Register, position: usize) -> String {
    let ask = |id: &str| {
        format!(
            "{id}: convention(id: \"{id}\", asAt: \"2020-06-01\", atPosition: {position}) {{ name known {{ position recordedAt }} status {{ bound }} history(last: 100) {{ totalCount nodes {{ position type data }} }} }}"
        )
    };
    let query = format!("{{ {} }}", ["ccm", "example", "att", "tpnw"].map(ask).join(" "));
    let said = register.run(&["query", &query]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    said.out
}

fn restored(file: &str) -> Register {
    let there = Register::empty();
    let done = there.run(&["restore", file]);
    assert_eq!(done.code, 0, "{}", done.err);
    there
}

fn head(file: &str) -> chancery_gateway::copy::Head {
    let file = std::fs::File::open(Path::new(file)).unwrap();
    Reading::begin(std::io::BufReader::new(file)).unwrap().head()
}
