//! Requests that are too long, too slow, too many at once, or not what they say.

use std::{
    io::{ErrorKind, Read, Write},
    time::{Duration, Instant},
};

use super::{Target, wire};

const JSON: &str = "content-type: application/json";

#[test]
fn long_bodies_are_refused_unread() {
    let target = Target::start(&[]);
    target.under(|| {
        let long = |bytes: usize| {
            let mut body = b"{\"query\":\"".to_vec();
            body.resize(bytes, b'[');
            wire::send(target.address(), &wire::request("POST /graphql", &[JSON], &body))
        };
        for bytes in [1 << 20, 50 << 20] {
            let reply = long(bytes);
            // A server that closes while it is written to may not get its word through.
            let refused = (reply.status, reply.code().as_str()) == (413, "PAYLOAD_TOO_LARGE");
            assert!(refused || reply.status == 0, "{bytes}: {} {}", reply.status, reply.body);
        }
        // Without a length, in chunks that never end.
        let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
        let mut stream = wire::connect(target.address());
        stream.write_all(head.as_bytes()).unwrap();
        let chunk = [b"4000\r\n".as_slice(), &[b' '; 0x4000], b"\r\n"].concat();
        let sent = (0..4096).take_while(|_| stream.write_all(&chunk).is_ok()).count();
        assert!(sent < 4096, "64 MiB of chunks were taken");
    });
}

#[test]
fn a_thousand_requests_in_one_body_are_refused() {
    let target = Target::start(&[]);
    target.under(|| {
        let batch = format!("[{}]", vec!["{\"query\":\"{__typename}\"}"; 1000].join(","));
        let reply = wire::send(
            target.address(),
            &wire::request("POST /graphql", &[JSON], batch.as_bytes()),
        );
        assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"), "{}", reply.body);
    });
}

#[test]
fn forms_of_other_pages_are_refused() {
    let target = Target::start(&[]);
    target.under(|| {
        let body = br#"{"query":"mutation { __typename }"}"#;
        for kind in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
        {
            let kind = format!("content-type: {kind}");
            let reply =
                wire::send(target.address(), &wire::request("POST /graphql", &[&kind], body));
            let refused = (415, "UNSUPPORTED_MEDIA_TYPE");
            assert_eq!((reply.status, reply.code().as_str()), refused, "{kind}");
        }
        let reply = wire::send(target.address(), &wire::request("POST /graphql", &[], body));
        assert_eq!(reply.status, 415);
    });
}

/// Connections that say a little and then nothing are ended, and meanwhile harm nobody.
#[test]
fn slow_senders_are_given_up() {
    let target = Target::start(&["--http-request-seconds", "2"]);
    target.under(|| {
        let slow: Vec<_> = [
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\n",
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{",
        ]
        .into_iter()
        .cycle()
        .take(100)
        .map(|head| {
            let mut stream = wire::connect(target.address());
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
        // Two seconds are allowed, and ten are more than enough to say so to a hundred.
        let end = Instant::now() + Duration::from_secs(10);
        for mut stream in slow {
            let left = end.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            stream.set_read_timeout(Some(left)).unwrap();
            let mut answer = Vec::new();
            let ended = stream.read_to_end(&mut answer);
            // A connection that is reset has ended, too.
            let waits = |kind| matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut);
            assert!(!ended.is_err_and(|error| waits(error.kind())), "it was kept waiting");
        }
    });
}
