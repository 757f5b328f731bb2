//! What the documentation says is what the gateway does: questions with their answers, panels of a
//! dashboard, codes of errors.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::PathBuf};

use async_graphql::Value as Ordered;
use serde_json::{Value, json};

use crate::{server::Server, writers::Writers};

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../docs", name].iter().collect()
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// The fenced blocks of a text: language, text, and where the text lies.
fn blocks(text: &str) -> Vec<(&str, &str, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find("```").map(|it| it + rest + 3) {
        let body = start + text[start..].find('\n').unwrap() + 1;
        let end = body + text[body..].find("```").expect("a block ends");
        found.push((text[start..body].trim(), &text[body..end], body..end));
        rest = end + 3;
    }
    found
}

/// An answer as a person reads it, its fields in the order of the query.
fn pretty(body: &str) -> String {
    let answer: Ordered = serde_json::from_str(body).unwrap();
    let Ordered::Object(mut answer) = answer else { panic!("{body}") };
    laid_out(&answer.swap_remove("data").unwrap(), 0) + "\n"
}

/// JSON on one line where it fits, else on one line for each part.
fn laid_out(value: &Ordered, indent: usize) -> String {
    const WIDTH: usize = 110;
    let inner = |parts: Vec<String>, [open, close]: [&str; 2]| {
        let line = parts.join(", ");
        if indent + line.len() < WIDTH && !line.contains('\n') {
            return format!("{open} {line} {close}");
        }
        let margin = " ".repeat(indent);
        let parts = parts.join(&format!(",\n{margin}  "));
        format!("{open}\n{margin}  {parts}\n{margin}{close}")
    };
    match value {
        Ordered::Object(fields) if !fields.is_empty() => {
            let part = |(name, value)| format!("\"{name}\": {}", laid_out(value, indent + 2));
            inner(fields.iter().map(part).collect(), ["{", "}"])
        }
        Ordered::List(items) if !items.is_empty() => {
            let parts = items.iter().map(|it| laid_out(it, indent + 2));
            inner(parts.collect(), ["[", "]"])
        }
        leaf => serde_json::to_string(leaf).unwrap(),
    }
}

/// With `CHANCERY_WRITE` set (`just queries`) the answers are written; CI sets none.
#[test]
fn every_question_has_its_real_answer() {
    let server = Server::start();
    let text = read("queries.md");
    let mut written = String::new();
    let (mut from, mut questions, mut names) = (0, 0, BTreeSet::new());
    for question in blocks(&text).chunks(3) {
        let [("graphql", query, _), ("json", variables, _), ("json", _, answer)] = question else {
            panic!("a question is a query, its variables and its answer: {question:?}");
        };
        let variables: Value = serde_json::from_str(variables).unwrap();
        let reply = server.post(&json!({ "query": query, "variables": variables }));
        assert!(
            reply.status == 200 && reply.json().get("errors").is_none(),
            "{query}\n{}",
            reply.body
        );
        written += &text[from..answer.start];
        written += &pretty(&reply.body);
        from = answer.end;
        questions += 1;
        names.insert(query.split(['(', '{']).next().unwrap().trim().to_owned());
    }
    written += &text[from..];
    assert_eq!((questions, names.len()), (15, 15), "each question is an operation with a name");
    if std::env::var_os("CHANCERY_WRITE").is_some() {
        fs::write(path("queries.md"), &written).unwrap();
    } else {
        similar("queries.md", &text, &written);
    }
}

