//! Whoever follows the log goes on where they were, however the server ended.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Lines},
    time::{Duration, Instant},
};

use crate::run::{Register, Server};

/// Begins behind position 440, as a browser's `EventSource` would each time; then by its last id.
const FOLLOW: &str = "/graphql?query=subscription%7Bevents(convention%3A%22ccm%22%2Cafter%3A440)%7Bposition%20type%7D%7D";

type Stream = Lines<BufReader<ureq::BodyReader<'static>>>;

fn follow(server: &Server, seen: &[u64]) -> Stream {
    let mut request = ureq::get(format!("http://{}{FOLLOW}", server.address))
        .header("accept", "text/event-stream");
    if let Some(last) = seen.last() {
        request = request.header("last-event-id", last.to_string());
    }
    BufReader::new(request.call().unwrap().into_body().into_reader()).lines()
}

/// The positions of the next events.
fn read(stream: &mut Stream, events: usize) -> Vec<u64> {
    let ids = stream
        .map(Result::unwrap)
        .filter_map(|line| Some(line.strip_prefix("id: ")?.parse().unwrap()));
    ids.take(events).collect()
}

/// Records a thousand facts in files of forty.
fn record_a_thousand(register: &Register, round: usize) {
    let files = (0..25).map(|file| {
        let name = format!("round-{round}-{file}.yaml");
        let mut text =
            format!("convention: ccm\nsource: {name}\nrecorded_by: isu\non: 2020-01-01\nfacts:\n");
        for fact in 0..40 {
            let id = format!("r{round}-{file}-{fact}");
            writeln!(
                text,
                "  - {{ para: {fact}, decided: {{ id: {id}, verb: noted, summary: fact {fact} }} }}"
            )
            .unwrap();
        }
        register.file(&name, text)
    });
    let files: Vec<String> = files.collect();
    let mut args = vec!["record"];
    args.extend(files.iter().map(String::as_str));
    let said = register.run(&args);
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn who_follows_misses_nothing_and_sees_nothing_twice_across_restarts() {
    let register = Register::ccm();
    let mut seen = Vec::new();

    // Asked to end, the server ends its streams and does not wait for who reads them.
    let mut server = Server::serve(&register);
    let mut stream = follow(&server, &seen);
    seen.extend(read(&mut stream, 5));
    let asked = Instant::now();
    let child = rustix::process::Pid::from_child(&server.child);
    rustix::process::kill_process(child, rustix::process::Signal::TERM).unwrap();
    assert!(server.child.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(8), "{:?}", asked.elapsed());
    assert!(stream.map(Result::unwrap).all(|line| line != "event: complete"), "it is not over");

    record_a_thousand(&register, 1);
    let server = Server::serve(&register);
    seen.extend(read(&mut follow(&server, &seen), 700));

    // Killed, it has no time for anything.
    drop(server);
    record_a_thousand(&register, 2);
    let server = Server::serve(&register);
    let history = register_history(&server);
    seen.extend(read(&mut follow(&server, &seen), history.len() - seen.len()));
    assert_eq!(seen, history);
}

/// The positions behind 440, as the lists have them.
fn register_history(server: &Server) -> Vec<u64> {
    let lines = server.get("/export/history.jsonl?convention=ccm&asAt=2100-01-01");
    let positions = lines.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row["position"].as_u64().unwrap()
    });
    positions.filter(|position| *position > 440).collect()
}
