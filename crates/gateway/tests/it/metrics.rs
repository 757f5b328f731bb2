//! Figures for Prometheus.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    net::TcpListener,
};

use chancery_gateway::{
    http::Listeners,
    settings::{Address, Count, Metrics, Settings},
};
use serde_json::json;

use crate::{
    server::{Server, until},
    writers::Writers,
};

const WITHDRAWAL: &str = "convention: ccm
source: Note 1
recorded_by: isu
facts:
  - para: 1
    withdrew: { state: GBR, on: 2026-01-01 }
";

fn watching(operations: usize) -> Settings {
    let metrics =
        Metrics { listen: Some(Address::loopback(0)), operations: Count::clamped(operations) };
    Settings { metrics, ..Settings::default() }
}

fn watched(operations: usize) -> Server {
    Server::recording_with(watching(operations))
}

fn text(server: &Server) -> String {
    let reply = server.aside("GET /metrics");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    reply.body
}

/// The value of a line, by its name with its labels; 0 if there is none.
fn value(text: &str, name: &str) -> f64 {
    let mut lines = text.lines().filter_map(|line| line.rsplit_once(' '));
    lines.find(|(found, _)| *found == name).map_or(0.0, |(_, value)| value.parse().unwrap())
}

/// A figure that comes once the answer has been sent, which its client may know before.
#[track_caller]
fn comes(server: &Server, name: &str, expected: f64) {
    until(|| value(&text(server), name) == expected);
}

fn ask(server: &Server, query: &str) {
    server.post(&json!({ "query": query }));
}

#[test]
fn operations_are_counted_by_their_names() {
    let server = watched(2);
    ask(&server, "query Parties { conventions { id } }");
    ask(&server, "query Parties { conventions { name } }");
    ask(&server, "{ conventions { id } }");
    ask(&server, "query Wrong { nothing }");
    let operation = |name: &str| {
        format!("chancery_graphql_operation_duration_seconds_count{{operation=\"{name}\"}}")
    };
    comes(&server, &operation("Parties"), 2.0);
    comes(&server, &operation("unnamed"), 1.0);
    // What was never answered teaches no name.
    comes(&server, &operation("other"), 1.0);
    let errors =
        "chancery_graphql_errors_total{operation=\"other\",code=\"GRAPHQL_VALIDATION_FAILED\"}";
    comes(&server, errors, 1.0);
}

#[test]
fn clients_cannot_make_more_names_than_there_may_be() {
    let server = watched(3);
    for number in 0..20 {
        ask(&server, &format!("query Name{number} {{ conventions {{ id }} }}"));
    }
    let operations = |text: &str| {
        let counts = "chancery_graphql_operation_duration_seconds_count{";
        text.lines().filter(|line| line.starts_with(counts)).count()
    };
    assert_eq!(operations(&text(&server)), 4);
    let other = "chancery_graphql_operation_duration_seconds_count{operation=\"other\"}";
    comes(&server, other, 17.0);
    // Nor by paths that lead nowhere.
    for number in 0..5 {
        server.send(&format!("GET /no/such/{number}"), &[], "");
    }
    comes(
        &server,
        "chancery_http_requests_total{route=\"other\",method=\"GET\",status=\"404\"}",
        5.0,
    );
}

#[test]
fn answers_that_were_given_before_are_hits() {
    let server = watched(2);
    for _ in 0..3 {
        ask(&server, "{ conventions { id name } }");
    }
    let text = text(&server);
    assert_eq!(value(&text, "chancery_cache_hits_total"), 2.0);
    assert_eq!(value(&text, "chancery_cache_misses_total"), 1.0);
    assert!(value(&text, "chancery_cache_bytes") > 0.0);
}

