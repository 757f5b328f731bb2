use serde_json::json;

use crate::server::Server;

#[test]
fn the_first_page_says_what_this_is_not() {
    let reply = Server::start().send("GET /", &["accept: text/html"], "");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, Some("text/plain; charset=utf-8"))
    );
    assert!(reply.body.contains("This is not the depositary."));
}

#[test]
fn health_is_the_position_of_the_last_event() {
    let server = Server::start();
    let known = server.ccm("2017-09-06", "known { position }");
    let health = server.send("GET /healthz", &[], "");
    let expected = json!({ "status": "ok", "position": known["known"]["position"] });
    assert_eq!((health.status, health.json()), (200, expected));
    let empty = Server::empty().send("GET /healthz", &[], "").json();
    assert_eq!(empty, json!({ "status": "ok", "position": null }));
}

#[test]
fn requests_are_wanted_while_the_register_can_be_recorded() {
    let server = Server::recording();
    let ready = server.send("GET /readyz", &[], "");
    assert_eq!((ready.status, ready.json()), (200, json!({ "status": "ready" })));
    server.close();
    let unready = server.send("GET /readyz", &[], "");
    assert_eq!(unready.status, 503);
    assert!(unready.json()["reason"].as_str().unwrap().contains("cannot be read"));
}

#[test]
fn every_answer_bears_the_id_of_its_request() {
    let server = Server::start();
    let id = |headers: &[&str], line: &str| {
        server.send(line, headers, "").header("x-request-id").unwrap().to_owned()
    };
    let given = id(&["x-request-id: abc-1"], "GET /healthz");
    assert_eq!(given, "abc-1");
    for line in ["GET /healthz", "GET /no/such", "PUT /graphql", "GET /graphql?query=%7B"] {
        let made = id(&["x-request-id: not an id"], line);
        assert_eq!(made.len(), 32, "{line}");
    }
}

#[test]
fn other_paths_and_methods_are_refused_as_json() {
    let server = Server::start();
    let nothing = server.send("GET /no/such", &["accept: text/html"], "");
    assert_eq!((nothing.status, nothing.error().0.as_str()), (404, "NOT_FOUND"));
    let post = server.send("POST /healthz", &[], "");
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")));
    assert_eq!(post.error().0, "METHOD_NOT_ALLOWED");
}

#[test]
fn a_register_without_conventions_answers_all_the_same() {
    let data =
        Server::empty().data("{ conventions { id } convention(id: \"ccm\") { id } }", &json!({}));
    assert_eq!(data, json!({ "conventions": [], "convention": null }));
}

#[tokio::test]
async fn the_program_asks_without_http() {
    let store = std::sync::Arc::new(chancery_store::MemoryStore::new());
    let service = chancery_gateway::service::Service::open(store, |_, _| {}).await.unwrap();
    let service = std::sync::Arc::new(service);
    let ask = async |query, variables| {
        chancery_gateway::graphql::execute(&service, query, variables, None).await
    };
    assert_eq!(
        ask("{ conventions { id } }", json!(null)).await,
        json!({ "data": { "conventions": [] } })
    );
    let wrong = ask("{ conventions { id } }", json!([])).await;
    assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    assert!(wrong.get("data").is_none());
}
