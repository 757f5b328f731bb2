//! Recording over GraphQL: who may, what, and once.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use chancery_gateway::settings::{Auth, Count, Settings};
use serde_json::{Value, json};

use crate::{
    server::{Reply, Server, until},
    writers::{RECORD, Writers},
};

/// A State accedes.
pub(crate) fn accession(state: &str) -> Value {
    json!({ "convention": "ccm", "source": "C.N.1.2026", "facts": [
        { "place": { "entry": state }, "fact": { "acceded": { "state": state, "on": "2026-03-05" } } },
    ] })
}

/// The same with more beside it.
fn with(mut input: Value, more: &Value) -> Value {
    let more = more.as_object().unwrap().clone();
    input.as_object_mut().unwrap().extend(more);
    input
}

#[track_caller]
pub(crate) fn refused(reply: &Reply, status: u16, code: &str, says: &str) {
    let (found, message) = reply.error();
    assert_eq!((reply.status, found.as_str()), (status, code), "{}", reply.body);
    assert!(message.contains(says), "{message}");
    assert!(reply.json().get("data").is_none(), "nothing was run: {}", reply.body);
}

/// Each error's code, place and message.
fn errors(reply: &Reply) -> Vec<(String, String, String)> {
    let answer = reply.json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let errors = answer["errors"].as_array().unwrap().iter();
    errors
        .map(|it| {
            let extensions = &it["extensions"];
            (text(&extensions["code"]), text(&extensions["input"]), text(&it["message"]))
        })
        .collect()
}

#[test]
fn without_keys_nobody_records() {
    let server = Server::recording();
    let body = json!({ "query": RECORD, "variables": { "input": accession("TUR") } });
    refused(&server.post(&body), 403, "FORBIDDEN", "started without keys");
    let shown = ["content-type: application/json", "authorization: Bearer chancery_x"];
    let query = server.send("POST /graphql", &shown, r#"{"query":"{ conventions { id } }"}"#);
    assert_eq!(query.status, 200, "whoever only reads may show what they like: {}", query.body);
}

#[test]
fn who_records_shows_a_key_that_counts() {
    let writers = Writers::new();
    let mutation = |headers: &[&str]| {
        writers.send_with(headers, RECORD, &json!({ "input": accession("TUR") }))
    };
    let none = mutation(&[]);
    refused(&none, 401, "UNAUTHENTICATED", "Authorization: Bearer");
    assert_eq!(none.header("www-authenticate"), Some("Bearer"));
    refused(&mutation(&["authorization: Basic aXN1OmlzdQ=="]), 401, "UNAUTHENTICATED", "Bearer");
    refused(&mutation(&["cookie: token=x"]), 401, "UNAUTHENTICATED", "Bearer");

    let unknown = format!("authorization: Bearer chancery_{}", "1".repeat(64));
    refused(&mutation(&[&unknown]), 401, "UNAUTHENTICATED", "no key of this register");
    refused(&mutation(&["authorization: Bearer x"]), 401, "UNAUTHENTICATED", "is none");
    refused(&mutation(&[&unknown, &unknown]), 400, "BAD_REQUEST", "twice");
    let expired = writers.key_with(7, "old", &["depositary"], |key| {
        key.expires = Some("2020-01-01".parse().unwrap());
    });
    let expired = format!("authorization: Bearer {expired}");
    refused(&mutation(&[&expired]), 401, "UNAUTHENTICATED", "expired on 2020-01-01");
    let query = writers.send_with(&[&expired], "{ conventions { id } }", &json!({}));
    refused(&query, 401, "UNAUTHENTICATED", "expired");

    // Taken back while the server runs.
    let key = writers.key(8, "depositary", &["depositary"]);
    assert_eq!(writers.record(&key, &accession("TUR"))["receipt"]["facts"], 1);
    writers.revoke("depositary");
    let reply = writers.send(&key, RECORD, &json!({ "input": accession("ARG") }));
    refused(&reply, 401, "UNAUTHENTICATED", "was revoked at");
}

#[test]
fn nothing_is_recorded_by_get_or_by_forms() {
    let writers = Writers::new();
    let key = writers.key(1, "depositary", &["depositary"]);
    let authorization = format!("authorization: Bearer {key}");
    let query = "mutation%7Brecord(input%3A%7Bconvention%3A%22ccm%22%2Csource%3A%22x%22%7D)%7Breceipt%7Bfacts%7D%7D%7D";
    let get = writers.server.send(&format!("GET /graphql?query={query}"), &[&authorization], "");
    refused(&get, 405, "METHOD_NOT_ALLOWED", "by POST");
    let body = json!({ "query": RECORD, "variables": { "input": accession("TUR") } }).to_string();
    for content in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let content = format!("content-type: {content}");
        let reply = writers.server.send("POST /graphql", &[&content, &authorization], &body);
        refused(&reply, 415, "UNSUPPORTED_MEDIA_TYPE", "");
    }
}

