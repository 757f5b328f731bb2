//! Appended events, each once.

use chancery_gateway::settings::Settings;
use serde_json::{Value, json};

use super::client::{Socket, accession, decisions};
use crate::server::Server;

/// What a dashboard subscribes to.
const FOLLOW: &str = "subscription ($after: SafeInt, $start: Boolean! = false, $state: StateCode, $type: [String!]) {
    events(convention: \"ccm\", after: $after, fromStart: $start, state: $state, type: $type) { position type data standing } }";

/// The position of the last event.
fn head(server: &Server) -> u64 {
    let data = server.data("{ convention(id: \"ccm\") { known { position } } }", &json!({}));
    data["convention"]["known"]["position"].as_u64().unwrap()
}

#[test]
fn appended_events_are_told_in_order() {
    let server = Server::recording();
    let head = head(&server);
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &Value::Null);
    socket.is_silent();
    server.record(&decisions(1..=3));
    server.record(&decisions(4..=4));
    for number in 1..=4 {
        let data = socket.data();
        let event = &data["events"];
        assert_eq!(event["position"], head + number);
        assert_eq!(event["type"], "decisions.decided");
        assert_eq!(event["data"]["id"], format!("live-{number}"));
    }
    socket.is_silent();
}

#[test]
fn the_stored_ones_come_first() {
    let server = Server::recording();
    let head = head(&server);
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &json!({ "start": true }));
    let number = usize::try_from(head).unwrap() + 1;
    assert_eq!(socket.positions(number), (0..=head).collect::<Vec<_>>());
    server.record(&decisions(1..=1));
    assert_eq!(socket.positions(1), [head + 1]);
    // They are those of the history.
    let query = "{ convention(id: \"ccm\", asAt: \"2100-01-01\") { history(first: 1000) { nodes { position } totalCount } } }";
    let history = server.data(query, &json!({}));
    let total = history["convention"]["history"]["totalCount"].as_u64().unwrap();
    assert_eq!(total, head + 2);
}

/// The promise of the gateway: cut off, asleep through a thousand events, back.
#[test]
fn who_slept_through_a_thousand_events_sees_each_once() {
    let server = Server::recording();
    let head = head(&server);
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &Value::Null);
    socket.is_silent();
    server.record(&decisions(1..=10));
    // It has heard only some of them when its line is cut.
    let mut seen = socket.positions(4);
    drop(socket);
    for file in 1..=25 {
        server.record(&decisions(file * 40 - 29..=file * 40 + 10));
    }
    let mut socket = Socket::begun(&server);
    socket.subscribe("a", FOLLOW, &json!({ "after": seen.last() }));
    seen.extend(socket.positions(500));
    // More come while it catches up.
    server.record(&decisions(1011..=1020));
    seen.extend(socket.positions(516));
    assert_eq!(seen, (head + 1..=head + 1020).collect::<Vec<_>>());
    socket.is_silent();
}

#[test]
fn many_commits_at_once_are_told_to_many() {
    let mut settings = Settings::default();
    settings.sockets.per_client = chancery_gateway::settings::Count::clamped(100);
    let server = Server::recording_with(settings);
    let head = head(&server);
    let mut sockets: Vec<Socket> = (0..20).map(|_| Socket::begun(&server)).collect();
    for socket in &mut sockets {
        socket.subscribe("a", FOLLOW, &Value::Null);
        socket.is_silent();
    }
    // More than are at hand for those who are behind.
    for number in 1..=100 {
        server.record(&decisions(number..=number));
    }
    for socket in &mut sockets {
        assert_eq!(socket.positions(100), (head + 1..=head + 100).collect::<Vec<_>>());
    }
}

#[test]
fn filters_are_those_of_the_history() {
    let server = Server::recording();
    let mut socket = Socket::begun(&server);
    for (fields, filter) in [
        ("state: \"BEN\"", "state: \"BEN\""),
        ("type: [\"offices\"]", "type: [\"offices\"]"),
        (
            "meeting: \"7msp\", type: [\"offices.elected\"]",
            "meeting: \"7msp\", type: [\"offices.elected\"]",
        ),
        ("document: \"CCM/MSP/2017/12\"", "document: \"CCM/MSP/2017/12\""),
        (
            "effectiveFrom: \"2017-09-04\", effectiveUntil: \"2017-09-04\"",
            "effectiveFrom: \"2017-09-04\", effectiveUntil: \"2017-09-04\"",
        ),
    ] {
        let query = format!(
            "{{ convention(id: \"ccm\", asAt: \"2100-01-01\") {{ history(first: 1000, {filter}) {{ nodes {{ position }} }} }} }}"
        );
        let history = server.data(&query, &json!({}));
        let nodes = history["convention"]["history"]["nodes"].as_array().unwrap().clone();
        assert!(!nodes.is_empty(), "{filter}");
        socket.subscribe(
            "a",
            &format!("subscription {{ events(fromStart: true, {fields}) {{ position }} }}"),
            &Value::Null,
        );
        for node in nodes {
            assert_eq!(socket.data()["events"], node, "{filter}");
        }
        socket.complete("a");
        socket.is_silent();
    }
}

