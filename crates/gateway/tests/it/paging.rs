use serde_json::{Value, json};

use crate::server::{Server, texts};

const PAGE: &str = "query ($first: Int, $after: String, $last: Int, $before: String) {
  convention(id: \"ccm\", asAt: \"2017-09-06\") {
    participants(standing: IN_FORCE, first: $first, after: $after, last: $last, before: $before) {
      totalCount nodes { state { code } } edges { cursor node { state { code } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }";

fn page(server: &Server, variables: &Value) -> Value {
    server.data(PAGE, variables)["convention"]["participants"].take()
}

#[test]
fn forward_and_backward_meet_every_party_once() {
    let server = Server::start();
    let whole = page(&server, &json!({}));
    let all = texts(&whole["nodes"], "/state/code");
    assert_eq!((all.len(), &whole["totalCount"]), (100, &json!(100)));
    assert_eq!(all, texts(&whole["edges"], "/node/state/code"));
    assert_eq!(whole["pageInfo"]["hasNextPage"], false);

    let mut forward = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = page(&server, &json!({ "first": 33, "after": after }));
        assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_null());
        forward.extend(texts(&page["nodes"], "/state/code"));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(forward, all);

    let mut backward = Vec::new();
    let mut before = Value::Null;
    loop {
        let page = page(&server, &json!({ "last": 33, "before": before }));
        assert_eq!(page["pageInfo"]["hasNextPage"], !before.is_null());
        backward.splice(0..0, texts(&page["nodes"], "/state/code"));
        before = page["pageInfo"]["startCursor"].clone();
        if page["pageInfo"]["hasPreviousPage"] == false {
            break;
        }
    }
    assert_eq!(backward, all);
}

#[test]
fn a_cursor_outlives_the_day() {
    let server = Server::start();
    let first = page(&server, &json!({ "first": 1 }));
    let cursor = &first["edges"][0]["cursor"];
    let query = "query ($after: String) { convention(id: \"ccm\", asAt: \"2020-01-01\") {
        participants(first: 1, after: $after) { pageInfo { hasPreviousPage } } } }";
    let later = server.data(query, &json!({ "after": cursor }));
    assert_eq!(later["convention"]["participants"]["pageInfo"]["hasPreviousPage"], true);
}

#[test]
fn a_wrong_page_is_told_what_would_be_right() {
    let server = Server::start();
    let history = "{ convention(id: \"ccm\") { history(first: 1) { pageInfo { endCursor } } } }";
    let event = &server.data(history, &json!({}))["convention"]["history"]["pageInfo"]["endCursor"];
    for (variables, says) in [
        (json!({ "first": 1, "last": 1 }), "not both"),
        (json!({ "first": -1 }), "0 or a positive number"),
        (json!({ "last": 1001 }), "at most 1000"),
        (json!({ "after": "x" }), "not a cursor of these participants"),
        (json!({ "before": event }), "not a cursor of these participants"),
    ] {
        let reply = server.post(&json!({ "query": PAGE, "variables": variables }));
        let (code, message) = reply.error();
        assert_eq!((reply.status, code.as_str()), (200, "BAD_USER_INPUT"), "{variables}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn flat_lists_have_windows() {
    let fields = "source { cited } state { code } organisation { code }";
    let meeting = format!(
        "meeting(id: \"7msp\") {{
           all: attendance {{ {fields} }} some: attendance(limit: 2, offset: 3) {{ {fields} }} }}"
    );
    let ccm = Server::start().ccm("2017-09-06", &meeting);
    let meeting = &ccm["meeting"];
    assert_eq!(meeting["some"].as_array().unwrap()[..], meeting["all"].as_array().unwrap()[3..5]);
}
