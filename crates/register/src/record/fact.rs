//! One fact from fields that did not stand in a file of their own: the values of a correction.

use serde_json::{Map, Value as Json};

use super::{
    collect::collect,
    mistake::Mistake,
    node::{Key, Node, Value},
};
use crate::Command;

/// Reads the fact that `key` stands for from its fields. Numbers may be written as text, as
/// everything in a record file.
///
/// # Errors
/// The first mistake; if it lies in one field's value, it begins with the field's name.
pub(crate) fn fact(key: &str, fields: &Map<String, Json>) -> Result<Command, Mistake> {
    let body = Node { span: 0..0, value: map(fields, |at| at + 1) };
    let mut mistakes = Vec::new();
    let command = collect(&body, &(0..0), &mut mistakes, |node| {
        Command::read(key, node)
            .unwrap_or_else(|| Err(serde::de::Error::custom(format!("there is no fact `{key}`"))))
    });
    let unread = || Mistake::said(0..0, "the fact cannot be read; check its fields");
    command.ok_or_else(|| {
        let first = mistakes.into_iter().next().unwrap_or_else(unread);
        let field = first.span.start.checked_sub(1).and_then(|at| fields.keys().nth(at));
        match field.filter(|field| !first.what.contains(&format!("`{field}`"))) {
            Some(field) => Mistake { what: format!("`{field}`: {}", first.what), ..first },
            None => first,
        }
    })
}

/// A mapping whose values stand at places that tell them apart: what is below a value stands where
/// it does.
fn map(fields: &Map<String, Json>, place: impl Fn(usize) -> usize) -> Value {
    let entry = |(at, (name, value)): (usize, (&String, &Json))| {
        let span = place(at)..place(at);
        (Key { span: span.clone(), name: name.clone() }, node(value, span.start))
    };
    Value::Map(fields.iter().enumerate().map(entry).collect())
}

fn node(json: &Json, place: usize) -> Node {
    let text = |text: String| Value::Scalar { text, plain: false };
    let value = match json {
        Json::Null => Value::Nothing,
        Json::Bool(it) => text(it.to_string()),
        Json::Number(it) => text(it.to_string()),
        Json::String(it) => text(it.clone()),
        Json::Array(items) => Value::List(items.iter().map(|it| node(it, place)).collect()),
        Json::Object(fields) => map(fields, |_| place),
    };
    Node { span: place..place, value }
}
