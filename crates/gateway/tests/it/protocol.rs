//! The GraphQL-over-HTTP specification, rule by rule.

use std::thread;

use serde_json::json;

use crate::server::{Reply, Server};

const JSON: &str = "content-type: application/json";
const NEW: &str = "accept: application/graphql-response+json";
const OLD: &str = "accept: application/json";
const QUERY: &str = r#"{"query":"{ conventions { id } }"}"#;

#[track_caller]
fn refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.error().0.as_str()), (status, code), "{}", reply.body);
    assert!(reply.json().get("data").is_none(), "{}", reply.body);
}

#[test]
fn get_answers_as_post_does() {
    let server = Server::start();
    let post = server.post(&json!({
        "query": "query A($d: Date) { convention(id: \"ccm\", asAt: $d) { status { inForce } } } query B { conventions { id } }",
        "variables": { "d": "2017-09-06" }, "operationName": "A", "extensions": {},
    }));
    let get = server.send(
        "GET /graphql?query=query%20A(%24d%3A%20Date)%20%7B%20convention(id%3A%20%22ccm%22%2C%20asAt%3A%20%24d)%20%7B%20status%20%7B%20inForce%20%7D%20%7D%20%7D%20query%20B%20%7B%20conventions%20%7B%20id%20%7D%20%7D&operationName=A&variables=%7B%22d%22%3A%222017-09-06%22%7D&extensions=%7B%7D",
        &[NEW],
        "",
    );
    assert_eq!((post.status, get.status), (200, 200));
    assert_eq!(post.json(), json!({ "data": { "convention": { "status": { "inForce": 100 } } } }));
    assert_eq!(post.body, get.body);
    assert_eq!(
        get.header("content-type"),
        Some("application/graphql-response+json; charset=utf-8")
    );
    assert_eq!(get.header("vary"), Some("accept"));
    assert_eq!(get.header("cache-control"), Some("no-cache"));
    assert_eq!(get.header("access-control-allow-origin"), None);
}

