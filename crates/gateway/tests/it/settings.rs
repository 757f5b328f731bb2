//! That settings are followed.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use chancery_gateway::settings::{Cache, Count, Http, Limits, Settings};
use serde_json::json;

use crate::server::{Reply, Server, until};

fn limited(limits: Limits) -> Server {
    Server::with(Settings { limits, ..Settings::default() })
}

/// A time that no test waits for.
const NEVER: Duration = Duration::from_secs(3_600);

fn over_http(http: Http) -> Server {
    Server::with(Settings { http, ..Settings::default() })
}

#[track_caller]
fn refused(server: &Server, query: &str, code: &str, says: &str) {
    let reply = server.post(&json!({ "query": query }));
    let (found, message) = reply.error();
    assert_eq!((reply.status, found.as_str()), (400, code), "{message}");
    assert!(message.contains(says), "{message}");
}

#[test]
fn each_limit_is_that_of_the_settings() {
    let large = "QUERY_TOO_LARGE";
    let limits = Limits {
        query_bytes: Count::clamped(300),
        tokens: Count::clamped(100),
        aliases: Count::clamped(2),
        directives: Count::clamped(3),
        directives_per_field: Count::clamped(2),
        fields: Count::clamped(20),
        fragments: Count::clamped(1),
        operations: Count::clamped(1),
        depth: Count::clamped(4),
        errors: Count::clamped(2),
        ..Limits::default()
    };
    let server = limited(limits);
    refused(&server, &" ".repeat(301), large, "at most 300");
    refused(&server, &"{}".repeat(51), large, "at most 100");
    refused(&server, "{ a: __typename b: __typename c: __typename }", large, "2 aliases");
    let skips = "@skip(if: false) ";
    refused(&server, &format!("{{ __typename {} }}", skips.repeat(4)), large, "3 directives");
    refused(&server, &format!("{{ __typename {} }}", skips.repeat(3)), large, "directive");
    refused(&server, &format!("{{ {} }}", "__typename ".repeat(21)), large, "20 fields");
    let fragments = "{ id } fragment A on Q { a } fragment B on Q { a }";
    refused(&server, fragments, large, "1 fragments");
    refused(&server, "query A { __typename } query B { __typename }", large, "1 operations");
    let deep = "{ convention(id: \"ccm\") { history(first: 1) { nodes { source { symbol } } } } }";
    refused(&server, deep, large, "4 deep");
    let mistakes = server.post(&json!({ "query": "{ a b c d e }" })).json();
    assert_eq!(mistakes["errors"].as_array().unwrap().len(), 3);
    server.data("{ a: __typename b: __typename }", &json!({}));
    let server = limited(Limits { complexity: Count::clamped(50), ..Limits::default() });
    let costly = "{ convention(id: \"ccm\") { participants(first: 60) { nodes { act } } } }";
    refused(&server, costly, large, "cost more than 50");
}

#[test]
fn the_schema_can_be_kept_back() {
    let server = limited(Limits { introspection: false, ..Limits::default() });
    let off = "INTROSPECTION_DISABLED";
    refused(&server, "{ __schema { description } }", off, "cannot be asked for");
    refused(&server, "{ __type(name: \"Query\") { name } }", off, "cannot be asked for");
    server.data("{ __typename conventions { id } }", &json!({}));
}

#[test]
fn bodies_are_as_long_as_the_settings_say() {
    let server = over_http(Http { body_bytes: Count::clamped(2_000), ..Http::default() });
    let body = json!({ "query": format!("{{ __typename }}{}", " ".repeat(3_000)) });
    let reply = server.post(&body);
    let (code, message) = reply.error();
    assert_eq!((reply.status, code.as_str()), (413, "PAYLOAD_TOO_LARGE"));
    assert!(message.contains("2000 bytes"), "{message}");
}

#[test]
fn a_slow_body_is_given_up_in_time() {
    let seconds = Duration::from_millis(100).into();
    let server = over_http(Http { request_seconds: seconds, ..Http::default() });
    let mut client = server.connect();
    let head = "POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\n";
    let rest = "content-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    client.write_all(format!("{head}{rest}").as_bytes()).unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("TIMEOUT"), "{answer}");
}

