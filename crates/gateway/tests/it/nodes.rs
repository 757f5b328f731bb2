//! Global ids: what was answered can be asked for again, and no two answers share an id.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::server::Server;

/// How many objects of a type are asked for again.
const SOME: usize = 20;

/// Questions that together lead to every type that has ids.
const REACH: [&str; 6] = [
    "...Convention participants { nodes { ...Participant state { ...State } } }
     meetings { ...Meeting officers { ...Office state { ...State } organisation { ...Organisation } } }",
    "meetings { attendance { ...Attendance state { ...State } organisation { ...Organisation } } }
     offices { ...Office }",
    "decisions { nodes { ...Decision states { ...State } organisations { ...Organisation } } }
     votes { ...Vote } documents { nodes { ...Document } }",
    "deadlines { nodes { ...Deadline } } reports: deadlines(reports: true, first: 500) { nodes { ...Deadline } }
     mandates { nodes { ...Mandate organisations { ...Organisation } } }",
    "history(first: 500) { nodes { ...Event rectifiedBy(limit: 2) { ...Event } } }
     findings { ...Finding event { ...Event } against { ...Event } } reserve { ...Reserve }",
    "b2005: budget(year: 2005) { ...Budget counts { ...ContributionCount }
       payments { ...Payments invoices { ...Invoice } contributions { ...Contribution } } }
     b2016: budget(year: 2016) { counts { ...ContributionCount } }
     finances { procedures { ...FinancialProcedures categories { ...ContributionCategory } }
       scales { ...Scale } estimates { ...CostEstimate } arrears { ...ArrearsReport }
       contributions { ...Contribution } }",
];

/// The types that have ids, each with its fields that are no objects and take no arguments.
fn types(server: &Server) -> BTreeMap<String, String> {
    let query = "{ __type(name: \"Node\") { possibleTypes { name fields {
        name args { name } type { kind ofType { kind ofType { kind ofType { kind } } } } } } } }";
    let data = server.data(query, &json!({}));
    let of_types = data["__type"]["possibleTypes"].as_array().unwrap().iter();
    let fields = |it: &Value| {
        let plain = |field: &&Value| {
            let text = field["type"].to_string();
            let bare = field["args"].as_array().unwrap().is_empty();
            // What is read from the store is the same by its definition.
            bare && !text.contains("\"OBJECT\"") && field["name"] != "canonical"
        };
        let fields = it["fields"].as_array().unwrap().iter().filter(plain);
        fields.map(|field| field["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    of_types.map(|it| (it["name"].as_str().unwrap().to_owned(), fields(it))).collect()
}

fn fragments(types: &BTreeMap<String, String>, used: &str) -> String {
    let used = |name: &str| used.split(['.', ' ', '}']).any(|word| word == name);
    let texts = types.iter().filter(|(name, _)| used(name));
    texts
        .map(|(name, fields)| format!("fragment {name} on {name} {{ __typename {fields} }} "))
        .collect()
}

/// Every object with an id in an answer: what its type's fragment asked for.
fn gather(types: &BTreeMap<String, String>, value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("__typename").and_then(Value::as_str) {
                let asked = types[name].split(' ').chain(["__typename"]);
                let own = asked.map(|field| (field.to_owned(), fields[field].clone()));
                found.push(Value::Object(own.collect()));
            }
            // What was recorded is JSON, and no object of the schema.
            let inner = fields.iter().filter(|(name, _)| *name != "data" && *name != "corrected");
            inner.for_each(|(_, it)| gather(types, it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| gather(types, it, found)),
        _ => {}
    }
}

fn text<'a>(it: &'a Value, field: &str) -> &'a str {
    it[field].as_str().unwrap()
}

#[test]
fn every_object_is_found_again_by_an_id_that_is_its_own() {
    let server = Server::of_all();
    let types = types(&server);
    assert!(types.len() > 20, "{types:?}");
    let mut by_id: BTreeMap<String, Value> = BTreeMap::new();
    let mut met = BTreeSet::new();
    let dials = [
        ("ccm", json!({ "d": "2017-09-06" })),
        ("ccm", json!({ "d": "2018-10-01", "p": 400 })),
        ("ccm", json!({})),
        ("example", json!({ "d": "2005-12-31" })),
        ("example", json!({ "k": "2100-01-01T00:00:00Z" })),
    ];
    for (convention, mut variables) in dials {
        variables["c"] = convention.into();
        let mut found = Vec::new();
        for part in REACH {
            let query = format!(
                "query ($c: ID!, $d: Date, $p: SafeInt, $k: DateTime) {{
                   convention(id: $c, asAt: $d, atPosition: $p, asKnownAt: $k) {{ {part} }} }} {}",
                fragments(&types, part)
            );
            gather(&types, &server.data(&query, &variables), &mut found);
        }
        let mut of_type: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for object in &found {
            let id = text(object, "id");
            let known = by_id.entry(id.to_owned()).or_insert_with(|| object.clone());
            assert_eq!(known, object, "two answers share the id {id}");
            of_type.entry(text(object, "__typename")).or_default().push(object);
        }
        for (name, objects) in of_type {
            met.insert(name.to_owned());
            let some: Vec<&Value> =
                objects.iter().copied().step_by(objects.len() / SOME + 1).collect();
            let ids: Vec<&str> = some.iter().map(|it| text(it, "id")).collect();
            let query = format!(
                "query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ...{name} }} }} {}",
                fragments(&types, name)
            );
            let again = server.data(&query, &json!({ "ids": ids }));
            for (was, is) in some.iter().zip(again["nodes"].as_array().unwrap()) {
                assert_eq!(*was, is, "{name} {}", text(was, "id"));
            }
        }
    }
    let never: Vec<&String> = types.keys().filter(|name| !met.contains(*name)).collect();
    assert!(never.is_empty(), "the questions lead to no {never:?}");
}

