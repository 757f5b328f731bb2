//! The facts of record files as GraphQL says them. The types are made of the JSON Schema of record
//! files, which is made of the types that the program itself reads: nothing is defined twice.
//!
//! | in a record file | in GraphQL |
//! |---|---|
//! | a key: `opens_on` | a field: `opensOn` |
//! | a word: `state_party` | a value of an enum: `STATE_PARTY` |
//! | one of several keys: `within: …`, `each_year: …` | an input with exactly one field; a word that may stand in its place is a field that is `true` |
//! | States with their rates | a list of such pairs |
//! | dates, States, money | the scalars of the schema |
//! | everything else that is written | text |

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::{Map, Value};

/// Every type below the arguments of mutations, by its name in GraphQL.
pub(super) static TYPES: LazyLock<Types> = LazyLock::new(Types::new);

/// The argument of `record`.
pub(super) const RECORD: &str = "RecordInput";
/// The argument of `rectify`.
pub(super) const RECTIFY: &str = "RectifyInput";
/// The argument of `dismissFinding`.
pub(super) const DISMISS: &str = "DismissFindingInput";

/// Types by their names.
pub(super) struct Types {
    pub(super) types: BTreeMap<String, Type>,
    /// The keys of record files that are written otherwise here.
    pub(super) renamed: BTreeMap<String, String>,
    pub(super) definitions: Map<String, Value>,
}

/// What a name stands for.
pub(super) enum Type {
    /// One of some words.
    Words(Words),
    /// Fields.
    Fields(Fields),
}

/// A closed set of words.
#[derive(Default)]
pub(super) struct Words {
    pub(super) description: String,
    pub(super) words: Vec<Word>,
}

/// A word.
pub(super) struct Word {
    /// In GraphQL.
    pub(super) name: String,
    /// In a record file.
    pub(super) key: String,
    pub(super) description: String,
}

/// What stands together.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) description: String,
    pub(super) fields: Vec<Field>,
    /// Exactly one of them is given.
    pub(super) one: bool,
}

/// A field.
pub(super) struct Field {
    /// In GraphQL.
    pub(super) name: String,
    pub(super) stands: Stands,
    pub(super) shape: Shape,
    pub(super) required: bool,
    pub(super) description: String,
}

/// Where a field stands in a record file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stands {
    /// Under this key.
    Under(String),
    /// Its own fields stand in its place.
    Apart,
    /// Nowhere: it says how to record.
    Nowhere,
}

/// What a value is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// A scalar of the schema.
    Scalar(&'static str),
    /// One of the words of a type.
    Words(String),
    /// The fields of a type.
    Fields(String),
    /// Any number of values.
    List(Box<Shape>),
    /// States with their rates: pairs of this type.
    Rates(String),
    /// Whatever JSON says.
    Open,
}

impl Types {
    /// The fields of a type.
    pub(super) fn fields(&self, name: &str) -> Option<&Fields> {
        match self.types.get(name) {
            Some(Type::Fields(fields)) => Some(fields),
            _ => None,
        }
    }

    /// The words of a type.
    pub(super) fn words(&self, name: &str) -> &[Word] {
        match self.types.get(name) {
            Some(Type::Words(words)) => &words.words,
            _ => &[],
        }
    }

    /// A message about a record file in the names that hold here.
    pub(super) fn said_here(&self, message: &str) -> String {
        let mut said = String::new();
        for (part, text) in message.split('`').enumerate() {
            if part > 0 {
                said.push('`');
            }
            let end = text.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_'));
            let (word, rest) = text.split_at(end.unwrap_or(text.len()));
            // What stands between the marks is somebody's own text, or begins with a key.
            let key = (part % 2 == 1 && (rest.is_empty() || rest.starts_with(':'))).then_some(word);
            said.push_str(key.and_then(|key| self.renamed.get(key)).map_or(word, String::as_str));
            said.push_str(rest);
        }
        said
    }
}

impl Shape {
    /// Its type in GraphQL, which may be null.
    pub(super) fn type_name(&self) -> String {
        match self {
            Self::Scalar(name) => (*name).to_owned(),
            Self::Words(name) | Self::Fields(name) => name.clone(),
            Self::List(item) => format!("[{}!]", item.type_name()),
            Self::Rates(pair) => format!("[{pair}!]"),
            Self::Open => "JSON".to_owned(),
        }
    }
}

impl Field {
    /// Its type in GraphQL.
    pub(super) fn type_name(&self) -> String {
        let name = self.shape.type_name();
        if self.required { format!("{name}!") } else { name }
    }
}
