use chancery_kernel::{Amount, Citation, Money};
use chancery_projections::{Resolved, StateAt};
use serde::{Serialize, Serializer};

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Not known, or none.
    Empty,
    /// A text; dates, moments and amounts, too.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Truth(bool),
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "values and references alike are shown")]
pub(super) fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

pub(super) fn maybe(value: Option<impl ToString>) -> Cell {
    value.map_or(Cell::Empty, text)
}

/// A whole number; one that no `i64` holds is not known here.
pub(super) fn number(value: impl TryInto<i64>) -> Cell {
    value.try_into().map_or(Cell::Empty, Cell::Integer)
}

pub(super) fn maybe_number(value: Option<impl TryInto<i64>>) -> Cell {
    value.map_or(Cell::Empty, number)
}

pub(super) fn truth(value: bool) -> Cell {
    Cell::Truth(value)
}

/// A value of a closed set, in the word that record files and stored events use.
pub(super) fn word(value: &impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Cell::Text(word),
        _ => Cell::Empty,
    }
}

pub(super) fn maybe_word(value: Option<&impl Serialize>) -> Cell {
    value.map_or(Cell::Empty, word)
}

/// Several values in one cell, with a semicolon between.
pub(super) fn joined(values: impl IntoIterator<Item = impl ToString>) -> Cell {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    if values.is_empty() { Cell::Empty } else { Cell::Text(values.join("; ")) }
}

pub(super) fn codes(states: &[StateAt]) -> Cell {
    joined(states.iter().map(|state| state.code))
}

pub(super) fn names(states: &[StateAt]) -> Cell {
    joined(states.iter().map(|state| &state.name))
}

pub(super) fn symbol(source: Option<&Citation>) -> Cell {
    maybe(source.map(|source| &source.symbol))
}

pub(super) fn place(source: Option<&Citation>) -> Cell {
    maybe(source.map(|source| &source.place))
}

pub(super) fn said(moment: Option<&Resolved>) -> Cell {
    maybe(moment.map(|moment| &moment.said))
}

pub(super) fn date(moment: Option<&Resolved>) -> Cell {
    maybe(moment.and_then(|moment| moment.date))
}

pub(super) fn currency(amount: Option<Amount>) -> Cell {
    maybe(amount.map(Amount::currency))
}

/// What an amount is at the least, as a decimal number.
pub(super) fn lower(amount: Option<Amount>) -> Cell {
    maybe(amount.map(|amount| decimal(amount.lower().money)))
}

/// What an amount is at the most, as a decimal number.
pub(super) fn upper(amount: Option<Amount>) -> Cell {
    maybe(amount.and_then(Amount::upper).map(|bound| decimal(bound.money)))
}

pub(super) fn sum(money: Option<Money>) -> Cell {
    maybe(money.map(decimal))
}

fn decimal(money: Money) -> String {
    money.number().to_string()
}