#[test]
fn what_is_recorded_is_recorded_by_the_keys_name() {
    let writers = Writers::new();
    let key = writers.key(1, "un-ola", &["depositary"]);
    let before = writers.server.ccm("2026-04-01", "known { position version } status { bound }");
    let reply = writers.send(&key, RECORD, &json!({ "input": accession("TUR") }));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let done = reply.json()["data"]["record"].clone();
    let (position, version) = (&before["known"]["position"], &before["known"]["version"]);
    let next = |number: &Value| number.as_u64().unwrap() + 1;
    assert_eq!(
        done["receipt"],
        json!({ "facts": 1, "known": 0, "events": 1, "firstPosition": next(position),
                "lastPosition": next(position), "version": next(version) })
    );
    assert_eq!(done["findings"], json!([]));
    assert_eq!(done["convention"]["known"]["version"], next(version));
    assert_eq!(done["log"]["size"], next(position) + 1);
    assert!(done["log"]["checkpoint"].as_str().unwrap().starts_with("example.org/register\n"));
    let after = writers.server.ccm(
        "2026-04-01",
        "status { bound } history(recordedBy: \"un-ola\") { nodes { type recordedBy source { cited } } }",
    );
    assert_eq!(after["status"]["bound"], next(&before["status"]["bound"]));
    assert_eq!(
        after["history"]["nodes"],
        json!([{ "type": "membership.acceded", "recordedBy": "un-ola",
                 "source": { "cited": "C.N.1.2026, entry TUR" } }])
    );
    // The same, asked for again: it is done again, and not given from memory.
    let again = writers.record(&key, &accession("TUR"));
    assert_eq!((&again["receipt"]["facts"], &again["receipt"]["known"]), (&json!(0), &json!(1)));
    let claim = with(accession("ARG"), &json!({ "recordedBy": "somebody-else" }));
    let reply = writers.send(&key, RECORD, &json!({ "input": claim }));
    refused(&reply, 400, "BAD_USER_INPUT", "there is no field `recordedBy` here");
}

