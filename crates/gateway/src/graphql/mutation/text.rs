//! What a mutation was given, as the text of a record file, with the place of every piece. The text
//! is read by the reader of record files, so that the same is wrong here as there; what is wrong is
//! told by its place in what was given.
//!
//! JSON is YAML, and needs no rules of quoting.

use std::{collections::BTreeSet, fmt::Write as _};

use async_graphql::{Name, Value, indexmap::IndexMap};
use chancery_kernel::{RecorderId, nearest};
use chancery_register::{Domain, record::Mistake};

use super::{
    draft::{Draft, Step},
    shape::{DISMISS, Field, Fields, RECORD, RECTIFY, Shape, Stands, TYPES},
};

/// What stands in the text for something that was given and cannot be: no reader takes it for a
/// value, so what it belongs to counts as not read.
const UNREADABLE: &str = r#"{"?": null}"#;

/// How much of somebody's own words a message repeats, in characters.
const SHOWN: usize = 80;

/// The text of a record file that nobody wrote.
pub(super) struct Text {
    draft: Draft,
    wrong: Vec<(usize, Wrong)>,
    /// The facts by their keys, with their pieces.
    facts: Vec<(usize, Domain)>,
}

/// What is wrong where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The path below the argument `input`: `facts[3].fact.elected.states[1]`.
    pub(super) at: String,
    pub(super) what: String,
    pub(super) right: Option<String>,
}

type Object = IndexMap<Name, Value>;

impl Text {
    /// What was given for a type of [`TYPES`], as recorded by somebody.
    pub(super) fn of(type_name: &str, given: &Value, recorded_by: &RecorderId) -> Self {
        let mut text = Self { draft: Draft::new(), wrong: Vec::new(), facts: Vec::new() };
        text.draft.key("recorded_by");
        text.draft.quoted(recorded_by.as_str());
        match (TYPES.fields(type_name), given) {
            (Some(fields), Value::Object(given)) => text.root(type_name, fields, given),
            _ => text.wrong(0, "this is no object", "write `{convention: …, source: …}`"),
        }
        text.draft.text.push('}');
        text.draft.end(0);
        text
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        &self.draft.text
    }

    /// The domains of the facts, with the places of the facts.
    pub(super) fn facts(&self) -> impl Iterator<Item = (String, Domain)> {
        self.facts.iter().map(|(piece, domain)| (self.draft.path(*piece), *domain))
    }