#[test]
fn appends_are_counted_with_their_times() {
    let server = watched(2);
    let before = text(&server);
    let profile = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/example/profile.yaml"
    ));
    server.record(&profile.unwrap());
    let after = text(&server);
    let grown = |name: &str| value(&after, name) - value(&before, name);
    assert_eq!(grown("chancery_append_duration_seconds_count"), 1.0);
    for place in ["log", "views", "tree"] {
        assert_eq!(grown(&format!("chancery_{place}_events")), 1.0, "{place}");
    }
    assert_eq!(value(&after, "chancery_views_events"), value(&after, "chancery_log_events"));
    assert_eq!(value(&after, "chancery_store_stopped"), 0.0);
    assert_eq!(value(&after, "chancery_appends_refused_total"), 0.0);
}

#[test]
fn a_store_that_cannot_be_read_is_told() {
    let server = watched(2);
    assert_eq!(value(&text(&server), "chancery_store_readable"), 1.0);
    server.close();
    let text = text(&server);
    assert_eq!(value(&text, "chancery_store_readable"), 0.0);
    assert!(!text.contains("\nchancery_log_events "), "what is not known is not told");
    assert!(value(&text, "chancery_views_events") > 400.0);
}

#[test]
fn keys_that_do_not_count_are_counted() {
    let writers = Writers::with(watching(2));
    writers.key(1, "gone", &["editor"]);
    writers.revoke("gone");
    let key = |number: u8| chancery_gateway::auth::Secret::new([number; 32]).reveal();
    let refused =
        |reason: &str| format!("chancery_credentials_refused_total{{reason=\"{reason}\"}}");
    let before = text(&writers.server);
    assert!(before.contains(&refused("expired")), "an increase needs a beginning: {before}");
    for shown in ["no key", &key(1), &key(7), &key(7)] {
        let reply = writers.send(shown, "{ conventions { id } }", &json!({}));
        assert_eq!(reply.status, 401);
    }
    for (reason, expected) in
        [("malformed", 1.0), ("revoked", 1.0), ("unknown", 2.0), ("expired", 0.0)]
    {
        comes(&writers.server, &refused(reason), expected);
    }
    let errors = "chancery_graphql_errors_total{operation=\"unread\",code=\"UNAUTHENTICATED\"}";
    comes(&writers.server, errors, 4.0);
}

#[test]
fn what_goes_on_is_counted_while_it_does() {
    let server = watched(9);
    let ask = |query: &str| {
        let mut client = server.connect();
        let body = json!({ "query": query }).to_string();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        client.write_all((head + &body).as_bytes()).unwrap();
        client
    };
    let client = ask("subscription New { events { position } }");
    comes(&server, "chancery_subscriptions_open", 1.0);
    comes(&server, "chancery_sockets_open", 1.0);
    drop(client);
    server.record(WITHDRAWAL);
    comes(&server, "chancery_subscriptions_open", 0.0);
    comes(&server, "chancery_sockets_open", 0.0);
    let operation = |name: &str| {
        format!("chancery_graphql_operation_duration_seconds_count{{operation=\"{name}\"}}")
    };
    comes(&server, &operation("New"), 1.0);

    // Queries, and what cannot be begun, are counted over streams as they are elsewhere.
    let _query = ask("query Once { conventions { id } }");
    comes(&server, &operation("Once"), 1.0);
    let _wrong = ask("subscription New { nothing }");
    comes(
        &server,
        "chancery_graphql_errors_total{operation=\"New\",code=\"GRAPHQL_VALIDATION_FAILED\"}",
        1.0,
    );
}