#[test]
fn each_role_records_its_domains_and_each_key_its_convention() {
    let writers = Writers::new();
    let treasurer = writers.key(1, "treasurer", &["treasurer"]);
    let input = json!({ "convention": "ccm", "source": "CCM/MSP/2017/12", "facts": [
        { "place": { "para": "1" }, "fact": { "contributed": { "to": "2018", "state": "CHE", "amount": "CHF 5000", "on": "2018-02-01" } } },
        { "place": { "entry": "TUR" }, "fact": { "acceded": { "state": "TUR", "on": "2026-03-05" } } },
        { "place": { "para": "3" }, "fact": { "opened": { "meeting": "7msp", "on": "2017-09-04" } } },
    ] });
    let reply = writers.send(&treasurer, RECORD, &json!({ "input": input }));
    refused(&reply, 403, "FORBIDDEN", "`treasurer` is treasurer, and may not record this");
    let told = errors(&reply);
    let places: Vec<&str> = told.iter().map(|(_, at, _)| at.as_str()).collect();
    assert_eq!(places, ["facts[1].fact.acceded", "facts[2].fact.opened"]);
    assert_eq!(
        reply.json()["errors"][0]["extensions"]["help"],
        "it takes the role depositary; ask the register's operator for it"
    );

    let both = writers.key(2, "small-office", &["treasurer", "depositary", "secretariat"]);
    let reply =
        writers.send(&both, RECORD, &json!({ "input": with(input, &json!({ "dryRun": true })) }));
    assert!(errors(&reply).iter().all(|(code, ..)| code != "FORBIDDEN"), "{}", reply.body);

    let elsewhere = writers.key_with(3, "other", &["depositary"], |key| {
        key.convention = Some("example".parse().unwrap());
    });
    let reply = writers.send(&elsewhere, RECORD, &json!({ "input": accession("TUR") }));
    refused(&reply, 403, "FORBIDDEN", "`other` may record for `example` alone, not for `ccm`");

    let editor = writers.key(4, "editor", &["editor"]);
    let reply = writers.send(&editor, RECORD, &json!({ "input": accession("TUR") }));
    refused(&reply, 403, "FORBIDDEN", "`editor` is editor");
}

#[test]
fn every_mistake_is_told_at_once_with_its_place() {
    let writers = Writers::new();
    let key = writers.key(1, "office", &["secretariat", "depositary"]);
    let input = json!({ "convention": "ccm", "source": "CCM/MSP/2017/12", "on": "2017-09-06", "facts": [
        { "place": { "para": "23" }, "fact": { "elected": { "meeting": "7msp", "office": "vice_president",
            "states": ["ZMB", "Costa Rica", "HRV"], "by": "APPLAUSE" } } },
        { "place": { "para": "24", "entry": "x" }, "fact": { "opened": { "meetng": "7msp" } } },
        { "place": { "entry": "ZMB" }, "fact": { "ratified": { "state": "ZMB", "on": "2020-01-01" } } },
        { "place": { "para": "25" }, "fact": { "closed": { "meeting": "99msp" } } },
    ] });
    let reply = writers.send(&key, RECORD, &json!({ "input": input }));
    assert_eq!(reply.status, 400);
    let told = errors(&reply);
    let places: Vec<&str> = told.iter().map(|(_, at, _)| at.as_str()).collect();
    assert_eq!(
        places,
        [
            "facts[0].fact.elected.by",
            "facts[0].fact.elected.states[1]",
            "facts[1].place",
            "facts[1].fact.opened.meeting",
            "facts[1].fact.opened.meetng",
            "facts[2].fact.ratified",
            "facts[3].fact.closed",
        ],
        "{}",
        reply.body
    );
    assert!(told.iter().all(|(code, ..)| code == "BAD_USER_INPUT"), "{told:#?}");
    let help = |number: usize| reply.json()["errors"][number]["extensions"]["help"].clone();
    assert_eq!(help(1), "Costa Rica is `CRI`");
    assert_eq!(help(4), "`meeting` is meant?");

    // Literals of the query are told of as variables are.
    let query = r#"mutation { record(input: { convention: "ccm", source: "x", facts: [
        { place: { para: "1" }, fact: { attended: { meeting: "7msp", as: GUEST, states: [] } } }] }) { receipt { facts } } }"#;
    let reply = writers.send(&key, query, &json!({}));
    assert_eq!(errors(&reply)[0].1, "facts[0].fact.attended.as", "{}", reply.body);
    // Where nothing is wrong with the form, the rules answer; the rest of the request is run.
    let query = r#"mutation {
        a: record(input: { convention: "ccm", source: "x", facts: [
            { place: { entry: "ZMB" }, fact: { acceded: { state: ZMB, on: "2020-01-01" } } }] }) { receipt { facts } }
        b: record(input: { convention: "ccm", source: "x", facts: [
            { place: { entry: "TUR" }, fact: { acceded: { state: "TUR", on: "2026-01-01" } } }] }) { receipt { facts } } }"#;
    let reply = writers.send(&key, &query.replace("ZMB,", "\"ZMB\","), &json!({}));
    let answer = reply.json();
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(answer["data"], json!({ "a": null, "b": { "receipt": { "facts": 1 } } }));
    assert_eq!(answer["errors"][0]["path"], json!(["a"]));
    assert_eq!(answer["errors"][0]["extensions"]["input"], "facts[0].fact.acceded");
}

