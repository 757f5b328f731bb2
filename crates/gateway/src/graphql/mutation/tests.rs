//! What files record can be recorded over GraphQL, and comes to the same.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use async_graphql::Value as Given;
use chancery_kernel::Place;
use chancery_register::{
    Command,
    record::{self, Content, RecordFile, TableContext, convention_of},
};
use chancery_store::MemoryStore;
use serde_json::{Map, Value, json};

use super::{
    shape::{Field, Shape, Stands, TYPES},
    text::Text,
};
use crate::{
    auth::{Caller, Role, Writer},
    graphql::{Request, schema},
    service::{Input, Service},
    settings::Limits,
};

#[tokio::test]
async fn the_fixtures_come_to_the_same_over_graphql() {
    for folder in ["apmbc", "att", "ccm", "example", "tpnw"] {
        let (by_file, by_graphql) = (service().await, service().await);
        for (name, text) in texts(folder) {
            let (file, input) = read(&name, text, folder);
            by_file.record(&[input]).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            let answer = record(&by_graphql, &file).await;
            let receipt = &answer["data"]["record"]["receipt"];
            assert_eq!(receipt["facts"], file.facts().count(), "{name}: {answer:#}");
            // Told by content: what was recorded in one way is known in the other.
            assert_eq!(record(&by_file, &file).await["data"]["record"]["receipt"]["facts"], 0);
        }
        let events = |service: &Service| {
            let view = service.views().all().unwrap().remove(0);
            let said = |it: &Arc<chancery_register::Recorded>| {
                let it = &it.envelope;
                (it.command, it.recorded_by.clone(), it.source.clone(), it.event.clone())
            };
            view.log().iter().map(said).collect::<Vec<_>>()
        };
        assert!(events(&by_file) == events(&by_graphql), "{folder}");
    }
}

#[test]
fn a_path_leads_to_what_is_wrong() {
    let wrong = |given: Value| {
        let given = Given::from_json(given).unwrap();
        let text = Text::of("RecordInput", &given, &"isu".parse().unwrap());
        let reading = record::attempt(text.as_str());
        let told = text.told(&reading.mistakes);
        told.into_iter().map(|it| format!("{}: {}", it.at, it.what)).collect::<Vec<_>>()
    };
    let entry = |fact: Value| {
        json!({ "convention": "ccm", "source": "x", "facts": [
            { "place": { "para": "1" }, "fact": { "opened": { "meeting": "7msp", "on": "2017-09-04" } } },
            { "place": { "para": "2" }, "fact": fact },
        ] })
    };
    let elected = |states: Value| {
        entry(
            json!({ "elected": { "office": "president", "meeting": "7msp", "on": "2017-09-04", "states": states } }),
        )
    };
    assert_eq!(wrong(elected(json!(["DEU"]))), [""; 0]);
    assert_eq!(wrong(elected(json!("DEU"))), [""; 0]);
    for (given, expected) in [
        (
            elected(json!(["DEU", "Zambia", 3])),
            vec![
                "facts[1].fact.elected.states[1]: `Zambia` is not the code of a State",
                "facts[1].fact.elected.states[2]: 3 is a number",
            ],
        ),
        (
            entry(json!({ "electd": {} })),
            vec!["facts[1].fact.electd: there is no field `electd` here"],
        ),
        (entry(json!({})), vec!["facts[1].fact: nothing stands here"]),
        (
            entry(
                json!({ "opened": { "meeting": "7msp", "on": "2017-09-04" }, "closed": { "meeting": "7msp" } }),
            ),
            vec!["facts[1].fact: `opened`, `closed` stand here together"],
        ),
        (
            entry(
                json!({ "attended": { "as": "STATE", "states": ["DEU"], "on": "2017-09-04", "meting": "x" } }),
            ),
            vec![
                "facts[1].fact.attended.as: `STATE` is no Category",
                "facts[1].fact.attended.meeting: `meeting` is missing",
                "facts[1].fact.attended.meting: there is no field `meting` here",
            ],
        ),
        (
            json!({ "facts": [{ "fact": null }], "sourc": "x" }),
            vec![
                "convention: `convention` is missing",
                "source: `source` is missing",
                "facts[0].place: `place` is missing",
                "facts[0].fact: `fact` is missing",
                "sourc: there is no field `sourc` here",
            ],
        ),
        (
            json!({ "convention": "CCM!", "source": "x", "on": "last week", "facts": [3] }),
            vec![
                "convention: `CCM!` is not a convention's id",
                "on: `last week` is not a date",
                "facts[0]: 3 is a number",
            ],
        ),
    ] {
        let told = wrong(given.clone());
        let is = told.len() == expected.len()
            && told.iter().zip(&expected).all(|(told, expected)| told.starts_with(expected));
        assert!(is, "{given:#}\n{told:#?}");
    }
}

/// Whatever stands in a text: it comes out as it went in.
#[test]
fn no_letter_is_lost_on_the_way() {
    let odd = "\u{85} \u{2028} \u{feff} \u{7f} \" \\ \n \t # : - {} [] ' & * ! | > % @ ` 🏛 ü";
    let given = Given::from_json(json!({ "convention": "ccm", "source": odd })).unwrap();
    let text = Text::of("RecordInput", &given, &"isu".parse().unwrap());
    let read: Value = serde_json::from_str(text.as_str()).unwrap();
    assert_eq!(read["source"], odd);
    // What no source can be called is told as such, and is no trouble for the reader.
    let reading = record::attempt(text.as_str());
    let told = text.told(&reading.mistakes);
    assert!(told.iter().any(|it| it.at == "source" && it.what.contains("control")), "{told:?}");
}

