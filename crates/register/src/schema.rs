//! JSON Schemas of record files, of the profile and of stored events, for editors and for readers
//! of the log. They are generated from the types that the program itself reads.

use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{
    corrections, journal,
    profile::{self, Profile},
    sources,
};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The keys that name a place in a source, and what each names.
const PLACES: [(&str, &str); 5] = [
    ("para", "A numbered paragraph, with its sub-paragraph: `50(a)`."),
    ("footnote", "A footnote by its number."),
    (
        "annex",
        "An item of an annex: the annex's number, a full stop, the paragraph's or the row's: `I.3`.",
    ),
    ("article", "An article of a treaty: `17(1)`."),
    ("entry", "An entry of a list: `BEN`."),
];

/// The schema of a record file.
pub fn record_file() -> Value {
    file(as_written)
}

/// The schema of a record file as a program would write it: nothing is written in two ways, every
/// list as a list. Interfaces for programs are made of it.
pub fn facts() -> Value {
    file(dated_by_head)
}

fn file(form: fn(&mut Value)) -> Value {
    let mut generator = generator();
    let mut properties = Map::new();
    for (place, description) in PLACES {
        let schema = json!({ "type": ["string", "integer"], "description": description });
        properties.insert(place.to_owned(), schema);
    }
    for (key, description) in [
        ("source", "The document, where it is another one than the file's."),
        ("no_fact", "Why there is nothing to record here."),
    ] {
        let schema = json!({ "type": "string", "description": description });
        properties.insert(key.to_owned(), schema);
    }
    let mut keys = vec!["no_fact"];
    for (key, schema) in [
        chancery_membership::Command::schemas(&mut generator),
        chancery_meetings::Command::schemas(&mut generator),
        chancery_offices::Command::schemas(&mut generator),
        chancery_decisions::Command::schemas(&mut generator),
        chancery_finance::Command::schemas(&mut generator),
        chancery_obligations::Command::schemas(&mut generator),
        sources::Command::schemas(&mut generator),
        corrections::Command::schemas(&mut generator),
    ]
    .into_iter()
    .flatten()
    {
        keys.push(key);
        properties.insert(key.to_owned(), schema.into());
    }
    let one_of = |keys: &[&str]| -> Value {
        keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>().into()
    };
    let mut law = generator.subschema_for::<Profile>();
    law.insert("description".to_owned(), "The convention's rules.".into());
    let mut on = generator.subschema_for::<chancery_kernel::PartialDate>();
    let dated = "The date of every fact that names none. Treaty actions always name their own.";
    on.insert("description".to_owned(), dated.into());
    let mut definitions = generator.take_definitions(true);
    definitions.values_mut().for_each(form);
    json!({
        "$schema": DIALECT,
        "title": "Chancery record file",
        "description": "One source, as facts: each with the place that proves it.",
        "type": "object",
        "required": ["convention", "source", "recorded_by"],
        "anyOf": [{ "required": ["facts"] }, { "required": ["profile"] }],
        "additionalProperties": false,
        "properties": {
            "convention": { "type": "string", "description": "The convention's id." },
            "source": { "type": "string", "description": "The document's symbol, or its description." },
            "recorded_by": { "type": "string", "description": "Who records." },
            "on": on,
            "profile": law,
            "facts": {
                "type": "array",
                "description": "What the source says, place by place.",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": properties,
                    "allOf": [{ "oneOf": one_of(&PLACES.map(|(key, _)| key)) }, { "oneOf": one_of(&keys) }],
                },
            },
        },
        "$defs": definitions,
    })
}

/// The schema of a profile.
pub fn profile() -> Value {
    let mut generator = generator();
    let root = generator.root_schema_for::<Profile>();
    root.into()
}

/// The schema of a stored event.
pub fn event() -> Value {
    let mut generator = generator();
    let kinds: Vec<Value> = [
        profile::Event::schemas(&mut generator),
        chancery_membership::Event::schemas(&mut generator),
        chancery_meetings::Event::schemas(&mut generator),
        chancery_offices::Event::schemas(&mut generator),
        chancery_decisions::Event::schemas(&mut generator),
        chancery_finance::Event::schemas(&mut generator),
        chancery_obligations::Event::schemas(&mut generator),
        sources::Event::schemas(&mut generator),
        corrections::Event::schemas(&mut generator),
        journal::Event::schemas(&mut generator),
    ]
    .into_iter()
    .flatten()
    .map(|(kind, schema, data)| {
        json!({ "properties": { "type": { "const": kind }, "schema": { "const": schema }, "data": data } })
    })
    .collect();
    let date = generator.subschema_for::<chancery_kernel::PartialDate>();
    let citation = generator.subschema_for::<chancery_kernel::Citation>();
    let definitions = generator.take_definitions(true);
    json!({
        "$schema": DIALECT,
        "title": "Chancery event",
        "description": "An event as it is stored: canonical JSON (RFC 8785), at most 65,535 bytes.",
        "type": "object",
        "required": ["id", "convention", "version", "recorded_at", "recorded_by", "effective", "source", "command", "type", "schema", "data"],
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "convention": { "type": "string" },
            "version": { "type": "integer", "minimum": 1 },
            "recorded_at": { "type": "string", "format": "date-time" },
            "recorded_by": { "type": "string" },
            "effective": date,
            "source": citation,
            "command": { "type": "string", "format": "uuid" },
            "type": { "type": "string" },
            "schema": { "type": "integer", "minimum": 1 },
            "data": { "type": "object" },
        },
        "oneOf": kinds,
        "$defs": definitions,
    })
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

/// The file's date may stand for the fact's.
fn dated_by_head(definition: &mut Value) {
    if let Some(required) = definition.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name != "on");
    }
}

/// Record files are laxer still than stored events: a list may be written as its one item, under
/// its singular name.
fn as_written(definition: &mut Value) {
    dated_by_head(definition);
    if let Some(required) = definition.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !matches!(name.as_str(), Some("states" | "documents")));
    }
    let Some(properties) = definition.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for (many, one) in [
        ("states", Some("state")),
        ("documents", Some("document")),
        ("organisations", Some("organisation")),
        ("themes", Some("theme")),
        ("invited", None),
        ("funded_by", None),
        ("only_for", None),
        ("mostly_by", None),
        ("supersedes", None),
    ] {
        let Some(list) = properties.get(many).cloned() else {
            continue;
        };
        let Some(item) = list.get("items").cloned() else {
            continue;
        };
        if let Some(one) = one
            && !properties.contains_key(one)
        {
            properties.insert(one.to_owned(), item.clone());
        }
        properties.insert(many.to_owned(), json!({ "anyOf": [item, list] }));
    }
}