/// The figures of a text by their names, each with its type. Every line is looked at.
fn families(text: &str) -> BTreeMap<&str, &str> {
    let mut families = BTreeMap::new();
    let mut now: Option<(&str, &str)> = None;
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, help) = help.split_once(' ').unwrap();
            assert!(help.ends_with('.') && !help.ends_with(".."), "{line}");
            now = Some((name, ""));
        } else if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').unwrap();
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
            assert_eq!(now, Some((name, "")), "{line}");
            assert_eq!(families.insert(name, kind), None, "told twice: {line}");
            now = Some((name, kind));
        } else {
            let (family, kind) = now.unwrap();
            let (series, value) = line.rsplit_once(' ').unwrap();
            let value: f64 = value.parse().unwrap();
            assert!(value >= 0.0 && value.is_finite(), "{line}");
            assert!(seen.insert(series), "told twice: {line}");
            let name = series.split_once('{').map_or(series, |(name, labels)| {
                check_labels(labels.strip_suffix('}').unwrap(), line);
                name
            });
            let rest = name.strip_prefix(family).unwrap();
            let allowed: &[&str] =
                if kind == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
            assert!(allowed.contains(&rest), "{line}");
        }
    }
    families
}

#[track_caller]
fn check_labels(labels: &str, line: &str) {
    for label in labels.split("\",") {
        let (name, value) = label.split_once("=\"").unwrap();
        assert!(name.chars().all(|it| it.is_ascii_lowercase() || it == '_'), "{line}");
        let value = value.trim_end_matches('"');
        assert!(!value.is_empty() && !value.contains(['"', '\\', '\n']), "{line}");
    }
}

/// That what is at most so long is counted with all that is longer, up to everything.
fn check_histograms(text: &str) {
    let mut last: BTreeMap<String, f64> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (series, count) = line.rsplit_once(' ').unwrap();
        let Some((name, bound)) = series.split_once("le=\"") else { continue };
        let count: f64 = count.parse().unwrap();
        let so_far = last.insert(name.to_owned(), count).unwrap_or_default();
        assert!(count >= so_far, "{line}");
        if bound.starts_with("+Inf") {
            let all = name.replace("_bucket", "_count");
            let all = all.trim_end_matches(['{', ',']);
            let closed = if all.contains('{') { format!("{all}}}") } else { all.to_owned() };
            assert_eq!(value(text, &closed), count, "{closed}");
        }
    }
    assert!(last.len() >= 4, "{last:?}");
}

#[test]
fn every_line_is_what_prometheus_reads_and_every_figure_is_documented() {
    let server = watched(2);
    ask(&server, "query Parties { conventions { id } }");
    ask(&server, "{ nothing }");
    comes(&server, "chancery_http_request_duration_seconds_count{route=\"/graphql\"}", 2.0);
    let text = text(&server);
    let families = families(&text);
    check_histograms(&text);

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let ours = |name: &str| name.starts_with("chancery_") || name.starts_with("process_");
    let documented: BTreeSet<&str> = rows.map(|(name, _)| name).filter(|it| ours(it)).collect();
    let mut told: BTreeSet<&str> = families.keys().copied().collect();
    if !cfg!(target_os = "linux") {
        told.extend(documented.iter().filter(|name| name.starts_with("process_")));
    }
    assert_eq!(documented, told);
}

#[tokio::test]
async fn an_address_that_is_taken_is_named_with_its_setting() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut settings = Settings { listen: Address::loopback(0), ..watching(0) };
    settings.metrics.listen = Some(Address::loopback(port));
    let error = Listeners::bind(&settings).await.err().unwrap().to_string();
    assert!(error.contains(&format!("127.0.0.1:{port}")), "{error}");
    assert!(error.ends_with("choose another with --metrics-listen"), "{error}");
}

#[test]
fn the_program_and_its_process_are_told() {
    let text = text(&watched(2));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(value(&text, &format!("chancery_build_info{{version=\"{version}\"}}")), 1.0);
    assert_eq!(value(&text, "chancery_sockets_open"), 0.0);
    if cfg!(target_os = "linux") {
        assert!(value(&text, "process_resident_memory_bytes") > 1e6);
        assert!(value(&text, "process_open_fds") > 3.0);
    }
}

#[test]
fn the_public_sees_no_metrics() {
    let server = watched(2);
    assert_eq!(server.send("GET /metrics", &[], "").status, 404);
    assert_eq!(server.aside("GET /readyz").status, 200);
    assert_eq!(server.aside("GET /graphql").status, 404);
}
