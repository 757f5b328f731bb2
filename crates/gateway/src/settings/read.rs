//! Settings from where people give them: a flag counts before the environment, the environment
//! before the file, the file before the default.

use std::{collections::BTreeMap, ops::Range};

use chancery_register::record::Mistake;
use serde::Deserialize as _;
use toml::{
    Spanned, Table, Value,
    de::{DeTable, DeValue, ValueDeserializer},
};

use super::{
    Settings,
    known::{self, Kind, PREFIX, Setting},
};

/// The settings that hold, and where each is from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effective {
    /// The settings.
    pub settings: Settings,
    origins: BTreeMap<String, Place>,
}

/// Where a setting was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the file, at these bytes.
    File(Range<usize>),
    /// By an environment variable of this name.
    Variable(String),
    /// By a flag of this name, without its dashes.
    Flag(String),
}

/// A mistake in the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub right: Option<String>,
}

/// Reads settings: the text of the file, the environment, and flags by their names without dashes.
/// What the environment holds besides is passed over, unless its name says that it is meant for a
/// section of ours.
///
/// # Errors
/// Every mistake, in every place.
pub fn read(
    file: Option<&str>,
    environment: impl IntoIterator<Item = (String, String)>,
    flags: impl IntoIterator<Item = (String, String)>,
) -> Result<Effective, Vec<Wrong>> {
    let mut reading = Reading { given: Table::new(), origins: BTreeMap::new(), wrong: Vec::new() };
    if let Some(text) = file {
        reading.file(text);
    }
    let named = |variable: &str| known::known().iter().find(|it| it.variable() == variable);
    for (variable, text) in environment {
        match named(&variable) {
            Some(setting) => reading.text(setting, &text, Place::Variable(variable)),
            None => reading.stray(variable),
        }
    }
    for (flag, text) in flags {
        if let Some(setting) = known::known().iter().find(|setting| setting.flag() == flag) {
            reading.text(setting, &text, Place::Flag(flag));
        }
    }
    reading.end()
}

impl Effective {
    /// Where a setting was given; `None` if nobody did.
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.origins.get(key)
    }
}

struct Reading {
    given: Table,
    origins: BTreeMap<String, Place>,
    wrong: Vec<Wrong>,
}

impl Reading {
    fn file(&mut self, text: &str) {
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            self.wrong.extend(errors.iter().map(|error| Wrong {
                place: Place::File(error.span().unwrap_or_default()),
                what: format!("this is not TOML: {}", error.message()),
                right: None,
            }));
            return;
        }
        self.table("", document.get_ref());
    }

    /// What stands in a section, and in those within it.
    fn table(&mut self, outer: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref();
            let name = if outer.is_empty() { name.to_string() } else { format!("{outer}.{name}") };
            let begins = format!("{name}.");
            let is_section = known::known().iter().any(|it| it.key.starts_with(&begins));
            match value.get_ref() {
                DeValue::Table(section) if is_section => self.table(&name, section),
                _ if is_section => {
                    self.refuse(
                        Place::File(key.span()),
                        &format!("`{name}` is a section; write [{name}], and its settings below"),
                    );
                }
                _ => self.entry(&name, key.span(), value),
            }
        }
    }

    fn entry(&mut self, key: &str, at: Range<usize>, value: &Spanned<DeValue<'_>>) {
        let Some(setting) = known::find(key) else {
            self.refuse(Place::File(at), &unknown(key, known::near(key, |it| it.key.clone())));
            return;
        };
        let place = Place::File(value.span());
        match Value::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(value) => self.set(setting, value, place),
            Err(error) => self.refuse(place, &format!("`{key}`: {}", error.message())),
        }
    }

    /// What an environment variable or a flag says.
    fn text(&mut self, setting: &Setting, text: &str, place: Place) {
        let value = match setting.kind {
            Kind::Number(_) => text.parse().map(Value::Integer).ok(),
            Kind::Switch => text.parse().map(Value::Boolean).ok(),
            Kind::Text => None,
            Kind::Texts => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                Some(Value::Array(items.map(Value::from).collect()))
            }
        };
        self.set(setting, value.unwrap_or_else(|| text.into()), place);
    }

    /// A variable that is no setting: of others, or misspelt.
    fn stray(&mut self, variable: String) {
        let mut sections = known::known().iter().filter_map(Setting::section);
        let is_ours = |section: &str| {
            let rest = variable.strip_prefix(PREFIX);
            rest.is_some_and(|rest| {
                rest.starts_with(&format!("{}_", section.replace('.', "_").to_uppercase()))
            })
        };
        if sections.any(is_ours) {
            let message = unknown(&variable, known::near(&variable, Setting::variable));
            self.refuse(Place::Variable(variable), &message);
        }
    }

    fn set(&mut self, setting: &Setting, value: Value, place: Place) {
        if let Err(message) = check(setting, &value) {
            self.refuse(place, &format!("`{}`: {message}", setting.key));
            return;
        }
        put(&mut self.given, setting, value);
        self.origins.insert(setting.key.clone(), place);
    }

    fn refuse(&mut self, place: Place, message: &str) {
        // Where the two halves of a message part is known there.
        let Mistake { what, right, .. } = Mistake::said(0..0, message);
        self.wrong.push(Wrong { place, what, right });
    }

    fn end(mut self) -> Result<Effective, Vec<Wrong>> {
        if self.wrong.is_empty() {
            match Settings::deserialize(self.given.clone()) {
                Ok(settings) => return Ok(Effective { settings, origins: self.origins }),
                // Each was checked alone, so that this cannot be.
                Err(error) => self.refuse(Place::File(0..0), error.message()),
            }
        }
        Err(self.wrong)
    }
}

/// Whether a value can be meant: tried alone, so that a mistake is surely its own.
fn check(setting: &Setting, value: &Value) -> Result<(), String> {
    let fits = match (&setting.kind, value) {
        (Kind::Number(_), Value::Integer(_))
        | (Kind::Switch, Value::Boolean(_))
        | (Kind::Text, Value::String(_)) => true,
        (Kind::Texts, Value::Array(items)) => items.iter().all(Value::is_str),
        _ => false,
    };
    if !fits {
        let right = match &setting.kind {
            Kind::Number(range) => {
                format!("give a whole number from {} to {}", range.start(), range.end())
            }
            Kind::Switch => "give true or false".to_owned(),
            Kind::Text => "give a text, in quotation marks".to_owned(),
            Kind::Texts => "give a list of texts, as [\"a\", \"b\"]".to_owned(),
        };
        return Err(format!("`{}` cannot be meant; {right}", short(value)));
    }
    let mut alone = Table::new();
    put(&mut alone, setting, value.clone());
    Settings::deserialize(alone).map(drop).map_err(|error| error.message().to_owned())
}

fn put(table: &mut Table, setting: &Setting, value: Value) {
    let mut sections = setting.section().into_iter().flat_map(|it| it.split('.'));
    let within = sections.try_fold(table, |outer, name| {
        outer.entry(name).or_insert_with(|| Table::new().into()).as_table_mut()
    });
    if let Some(within) = within {
        within.insert(setting.name().to_owned(), value);
    }
}

fn unknown(name: &str, near: Option<String>) -> String {
    let name: String = name.chars().take(80).collect();
    let right = near.map_or_else(
        || "`chancery settings --sample` lists all".to_owned(),
        |near| format!("`{near}` is meant?"),
    );
    format!("there is no setting `{name}`; {right}")
}

/// A value as the message shows it.
fn short(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = text.replace('`', "'");
    if text.chars().count() > 40 {
        return text.chars().take(40).chain(['…']).collect();
    }
    text
}
