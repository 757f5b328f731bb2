//! Both dials over GraphQL: what was in effect on a day, as known at a moment or a position.

use serde_json::{Value, json};

use crate::server::Server;

/// Where the corrections of the report begin.
fn first_correction(server: &Server) -> u64 {
    let ccm = server.ccm(
        "2018-01-01",
        "history(type: \"register\", first: 1) { nodes { position recordedAt } }",
    );
    ccm["history"]["nodes"][0]["position"].as_u64().unwrap()
}

fn asked(server: &Server, dials: &str) -> Value {
    let fields = "asAt asKnownAt atPosition known { position recordedAt } meeting(id: \"7msp\") { openedOn }";
    let query =
        format!("{{ convention(id: \"ccm\", asAt: \"2018-01-01\"{dials}) {{ {fields} }} }}");
    server.data(&query, &json!({}))["convention"].take()
}

#[test]
fn a_position_before_the_correction_gives_what_was_printed() {
    let server = Server::start();
    let first = first_correction(&server);
    let before = asked(&server, &format!(", atPosition: {}", first - 1));
    assert_eq!(before["meeting"]["openedOn"], "2016-09-04");
    assert_eq!(before["asAt"], "2018-01-01");
    assert_eq!((&before["atPosition"], &before["asKnownAt"]), (&json!(first - 1), &json!(null)));
    assert_eq!(before["known"]["position"], first - 1);
    let after = asked(&server, &format!(", atPosition: {first}"));
    assert_eq!(after["meeting"]["openedOn"], "2017-09-04");
}

#[test]
fn a_moment_before_the_correction_gives_what_was_printed() {
    let server = Server::start();
    let first = first_correction(&server);
    let moment = |position: u64| {
        asked(&server, &format!(", atPosition: {position}"))["known"]["recordedAt"].clone()
    };
    let before = asked(&server, &format!(", asKnownAt: {}", moment(first - 1)));
    assert_eq!(before["meeting"]["openedOn"], "2016-09-04");
    assert_eq!(before["known"]["position"], first - 1);
    assert_eq!((&before["asKnownAt"], &before["atPosition"]), (&moment(first - 1), &json!(null)));
    let after = asked(&server, &format!(", asKnownAt: {}", moment(first)));
    assert_eq!(after["meeting"]["openedOn"], "2017-09-04");
    // Nobody knows more tomorrow than is recorded today.
    assert_eq!(
        asked(&server, ", asKnownAt: \"9000-01-01T00:00:00Z\"")["meeting"],
        after["meeting"]
    );
}

#[test]
fn the_history_shows_both_values_with_the_reason() {
    const FIELDS: &str = "position type data standing corrected reason
        rectifiedBy { position reason data rectifies { position type } } rectifies { position }";
    let server = Server::start();
    let first = first_correction(&server);
    let history = |dial: &str| {
        let query = format!(
            "{{ convention(id: \"ccm\", asAt: \"2018-01-01\"{dial}) {{ history(type: \"meetings.opened\") {{ nodes {{ {FIELDS} }} }} }} }}"
        );
        server.data(&query, &json!({}))["convention"]["history"]["nodes"][0].take()
    };
    let opened = history("");
    assert_eq!(
        (&opened["data"]["on"], &opened["corrected"]["on"]),
        (&json!("2016-09-04"), &json!("2017-09-04"))
    );
    assert_eq!((&opened["standing"], &opened["reason"]), (&json!("CORRECTED"), &json!(null)));
    let by = &opened["rectifiedBy"][0];
    assert_eq!(
        (&by["position"], &by["rectifies"]["position"]),
        (&json!(first), &opened["position"])
    );
    assert_eq!(
        (&by["data"]["printed"]["on"], &by["data"]["correct"]["on"]),
        (&json!("2016-09-04"), &json!("2017-09-04"))
    );
    assert!(by["reason"].as_str().unwrap().contains("a slip in the year"));
    let before = history(&format!(", atPosition: {}", first - 1));
    assert_eq!(before["standing"], "AS_RECORDED");
    assert_eq!((&before["corrected"], &before["rectifiedBy"]), (&json!(null), &json!([])));
}

#[test]
fn the_head_is_the_same_as_no_dial() {
    let server = Server::start();
    let mut none = asked(&server, "");
    let head = none["known"]["position"].as_u64().unwrap();
    let mut at_head = asked(&server, &format!(", atPosition: {head}"));
    assert_eq!(at_head["atPosition"].take(), head);
    assert_eq!(none["atPosition"].take(), json!(null));
    assert_eq!(at_head, none);
}

#[track_caller]
fn check(dials: &str, expected: &str, says: &str) {
    let query = format!("{{ convention(id: \"ccm\"{dials}) {{ id }} }}");
    let reply = Server::start().post(&json!({ "query": query }));
    let (code, message) = reply.error();
    assert_eq!(code, expected, "{message}");
    assert!(message.contains(says), "{message}");
}

#[test]
fn dials_that_cannot_be_turned_so_are_told() {
    const WRONG: &str = "BAD_USER_INPUT";
    check(", atPosition: 3, asKnownAt: \"2017-09-25T09:00:00Z\"", WRONG, "keep one of them");
    check(", atPosition: 100000", WRONG, "the log has no position 100000 yet, its last is 4");
    check(
        ", asKnownAt: \"2017-09-25T09:00:00Z\"",
        WRONG,
        "nothing was recorded by 2017-09-25T09:00:00Z",
    );
    check(", asAt: \"2008-05-29\"", WRONG, "`ccm` was adopted on 2008-05-30");
    // These are no dials at all.
    const FORM: &str = "GRAPHQL_VALIDATION_FAILED";
    check(", atPosition: -1", FORM, "-1 is not a whole number");
    check(", asKnownAt: \"last week\"", FORM, "`last week` is not a moment");
    check(", asAt: \"2017-02-30\"", FORM, "2017-02-30");
}

#[test]
fn variables_are_read_the_same_way() {
    let query = "query ($p: SafeInt, $m: DateTime) { convention(id: \"ccm\", atPosition: $p, asKnownAt: $m) { id } }";
    let server = Server::start();
    for (variables, says) in [
        (json!({ "p": -1 }), "-1 is not a whole number"),
        (
            json!({ "p": 9_007_199_254_740_992_u64 }),
            "is not a whole number from 0 to 9007199254740991",
        ),
        (json!({ "m": "2017-09-25" }), "`2017-09-25` is not a moment"),
    ] {
        let (code, message) =
            server.post(&json!({ "query": query, "variables": variables })).error();
        assert_eq!(code, "BAD_USER_INPUT", "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn what_was_not_recorded_by_then_or_not_adopted_is_left_out() {
    let server = Server::start();
    let data = server.data(
        "{ first: conventions(atPosition: 0) { code status { bound } } early: conventions(asAt: \"2000-01-01\") { id } }",
        &json!({}),
    );
    assert_eq!(
        data,
        json!({ "first": [{ "code": "ccm", "status": { "bound": 0 } }], "early": [] })
    );
}

#[test]
fn nothing_is_known_of_an_empty_register() {
    let reply = Server::empty()
        .post(&json!({ "query": "{ convention(id: \"ccm\", atPosition: 0) { id } }" }));
    let (code, message) = reply.error();
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("BAD_USER_INPUT", "nothing is recorded yet; record a profile first")
    );
}