/// What other systems send to record, one after the other, and what they get.
#[test]
fn every_way_to_write_is_answered_as_it_says() {
    let writers = Writers::new();
    let key = writers.key(1, "isu", &["secretariat", "editor"]);
    let text = read("writing.md");
    let blocks = blocks(&text);
    let sent = blocks.iter().zip(blocks.iter().skip(1)).filter(|(asked, _)| asked.0 == "sh");
    let (mut written, mut from, mut times) = (String::new(), 0, 0);
    for ((_, asked, _), (language, _, answer)) in sent {
        assert_eq!(*language, "json", "what is sent has an answer: {asked}");
        let (command, rest) = asked.split_once("<<'JSON'\n").unwrap();
        assert!(command.contains(r#"-H "Authorization: Bearer $CHANCERY_KEY""#), "{command}");
        assert!(command.contains("-H 'Content-Type: application/json'"), "{command}");
        let body: Value = serde_json::from_str(rest.strip_suffix("JSON\n").unwrap()).unwrap();
        let reply = writers.send(&key, body["query"].as_str().unwrap(), &body["variables"]);
        written += &text[from..answer.start];
        written += &(laid_out(&serde_json::from_str(&reply.body).unwrap(), 0) + "\n");
        from = answer.end;
        times += 1;
    }
    written += &text[from..];
    assert!(times >= 7, "{times} examples");
    if std::env::var_os("CHANCERY_WRITE").is_some() {
        fs::write(path("writing.md"), &written).unwrap();
    } else {
        similar("writing.md", &text, &written);
    }
}

#[track_caller]
fn similar(name: &str, text: &str, written: &str) {
    let mut lines = text.lines().zip(written.lines()).enumerate();
    if let Some((at, (said, is))) = lines.find(|(_, (said, is))| said != is) {
        panic!(
            "docs/{name}, line {}: `{said}`, but it is `{is}`; look why, and run `just queries`",
            at + 1
        );
    }
    assert_eq!(text.len(), written.len(), "docs/{name}; look why, and run `just queries`");
}

/// The panels of the dashboard, as Grafana's Infinity data source asks and reads them.
#[test]
fn every_panel_of_the_dashboard_shows_something() {
    let server = Server::start();
    let dashboard: Value = serde_json::from_str(&read("grafana/convention.json")).unwrap();
    let variables = dashboard["templating"]["list"].as_array().unwrap();
    let turned = |text: &str| {
        let mut text = text.to_owned();
        for variable in variables {
            let name = format!("${{{}}}", variable["name"].as_str().unwrap());
            let value = match variable["name"].as_str().unwrap() {
                "asAt" => "2017-09-06",
                _ => variable["query"].as_str().unwrap_or_default(),
            };
            text = text.replace(&name, value);
        }
        text
    };
    let mut targets = 0;
    for panel in dashboard["panels"].as_array().unwrap() {
        for target in panel["targets"].as_array().into_iter().flatten() {
            let options = &target["url_options"];
            let query = turned(options["body_graphql_query"].as_str().unwrap());
            let given = turned(options["body_graphql_variables"].as_str().unwrap());
            let given: Value = serde_json::from_str(&given).unwrap();
            let reply = server.post(&json!({ "query": query, "variables": given }));
            let answer = reply.json();
            let title = &panel["title"];
            assert!(answer.get("errors").is_none(), "{title}: {}", reply.body);
            let root = target["root_selector"].as_str().unwrap().replace('.', "/");
            let rows =
                answer.pointer(&format!("/{root}")).unwrap_or_else(|| panic!("{title}: {root}"));
            let rows = rows.as_array().cloned().unwrap_or_else(|| vec![rows.clone()]);
            assert!(!rows.is_empty(), "{title} is empty");
            for column in target["columns"].as_array().unwrap() {
                let selector = column["selector"].as_str().unwrap().replace('.', "/");
                let shown = rows.iter().any(|row| {
                    row.pointer(&format!("/{selector}")).is_some_and(|it| !it.is_null())
                });
                assert!(shown, "{title}: no row has {selector}");
            }
            targets += 1;
        }
    }
    assert!(targets >= 6, "{targets} panels");
}

/// The codes in the program's own words.
fn codes() -> BTreeSet<String> {
    let source = include_str!("../../src/graphql/error.rs");
    let said =
        source.lines().filter_map(|line| line.trim().strip_prefix("Self::")?.split_once("=> \""));
    said.map(|(_, code)| code.trim_end_matches("\",").to_owned()).collect()
}

/// The rows of the table: code and HTTP status.
fn documented() -> Vec<(String, u16)> {
    let text = read("errors.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let mut cells = row.split('|').map(str::trim);
        let code = cells.next().unwrap().trim_end_matches('`').to_owned();
        (code, cells.next().unwrap().parse().unwrap())
    })
    .collect()
}

#[test]
fn every_code_is_documented_and_no_other() {
    let documented: BTreeSet<String> = documented().into_iter().map(|(code, _)| code).collect();
    assert!(codes().len() > 10);
    assert_eq!(documented, codes(), "docs/errors.md has a row for each code of graphql/error.rs");
}

#[test]
fn codes_come_with_the_status_that_is_documented() {
    let server = Server::start();
    let json = "content-type: application/json";
    let accept = "accept: application/graphql-response+json";
    let long = format!("{{\"query\":\"{}\"}}", " ".repeat(70_000));
    let deep = format!("{{\"query\":\"{{a(b:{}\"}}", "[".repeat(2_000));
    let hash = "0".repeat(64);
    let kept = format!(
        "{{\"extensions\":{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{hash}\"}}}}}}"
    );
    let mut said = String::new();
    for (code, line, headers, body) in [
        ("BAD_REQUEST", "POST /graphql", vec![json, accept], "[]"),
        ("NOT_FOUND", "GET /nothing", vec![], ""),
        ("METHOD_NOT_ALLOWED", "PUT /graphql", vec![json], "{}"),
        ("NOT_ACCEPTABLE", "GET /graphql?query={__typename}", vec!["accept: text/csv"], ""),
        ("PAYLOAD_TOO_LARGE", "POST /graphql", vec![json, accept], &long),
        ("UNSUPPORTED_MEDIA_TYPE", "POST /graphql", vec!["content-type: text/plain"], "{}"),
        ("GRAPHQL_PARSE_FAILED", "POST /graphql", vec![json, accept], r#"{"query":"{"}"#),
        (
            "GRAPHQL_VALIDATION_FAILED",
            "POST /graphql",
            vec![json, accept],
            r#"{"query":"{ nothing }"}"#,
        ),
        (
            "OPERATION_NOT_FOUND",
            "POST /graphql",
            vec![json, accept],
            r#"{"query":"query A { __typename }","operationName":"B"}"#,
        ),
        ("QUERY_TOO_LARGE", "POST /graphql", vec![json, accept], &deep),
        (
            "BAD_USER_INPUT",
            "POST /graphql",
            vec![json, accept],
            r#"{"query":"query ($n: Int) { conventions(limit: $n) { code } }","variables":{"n":"x"}}"#,
        ),
        ("PERSISTED_QUERY_NOT_FOUND", "POST /graphql", vec![json, accept], &kept),
    ] {
        let reply = server.send(line, &headers, body);
        let expected = documented().into_iter().find(|(it, _)| it == code).unwrap().1;
        if (reply.error().0.as_str(), reply.status) != (code, expected) {
            writeln!(said, "{code} {expected}: {} {}", reply.status, reply.body).unwrap();
        }
    }
    assert!(said.is_empty(), "{said}");
}