/// Requests that have begun and do not end while the connection lives: the server is told to say
/// when it waits for the body, so that it has counted them by then.
fn begun(server: &Server, header: &str) -> TcpStream {
    let mut client = server.connect();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\nexpect: 100-continue\r\n{header}\r\n"
    );
    client.write_all(head.as_bytes()).unwrap();
    let mut said = [0; 25];
    client.read_exact(&mut said).unwrap();
    assert_eq!(str::from_utf8(&said).unwrap(), "HTTP/1.1 100 Continue\r\n\r\n");
    client
}

#[test]
fn one_client_has_so_many_requests_under_way() {
    // What is held below ends with its connection and in no other way, however long all of it takes.
    let http = Http {
        requests_per_client: Count::clamped(2),
        request_seconds: NEVER.into(),
        ..Http::default()
    };
    let server = over_http(http);
    let held = [begun(&server, ""), begun(&server, "")];
    let reply = server.send("GET /healthz", &[], "");
    assert_eq!((reply.status, reply.error().0.as_str()), (429, "TOO_MANY_REQUESTS"));
    assert_eq!(reply.header("retry-after"), Some("1"));
    drop(held);
    until(|| server.send("GET /healthz", &[], "").status == 200);
}

#[test]
fn a_trusted_proxy_speaks_for_its_clients() {
    let http = Http {
        requests_per_client: Count::clamped(1),
        connections_per_client: Count::clamped(1),
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        request_seconds: NEVER.into(),
        ..Http::default()
    };
    let server = over_http(http);
    let _held = begun(&server, "x-forwarded-for: 192.0.2.1\r\n");
    let ask = |client: &str| {
        let header = format!("x-forwarded-for: {client}");
        server.send("GET /healthz", &[&header], "").status
    };
    assert_eq!((ask("192.0.2.1"), ask("192.0.2.2")), (429, 200));
}

#[test]
fn answers_are_kept_only_where_there_is_room() {
    let cache = Cache { answer_bytes: Count::clamped(0), query_bytes: Count::clamped(0) };
    let server = Server::with(Settings { cache, ..Settings::default() });
    for _ in 0..3 {
        server.ccm("2017-09-06", "status { inForce }");
    }
}

fn cors(server: &Server, origin: &str) -> (Reply, Reply) {
    let origin = format!("origin: {origin}");
    let asks = "access-control-request-method: POST";
    let preflight = server.send("OPTIONS /graphql", &[&origin, asks], "");
    (preflight, server.send("GET /healthz", &[&origin], ""))
}

#[test]
fn pages_of_other_origins_read_nothing_unless_it_is_set() {
    let allow = "access-control-allow-origin";
    let (preflight, read) = cors(&Server::start(), "https://example.org");
    assert_eq!((preflight.status, preflight.header(allow), read.header(allow)), (405, None, None));
    let origin = |text: &str| text.parse().unwrap();
    let http = Http { cors_origins: vec![origin("https://example.org")], ..Http::default() };
    let server = over_http(http);
    let (preflight, read) = cors(&server, "https://example.org");
    assert_eq!((preflight.status, preflight.header(allow)), (200, Some("https://example.org")));
    assert!(preflight.header("access-control-allow-headers").unwrap().contains("content-type"));
    assert_eq!(read.header(allow), Some("https://example.org"));
    let (preflight, read) = cors(&server, "https://example.com");
    assert_eq!((preflight.header(allow), read.header(allow)), (None, None));
    let server = over_http(Http { cors_origins: vec![origin("*")], ..Http::default() });
    let (_, read) = cors(&server, "https://example.com");
    assert_eq!(read.header(allow), Some("*"));
    assert!(!read.head_has("access-control-allow-credentials"));
}

#[test]
fn every_answer_says_how_a_browser_is_to_take_it() {
    let server = over_http(Http { hsts_seconds: Count::clamped(600), ..Http::default() });
    for line in ["GET /", "GET /no/such", "PUT /graphql", "GET /export/"] {
        let reply = server.send(line, &[], "");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("strict-transport-security", "max-age=600"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{line}");
        }
    }
    assert!(!Server::start().send("GET /", &[], "").head_has("strict-transport-security"));
}