    /// Everything that is wrong, in the order of the text: what was seen here, and what the reader
    /// and the rules found in the text.
    pub(super) fn told<'a>(&self, found: impl IntoIterator<Item = &'a Mistake>) -> Vec<Wrong> {
        let mut all: Vec<(usize, Wrong)> =
            self.wrong.iter().map(|(piece, it)| (self.draft.start(*piece), it.clone())).collect();
        for it in found {
            let piece = self.draft.innermost(&it.span);
            if !self.draft.is_told(piece) {
                let right = it.right.as_ref().map(|right| TYPES.said_here(right));
                let what = TYPES.said_here(&it.what);
                all.push((it.span.start, Wrong { at: self.draft.path(piece), what, right }));
            }
        }
        all.sort_by_key(|(start, _)| *start);
        all.into_iter().map(|(_, it)| it).collect()
    }

    fn root(&mut self, type_name: &str, fields: &Fields, given: &Object) {
        if type_name == RECORD {
            self.fields(type_name, &fields.fields, given, 0);
        } else {
            // A head with one entry.
            let is_head = |it: &&Field| matches!(&*it.name, "convention" | "source");
            let (head, entry): (Vec<&Field>, Vec<&Field>) = fields.fields.iter().partition(is_head);
            self.fields(type_name, head, given, 0);
            self.draft.key("facts");
            self.draft.text.push_str("[\n{");
            self.fields(type_name, entry, given, 0);
            self.draft.text.push_str("}]");
        }
        self.unknown(&fields.fields, given, 0);
    }

    /// The members of a mapping that are given or have to be.
    fn fields<'a>(
        &mut self,
        type_name: &str,
        fields: impl IntoIterator<Item = &'a Field>,
        given: &Object,
        within: usize,
    ) {
        for field in fields {
            match value_of(field, given) {
                Some(value) => self.member(type_name, field, value, within),
                None if field.required => self.missing(field, within),
                None => {}
            }
        }
    }

    fn member(&mut self, type_name: &str, field: &Field, value: &Value, within: usize) {
        let piece = self.draft.begin(within, Step::Field(field.name.as_str().into()));
        match (&field.stands, &field.shape, value) {
            (Stands::Nowhere, ..) => {}
            (Stands::Under(key), ..) => {
                let holds_facts = ["FactInput", RECORD, RECTIFY, DISMISS].contains(&type_name);
                if holds_facts && let Some(domain) = Domain::of(key) {
                    self.facts.push((piece, domain));
                }
                self.draft.key(key);
                self.value(&field.shape, value, piece);
            }
            (Stands::Apart, Shape::Fields(name), Value::Object(given)) => {
                if let Some(fields) = TYPES.fields(name) {
                    self.one(name, fields, given, piece);
                }
            }
            (Stands::Apart, shape, _) => {
                self.not_a(&shape.type_name(), value, piece);
                self.in_place_of(field, piece);
            }
        }
        self.draft.end(piece);
    }

    /// The one field of several, beside the members of the mapping that it stands in.
    fn one(&mut self, name: &str, fields: &Fields, given: &Object, piece: usize) {
        let known: Vec<&Field> =
            fields.fields.iter().filter(|it| value_of(it, given).is_some()).collect();
        let unknown = self.unknown(&fields.fields, given, piece);
        if known.len() > 1 || known.is_empty() && !unknown {
            let found = if known.is_empty() {
                "nothing stands here".to_owned()
            } else {
                let names: Vec<&str> = known.iter().map(|it| it.name.as_str()).collect();
                format!("`{}` stand here together", names.join("`, `"))
            };
            let right = format!("write exactly one of the fields of {name}");
            self.wrong(piece, &found, &right);
        }
        match (known.first(), fields.fields.first()) {
            (Some(field), _) => {
                if let Some(value) = value_of(field, given) {
                    self.member(name, field, value, piece);
                }
            }
            (None, Some(any)) => self.in_place_of(any, piece),
            (None, None) => {}
        }
    }

    fn value(&mut self, shape: &Shape, value: &Value, piece: usize) {
        match (shape, value) {
            (Shape::Scalar("Boolean"), Value::Boolean(it)) => {
                let _ = write!(self.draft.text, "{it}");
            }
            (Shape::Scalar("Int" | "SafeInt"), Value::Number(it)) if !it.is_f64() => {
                let _ = write!(self.draft.text, "{it}");
            }
            (Shape::Scalar("ID"), Value::Number(it)) if !it.is_f64() => {
                self.draft.quoted(&it.to_string());
            }
            (Shape::Scalar("Boolean" | "Int" | "SafeInt"), other) => {
                self.not_read(shape, other, piece);
            }
            (Shape::Scalar(_), Value::String(it)) => self.draft.quoted(it),
            (Shape::Words(name), Value::String(it)) => self.word(name, it, piece),
            (Shape::Words(name), Value::Enum(it)) => self.word(name, it, piece),
            (Shape::Fields(name), Value::Object(given)) => self.object(name, given, piece),
            (Shape::List(item), Value::List(values)) => {
                self.draft.text.push('[');
                for (number, value) in values.iter().enumerate() {
                    self.draft.text.push_str(if number > 0 { ",\n" } else { "\n" });
                    let item_piece = self.draft.begin(piece, Step::Item(number));
                    self.value(item, value, item_piece);
                    self.draft.end(item_piece);
                }
                self.draft.text.push(']');
            }
            (Shape::List(_) | Shape::Rates(_), Value::Null) => self.not_read(shape, value, piece),
            // One value stands for a list of it.
            (Shape::List(item), one) => {
                self.draft.text.push('[');
                self.value(item, one, piece);
                self.draft.text.push(']');
            }
            (Shape::Rates(pair), Value::List(pairs)) => self.rates(pair, pairs, piece),
            (Shape::Rates(pair), one) => self.rates(pair, std::slice::from_ref(one), piece),
            (Shape::Open, value) => {
                let json = value.clone().into_json().unwrap_or_default();
                self.draft.json(&json);
            }
            (_, other) => self.not_read(shape, other, piece),
        }
    }

    fn object(&mut self, name: &str, given: &Object, piece: usize) {
        let Some(fields) = TYPES.fields(name) else { return };
        if !fields.one {
            self.draft.text.push('{');
            self.fields(name, &fields.fields, given, piece);
            self.unknown(&fields.fields, given, piece);
            self.draft.text.push('}');
            return;
        }
        // A word stands alone.
        let mut given_ones = fields.fields.iter().filter_map(|it| Some((it, value_of(it, given)?)));
        let alone = match (given_ones.next(), given_ones.next()) {
            (Some((field, value)), None) if given.len() == 1 => Some((field, value)),
            _ => None,
        };
        if let Some((
            Field { stands: Stands::Under(key), shape: Shape::Scalar("Boolean"), .. },
            is,
        )) = alone
        {
            self.draft.quoted(key);
            if *is != Value::Boolean(true) {
                self.wrong(piece, "only `true` can stand here", "write `true`, or another field");
            }
            return;
        }
        self.draft.text.push('{');
        self.one(name, fields, given, piece);
        self.draft.text.push('}');
    }

    fn word(&mut self, type_name: &str, word: &str, piece: usize) {
        let words = TYPES.words(type_name);
        if let Some(found) = words.iter().find(|it| it.name == word) {
            self.draft.quoted(&found.key);
            return;
        }
        self.draft.text.push_str(UNREADABLE);
        let names = words.iter().map(|it| it.name.as_str());
        let right = meant(word, names.clone())
            .unwrap_or_else(|| format!("there are `{}`", names.collect::<Vec<_>>().join("`, `")));
        self.wrong(piece, &format!("`{}` is no {type_name}", shown(word)), &right);
    }

    fn rates(&mut self, pair: &str, pairs: &[Value], piece: usize) {
        let Some(fields) = TYPES.fields(pair) else { return };
        let mut seen = BTreeSet::new();
        self.draft.text.push('{');
        for (number, value) in pairs.iter().enumerate() {
            let item = self.draft.begin(piece, Step::Item(number));
            let both = match value {
                Value::Object(given) if !self.unknown(&fields.fields, given, item) => {
                    let text = |name: &str| match given.get(name) {
                        Some(Value::String(text)) => Some(text.as_str()),
                        _ => None,
                    };
                    text("state").zip(text("rate"))
                }
                _ => None,
            };
            match both {
                Some((state, rate)) if seen.insert(state) => {
                    self.draft.key(state);
                    self.draft.quoted(rate);
                }
                Some((state, _)) => {
                    let what = format!("`{}` stands here twice", shown(state));
                    self.wrong(item, &what, "keep one of them");
                }
                None => {
                    self.wrong(
                        item,
                        "this is no rate",
                        "write `{state: \"CHE\", rate: \"1.140\"}`",
                    );
                }
            }
            self.draft.end(item);
        }
        self.draft.text.push('}');
    }

    /// Tells of fields that a type does not have. Each stands in the text under a key that nobody
    /// reads, so that what it belongs to counts as not read.
    fn unknown(&mut self, fields: &[Field], given: &Object, within: usize) -> bool {
        let mut any = false;
        for name in given.keys().filter(|name| !fields.iter().any(|it| it.name == **name)) {
            any = true;
            let piece = self.draft.begin(within, Step::Field(shown(name).into()));
            self.draft.key(&format!("?{piece}"));
            self.draft.text.push_str("null");
            self.draft.end(piece);
            let names = fields.iter().map(|it| it.name.as_str());
            let right = meant(name, names.clone()).unwrap_or_else(|| {
                format!("there are `{}`", names.collect::<Vec<_>>().join("`, `"))
            });
            self.wrong(piece, &format!("there is no field `{}` here", shown(name)), &right);
        }
        any
    }

    fn missing(&mut self, field: &Field, within: usize) {
        let piece = self.draft.begin(within, Step::Field(field.name.as_str().into()));
        match &field.stands {
            Stands::Under(key) => {
                self.draft.key(key);
                self.draft.text.push_str(UNREADABLE);
            }
            Stands::Apart => self.in_place_of(field, piece),
            Stands::Nowhere => {}
        }
        self.draft.end(piece);
        let right = format!("write `{}: …`, of the type {}", field.name, field.type_name());
        self.wrong(piece, &format!("`{}` is missing", field.name), &right);
    }

    /// Something in the place of a field that nobody can read, of which no more is told.
    fn in_place_of(&mut self, field: &Field, within: usize) {
        let piece = self.draft.begin(within, Step::Field(field.name.as_str().into()));
        self.draft.tell(piece);
        let key = match (&field.stands, &field.shape) {
            (Stands::Under(key), _) => Some(key),
            (Stands::Apart, Shape::Fields(name)) => TYPES
                .fields(name)
                .and_then(|it| it.fields.first())
                .and_then(|it| match &it.stands {
                    Stands::Under(key) => Some(key),
                    _ => None,
                }),
            _ => None,
        };
        if let Some(key) = key {
            self.draft.key(key);
            // A place is any text; a fact is none.
            self.draft.text.push_str("\"?\"");
        }
        self.draft.end(piece);
    }

    fn not_read(&mut self, shape: &Shape, value: &Value, piece: usize) {
        self.draft.text.push_str(UNREADABLE);
        self.not_a(&shape.type_name(), value, piece);
    }

    fn not_a(&mut self, type_name: &str, value: &Value, piece: usize) {
        let found = match value {
            Value::Null => "null stands here".to_owned(),
            Value::List(_) => "a list stands here".to_owned(),
            Value::Object(_) => "an object stands here".to_owned(),
            Value::String(it) => format!("`{}` is a text", shown(it)),
            Value::Number(it) => format!("{it} is a number"),
            other => format!("{other} stands here"),
        };
        self.wrong(piece, &found, &format!("write a value of the type {type_name}"));
    }

    fn wrong(&mut self, piece: usize, what: &str, right: &str) {
        self.draft.tell(piece);
        let (what, right) = (what.to_owned(), Some(right.to_owned()));
        self.wrong.push((piece, Wrong { at: self.draft.path(piece), what, right }));
    }
}

/// What is given for a field; null is nothing.
fn value_of<'a>(field: &Field, given: &'a Object) -> Option<&'a Value> {
    given.get(field.name.as_str()).filter(|value| **value != Value::Null)
}

fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(&shown(word), known).map(|near| format!("`{near}` is meant?"))
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
