//! What one request cannot do.

use serde_json::{Value, json};

use crate::server::Server;

#[track_caller]
fn too_large(server: &Server, query: &str) {
    let reply = server.post(&json!({ "query": query }));
    let (code, message) = reply.error();
    assert_eq!((reply.status, code.as_str()), (400, "QUERY_TOO_LARGE"), "{message}");
    assert!(reply.body.len() < 1000);
}

#[test]
fn four_kilobytes_of_brackets_do_not_end_the_process() {
    let server = Server::start();
    for bomb in ["[", "{a:", "["] {
        too_large(&server, &format!("{{ convention(id: {}", bomb.repeat(2000)));
        too_large(&server, &format!("query ($a: Int = {}) {{ a }}", bomb.repeat(2000)));
        too_large(&server, &format!("{{ a @b(c: {}", bomb.repeat(2000)));
    }
    too_large(&server, &"{a".repeat(2000));
    let get = format!("GET /graphql?query=%7Ba(b:{}", "%5B".repeat(2000));
    assert_eq!(server.send(&get, &[], "").error().0, "QUERY_TOO_LARGE");
    // It is still there.
    assert_eq!(server.send("GET /healthz", &[], "").status, 200);
}

#[test]
fn deep_variables_are_refused_by_the_json_reader() {
    let body = format!("{{\"query\":\"{{__typename}}\",\"variables\":{{\"a\":{}", "[".repeat(5000));
    let reply = Server::start().send("POST /graphql", &["content-type: application/json"], &body);
    assert_eq!((reply.status, reply.error().0.as_str()), (400, "BAD_REQUEST"));
}

#[test]
fn fragments_that_double_are_refused_at_once() {
    let mut query = "{ ...F0 }".to_owned();
    for n in 0..30 {
        query += &format!(" fragment F{n} on Query {{ ...F{0} ...F{0} }}", n + 1);
    }
    query += " fragment F30 on Query { conventions { id } }";
    too_large(&Server::start(), &query);
}

#[test]
fn depth_cost_and_number_are_bounded() {
    let server = Server::start();
    let mut deep = "name".to_owned();
    for _ in 0..22 {
        deep = format!("ofType {{ {deep} }}");
    }
    too_large(&server, &format!("{{ __type(name: \"Query\") {{ {deep} }} }}"));
    too_large(&server, &format!("{{ {} }}", "__schema { description } ".repeat(5)));
    let wide =
        "conventions { participants(first: 1000) { nodes { state { name } sources { cited } } } }";
    too_large(&server, &format!("{{ {wide} }}"));
    let cycle = "types { fields { type { fields { type { fields { name } } } } } }";
    too_large(&server, &format!("{{ __schema {{ {cycle} }} }}"));
    too_large(&server, &format!("{{ {} }}", "__typename ".repeat(5001)));
}

#[test]
fn what_is_sensibly_asked_is_answered() {
    let everything =
        "meetings { title officers { office state { name } } attendance { state { name } }
        decisions { nodes { verb summary } } documents { nodes { symbol } } }
        participants { nodes { state { code name } standing act sources { cited } } }
        offices { officeName state { name } from until } findings { message places { cited } }
        history { nodes { type data source { cited } } }";
    let ccm = Server::start().ccm("2017-09-06", everything);
    assert_eq!(ccm["meetings"].as_array().unwrap().len(), 3);
}

#[test]
fn a_long_body_is_not_read() {
    let server = Server::start();
    let query = " ".repeat(70_000);
    let reply = server.post(&json!({ "query": query }));
    assert_eq!((reply.status, reply.error().0.as_str()), (413, "PAYLOAD_TOO_LARGE"));
}

#[test]
fn many_mistakes_are_shown_in_part() {
    let fields: String = (0..2000).map(|n| format!("f{n} ")).collect();
    let reply = Server::start().post(&json!({ "query": format!("{{ {fields} }}") }));
    assert_eq!(reply.error().0, "GRAPHQL_VALIDATION_FAILED");
    let errors = reply.json()["errors"].as_array().unwrap().clone();
    assert_eq!(errors.len(), 21);
    assert_eq!(errors[20]["message"], "and 1980 more");
    assert!(errors.iter().all(|error| error["extensions"]["code"] != Value::Null));
}
