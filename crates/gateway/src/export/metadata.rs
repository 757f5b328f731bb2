use serde_json::{Value, json};

use super::{Column, Form, Kind, List, NOTE};
use crate::service::{Asked, Knowledge};

/// On which terms a register's data are given: for its keeper to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    licence: String,
}

impl Terms {
    /// A licence: the address of its text, or words.
    pub fn new(licence: impl Into<String>) -> Self {
        Self { licence: licence.into() }
    }

    /// The licence.
    pub fn licence(&self) -> &str {
        &self.licence
    }

    /// The address of the licence's text, if it is one that a header can hold.
    pub fn address(&self) -> Option<&str> {
        let plain = self.licence.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'>');
        let web = self.licence.starts_with("https://") || self.licence.starts_with("http://");
        Some(&*self.licence).filter(|_| plain && web)
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self::new(
            "not stated by the keeper of this register; the documents that it cites are under the terms of their publishers",
        )
    }
}

/// What a list is, as metadata for tabular data on the Web (W3C Recommendation, *Metadata
/// Vocabulary for Tabular Data*): source, licence, dials, positions, and every column. `query` is
/// that of the list's address, without the question mark.
pub fn metadata(list: &dyn List, asked: &[Asked], terms: &Terms, query: &str) -> Value {
    let question = if query.is_empty() { "" } else { "?" };
    let recorded = asked.iter().map(|it| it.known().recorded_at).max();
    let columns: Vec<Value> = list.columns().iter().map(column).collect();
    let key = list.key().map(|key| [&["convention"], key].concat());
    let schema = key.map_or_else(
        || json!({ "columns": columns }),
        |key| json!({ "columns": columns, "primaryKey": key }),
    );
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "url": format!("{}.{}{question}{query}", list.name(), Form::Csv.ending()),
        "dc:title": list.name(),
        "dc:description": list.about(),
        "dc:source": sources(asked),
        "dc:license": terms.address().map_or_else(|| json!(terms.licence()), |it| json!({ "@id": it })),
        "dc:rights": NOTE,
        "dc:modified": recorded.map(|it| it.to_string()),
        "notes": asked.iter().map(dials).collect::<Vec<_>>(),
        "tableSchema": schema,
    })
}

/// Where a register's facts come from: each row cites its own documents.
pub(super) fn sources(asked: &[Asked]) -> String {
    let register = |it: &Asked| {
        let profile = it.view().state().profile.as_deref();
        profile.map_or_else(
            || it.view().convention().to_string(),
            |profile| {
                format!(
                    "{} ({}; depositary: {})",
                    profile.name,
                    it.view().convention(),
                    profile.depositary
                )
            },
        )
    };
    let registers: Vec<String> = asked.iter().map(register).collect();
    format!(
        "Chancery's register of {}, made from the documents that each row cites",
        registers.join(", ")
    )
}

/// The dials that a convention was read with, and up to where it is known.
pub(super) fn dials(asked: &Asked) -> Value {
    let known = asked.known();
    let (moment, position) = match asked.dials().knowledge {
        Some(Knowledge::At(moment)) => (Some(moment.to_string()), None),
        Some(Knowledge::Position(position)) => (None, Some(position)),
        None => (None, None),
    };
    json!({
        "convention": asked.view().convention(),
        "asAt": asked.day().to_string(),
        "asKnownAt": moment,
        "atPosition": position,
        "position": known.position,
        "recordedAt": known.recorded_at.to_string(),
    })
}

fn column(column: &Column) -> Value {
    let mut value = json!({
        "name": column.name,
        "titles": column.name,
        "dc:description": column.about,
        "datatype": datatype(column.kind),
    });
    if let (Kind::Several, Some(object)) = (column.kind, value.as_object_mut()) {
        object.insert("separator".to_owned(), json!("; "));
    }
    value
}

fn datatype(kind: Kind) -> Value {
    match kind {
        Kind::Text
        | Kind::Word
        | Kind::Several
        | Kind::Convention
        | Kind::StateName
        | Kind::Meeting
        | Kind::Decision => json!("string"),
        Kind::State => json!({ "base": "string", "format": "[A-Z]{3}" }),
        Kind::Day => json!("date"),
        Kind::Date => json!({ "base": "string", "format": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" }),
        Kind::Moment => json!("dateTime"),
        Kind::Decimal => json!("decimal"),
        Kind::Integer => json!("integer"),
        Kind::Truth => json!("boolean"),
        Kind::Json => json!("json"),
    }
}
