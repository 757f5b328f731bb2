//! Changes of how States stand.

use serde_json::{Value, json};

use super::client::{Socket, accession, decisions};
use crate::server::Server;

const FOLLOW: &str = "subscription ($after: SafeInt) { statusChanged(convention: \"ccm\", after: $after) {
    convention { asAt known { position } status { bound } } before { bound inForce } now { bound inForce }
    changes { state { code name } before now } } }";

#[test]
fn an_append_that_changes_it_is_told_and_no_other() {
    let server = Server::recording();
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &Value::Null);
    socket.is_silent();
    server.record(&decisions(1..=3));
    server.record(&accession("BRA", "2020-01-15"));
    let data = socket.data();
    let change = &data["statusChanged"];
    let number = |pointer: &str| change.pointer(pointer).and_then(Value::as_u64).unwrap();
    assert_eq!(number("/now/bound"), number("/before/bound") + 1);
    assert_eq!(number("/now/inForce"), number("/before/inForce") + 1);
    assert_eq!(number("/convention/status/bound"), number("/now/bound"));
    let brazil = json!({ "code": "BRA", "name": "Brazil" });
    assert_eq!(change["changes"], json!([{ "state": brazil, "before": null, "now": "IN_FORCE" }]));
    socket.is_silent();
}

#[test]
fn what_changed_meanwhile_comes_as_one() {
    let server = Server::recording();
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &Value::Null);
    socket.is_silent();
    server.record(&accession("BRA", "2020-01-15"));
    let seen = socket.data()["statusChanged"]["convention"]["known"]["position"].clone();
    drop(socket);
    server.record(&accession("ARG", "2020-02-03"));
    server.record(&decisions(1..=1));
    server.record(&accession("KOR", "2020-03-04"));
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &json!({ "after": seen }));
    let data = socket.data();
    let changed = crate::server::texts(&data["statusChanged"]["changes"], "/state/code");
    assert_eq!(changed, ["ARG", "KOR"]);
    socket.is_silent();
    // Who asks from where nothing has changed since hears nothing.
    let known = &data["statusChanged"]["convention"]["known"]["position"];
    socket.subscribe("b", FOLLOW, &json!({ "after": known }));
    socket.is_silent();
    // And from the start everybody is new.
    socket.subscribe("c", FOLLOW, &json!({ "after": 0 }));
    let data = socket.data();
    assert_eq!(data["statusChanged"]["before"]["bound"], 0);
    assert!(data["statusChanged"]["changes"].as_array().unwrap().len() > 120);
}

#[test]
fn the_journals_positions_are_positions_of_the_log() {
    let server = Server::recording();
    let sealed = server.seal();
    let before = server.ccm("2026-04-01", "known { position } status { bound }");
    let query = format!(
        "{{ convention(id: \"ccm\", asAt: \"2026-04-01\", atPosition: {sealed}) {{ known {{ position }} status {{ bound }} }} log {{ size }} }}"
    );
    let data = server.data(&query, &json!({}));
    assert_eq!(data["convention"], before, "nothing of the convention was recorded since");
    assert_eq!(data["log"]["size"], sealed + 1, "the log is as long as its checkpoint says");
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &json!({ "after": sealed }));
    socket.is_silent();
    server.record(&accession("BRA", "2020-01-15"));
    assert_eq!(
        crate::server::texts(&socket.data()["statusChanged"]["changes"], "/state/code"),
        ["BRA"]
    );
    socket.subscribe("b", FOLLOW, &json!({ "after": sealed + 2 }));
    assert!(socket.error().1.contains(&format!("its last is {}", sealed + 1)));
}

#[test]
fn an_unknown_convention_is_told_what_there_is() {
    let server = Server::start();
    let mut socket = Socket::begun(&server);
    socket.subscribe(
        "a",
        "subscription { statusChanged(convention: \"x\") { now { bound } } }",
        &Value::Null,
    );
    assert!(socket.error().1.contains("there is `ccm`"));
    socket.subscribe("a", FOLLOW, &json!({ "after": 99_999 }));
    assert!(socket.error().1.contains("no position 99999 yet"));
}