#[test]
fn a_dry_run_says_what_it_would_bring() {
    let writers = Writers::new();
    let key = writers.key(1, "isu", &["secretariat"]);
    let before = writers.server.ccm("2026-04-01", "known { position version }");
    let input = json!({ "convention": "ccm", "source": "CCM/MSP/2017/12", "dryRun": true, "facts": [
        { "place": { "para": "99" }, "fact": { "decided": { "id": "7msp-99", "meeting": "7msp",
            "verb": "NOTED", "summary": "something", "on": "2016-09-04" } } },
    ] });
    let done = writers.record(&key, &input);
    let receipt = &done["receipt"];
    assert_eq!((&receipt["facts"], &receipt["firstPosition"]), (&json!(1), &Value::Null));
    assert_eq!(receipt["version"], before["known"]["version"].as_u64().unwrap() + 1);
    assert_eq!(done["findings"][0]["rule"], "DATE_OUTSIDE_MEETING", "{done}");
    assert_eq!(writers.server.ccm("2026-04-01", "known { position version }"), before);
    // Recorded, it brings the same.
    let recorded = writers.record(&key, &with(input, &json!({ "dryRun": false })));
    assert_eq!(recorded["findings"][0]["message"], done["findings"][0]["message"]);
    assert_eq!(
        recorded["receipt"]["firstPosition"],
        before["known"]["position"].as_u64().unwrap() + 1
    );
}

