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

/// The schema of a record file.
pub fn record_file() -> Value {
    let mut generator = generator();
    let mut properties = Map::new();
    let places = ["para", "footnote", "annex", "article", "entry"];
    for place in places {
        properties.insert(place.to_owned(), json!({ "type": ["string", "integer"] }));
    }
    properties.insert("source".to_owned(), json!({ "type": "string" }));
    properties.insert("no_fact".to_owned(), json!({ "type": "string" }));
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
    let profile = generator.subschema_for::<Profile>();
    let date = generator.subschema_for::<chancery_kernel::PartialDate>();
    let mut definitions = generator.take_definitions(true);
    definitions.values_mut().for_each(as_written);
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
            "on": date,
            "profile": profile,
            "facts": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": properties,
                    "allOf": [{ "oneOf": one_of(&places) }, { "oneOf": one_of(&keys) }],
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

/// Record files are laxer than stored events: a list may be written as its one item, under its
/// singular name, and the file's date may stand for the fact's.
fn as_written(definition: &mut Value) {
    if let Some(required) = definition.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !matches!(name.as_str(), Some("on" | "states" | "documents")));
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
