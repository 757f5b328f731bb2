//! `graphql-transport-ws` to the letter.

use std::time::Duration;

use chancery_gateway::settings::{Settings, Sockets};
use serde_json::{Value, json};
use tungstenite::{Bytes, Message};

use super::client::{PROTOCOL, Socket};
use crate::server::Server;

const FOLLOW: &str = "subscription { events { position } }";

#[test]
fn queries_are_answered_like_by_post() {
    let server = Server::start();
    let query = "query ($d: Date) { convention(id: \"ccm\", asAt: $d) { status { inForce } } }";
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", query, &json!({ "d": "2017-09-06" }));
    assert_eq!(socket.data()["convention"]["status"]["inForce"], 100);
    assert_eq!(socket.receive(), json!({ "type": "complete", "id": "a" }));
    // The id is free again.
    socket.subscribe("a", "{ conventions { code } }", &Value::Null);
    assert_eq!(socket.data()["conventions"][0]["code"], "ccm");
    assert_eq!(socket.receive()["type"], "complete");
}

#[test]
fn what_cannot_be_run_is_an_error_and_the_socket_goes_on() {
    let server = Server::start();
    let mut socket = Socket::begun(&server);
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { __typename }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { events { position } checkpoints { size } }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { ...F } fragment F on Subscription { events { position } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("subscription { events @skip(if: true) { position } }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { anything }", "METHOD_NOT_ALLOWED"),
        ("query A { conventions { id } } query B { conventions { id } }", "OPERATION_NOT_FOUND"),
        ("query ($d: Date) { convention(id: \"ccm\", asAt: $d) { name } }", "BAD_USER_INPUT"),
    ] {
        socket.subscribe("a", query, &json!({ "d": "2017" }));
        assert_eq!(socket.error().0, code, "{query}");
    }
    let hash = json!({ "persistedQuery": { "version": 1, "sha256Hash": "0".repeat(64) } });
    socket.send(&json!({ "type": "subscribe", "id": "a", "payload": { "extensions": hash } }));
    assert_eq!(socket.error().0, "PERSISTED_QUERY_NOT_FOUND");
    socket.is_silent();
}

#[test]
fn pings_are_answered_before_and_after_beginning() {
    let server = Server::start();
    let mut socket = Socket::open(&server);
    socket.is_silent();
    socket.begin();
    socket.send(&json!({ "type": "ping", "payload": { "at": 7 } }));
    assert_eq!(socket.receive(), json!({ "type": "pong", "payload": { "at": 7 } }));
    socket.send(&json!({ "type": "pong" }));
    socket.0.send(Message::Ping(Bytes::from_static(b"there?"))).unwrap();
    assert_eq!(socket.0.read().unwrap(), Message::Pong(Bytes::from_static(b"there?")));
}

#[test]
fn who_completes_hears_no_more() {
    let server = Server::recording();
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &Value::Null);
    socket.subscribe("b", FOLLOW, &Value::Null);
    socket.is_silent();
    socket.complete("a");
    socket.complete("unknown");
    socket.is_silent();
    server.record(&super::client::decisions(1..=1));
    assert_eq!(socket.receive()["id"], "b");
    socket.is_silent();
    // The id is free again.
    socket.subscribe("a", "{ conventions { code } }", &Value::Null);
    assert_eq!(socket.receive()["id"], "a");
}

#[track_caller]
fn closes(server: &Server, code: u16, says: &str, acts: impl FnOnce(&mut Socket)) {
    let mut socket = Socket::open(server);
    acts(&mut socket);
    let (closed, reason) = socket.closed();
    assert_eq!(closed, code, "{reason}");
    assert!(reason.contains(says), "{reason}");
}

#[test]
fn who_breaks_the_protocol_is_told_by_its_codes() {
    let server = Server::start();
    let text =
        |text: &'static str| move |socket: &mut Socket| socket.0.send(Message::text(text)).unwrap();
    closes(&server, 4401, "connection_init", |it| it.subscribe("a", FOLLOW, &Value::Null));
    closes(&server, 4400, "not a message", text("nonsense"));
    closes(&server, 4400, "missing field `type`", text("{}"));
    closes(&server, 4400, "unknown variant `start`", text(r#"{"type":"start"}"#));
    closes(&server, 4400, "binary", |it| it.0.send(Message::binary(vec![1, 2])).unwrap());
    closes(&server, 4429, "Too many initialisation requests", |it| {
        it.begin();
        it.send(&json!({ "type": "connection_init" }));
    });
    closes(&server, 4409, "Subscriber for a already exists", |it| {
        it.begin();
        it.subscribe("a", FOLLOW, &Value::Null);
        it.subscribe("a", FOLLOW, &Value::Null);
    });
    closes(&server, 4400, "`query` is not a string", |it| {
        it.begin();
        it.send(&json!({ "type": "subscribe", "id": "a", "payload": { "query": 1 } }));
    });
    closes(&server, 4400, "`query` is missing", |it| {
        it.begin();
        it.send(&json!({ "type": "subscribe", "id": "a", "payload": {} }));
    });
}

#[test]
fn who_does_not_begin_is_closed() {
    let sockets = Sockets { init_seconds: Duration::from_secs(1).into(), ..Sockets::default() };
    let server = Server::with(Settings { sockets, ..Settings::default() });
    closes(&server, 4408, "Connection initialisation timeout", |_| {});
    // Nor does it help to say something else.
    closes(&server, 4408, "Connection initialisation timeout", |it| it.is_silent());
}

#[test]
fn another_subprotocol_is_not_acceptable() {
    let server = Server::start();
    // As a client would not do it that takes no for an answer: it hears why.
    let head = "GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        sec-websocket-protocol: graphql-ws\r\n\r\n";
    use std::io::{Read as _, Write as _};
    let mut client = server.connect();
    client.write_all(head.as_bytes()).unwrap();
    let mut heard = Vec::new();
    let mut byte = [0];
    while !heard.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte).unwrap();
        heard.push(byte[0]);
    }
    assert!(heard.starts_with(b"HTTP/1.1 101"));
    let mut socket = Socket(tungstenite::WebSocket::from_raw_socket(
        client,
        tungstenite::protocol::Role::Client,
        None,
    ));
    let (code, reason) = socket.closed();
    assert_eq!(code, 4406);
    assert!(reason.contains(PROTOCOL), "{reason}");
}

#[test]
fn what_is_no_handshake_is_told_so() {
    let server = Server::start();
    let reply = server.send("GET /graphql", &["upgrade: websocket"], "");
    let (code, message) = reply.error();
    assert_eq!((reply.status, code.as_str()), (400, "BAD_REQUEST"), "{message}");
    assert!(message.contains("handshake"), "{message}");
}

#[test]
fn pages_of_other_origins_open_no_socket() {
    let origin = |server: &Server, origin: &str| {
        Socket::attempt(server, PROTOCOL, &[("origin", origin)]).map_err(|it| it.status().as_u16())
    };
    let server = Server::start();
    assert_eq!(origin(&server, "https://evil.example").err(), Some(403));
    origin(&server, "http://localhost").unwrap().begin();
    let mut settings = Settings::default();
    settings.http.cors_origins = vec!["https://example.org".parse().unwrap()];
    let server = Server::with(settings);
    assert_eq!(origin(&server, "https://evil.example").err(), Some(403));
    origin(&server, "https://example.org").unwrap().begin();
}
