//! What is cheap to ask twice: entity tags, content codings, persisted queries.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::server::{Reply, Server};

const STATUS: &str = "GET /graphql?query=%7Bconvention(id%3A%22ccm%22)%7Bstatus%7BinForce%7D%7D%7D";
const NEW: &str = "accept: application/graphql-response+json";

fn etag(reply: &Reply) -> &str {
    let etag = reply.header("etag").unwrap_or_else(|| panic!("no tag: {}", reply.status));
    assert!(etag.starts_with('"') && etag.ends_with('"'), "strong: {etag}");
    etag
}

#[test]
fn who_has_the_answer_is_not_sent_it_again() {
    let server = Server::start();
    let first = server.send(STATUS, &[NEW], "");
    let known = format!("if-none-match: \"other\", W/{}", etag(&first));
    let again = server.send(STATUS, &[NEW, &known], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!((etag(&again), again.header("vary")), (etag(&first), first.header("vary")));
    // A condition is for GET: a POST is answered, and bears the tag all the same.
    let body = json!({ "query": "{convention(id:\"ccm\"){status{inForce}}}" }).to_string();
    let post =
        server.send("POST /graphql", &[NEW, "content-type: application/json", &known], &body);
    assert_eq!((post.status, &post.body), (200, &first.body));
    assert!(post.head_has("etag"));
}

#[test]
fn another_question_or_form_has_another_tag() {
    let server = Server::start();
    let asked = |line: &str, accept: &str| etag(&server.send(line, &[accept], "")).to_owned();
    let as_at = |day: &str| {
        let query = "query($d:Date)%7Bconvention(id:%22ccm%22,asAt:$d)%7Bstatus%7BinForce%7D%7D%7D";
        format!("GET /graphql?query={query}&variables=%7B%22d%22:%22{day}%22%7D")
    };
    let tags = [
        asked(STATUS, NEW),
        asked(STATUS, "accept: application/json"),
        asked(&as_at("2017-09-06"), NEW),
        asked(&as_at("2017-09-05"), NEW),
    ];
    for (index, tag) in tags.iter().enumerate() {
        assert!(!tags[..index].contains(tag), "{tags:?}");
    }
    assert_eq!(asked(STATUS, NEW), tags[0]);
    assert_eq!(etag(&Server::start().send(STATUS, &[NEW], "")), tags[0], "another server's");
}

#[test]
fn an_append_makes_every_answer_anew() {
    let server = Server::recording();
    let first = server.send(STATUS, &[NEW], "");
    let known = format!("if-none-match: {}", etag(&first));
    server.record(
        "convention: ccm\nsource: C.N.1.2026.TREATIES-XXVI-6\nrecorded_by: test\nfacts:\n  - entry: 1\n    acceded: { state: TON, on: 2026-02-04 }\n",
    );
    let after = server.send(STATUS, &[NEW, &known], "");
    assert_eq!(after.status, 200);
    assert_ne!(etag(&after), etag(&first));
}

/// From the third time on the question is known by its bytes alone, and not read again.
#[test]
fn what_is_asked_in_the_same_bytes_is_answered_as_it_stands_now() {
    let server = Server::recording();
    let ask = |accept: &str| server.send(STATUS, &[accept], "");
    let first = ask(NEW);
    let other = ask("accept: application/json");
    for _ in 0..3 {
        let again = ask(NEW);
        assert_eq!((again.status, etag(&again), &again.body), (200, etag(&first), &first.body));
        let again = ask("accept: application/json");
        assert_eq!((again.status, etag(&again)), (200, etag(&other)));
        let known = format!("if-none-match: {}", etag(&first));
        assert_eq!(server.send(STATUS, &[NEW, &known], "").status, 304);
        // The same bytes as a body are no question.
        let line = "POST /graphql";
        let (_, query) = STATUS.split_once('?').unwrap();
        let reply = server.send(line, &[NEW, "content-type: application/json"], query);
        assert_eq!((reply.status, reply.error().0.as_str()), (400, "BAD_REQUEST"));
    }
    server.record(
        "convention: ccm\nsource: C.N.1.2026.TREATIES-XXVI-6\nrecorded_by: test\nfacts:\n  - entry: 1\n    acceded: { state: TON, on: 2026-02-04 }\n",
    );
    let after: Vec<Reply> = (0..3).map(|_| ask(NEW)).collect();
    assert_ne!(etag(&after[0]), etag(&first));
    assert!(after.iter().all(|it| etag(it) == etag(&after[0]) && it.body == after[0].body));
}

#[test]
fn what_went_wrong_is_not_kept() {
    let server = Server::start();
    let wrong = "GET /graphql?query=%7Bconvention(id%3A%22ccm%22)%7Bparticipants(first%3A-1)%7BtotalCount%7D%7D%7D";
    for line in [wrong, "GET /graphql?query=%7Bnothing%7D"] {
        let reply = server.send(line, &[NEW], "");
        assert!(!reply.head_has("etag") && reply.json()["errors"].is_array(), "{}", reply.body);
    }
}

#[test]
fn each_coding_has_a_tag_of_its_own() {
    let server = Server::start();
    let plain = server.send(STATUS, &[NEW], "");
    // Short answers are sent as they are; this one is long.
    let long = "GET /graphql?query=%7Bconvention(id%3A%22ccm%22)%7Bparticipants%7Bnodes%7Bstate%7Bname%7D%7D%7D%7D%7D";
    let uncoded = server.send(long, &[NEW], "");
    assert_eq!(uncoded.header("content-encoding"), None);
    for coding in ["gzip", "br", "zstd"] {
        let accept = format!("accept-encoding: {coding}");
        let reply = server.send(long, &[NEW, &accept], "");
        assert_eq!((reply.status, reply.header("content-encoding")), (200, Some(coding)));
        assert!(reply.length < uncoded.length / 2, "{} of {}", reply.length, uncoded.length);
        let tag = etag(&reply);
        assert_eq!(tag, format!("{}-{coding}\"", etag(&uncoded).trim_end_matches('"')));
        let known = format!("if-none-match: {tag}");
        let again = server.send(long, &[NEW, &accept, &known], "");
        assert_eq!((again.status, again.length), (304, 0));
    }
    assert_ne!(etag(&plain), etag(&uncoded));
}

#[test]
fn a_persisted_query_is_asked_for_by_its_hash() {
    let server = Server::start();
    let query =
        "query Persisted($d: Date) { convention(id: \"ccm\", asAt: $d) { status { bound } } }";
    let hash: String = Sha256::digest(query).iter().map(|byte| format!("{byte:02x}")).collect();
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let variables = json!({ "d": "2017-09-06" });
    let short = json!({ "extensions": extensions, "variables": variables });
    let unknown = server.post(&short);
    let expected = ("PERSISTED_QUERY_NOT_FOUND".to_owned(), "PersistedQueryNotFound".to_owned());
    assert_eq!((unknown.status, unknown.error()), (200, expected));
    let whole = json!({ "query": query, "extensions": extensions, "variables": variables });
    let expected = json!({ "data": { "convention": { "status": { "bound": 102 } } } });
    assert_eq!(server.post(&whole).json(), expected);
    assert_eq!(server.post(&short).json(), expected);
    let get = format!(
        "GET /graphql?extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{hash}%22%7D%7D&variables=%7B%22d%22:%222017-09-06%22%7D"
    );
    assert_eq!(server.send(&get, &[], "").json(), expected);
}

#[test]
fn a_hash_that_is_not_of_the_query_is_refused() {
    let server = Server::start();
    for (persisted, says) in [
        (json!({ "version": 1, "sha256Hash": "0".repeat(64) }), "is not the SHA-256 of `query`"),
        (json!({ "version": 2, "sha256Hash": "0".repeat(64) }), "64 hexadecimal digits"),
        (json!({ "version": 1, "sha256Hash": "é".repeat(32) }), "64 hexadecimal digits"),
        (json!({ "version": 1, "sha256Hash": "+0".repeat(32) }), "64 hexadecimal digits"),
        (json!("nothing"), "64 hexadecimal digits"),
    ] {
        let body =
            json!({ "query": "{conventions{id}}", "extensions": { "persistedQuery": persisted } });
        let reply = server.post(&body);
        let (code, message) = reply.error();
        assert_eq!((reply.status, code.as_str()), (400, "BAD_REQUEST"));
        assert!(message.contains(says), "{message}");
    }
}
