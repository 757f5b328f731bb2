//! What sockets cannot do.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use chancery_gateway::settings::{Count, Settings, Sockets};
use serde_json::{Value, json};
use tungstenite::Message;

use super::client::{PROTOCOL, Socket, decisions};
use crate::server::{Server, until};

const FOLLOW: &str = "subscription { events { position } }";

fn settings(change: impl FnOnce(&mut Sockets)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings.sockets);
    settings
}

/// An honest query, which must be answered as usual.
#[track_caller]
fn is_well(server: &Server) {
    let begun = Instant::now();
    let answer = server.data("{ convention(id: \"ccm\") { status { bound } } }", &json!({}));
    assert!(answer["convention"]["status"]["bound"].as_u64() > Some(100));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn brackets_do_not_end_the_process() {
    let server = Server::start();
    let mut socket = Socket::begun(&server);
    for kind in ["query", "subscription"] {
        for bomb in ["[", "{a:"] {
            let bomb = bomb.repeat(2000);
            for query in [
                format!("{kind} {{ events(convention: {bomb}"),
                format!("{kind} ($a: Int = {bomb}) {{ a }}"),
                format!("{kind} {{ a @b(c: {bomb}"),
                format!("{kind} {}", "{a".repeat(2000)),
            ] {
                socket.subscribe("a", &query, &Value::Null);
                assert_eq!(socket.error().0, "QUERY_TOO_LARGE");
            }
        }
    }
    let mut doubling = "subscription { ...F0 }".to_owned();
    for n in 0..30 {
        doubling += &format!(" fragment F{n} on Subscription {{ ...F{0} ...F{0} }}", n + 1);
    }
    doubling += " fragment F30 on Subscription { events { position } }";
    socket.subscribe("a", &doubling, &Value::Null);
    assert_eq!(socket.error().0, "QUERY_TOO_LARGE");
    // So much for each event, and for as many events as a page may hold.
    let wide = "r: rectifiedBy { rectifiedBy { rectifiedBy { data } } }";
    socket.subscribe("a", &format!("subscription {{ events {{ {wide} }} }}"), &Value::Null);
    assert_eq!(socket.error().0, "QUERY_TOO_LARGE");
    // The reader of JSON has its own limit.
    socket
        .0
        .send(Message::text(format!(
            "{{\"type\":\"ping\",\"payload\":{{\"a\":{}",
            "[".repeat(5000)
        )))
        .unwrap();
    assert_eq!(socket.closed().0, 4400);
    is_well(&server);
}

#[test]
fn messages_are_bounded() {
    let server = Server::with(settings(|it| it.message_bytes = Count::clamped(2_000)));
    let mut socket = Socket::begun(&server);
    socket.0.send(Message::text(" ".repeat(3_000))).unwrap();
    let (code, reason) = socket.closed();
    assert_eq!((code, reason.as_str()), (1009, "a message has at most 2000 bytes"));
    is_well(&server);
}

#[test]
fn answers_are_bounded() {
    let server = Server::with(settings(|it| it.answer_bytes = Count::clamped(0)));
    let mut socket = Socket::begun(&server);
    let query = "{ convention(id: \"ccm\", asAt: \"2026-01-01\") { history(first: 1000) { nodes { data source { cited } } } } }";
    socket.subscribe("a", query, &Value::Null);
    let (code, message) = socket.error();
    assert_eq!(code, "QUERY_TOO_LARGE");
    assert!(message.contains("at most 65536 are sent so"), "{message}");
    socket.is_silent();
}

#[test]
fn operations_on_a_socket_are_bounded() {
    let server = Server::with(settings(|it| it.subscriptions = Count::clamped(3)));
    let mut socket = Socket::begun(&server);
    for id in ["a", "b", "c"] {
        socket.subscribe(id, FOLLOW, &Value::Null);
    }
    socket.subscribe("d", FOLLOW, &Value::Null);
    assert_eq!(socket.error().0, "TOO_MANY_REQUESTS");
    socket.complete("b");
    socket.subscribe("d", FOLLOW, &Value::Null);
    socket.is_silent();
}

#[test]
fn sockets_are_bounded_for_each_client_and_in_all() {
    fn open(server: &Server, client: &str) -> Result<Socket, u16> {
        let headers = [("x-forwarded-for", client)];
        Socket::attempt(server, PROTOCOL, &headers).map_err(|it| it.status().as_u16())
    }
    let mut settings = settings(|it| {
        it.number = Count::clamped(5);
        it.per_client = Count::clamped(2);
    });
    settings.http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    let server = Server::with(settings);
    let held = [open(&server, "192.0.2.1"), open(&server, "192.0.2.1")];
    assert!(held.iter().all(Result::is_ok));
    assert_eq!(open(&server, "192.0.2.1").err(), Some(429));
    let others: Vec<_> = (2..5).map(|n| open(&server, &format!("192.0.2.{n}")).unwrap()).collect();
    assert_eq!(open(&server, "192.0.2.9").err(), Some(429));
    // Streams are among them.
    let headers = ["content-type: application/json", "accept: text/event-stream"];
    let body = json!({ "query": FOLLOW }).to_string();
    let reply = server.send("POST /graphql", &headers, &body);
    assert_eq!((reply.status, reply.error().0.as_str()), (429, "TOO_MANY_REQUESTS"));
    is_well(&server);
    // A place is free again when its socket has gone.
    drop((held, others));
    until(|| open(&server, "192.0.2.1").is_ok());
}

/// Sockets that are opened and left.
#[test]
fn five_hundred_idle_sockets_go_and_harm_nobody() {
    let server = Server::with(settings(|it| {
        it.per_client = Count::clamped(400);
        it.init_seconds = Duration::from_secs(2).into();
    }));
    let mut opened: Vec<_> =
        (0..500).filter_map(|_| Socket::attempt(&server, PROTOCOL, &[]).ok()).collect();
    // Some may have been closed before the last was opened.
    assert!(opened.len() >= 400, "{}", opened.len());
    is_well(&server);
    for socket in &mut opened {
        assert_eq!(socket.closed().0, 4408);
    }
    drop(opened);
    is_well(&server);
    let mut next = None;
    until(|| {
        next = Socket::attempt(&server, PROTOCOL, &[]).ok();
        next.is_some()
    });
    next.unwrap().begin();
}

#[test]
fn who_answers_no_ping_is_closed() {
    let server =
        Server::recording_with(settings(|it| it.idle_seconds = Duration::from_millis(800).into()));
    let mut there = Socket::begun(&server);
    there.subscribe("a", FOLLOW, &Value::Null);
    // Its library answers pings while it reads, and nothing else is sent.
    let there = thread::spawn(move || there.positions(1).len());
    let mut deaf = Socket::begun(&server);
    thread::sleep(Duration::from_secs(2));
    // What came meanwhile is a ping, then a close with the code 1001 (RFC 6455, section 5.5).
    let mut heard = Vec::new();
    deaf.0.get_mut().read_to_end(&mut heard).unwrap();
    assert_eq!(heard[..3], [0x89, 0, 0x88]);
    assert_eq!(heard[4..6], 1001_u16.to_be_bytes());
    server.record(&decisions(1..=1));
    assert_eq!(there.join().unwrap(), 1);
}

/// Where clients that take nothing are cut off soon.
fn impatient() -> Server {
    let mut settings = settings(|it| it.subscriptions = Count::clamped(1_000));
    settings.http.send_seconds = Duration::from_millis(500).into();
    Server::recording_with(settings)
}

/// Reads what the system had taken for a client; in the end its connection is gone.
#[track_caller]
fn is_cut_off(stream: &mut TcpStream, less_than: usize) {
    thread::sleep(Duration::from_secs(2));
    let mut taken = Vec::new();
    let cut_off = match stream.read_to_end(&mut taken) {
        Ok(_) => true,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    };
    assert!(cut_off, "it still goes on");
    assert!(taken.len() < less_than, "{}", taken.len());
}

const EVERYTHING: &str =
    "subscription { events(fromStart: true) { position data canonical source { cited } } }";

/// A subscriber that asks for everything, many times, and never reads.
#[test]
fn who_never_reads_is_cut_off_and_harms_nobody() {
    let server = impatient();
    let mut honest = Socket::begun(&server);
    honest.subscribe("a", FOLLOW, &Value::Null);
    honest.is_silent();
    let mut deaf = Socket::begun(&server);
    for id in 0..200 {
        deaf.subscribe(&id.to_string(), EVERYTHING, &Value::Null);
    }
    server.record(&decisions(1..=200));
    assert_eq!(honest.positions(200).len(), 200);
    is_well(&server);
    is_cut_off(deaf.0.get_mut(), 200 * 700 * 500);
    honest.is_silent();
}

#[test]
fn who_never_reads_a_stream_of_events_is_cut_off() {
    let server = impatient();
    // More than a connection takes up unread.
    let all = EVERYTHING.replace("canonical", &copies("canonical", 40));
    let mut deaf = server.connect();
    let body = json!({ "query": all }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    deaf.write_all(head.as_bytes()).unwrap();
    is_well(&server);
    is_cut_off(&mut deaf, 455 * 40 * 500);
}

/// A field under many names.
fn copies(field: &str, number: usize) -> String {
    (0..number).map(|n| format!("c{n}: {field} ")).collect()
}

#[test]
fn stopping_closes_every_socket() {
    let mut server = Server::recording();
    let mut sockets = [Socket::begun(&server), Socket::begun(&server), Socket::open(&server)];
    sockets[0].subscribe("a", FOLLOW, &Value::Null);
    sockets[0].is_silent();
    server.stop();
    for socket in &mut sockets {
        assert_eq!(socket.closed(), (1001, "the server stops".to_owned()));
    }
}