async fn service() -> Arc<Service> {
    Arc::new(Service::open(Arc::new(MemoryStore::new()), |_, _| {}).await.unwrap())
}

/// Records a file over GraphQL, as who recorded it.
async fn record(service: &Arc<Service>, file: &RecordFile) -> Value {
    let name = file.recorded_by.clone();
    let writer = Writer { name, roles: Role::ALL.into(), convention: None };
    let variables = json!({ "input": input(file) });
    let request = Request {
        query:
            "mutation ($input: RecordInput!) { record(input: $input) { receipt { facts known } } }"
                .to_owned(),
        variables: variables.as_object().unwrap().clone(),
        caller: Caller::Writer(Arc::new(writer)),
        ..Request::default()
    };
    let answer = schema(service.clone(), &Limits::default()).execute(request).await;
    serde_json::from_slice(&answer.into_json()).unwrap()
}

/// The files of a folder of fixtures, in the order of recording.
fn texts(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let mut paths = vec![folder.join("profile.yaml")];
    paths.extend(["status.csv", "un_scale.csv"].map(|name| folder.join(name)));
    let records = fs::read_dir(folder.join("records")).into_iter().flatten();
    let mut records: Vec<_> = records.map(|entry| entry.unwrap().path()).collect();
    records.sort();
    paths.extend(records);
    let named = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let there = paths.iter().filter(|path| path.exists());
    there.map(|path| (named(path), fs::read_to_string(path).unwrap())).collect()
}

fn read(name: &str, text: String, folder: &str) -> (RecordFile, Input) {
    if name.ends_with(".csv") {
        let profile = &texts(folder)[0].1;
        let (convention, recorded_by) = convention_of(profile).unwrap();
        let context = TableContext { convention, recorded_by };
        let file = record::read_table(name, &text, &context).unwrap();
        return (file, Input::table(name, text, &context).unwrap());
    }
    (record::read(name, &text).unwrap(), Input::file(name, text).unwrap())
}

/// A file as the argument of `record`.
fn input(file: &RecordFile) -> Value {
    let mut input = Map::new();
    input.insert("convention".to_owned(), file.convention.as_str().into());
    let mut facts = Vec::new();
    for entry in &file.entries {
        let Content::Fact(command) = &entry.content else { continue };
        let symbol = entry.citation.symbol.to_string();
        if let Command::Profile(_) = **command {
            let body = json!(command.body());
            let profile = Shape::Fields("ProfileInput".to_owned());
            input.insert("profile".to_owned(), said(&profile, &body["profile"]));
            input.insert("on".to_owned(), body["on"].clone());
            input.insert("source".to_owned(), symbol.into());
            continue;
        }
        let kind = match entry.citation.place {
            Place::Paragraph(_) => "para",
            Place::Footnote(_) => "footnote",
            Place::Annex(_) => "annex",
            Place::Article(_) => "article",
            Place::Entry(_) => "entry",
        };
        let fact = json!({ command.key(): command.body() });
        facts.push(json!({
            "place": { kind: entry.citation.place.number() },
            "source": symbol,
            "fact": said(&Shape::Fields("FactInput".to_owned()), &fact),
        }));
    }
    input.entry("source").or_insert_with(|| "not said".into());
    if !facts.is_empty() || !input.contains_key("profile") {
        input.insert("facts".to_owned(), facts.into());
    }
    input.into()
}

/// What a record file says, as GraphQL does.
fn said(shape: &Shape, json: &Value) -> Value {
    match (shape, json) {
        (Shape::Scalar(_) | Shape::Open, it) => it.clone(),
        (Shape::Words(name), word) => {
            let found = TYPES.words(name).iter().find(|it| *word == *it.key);
            found.unwrap_or_else(|| panic!("{name}: {word}")).name.clone().into()
        }
        (Shape::List(item), Value::Array(items)) => {
            items.iter().map(|it| said(item, it)).collect::<Vec<_>>().into()
        }
        (Shape::List(item), one) => json!([said(item, one)]),
        (Shape::Rates(_), rates) => {
            let rates: BTreeMap<String, String> = serde_json::from_value(rates.clone()).unwrap();
            let pair = |(state, rate): (&String, &String)| json!({ "state": state, "rate": rate });
            rates.iter().map(pair).collect::<Vec<_>>().into()
        }
        (Shape::Fields(name), json) => {
            let fields = &TYPES.fields(name).unwrap().fields;
            let by_key = |key: &str| -> &Field {
                let under = |it: &&Field| it.stands == Stands::Under(key.to_owned());
                fields.iter().find(under).unwrap_or_else(|| panic!("{name}: {key}"))
            };
            if let Value::String(word) = json {
                return json!({ by_key(word).name.clone(): true });
            }
            let member = |(key, value): (&String, &Value)| {
                let field = by_key(key);
                (field.name.clone(), said(&field.shape, value))
            };
            json.as_object().unwrap().iter().map(member).collect::<Map<_, _>>().into()
        }
    }
}
