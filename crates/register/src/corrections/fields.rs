//! A fact with some of its fields changed, as a person writes them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::Rejection;
use crate::{Command, Event, record};

/// The command that would record an event with these fields in place of its own.
pub(super) fn with(event: &Event, changes: &BTreeMap<String, Value>) -> Result<Command, Rejection> {
    // What would be asked for to record it: of a correction, its event as a person names it.
    let mut fields = object(serde_json::to_value(Command::from(event.clone()).body()));
    for (field, value) in changes {
        // A list may be written as its one item, under its singular name.
        fields.remove(&format!("{field}s"));
        if value.is_null() && fields.remove(field).is_some() {
            continue;
        }
        fields.insert(field.clone(), value.clone());
    }
    record::fact(event.key(), &fields).map_err(|fault| Rejection::Field {
        fact: event.key(),
        what: fault.what,
        right: fault.right,
    })
}

/// An event's fields as they are stored.
pub(super) fn of(event: &Event) -> Map<String, Value> {
    object(event.data())
}

fn object(payload: serde_json::Result<Value>) -> Map<String, Value> {
    // Payloads are plain structs.
    match payload {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// The fields of `new` that `old` has not, or has otherwise; null where only `old` has one.
pub(super) fn changes(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
) -> BTreeMap<String, Value> {
    let changed = new.iter().filter(|(field, value)| old.get(*field) != Some(*value));
    let gone = old.keys().filter(|field| !new.contains_key(*field));
    let changed = changed.map(|(field, value)| (field.clone(), value.clone()));
    changed.chain(gone.map(|field| (field.clone(), Value::Null))).collect()
}