#[test]
fn methods() {
    let server = Server::start();
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH", "BREW"] {
        let reply = server.send(&format!("{method} /graphql"), &[JSON, "accept: text/html"], QUERY);
        refused(&reply, 405, "METHOD_NOT_ALLOWED");
        assert_eq!(reply.header("allow"), Some("GET, HEAD, POST"));
    }
    let head = server.send("HEAD /graphql?query=%7B__typename%7D", &[], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn by_get_only_queries() {
    let server = Server::start();
    for accept in [NEW, OLD] {
        let reply = server.send("GET /graphql?query=mutation%7Ba%7D", &[accept], "");
        refused(&reply, 405, "METHOD_NOT_ALLOWED");
        assert_eq!(reply.header("allow"), Some("POST"));
    }
    // By POST it is a matter of who asks: here nobody can write.
    refused(&server.post(&json!({ "query": "mutation { a }" })), 403, "FORBIDDEN");
}

#[test]
fn content_types() {
    let server = Server::start();
    for content in [
        "x: y",
        "content-type: text/plain",
        "content-type: application/x-www-form-urlencoded",
        "content-type: application/json; charset=utf-16",
        "content-type: application/jsonx",
    ] {
        refused(&server.send("POST /graphql", &[content], QUERY), 415, "UNSUPPORTED_MEDIA_TYPE");
    }
    let gzip = server.send("POST /graphql", &[JSON, "content-encoding: gzip"], QUERY);
    refused(&gzip, 415, "UNSUPPORTED_MEDIA_TYPE");
    for content in ["content-type: Application/JSON;charset=\"UTF-8\"", JSON] {
        assert_eq!(server.send("POST /graphql", &[content], QUERY).status, 200);
    }
}

#[test]
fn accept() {
    let server = Server::start();
    let old = Some("application/json; charset=utf-8");
    let new = Some("application/graphql-response+json; charset=utf-8");
    for (accept, expected) in [
        ("x: y", old),
        ("accept: */*", old),
        ("accept: application/*", old),
        (OLD, old),
        (NEW, new),
        ("accept: application/graphql-response+json; charset=utf-8, application/json", new),
    ] {
        let reply = server.send("POST /graphql", &[JSON, accept], QUERY);
        assert_eq!((reply.status, reply.header("content-type")), (200, expected), "{accept}");
    }
    for accept in ["accept: text/html", "accept: application/json; charset=iso-8859-1", "accept: ,"]
    {
        refused(&server.send("POST /graphql", &[JSON, accept], QUERY), 406, "NOT_ACCEPTABLE");
    }
}

#[test]
fn bodies_of_the_wrong_form() {
    let server = Server::start();
    for body in [
        "",
        "{",
        "[]",
        "\"{ a }\"",
        r#"[{"query":"{ conventions { id } }"}]"#,
        "{}",
        r#"{"query":null}"#,
        r#"{"query":1}"#,
        r#"{"query":["{ a }"]}"#,
        r#"{"query":"{ __typename }","operationName":1}"#,
        r#"{"query":"{ __typename }","variables":[]}"#,
        r#"{"query":"{ __typename }","variables":"{}"}"#,
        r#"{"query":"{ __typename }","extensions":0}"#,
    ] {
        for accept in [OLD, NEW] {
            refused(&server.send("POST /graphql", &[JSON, accept], body), 400, "BAD_REQUEST");
        }
    }
    let nulls =
        r#"{"query":"{ __typename }","operationName":null,"variables":null,"extensions":null}"#;
    assert_eq!(server.send("POST /graphql", &[JSON], nulls).status, 200);
}

#[test]
fn urls_of_the_wrong_form() {
    let server = Server::start();
    for query in [
        "",
        "?operationName=A",
        "?query=%7B__typename%7D&variables=%5B%5D",
        "?query=%7B__typename%7D&variables=%7B",
        "?query=%7B__typename%7D&extensions=1",
        "?query=%7B__typename%7D&query=%7B__typename%7D",
    ] {
        let reply = server.send(&format!("GET /graphql{query}"), &[NEW], "");
        refused(&reply, 400, "BAD_REQUEST");
    }
    let empty = "GET /graphql?query=%7B__typename%7D&operationName=&variables=&extensions=null";
    assert_eq!(server.send(empty, &[], "").status, 200);
}

#[test]
fn what_is_wrong_with_the_query_is_a_status_for_those_who_know() {
    let server = Server::start();
    let convention = |arguments: &str| format!("{{ convention({arguments}) {{ id }} }}");
    for (query, variables, code, says) in [
        ("{".to_owned(), json!({}), "GRAPHQL_PARSE_FAILED", ""),
        (String::new(), json!({}), "GRAPHQL_PARSE_FAILED", ""),
        ("{ nothing }".to_owned(), json!({}), "GRAPHQL_VALIDATION_FAILED", "nothing"),
        ("{ conventions }".to_owned(), json!({}), "GRAPHQL_VALIDATION_FAILED", ""),
        (
            convention("id: \"ccm\", asAt: \"2017-02-30\""),
            json!({}),
            "GRAPHQL_VALIDATION_FAILED",
            "February 2017 has 28 days",
        ),
        (
            convention("id: \"ccm\", asAt: 2017"),
            json!({}),
            "GRAPHQL_VALIDATION_FAILED",
            "write it as a string",
        ),
        (
            "query ($id: ID!) { __typename }".to_owned(),
            json!({ "id": null }),
            "BAD_USER_INPUT",
            "null was given",
        ),
        (
            "query ($id: ID!) { convention(id: $id) { id } }".to_owned(),
            json!({}),
            "BAD_USER_INPUT",
            "no value was given",
        ),
        (
            "query ($n: Int) { conventions(limit: $n) { id } }".to_owned(),
            json!({ "n": "1" }),
            "BAD_USER_INPUT",
            "not of the type Int",
        ),
        (
            "query ($d: Date) { conventions(asAt: $d) { id } }".to_owned(),
            json!({ "d": "2017" }),
            "BAD_USER_INPUT",
            "names no day",
        ),
        (
            "query A { __typename } query B { __typename }".to_owned(),
            json!({}),
            "OPERATION_NOT_FOUND",
            "operationName",
        ),
    ] {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let new = server.send("POST /graphql", &[JSON, NEW], &body);
        refused(&new, 400, code);
        assert!(new.error().1.contains(says), "{query}: {}", new.body);
        refused(&server.send("POST /graphql", &[JSON, OLD], &body), 200, code);
    }
    let body = r#"{"query":"query A { __typename }","operationName":"B"}"#;
    refused(&server.send("POST /graphql", &[JSON, NEW], body), 400, "OPERATION_NOT_FOUND");
}

#[test]
fn a_wrong_value_says_what_would_be_right() {
    let server = Server::start();
    let query = "{ convention(id: \"ccm\") { participant(state: \"Zambia\") { standing } } }";
    let (code, message) = server.post(&json!({ "query": query })).error();
    assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
    assert!(message.contains("Zambia is `ZMB`"), "{message}");

    let query = "query ($s: StateCode!) { convention(id: \"ccm\") { participant(state: $s) { standing } } }";
    let (code, message) =
        server.post(&json!({ "query": query, "variables": { "s": "zmb" } })).error();
    assert_eq!(code, "BAD_USER_INPUT");
    assert!(message.contains("capital letters: `ZMB`"), "{message}");

    // The rest of the answer stands.
    let query = "{ convention(id: \"ccm\") { name } wrong: convention(id: \"ccm\") { history(type: \"offices.electd\") { totalCount } } }";
    let reply = server.post(&json!({ "query": query }));
    let (code, message) = reply.error();
    assert_eq!((reply.status, code.as_str()), (200, "BAD_USER_INPUT"));
    assert!(message.contains("did you mean `offices.elected`"), "{message}");
    assert_eq!(reply.json()["data"]["convention"]["name"], "Convention on Cluster Munitions");
    assert!(reply.json()["data"]["wrong"].is_null());
}

#[test]
fn many_at_once_get_the_same() {
    let server = Server::start();
    let query = json!({ "query": "{ convention(id: \"ccm\", asAt: \"2017-09-06\") {
        status { inForce } participants { nodes { state { name } } } offices { state { name } } } }" });
    let first = server.post(&query).body;
    let replies: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..50).map(|_| scope.spawn(|| server.post(&query).body)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(replies.len(), 50);
    assert!(replies.iter().all(|reply| *reply == first));
}
