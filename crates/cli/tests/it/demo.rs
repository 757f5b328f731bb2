//! `demo`: records the fixtures and answers.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, Stdio},
};

use crate::run::Register;

/// A server that is ended when the test is over, however that is.
struct Server {
    child: Child,
    said: Vec<String>,
    address: String,
}

impl Server {
    fn demo(register: &Register) -> Self {
        let mut command = register.command(&["demo", "--listen", "127.0.0.1:0"]);
        let child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut server = Self { child, said: Vec::new(), address: String::new() };
        let out = BufReader::new(server.child.stdout.as_mut().unwrap());
        for line in out.lines() {
            let line = line.unwrap();
            let serving = line.split_once("http://").map(|(_, rest)| rest.to_owned());
            server.said.push(line);
            if let Some(rest) = serving {
                server.address = rest.split('/').next().unwrap().to_owned();
                return server;
            }
        }
        panic!("it never served: {:?}", server.said);
    }

    fn get(&self, path: &str) -> String {
        let mut response = ureq::get(format!("http://{}{path}", self.address)).call().unwrap();
        response.body_mut().read_to_string().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_demo_records_serves_and_records_nothing_again() {
    let register = Register::empty();
    let mut first = Server::demo(&register);
    assert_eq!(
        first.said.iter().filter(|line| line.contains("recorded")).count(),
        8,
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
    assert_eq!(second.said.iter().filter(|line| line.contains("nothing new")).count(), 8);
}

#[test]
fn the_demo_says_where_it_must_be_started() {
    let register = Register::empty();
    let said = register.run(&["demo", "--fixtures", "no/such/folder"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--fixtures"), "{}", said.err);
}
