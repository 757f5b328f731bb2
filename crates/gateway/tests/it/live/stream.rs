//! Server-sent events, as the clients of `graphql-sse` and browsers' `EventSource` take them.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
};

use serde_json::{Value, json};

use super::client::decisions;
use crate::server::Server;

const EVENTS: &str = "accept: text/event-stream";
const QUERY: &str =
    "subscription ($after: SafeInt) { events(convention: \"ccm\", after: $after) { position } }";

/// A stream of events that stays open.
struct Stream(BufReader<TcpStream>);

/// One event: its name, its id, its data.
type Event = (String, Option<String>, String);

impl Stream {
    fn open(server: &Server, line: &str, headers: &[&str], body: &str) -> Self {
        let mut client = server.connect();
        let mut head = format!(
            "{line} HTTP/1.1\r\nhost: localhost\r\n{EVENTS}\r\naccept-encoding: gzip, br\r\n"
        );
        for header in headers {
            head += &format!("{header}\r\n");
        }
        if !body.is_empty() {
            head += &format!("content-length: {}\r\n", body.len());
        }
        client.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        let mut stream = Self(BufReader::new(client));
        let status = stream.line();
        assert!(status.starts_with("HTTP/1.1 200"), "{status}");
        let mut typed = false;
        loop {
            match stream.line().to_lowercase().as_str() {
                "" => break,
                // Whatever collects events to press them holds them back.
                header if header.starts_with("content-encoding") => panic!("{header}"),
                header => typed |= header == "content-type: text/event-stream",
            }
        }
        assert!(typed);
        stream
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end_matches(['\r', '\n']).to_owned()
    }

    /// The next event. Its lines come within chunks of HTTP, whose own lines are passed over.
    fn event(&mut self) -> Event {
        let (mut name, mut id, mut data) = (None, None, String::new());
        loop {
            let line = self.line();
            match line.split_once(':') {
                Some(("event", value)) => name = Some(value.trim_start().to_owned()),
                Some(("id", value)) => id = Some(value.trim_start().to_owned()),
                Some(("data", value)) => data = value.trim_start().to_owned(),
                _ => {}
            }
            if line.is_empty()
                && let Some(name) = name.take()
            {
                return (name, id, data);
            }
        }
    }

    fn position(&mut self) -> u64 {
        let (name, id, data) = self.event();
        assert_eq!(name, "next");
        let data: Value = serde_json::from_str(&data).unwrap();
        let position = data["data"]["events"]["position"].as_u64().unwrap();
        assert_eq!(id, Some(position.to_string()));
        position
    }
}

fn post(server: &Server, query: &str, variables: &Value) -> Stream {
    let body = json!({ "query": query, "variables": variables }).to_string();
    Stream::open(server, "POST /graphql", &["content-type: application/json"], &body)
}

/// A URL as browsers write it.
fn get(query: &str) -> String {
    let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("GET /graphql?query={encoded}")
}

#[test]
fn events_are_streamed_and_go_on_where_a_browser_was() {
    let server = Server::recording();
    server.record(&decisions(1..=10));
    let mut stream = post(&server, QUERY, &json!({ "after": 5 }));
    assert_eq!([stream.position(), stream.position()], [6, 7]);
    drop(stream);
    // `EventSource` asks for the same again, and says what it saw last.
    let query = "subscription { events(convention: \"ccm\", after: 5) { position } }";
    let mut stream = Stream::open(&server, &get(query), &["last-event-id: 7"], "");
    assert_eq!([stream.position(), stream.position()], [8, 9]);
}

#[test]
fn what_is_appended_is_streamed() {
    let server = Server::recording();
    let mut stream = post(&server, QUERY, &json!({}));
    server.record(&decisions(1..=2));
    let first = stream.position();
    assert_eq!(stream.position(), first + 1);
    let mut status = post(
        &server,
        "subscription { statusChanged(convention: \"ccm\", after: 0) { now { bound } } }",
        &Value::Null,
    );
    assert_eq!(status.event().0, "next");
}

#[test]
fn queries_are_answered_and_completed() {
    let server = Server::start();
    let query = "{ convention(id: \"ccm\", asAt: \"2017-09-06\") { status { inForce } } }";
    for mut stream in
        [post(&server, query, &Value::Null), Stream::open(&server, &get(query), &[], "")]
    {
        let (name, id, data) = stream.event();
        assert_eq!((name.as_str(), id), ("next", None));
        assert_eq!(data, r#"{"data":{"convention":{"status":{"inForce":100}}}}"#);
        assert_eq!(stream.event(), ("complete".to_owned(), None, String::new()));
    }
}

#[test]
fn what_is_refused_is_said_in_the_stream() {
    let server = Server::start();
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("mutation { anything }", "METHOD_NOT_ALLOWED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { events(convention: \"x\") { position } }", "BAD_USER_INPUT"),
        (&format!("subscription {{ events(convention: {}", "[".repeat(2000)), "QUERY_TOO_LARGE"),
    ] {
        let mut stream = post(&server, query, &Value::Null);
        let (name, _, data) = stream.event();
        let data: Value = serde_json::from_str(&data).unwrap();
        assert_eq!(
            (name.as_str(), &data["errors"][0]["extensions"]["code"]),
            ("next", &json!(code))
        );
        assert_eq!(stream.event().0, "complete");
    }
}

#[test]
fn who_takes_both_gets_a_stream_for_a_subscription_alone() {
    let server = Server::start();
    let both = "accept: text/event-stream, application/json";
    let headers = ["content-type: application/json", both];
    let body = json!({ "query": "{ conventions { id } }" }).to_string();
    let reply = server.send("POST /graphql", &headers, &body);
    assert_eq!(reply.header("content-type"), Some("application/json; charset=utf-8"));
    let query = "subscription { events(convention: \"ccm\", after: 5) { position } }";
    let body = json!({ "query": query }).to_string();
    let mut stream = Stream::open(&server, "POST /graphql", &headers, &body);
    assert_eq!(stream.position(), 6);
}

#[test]
fn who_takes_no_stream_is_told_what_to_take() {
    let server = Server::start();
    let reply = server.post(&json!({ "query": QUERY }));
    assert_eq!((reply.status, reply.error().0.as_str()), (406, "NOT_ACCEPTABLE"));
    let reply = server.send(&get("subscription { events { position } }"), &[], "");
    assert_eq!(reply.error().0, "NOT_ACCEPTABLE");
}
