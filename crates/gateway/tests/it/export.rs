//! The lists as CSV, JSON Lines and SQLite.

use std::collections::BTreeSet;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chancery_ledger::{Checkpoint, VerifierKey};
use rusqlite::{Connection, types::Value as Cell};
use serde_json::{Value, json};

use crate::server::{Reply, Server};

const DAY: &str = "asAt=2017-09-06";

fn get(server: &Server, path: &str) -> Reply {
    let reply = server.send(&format!("GET {path}"), &[], "");
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    reply
}

/// The rows of a CSV, each cell under its column.
fn rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| {
        names.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    &row.iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("no column {name}")).1
}

/// Every list, as the index names them.
fn lists(server: &Server) -> Vec<String> {
    let index = get(server, "/export/").json();
    assert_eq!(index, get(server, "/export").json());
    let lists = index["lists"].as_array().unwrap().iter();
    lists.map(|list| list["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_participants_of_a_day_are_those_that_were_bound_then() {
    let server = Server::start();
    let reply = get(&server, &format!("/export/participants.csv?convention=ccm&{DAY}"));
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let rows = rows(&reply.body);
    let bound: Vec<_> = rows
        .iter()
        .filter(|row| ["pending", "in_force"].contains(&cell(row, "standing")))
        .collect();
    assert_eq!(bound.len(), 102);
    let named = |code: &str| {
        let row = rows.iter().find(|row| cell(row, "state_code") == code).unwrap();
        cell(row, "state_name").to_owned()
    };
    // Names of the day: Eswatini and North Macedonia came later.
    assert_eq!(named("SWZ"), "Swaziland");
    assert_eq!(named("MKD"), "The former Yugoslav Republic of Macedonia");
    assert_eq!(named("CIV"), "Côte d'Ivoire");
    let benin = rows.iter().find(|row| cell(row, "state_code") == "BEN").unwrap();
    assert_eq!(
        (cell(benin, "bound_on"), cell(benin, "in_force_from"), cell(benin, "act")),
        ("2017-07-10", "2018-01-01", "ratification")
    );
    // The same States as by GraphQL.
    let asked = server.ccm("2017-09-06", "participants(first: 1000) { nodes { state { code } } }");
    let codes = asked["participants"]["nodes"].as_array().unwrap().iter();
    let codes: Vec<&str> = codes.map(|it| it["state"]["code"].as_str().unwrap()).collect();
    let exported: Vec<&str> = rows.iter().map(|row| cell(row, "state_code")).collect();
    assert_eq!(exported, codes);
}

/// Each form, with the dials turned back and not.
#[test]
fn what_is_given_bears_the_checkpoint_that_it_was_computed_at() {
    let server = Server::start();
    let key: VerifierKey = get(&server, "/log/key").body.trim().parse().unwrap();
    let keys = [key];
    for path in [
        "participants.csv",
        "participants.csv?atPosition=100",
        "participants.csv-metadata.json",
        "decisions.jsonl",
        "chancery.sqlite",
        "ccm.atom",
        "ccm/states/ZMB.atom",
        "ccm.ics",
    ] {
        let reply = get(&server, &format!("/export/{path}"));
        let note = BASE64_STANDARD.decode(reply.header("chancery-checkpoint").unwrap()).unwrap();
        let note = String::from_utf8(note).unwrap();
        let (checkpoint, _) = Checkpoint::open(&note, &keys).unwrap();
        let position: u64 = reply.header("chancery-position").unwrap().parse().unwrap();
        assert_eq!(checkpoint.size, position + 1, "{path}");
        let root = &server.ccm("2017-09-06", "known { root }")["known"]["root"];
        assert_eq!(*root == checkpoint.root.to_string(), !path.ends_with("100"), "{path}");
    }
    let unsigned = Server::empty().send("GET /export/", &[], "");
    assert!(!unsigned.head_has("chancery-checkpoint"));
}

#[test]
fn every_list_says_in_headers_and_beside_it_what_it_is() {
    let server = Server::start();
    let known = server.ccm("2017-09-06", "known { position }")["known"]["position"].to_string();
    for list in lists(&server) {
        let reply = get(&server, &format!("/export/{list}.csv?{DAY}"));
        assert!(reply.header("chancery-note").unwrap().contains("not the depositary"), "{list}");
        assert_eq!(reply.header("chancery-position"), Some(known.as_str()), "{list}");
        assert_eq!(reply.header("chancery-as-at"), Some("2017-09-06"), "{list}");
        assert!(reply.header("chancery-licence").is_some(), "{list}");
        let link = reply.header("link").unwrap();
        let (beside, rest) = link.strip_prefix('<').unwrap().split_once('>').unwrap();
        assert!(rest.contains("rel=\"describedby\""), "{link}");
        let metadata = get(&server, beside);
        assert_eq!(
            metadata.header("content-type"),
            Some("application/csvm+json; charset=utf-8"),
            "{list}"
        );
        let metadata = metadata.json();
        assert_eq!(metadata["@context"][0], "http://www.w3.org/ns/csvw");
        assert_eq!(metadata["url"], format!("{list}.csv?{DAY}"));
        assert!(metadata["dc:rights"].as_str().unwrap().contains("not the depositary"));
        assert!(metadata["dc:source"].as_str().unwrap().contains("depositary: "), "{metadata}");
        assert_eq!(metadata["notes"][0]["position"].to_string(), known);
        let described = metadata["tableSchema"]["columns"].as_array().unwrap().iter();
        let described: Vec<&str> = described.map(|it| it["name"].as_str().unwrap()).collect();
        let header = reply.body.lines().next().unwrap();
        assert_eq!(header.split(',').collect::<Vec<_>>(), described, "{list}");
    }
}

#[test]
fn csv_and_json_lines_hold_the_same() {
    let server = Server::start();
    for list in lists(&server) {
        let lines = get(&server, &format!("/export/{list}.jsonl?{DAY}")).body;
        let csv = rows(&get(&server, &format!("/export/{list}.csv?{DAY}")).body);
        assert_eq!(lines.lines().count(), csv.len(), "{list}");
        for (line, row) in lines.lines().zip(&csv) {
            let object: Value = serde_json::from_str(line).unwrap();
            assert_eq!(object.as_object().unwrap().len(), row.len(), "{list}");
            for (name, text) in row {
                let shown = match &object[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(*text, shown, "{list} {name}");
            }
        }
    }
}

#[test]
fn columns_stay() {
    // A column is added at the end of its list; none is renamed or moved. What changes here is told
    // in the changelog.
    let index = get(&Server::empty(), "/export/").json();
    let lists = index["lists"].as_array().unwrap().iter().map(|list| {
        let columns = list["columns"].as_array().unwrap().iter();
        let columns: Vec<&str> = columns.map(|it| it["name"].as_str().unwrap()).collect();
        format!("{} ({}): {}", list["name"], list["type"], columns.join(", ")).replace('"', "")
    });
    insta::assert_snapshot!(lists.collect::<Vec<_>>().join("\n"));
}

/// But for two that hold more of a type than fits into one view.
#[test]
fn views_are_named_as_the_types_of_the_schema() {
    let server = Server::empty();
    let index = get(&server, "/export/").json();
    let schema = server.data("{ __schema { types { name kind } } }", &json!({}));
    let types = schema["__schema"]["types"].as_array().unwrap();
    let is_object = |name: &Value| types.contains(&json!({ "name": name, "kind": "OBJECT" }));
    let lists = index["lists"].as_array().unwrap().iter().map(|list| &list["type"]);
    let others: Vec<&Value> = lists.filter(|name| !is_object(name)).collect();
    // Offices that are not held on the day are Terms, and deadlines of past reports are Reports.
    assert_eq!(others, ["Term", "Report"]);
}

#[test]
fn the_sqlite_file_holds_every_list_under_keys_that_hold() {
    let server = Server::start();
    let folder = tempfile::TempDir::new().unwrap();
    let database = database(&server, &folder, DAY);
    let count = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(
        count("SELECT count(*) FROM Participant WHERE standing IN ('pending', 'in_force')"),
        102
    );
    assert_eq!(count("SELECT bound FROM Convention WHERE convention = 'ccm'"), 102);
    let mut check = database.prepare("PRAGMA foreign_key_check").unwrap();
    assert_eq!(check.query_map([], |_| Ok(())).unwrap().count(), 0);
    let integrity: String =
        database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
    let note: String = database
        .query_row("SELECT value FROM metadata WHERE key = 'note'", [], |row| row.get(0))
        .unwrap();
    assert!(note.contains("not the depositary"));
    // A view gives what the CSV gives.
    for list in get(&server, "/export/").json()["lists"].as_array().unwrap() {
        let (name, view) = (list["name"].as_str().unwrap(), list["type"].as_str().unwrap());
        let csv = rows(&get(&server, &format!("/export/{name}.csv?{DAY}")).body);
        let mut read = database.prepare(&format!("SELECT * FROM \"{view}\"")).unwrap();
        let columns: Vec<String> = read.column_names().map(ToString::to_string).collect();
        let described = list["columns"].as_array().unwrap().iter();
        let described: Vec<&str> = described.map(|it| it["name"].as_str().unwrap()).collect();
        assert_eq!(columns, described, "{view}");
        let found = read.query_map([], |row| {
            (0..columns.len()).map(|index| row.get::<_, Cell>(index)).collect::<Result<Vec<_>, _>>()
        });
        let shown = |cells: Vec<Cell>| cells.iter().map(shown).collect::<Vec<_>>();
        let found: BTreeSet<Vec<String>> = found.unwrap().map(|row| shown(row.unwrap())).collect();
        let truths = |text: &str| match text {
            "true" => "1".to_owned(),
            "false" => "0".to_owned(),
            text => text.to_owned(),
        };
        let expected: BTreeSet<Vec<String>> =
            csv.iter().map(|row| row.iter().map(|(_, text)| truths(text)).collect()).collect();
        assert_eq!(found, expected, "{view}");
    }
}

#[test]
fn the_sqlite_file_of_one_day_is_always_the_same() {
    let server = Server::start();
    let file = || server.bytes(&format!("/export/chancery.sqlite?{DAY}"));
    assert_eq!(file(), file());
}

#[test]
fn every_day_gives_keys_that_hold() {
    let server = Server::start();
    let folder = tempfile::TempDir::new().unwrap();
    for day in ["2008-12-03", "2010-02-16", "2017-09-04", "2026-02-03"] {
        let database = database(&server, &folder, &format!("asAt={day}"));
        let mut check = database.prepare("PRAGMA foreign_key_check").unwrap();
        let broken = check.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let broken: BTreeSet<String> = broken.map(Result::unwrap).collect();
        assert_eq!(broken, BTreeSet::new(), "{day}");
    }
}

#[test]
fn what_a_client_has_is_not_sent_again() {
    let server = Server::recording();
    let path = format!("GET /export/participants.csv?{DAY}");
    let first = server.send(&path, &[], "");
    let tag = first.header("etag").unwrap().to_owned();
    let known = format!("if-none-match: {tag}");
    let again = server.send(&path, &[&known], "");
    assert_eq!((again.status, again.header("etag"), again.body.as_str()), (304, Some(&*tag), ""));
    let other = server.send("GET /export/participants.csv?asAt=2017-09-05", &[&known], "");
    assert_eq!(other.status, 200);
    server.record(
        "convention: ccm\nsource: C.N.2.2008.TREATIES-XXVI-6\nrecorded_by: test\nfacts:\n  - entry: 1\n    signed: { state: AZE, on: 2008-12-03 }\n",
    );
    let after = server.send(&path, &[&known], "");
    assert_eq!(after.status, 200);
    assert!(after.body.contains("AZE"));
}

#[test]
fn what_was_known_earlier_is_given_as_it_was() {
    let server = Server::start();
    let history = rows(&get(&server, "/export/history.csv?asAt=2026-02-03").body);
    let first = history.iter().find(|row| cell(row, "type") == "register.rectified").unwrap();
    let before = cell(first, "position").parse::<u64>().unwrap() - 1;
    let opened = |dial: &str| {
        let list = format!("/export/meetings.csv?asAt=2017-10-01{dial}");
        let rows = rows(&get(&server, &list).body);
        let seventh = rows.iter().find(|row| cell(row, "code") == "7msp").unwrap();
        cell(seventh, "opened_on").to_owned()
    };
    assert_eq!(opened(""), "2017-09-04");
    assert_eq!(opened(&format!("&atPosition={before}")), "2016-09-04");
    let path = format!("/export/meetings.csv-metadata.json?atPosition={before}");
    assert_eq!(get(&server, &path).json()["notes"][0]["position"], before);
    // The printed value stands in the history, with what counts in its place.
    let corrected = cell(first, "rectifies");
    let corrected = history.iter().find(|row| cell(row, "position") == corrected).unwrap();
    assert_eq!(cell(corrected, "standing"), "corrected");
    assert!(cell(corrected, "data").contains("2016-09-04"));
    assert!(cell(corrected, "corrected_data").contains("2017-09-04"));
    assert_eq!(cell(corrected, "rectified_by"), cell(first, "position"));
}

#[test]
fn contributions_to_the_reserve_are_among_them() {
    let server = Server::start();
    let rows = rows(&get(&server, &format!("/export/contributions.csv?{DAY}")).body);
    let reserve = rows.iter().find(|row| cell(row, "to") == "reserve").unwrap();
    assert_eq!((cell(reserve, "currency"), cell(reserve, "amount_lower")), ("CHF", "15714"));
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_can() {
    let server = Server::start();
    let check = |path: &str, status: u16, code: &str, words: &str| {
        let reply = server.send(&format!("GET {path}"), &[], "");
        let (found, message) = reply.error();
        assert_eq!((reply.status, found.as_str()), (status, code), "{path}: {message}");
        assert!(message.contains(words), "{path}: {message}");
    };
    check("/export/participant.csv", 404, "NOT_FOUND", "did you mean `participants`?");
    check("/export/participants.xlsx", 404, "NOT_FOUND", "/export/ says what there is");
    check("/export/participants", 404, "NOT_FOUND", "/export/ says what there is");
    check("/export/meetings.csv?convention=apmbc", 404, "NOT_FOUND", "there is: ccm");
    check("/export/meetings.csv?asAt=2017-02-30", 400, "BAD_USER_INPUT", "`asAt`");
    check("/export/meetings.csv?asAt=2017-09", 400, "BAD_USER_INPUT", "`asAt`");
    check("/export/meetings.csv?asAt=", 400, "BAD_USER_INPUT", "`asAt`");
    check("/export/meetings.csv?day=2017-09-06", 400, "BAD_USER_INPUT", "there is: ");
    check("/export/meetings.csv?asAt=2017-09-06&asAt=2017-09-07", 400, "BAD_USER_INPUT", "twice");
    let both = "asKnownAt=2026-01-01T00:00:00Z&atPosition=3";
    check(&format!("/export/meetings.csv?{both}"), 400, "BAD_USER_INPUT", "keep one of them");
    check("/export/meetings.csv?atPosition=99999", 400, "BAD_USER_INPUT", "its last is");
    check("/export/meetings.csv?asKnownAt=2001-01-01T00:00:00Z", 400, "BAD_USER_INPUT", "later");
    check("/export/meetings.csv?asKnownAt=yesterday", 400, "BAD_USER_INPUT", "is no moment");
    check("/export/ccm.ics?asAt=1999-01-01", 400, "BAD_USER_INPUT", "adopted on 2008-05-30");
    check("/export/att.atom", 404, "NOT_FOUND", "there is: ccm");
    check("/export/ccm/meetings/9rc.atom", 404, "NOT_FOUND", "no meeting `9rc`");
    check("/export/ccm/obligations/nothing.atom", 404, "NOT_FOUND", "no obligation `nothing`");
    check("/export/ccm/states/XXX.atom", 404, "NOT_FOUND", "XXX");
    check("/export/ccm.atom?before=x", 400, "BAD_USER_INPUT", "no position");
    let post = server.send("POST /export/participants.csv", &[], "");
    assert_eq!((post.status, post.error().0.as_str()), (405, "METHOD_NOT_ALLOWED"));
}

#[test]
fn a_register_without_conventions_gives_empty_lists() {
    let server = Server::empty();
    let reply = get(&server, "/export/participants.csv");
    assert!(reply.body.starts_with("convention,state_code,") && reply.body.lines().count() == 1);
    assert_eq!(get(&server, "/export/participants.jsonl").body, "");
    assert_eq!(get(&server, "/export/").json()["conventions"], json!([]));
    let folder = tempfile::TempDir::new().unwrap();
    let database = database(&server, &folder, "");
    let rows: i64 =
        database.query_row("SELECT count(*) FROM Participant", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
}

fn database(server: &Server, folder: &tempfile::TempDir, query: &str) -> Connection {
    let path = folder.path().join("chancery.sqlite");
    std::fs::write(&path, server.bytes(&format!("/export/chancery.sqlite?{query}"))).unwrap();
    Connection::open(path).unwrap()
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}
