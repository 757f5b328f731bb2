//! The program as a server: what it logs, and how it ends.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    net::TcpStream,
    process::ExitStatus,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::run::{Register, Server};

/// A server whose log is a file.
fn logging(register: &Register, args: &[&str]) -> (Server, String) {
    let log = register.path("log");
    let mut command = register.command(&[&["serve", "--listen", "127.0.0.1:0"], args].concat());
    command.env_remove("NO_COLOR").stderr(File::create(&log).unwrap());
    (Server::start(command), log)
}

/// Asks the program to end.
fn ask_to_end(server: &Server) {
    let pid = Pid::from_child(&server.child);
    kill_process(pid, Signal::TERM).unwrap();
}

/// How it ended, within some seconds.
fn ended(server: &mut Server) -> ExitStatus {
    let began = Instant::now();
    loop {
        if let Some(status) = server.child.try_wait().unwrap() {
            return status;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A request of which the last byte is still to come, once the server is at it.
fn begun(server: &Server) -> TcpStream {
    let mut client = TcpStream::connect(&server.address).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let body = "{\"query\":\"{__typename}\"";
    let head = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n";
    let length = body.len() + 1;
    client.write_all(format!("{head}content-length: {length}\r\n\r\n").as_bytes()).unwrap();
    // The server says this when it begins to read the body.
    let mut proceed = [0; 25];
    client.read_exact(&mut proceed).unwrap();
    assert!(proceed.starts_with(b"HTTP/1.1 100"));
    client.write_all(body.as_bytes()).unwrap();
    client
}

/// The lines that a log has come to, once one says this.
fn lines(log: &str, says: &str) -> Vec<String> {
    for _ in 0..1000 {
        let text = std::fs::read_to_string(log).unwrap();
        if text.contains(says) {
            return text.lines().map(str::to_owned).collect();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("never `{says}` in:\n{}", std::fs::read_to_string(log).unwrap());
}

#[test]
fn each_request_is_a_line_without_what_was_asked() {
    let register = Register::ccm();
    let (server, log) = logging(&register, &["--log-format", "json"]);
    let query = "query%20Parties($d:Date)%7Bconvention(id:%22ccm%22,asAt:$d)%7Bstatus%7BinForce%7D%7D%7D&variables=%7B%22d%22:%222017-09-06%22%7D";
    let mut response = ureq::get(format!("http://{}/graphql?query={query}", server.address))
        .header("x-request-id", "abc-123")
        .header("authorization", "Bearer secret")
        .call()
        .unwrap();
    let length = response.body_mut().read_to_vec().unwrap().len();
    let lines = lines(&log, "Parties");
    let line: Value =
        lines.iter().map(|it| serde_json::from_str(it).unwrap()).find(has_operation).unwrap();
    assert_eq!(
        (&line["method"], &line["path"], &line["status"], &line["bytes"]),
        (&"GET".into(), &"/graphql".into(), &200.into(), &length.into()),
        "{line}"
    );
    assert_eq!((&line["level"], &line["message"]), (&"INFO".into(), &"answered".into()));
    assert_eq!(line["spans"][0]["id"], "abc-123", "{line}");
    assert!(line["micros"].as_u64().unwrap() > 0 && line["timestamp"].is_string(), "{line}");
    for secret in ["secret", "2017-09-06", "inForce", "ccm\\"] {
        assert!(!lines.iter().any(|line| line.contains(secret)), "{secret} in {lines:?}");
    }
}

fn has_operation(line: &Value) -> bool {
    line["operation"] == "Parties"
}

#[test]
fn as_text_a_line_bears_its_id_too() {
    let register = Register::ccm();
    let (server, log) = logging(&register, &[]);
    server.get("/healthz");
    let lines = lines(&log, "/healthz");
    let line = lines.iter().find(|line| line.contains("answered")).unwrap();
    assert!(line.contains("request{id=") && line.contains("status=200"), "{line}");
    assert!(!line.contains('\u{1b}'), "a file has colours: {line}");
}

#[test]
fn requests_need_not_be_logged() {
    let register = Register::ccm();
    let (server, log) = logging(&register, &["--log-requests", "false"]);
    server.get("/healthz");
    assert_eq!(std::fs::read_to_string(log).unwrap(), "");
}

#[test]
fn a_request_that_is_under_way_is_answered_before_the_end() {
    let register = Register::ccm();
    let mut server = Server::serve(&register);
    let mut client = begun(&server);
    ask_to_end(&server);
    std::thread::sleep(Duration::from_millis(100));
    assert!(server.child.try_wait().unwrap().is_none(), "it did not wait");
    client.write_all(b"}").unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("200 OK") && answer.contains("\"__typename\":\"Query\""), "{answer}");
    assert_eq!(ended(&mut server).code(), Some(0));
    assert_eq!(register.run(&["status"]).code, 0);
}

#[test]
fn who_stalls_is_not_waited_for() {
    let register = Register::ccm();
    let mut server = Server::serve_with(&register, &["--http-stop-seconds", "1"]);
    let _client = begun(&server);
    ask_to_end(&server);
    assert_eq!(ended(&mut server).code(), Some(0));
}

#[test]
fn asked_twice_it_ends_at_once() {
    let register = Register::ccm();
    let (mut server, log) = logging(&register, &["--http-stop-seconds", "3600"]);
    let _client = begun(&server);
    ask_to_end(&server);
    lines(&log, "once more");
    let began = Instant::now();
    ask_to_end(&server);
    assert_eq!(ended(&mut server).code(), Some(130));
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(register.run(&["status"]).code, 0);
}