#[test]
fn only_what_is_asked_for_is_told() {
    let server = Server::recording();
    let mut socket = Socket::begun(&server);
    socket.subscribe("state", FOLLOW, &json!({ "state": "BRA" }));
    socket.subscribe("type", FOLLOW, &json!({ "type": ["membership"] }));
    socket.is_silent();
    server.record(&decisions(1..=5));
    server.record(&accession("BRA", "2020-01-15"));
    let mut told = [socket.receive(), socket.receive()];
    told.sort_by_key(|message| message["id"].to_string());
    assert_eq!((&told[0]["id"], &told[1]["id"]), (&json!("state"), &json!("type")));
    for message in told {
        assert_eq!(message["payload"]["data"]["events"]["data"]["state"], "BRA");
    }
    socket.is_silent();
}

#[test]
fn events_of_all_conventions_come_in_the_order_of_the_log() {
    let server = Server::recording();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/example");
    let profile = std::fs::read_to_string(folder.join("profile.yaml")).unwrap();
    let query = "subscription ($after: SafeInt, $start: Boolean! = false) { events(after: $after, fromStart: $start) { position } }";
    let mut socket = Socket::begun(&server);
    socket.subscribe("live", query, &Value::Null);
    socket.is_silent();
    let head = head(&server);
    server.record(&profile);
    server.record(&decisions(1..=2));
    let last = socket.positions(3)[2];
    assert_eq!(last, head + 3);
    socket.complete("live");
    // The same from what is stored: all of both.
    socket.subscribe("stored", query, &json!({ "start": true }));
    let number = usize::try_from(last).unwrap() + 1;
    assert_eq!(socket.positions(number), (0..=last).collect::<Vec<_>>());
    socket.is_silent();
}

#[test]
fn a_correction_is_told_as_an_event_of_its_own() {
    let server = Server::recording();
    let mut socket = Socket::begun(&server);
    server.record(&decisions(1..=1));
    let about = head(&server);
    let query = "{ convention(id: \"ccm\") { history(last: 1) { nodes { version } } } }";
    let version =
        server.data(query, &json!({}))["convention"]["history"]["nodes"][0]["version"].clone();
    socket.subscribe("a", "subscription { events(convention: \"ccm\") { position reason rectifies { position standing } } }", &Value::Null);
    socket.is_silent();
    server.record(&format!(
        "convention: ccm\nsource: LIVE/2\nrecorded_by: isu\non: 2020-01-02\nfacts:\n  - {{ para: 1, rectified: {{ event: {{ version: {version} }}, annulled: true, reason: it was never said, authority: {{ body: the secretariat }} }} }}\n"
    ));
    let data = socket.data();
    assert_eq!(data["events"]["reason"], "it was never said");
    assert_eq!(data["events"]["rectifies"], json!({ "position": about, "standing": "ANNULLED" }));
}

#[test]
fn what_cannot_be_followed_is_told_what_can() {
    let server = Server::start();
    let mut socket = Socket::begun(&server);
    for (arguments, says) in [
        ("convention: \"xyz\"", "no convention `xyz` is recorded; there is `ccm`"),
        ("after: 100000", "the log has no position 100000 yet, its last is"),
        ("type: [\"office\"]", "did you mean `offices`"),
        ("meeting: \"\"", "such as no event can name"),
    ] {
        socket.subscribe(
            "a",
            &format!("subscription {{ events({arguments}) {{ position }} }}"),
            &Value::Null,
        );
        let (code, message) = socket.error();
        assert_eq!(code, "BAD_USER_INPUT");
        assert!(message.contains(says), "{message}");
    }
    let empty = Server::empty();
    let mut socket = Socket::begun(&empty);
    socket.subscribe("a", "subscription { events(after: 0) { position } }", &Value::Null);
    assert!(socket.error().1.contains("nothing is recorded yet"));
    socket.subscribe("a", "subscription { events { position } }", &Value::Null);
    socket.is_silent();
}
