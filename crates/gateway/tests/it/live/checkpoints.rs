//! Signed checkpoints, as the log grows.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::client::{Socket, decisions};
use crate::server::Server;

const FOLLOW: &str = "subscription { checkpoints { size root checkpoint publicKey } }";

#[test]
fn the_present_one_comes_first_and_then_one_that_covers_all_that_is_new() {
    let server = Server::recording();
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &Value::Null);
    let first = socket.data()["checkpoints"].take();
    let size = first["size"].as_u64().unwrap();
    let now = server.data("{ log { size root checkpoint publicKey } }", &Value::Null);
    assert_eq!(first, now["log"]);
    // Many commits in a moment do not make many signatures.
    let begun = Instant::now();
    for number in 1..=20 {
        server.record(&decisions(number..=number));
    }
    let mut sizes = Vec::new();
    while sizes.last() != Some(&(size + 20)) {
        sizes.push(socket.data()["checkpoints"]["size"].as_u64().unwrap());
    }
    assert!(sizes.is_sorted() && sizes[0] > size, "{sizes:?}");
    let apart = Duration::from_secs(sizes.len() as u64 - 1);
    assert!(begun.elapsed() >= apart, "{sizes:?} in {:?}", begun.elapsed());
    socket.is_silent();
}

#[test]
fn a_log_that_nobody_signs_has_none() {
    let server = Server::empty();
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &Value::Null);
    assert_eq!(socket.error().0, "BAD_USER_INPUT");
}
