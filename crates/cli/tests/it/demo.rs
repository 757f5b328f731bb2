//! `demo`: records the fixtures and answers.

use std::io::Read as _;

use crate::run::{Register, Server};

#[test]
fn the_demo_records_serves_and_records_nothing_again() {
    let register = Register::empty();
    let mut first = Server::demo(&register);
    assert_eq!(
        first.said.iter().filter(|line| line.contains("recorded")).count(),
        9,
        "{:?}",
        first.said
    );
    let answer = first.get(
        "/graphql?query=%7Bconvention(id%3A%22ccm%22%2CasAt%3A%222017-09-06%22)%7Bstatus%7BinForce%7D%7D%7D",
    );
    assert!(answer.contains("\"inForce\":100"), "{answer}");
    assert!(first.get("/healthz").contains("ok"));

    // Asked to end, it finishes and says so.
    let child = rustix::process::Pid::from_child(&first.child);
    rustix::process::kill_process(child, rustix::process::Signal::TERM).unwrap();
    let mut rest = String::new();
    first.child.stdout.as_mut().unwrap().read_to_string(&mut rest).unwrap();
    assert!(first.child.wait().unwrap().success());
    assert!(rest.contains("stopped"), "{rest}");

    let second = Server::demo(&register);
    assert_eq!(second.said.iter().filter(|line| line.contains("nothing new")).count(), 9);
}

#[test]
fn the_demo_says_where_it_must_be_started() {
    let register = Register::empty();
    let said = register.run(&["demo", "--fixtures", "no/such/folder"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--fixtures"), "{}", said.err);
}