#[test]
fn of_two_writers_one_wins_and_the_other_is_told_how_to_go_on() {
    let writers = Writers::new();
    let keys = [writers.key(1, "a", &["depositary"]), writers.key(2, "b", &["depositary"])];
    let version = &writers.server.ccm("2026-04-01", "known { version }")["known"]["version"];
    let inputs =
        ["TUR", "ARG"].map(|it| with(accession(it), &json!({ "expectedVersion": version })));
    let replies: Vec<Reply> = thread::scope(|scope| {
        let send = |(key, input): (&String, &Value)| {
            let (key, input) = (key.clone(), input.clone());
            let writers = &writers;
            scope.spawn(move || writers.send(&key, RECORD, &json!({ "input": input })))
        };
        let sent: Vec<_> = keys.iter().zip(&inputs).map(send).collect();
        sent.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let lost: Vec<usize> =
        (0..2).filter(|it| replies[*it].json().get("errors").is_some()).collect();
    let [lost] = lost[..] else { panic!("{} {}", replies[0].body, replies[1].body) };
    let error = &replies[lost].json()["errors"][0];
    let now = version.as_u64().unwrap() + 1;
    assert_eq!(error["extensions"]["code"], "CONFLICT");
    assert_eq!(error["extensions"]["version"], now);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(&format!("send this again with the version {now}")), "{message}");
    let again = with(inputs[lost].clone(), &json!({ "expectedVersion": now }));
    assert_eq!(writers.record(&keys[lost], &again)["receipt"]["version"], now + 1);
}

#[test]
fn who_sends_again_gets_the_first_answer() {
    let writers = Writers::new();
    let key = writers.key(1, "a", &["depositary"]);
    let version = &writers.server.ccm("2026-04-01", "known { version }")["known"]["version"];
    // By the version that was expected alone.
    let expecting = with(accession("TUR"), &json!({ "expectedVersion": version }));
    let first = writers.record(&key, &expecting);
    writers.record(&key, &accession("CHN"));
    let again = writers.record(&key, &expecting);
    assert_eq!((&again["receipt"], &again["log"]), (&first["receipt"], &first["log"]));
    assert_eq!(first["receipt"]["facts"], 1);
    // By an idempotency key.
    let named = with(accession("ARG"), &json!({ "idempotencyKey": "letter-17" }));
    let first = writers.record(&key, &named);
    writers.record(&key, &accession("FIN"));
    let again = writers.record(&key, &named);
    assert_eq!((&again["receipt"], &again["log"]), (&first["receipt"], &first["log"]));
    // Somebody else's key of that name is another, and so is one for other facts.
    let other = writers.key(2, "b", &["depositary"]);
    assert_eq!(writers.record(&other, &named)["receipt"]["known"], 1);
    let changed = with(accession("USA"), &json!({ "idempotencyKey": "letter-17" }));
    let reply = writers.send(&key, RECORD, &json!({ "input": changed }));
    let (code, message) = reply.error();
    assert_eq!(reply.json()["data"], json!({ "record": null }), "{}", reply.body);
    assert_eq!(code, "IDEMPOTENCY_KEY_REUSED");
    assert!(message.contains("`letter-17` was used for other facts"), "{message}");
    let once = "history(type: [\"membership.acceded\"], recordedBy: \"a\") { totalCount }";
    let once = writers.server.ccm("2026-04-01", once);
    assert_eq!(once["history"]["totalCount"], 4, "TUR, CHN, ARG and FIN");
    let empty = with(accession("POL"), &json!({ "idempotencyKey": "" }));
    let reply = writers.send(&key, RECORD, &json!({ "input": empty }));
    assert_eq!(reply.error().0, "BAD_USER_INPUT");
}

#[test]
fn corrections_and_dismissals() {
    let writers = Writers::new();
    let key = writers.key(1, "isu", &["secretariat", "editor"]);
    let misdated = json!({ "convention": "ccm", "source": "CCM/MSP/2017/12", "facts": [
        { "place": { "para": "99" }, "fact": { "decided": { "id": "7msp-99", "meeting": "7msp",
            "verb": "NOTED", "summary": "something", "on": "2016-09-04" } } },
    ] });
    let version = writers.record(&key, &misdated)["receipt"]["version"].clone();
    let finding = "findings(rule: [DATE_OUTSIDE_MEETING]) { standing reason event { version } }";
    let found = || {
        let found = writers.server.ccm("2026-04-01", finding);
        let found = found["findings"].as_array().unwrap().iter();
        let about = found.filter(|it| it["event"]["version"] == version);
        about.map(|it| it["standing"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(), ["OPEN"]);
    let head = json!({ "convention": "ccm", "source": "CCM/MSP/2017/12/Corr.1", "place": { "para": "1" } });
    let authority = json!({ "body": "the secretariat" });
    let dismissal = json!({ "rule": "date_outside_meeting", "event": { "version": version },
        "reason": "so in print", "authority": authority, "on": "2026-03-01" });
    let query = "mutation ($input: DismissFindingInput!) { dismissFinding(input: $input) { receipt { facts } findings { message } } }";
    let input = with(head.clone(), &json!({ "dismissed": dismissal }));
    let reply = writers.send(&key, query, &json!({ "input": input }));
    assert_eq!(reply.json()["data"]["dismissFinding"]["receipt"]["facts"], 1, "{}", reply.body);
    assert_eq!(found(), ["DISMISSED"]);

    let query = "mutation ($input: RectifyInput!) { rectify(input: $input) { receipt { facts }
        convention { decision(id: \"7msp-99\") { verb } } } }";
    let rectify = |rectified: Value| {
        let input = with(head.clone(), &json!({ "rectified": rectified }));
        writers.send(&key, query, &json!({ "input": input }))
    };
    let right = json!({ "event": { "version": version }, "correct": { "on": "2017-09-06" },
        "reason": "a misprint", "authority": authority, "on": "2026-03-01" });
    let reply = rectify(with(right.clone(), &json!({ "event": { "version": 400_000 } })));
    assert_eq!(errors(&reply)[0].1, "rectified", "{}", reply.body);
    let reply = rectify(with(right.clone(), &json!({ "authority": {}, "correct": { "onn": 3 } })));
    assert_eq!(reply.error().0, "BAD_USER_INPUT", "{}", reply.body);
    let reply = rectify(right.clone());
    assert_eq!(reply.json()["data"]["rectify"]["receipt"]["facts"], 1, "{}", reply.body);
    assert_eq!(found(), ["CLOSED"]);
    assert_eq!(rectify(right).json()["data"]["rectify"]["receipt"]["facts"], 0, "once is enough");
}

#[test]
fn who_writes_may_send_more_than_others() {
    let settings = Settings {
        auth: Auth { body_bytes: Count::clamped(100_000), ..Auth::default() },
        ..Settings::default()
    };
    let writers = Writers::with(settings);
    let key = writers.key(1, "isu", &["secretariat"]);
    let input = |letters: usize| json!({ "convention": "ccm", "source": "x".repeat(letters), "dryRun": true, "facts": [] });
    let long = json!({ "input": input(80_000) });
    let reply = writers.send(&key, RECORD, &long);
    assert_eq!(errors(&reply)[0].1, "source", "{}", reply.body);
    refused(&writers.send_with(&[], RECORD, &long), 413, "PAYLOAD_TOO_LARGE", "65536 bytes");
    let longer = json!({ "input": input(110_000) });
    refused(&writers.send(&key, RECORD, &longer), 413, "PAYLOAD_TOO_LARGE", "100000 bytes");
}

#[test]
fn who_is_often_wrong_waits_and_nobody_else_does() {
    let writers = Writers::new();
    let key = writers.key(1, "isu", &["secretariat"]);
    let wrong = format!("chancery_{}", "1".repeat(64));
    wrong_ones_wait(&writers, &wrong, &key, &[]);
}

/// Shows what does not count twenty times at once, and what does meanwhile. `more` are headers.
pub(crate) fn wrong_ones_wait(writers: &Writers, wrong: &str, right: &str, more: &[&str]) {
    let answered = AtomicUsize::new(0);
    let show = |token: &str| {
        let authorization = format!("authorization: Bearer {token}");
        let headers: Vec<&str> =
            [&*authorization].into_iter().chain(more.iter().copied()).collect();
        writers.send_with(&headers, "{ conventions { id } }", &json!({}))
    };
    let guess = || {
        let reply = show(wrong);
        answered.fetch_add(1, Ordering::SeqCst);
        reply
    };
    thread::scope(|scope| {
        let guesses: Vec<_> = (0..20).map(|_| scope.spawn(guess)).collect();
        until(|| answered.load(Ordering::SeqCst) >= 5);
        let reply = show(right);
        assert_eq!(reply.status, 200, "{}", reply.body);
        let waiting = 20 - answered.load(Ordering::SeqCst);
        assert!(waiting > 0, "what counts waited until all that does not was answered");
        let replies: Vec<Reply> = guesses.into_iter().map(|it| it.join().unwrap()).collect();
        let turned_away: Vec<&Reply> = replies.iter().filter(|it| it.status == 429).collect();
        // Ten where all come within a second: five are answered at once and five later.
        assert!((1..=10).contains(&turned_away.len()), "{}", turned_away.len());
        assert!(turned_away.iter().all(|it| it.head_has("retry-after")));
        assert!(replies.iter().all(|it| [401, 429].contains(&it.status)));
    });
}

#[test]
fn one_request_does_not_hold_mutations_without_end() {
    let writers = Writers::new();
    let key = writers.key(1, "isu", &["secretariat"]);
    let fields: String = (0..11)
        .map(|n| format!("m{n}: record(input: {{ convention: \"ccm\", source: \"x\", facts: [] }}) {{ receipt {{ facts }} }} "))
        .collect();
    let reply = writers.send(&key, &format!("mutation {{ {fields} }}"), &json!({}));
    refused(&reply, 400, "QUERY_TOO_LARGE", "at most 10");
    let spread = format!("mutation {{ ...F }} fragment F on Mutation {{ {fields} }}");
    refused(&writers.send(&key, &spread, &json!({})), 400, "QUERY_TOO_LARGE", "at most 10");
}