#[test]
fn a_node_is_what_it_was_on_its_dials() {
    let server = Server::start();
    let meeting = "query ($d: Date) { convention(id: \"ccm\", asAt: $d) { meeting(id: \"8msp\") { id opensOn } } }";
    let ask =
        |day: Value| server.data(meeting, &json!({ "d": day }))["convention"]["meeting"].clone();
    let (early, late) = (ask(json!("2017-09-06")), ask(json!("2018-10-01")));
    assert_ne!(early["id"], late["id"]);
    assert_eq!(ask(json!("2017-09-06")), early);
    let node = "query ($id: ID!) { node(id: $id) { __typename ... on Meeting { id opensOn officers { state { name } } } } }";
    for was in [&early, &late] {
        let is = server.data(node, &json!({ "id": was["id"] }));
        assert_eq!(is["node"]["opensOn"], was["opensOn"]);
        assert_eq!(is["node"]["id"], was["id"]);
    }
}

#[test]
fn arguments_take_a_code_or_an_id() {
    let server = Server::of_all();
    let ids = "{ convention(id: \"ccm\", asAt: \"2017-09-06\") { id meeting(id: \"7msp\") { id decisions(first: 1) { nodes { id code } } } } }";
    let ccm = server.data(ids, &json!({}))["convention"].take();
    let decision = &ccm["meeting"]["decisions"]["nodes"][0];
    let query =
        "query ($c: ID!, $m: ID!, $d: ID!, $day: Date) { convention(id: $c, asAt: $day) { asAt
        meeting(id: $m) { code } decision(id: $d) { code }
        decisions(meeting: $m) { totalCount } history(meeting: $m) { totalCount } } }";
    let by_ids = json!({ "c": ccm["id"], "m": ccm["meeting"]["id"], "d": decision["id"] });
    let by_codes = json!({ "c": "ccm", "m": "7msp", "d": decision["code"], "day": "2017-09-06" });
    let answer = server.data(query, &by_ids);
    assert_eq!(answer, server.data(query, &by_codes));
    assert_eq!(answer["convention"]["asAt"], "2017-09-06", "the dials of the id hold");
    let mut later = by_ids.clone();
    later["day"] = json!("2018-01-01");
    let answer = server.data(query, &later);
    assert_eq!(answer["convention"]["asAt"], "2018-01-01", "the argument's day goes before");

    for (wrong, says) in [
        (json!({ "c": ccm["meeting"]["id"], "m": "7msp", "d": "x" }), "id of a Meeting"),
        (json!({ "c": "ccm", "m": decision["id"], "d": "x" }), "give one of a Meeting of `ccm`"),
        (json!({ "c": "example", "m": ccm["meeting"]["id"], "d": "x" }), "Meeting of `ccm`"),
    ] {
        let reply = server.post(&json!({ "query": query, "variables": wrong }));
        let (code, message) = reply.error();
        assert_eq!(code, "BAD_USER_INPUT");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn what_is_no_id_or_leads_nowhere_is_told_apart() {
    let server = Server::start();
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    // `Meeting ccm - - 99msp` and `Meeting none - - 7msp`: ids that name nothing.
    for id in ["TWVldGluZyBjY20gLSAtIDk5bXNw", "TWVldGluZyBub25lIC0gLSA3bXNw"] {
        assert_eq!(server.data(node, &json!({ "id": id }))["node"], Value::Null);
    }
    for id in ["7msp", "", "TWVldGluZw", "\u{1f54a}"] {
        let reply = server.post(&json!({ "query": node, "variables": { "id": id } }));
        let (code, message) = reply.error();
        assert_eq!(code, "BAD_USER_INPUT");
        assert!(message.contains("is no global id"), "{message}");
    }
    let many: Vec<&str> = vec!["TWVldGluZyBjY20gLSAtIDdtc3A"; 101];
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let reply = server.post(&json!({ "query": query, "variables": { "ids": many } }));
    assert!(reply.error().1.contains("at most 100"), "{}", reply.body);
    let few = server.data(query, &json!({ "ids": many[..2] }));
    assert_eq!(few["nodes"], json!([{ "id": many[0] }, { "id": many[0] }]));
}
