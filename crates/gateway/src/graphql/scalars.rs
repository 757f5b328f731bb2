//! Dates, moments and large numbers as the schema writes them.

use std::fmt::Display;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chancery_gateway_macros::direct;
use chancery_kernel::DateError;
use jiff::{Timestamp, civil};

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date(pub(super) civil::Date);

/// A date as precisely as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartialDate(pub(super) chancery_kernel::PartialDate);

/// A moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateTime(pub(super) Timestamp);

/// A State's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StateCode(pub(super) chancery_kernel::StateCode);

/// A number that `Int` may not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SafeInt(pub(super) u64);

/// What is wrong with a value of one of these scalars, and what would be right; `None` if nothing
/// is, or if the type is none of them.
pub(super) fn mistake(type_name: &str, value: &Value) -> Option<String> {
    match type_name {
        "Date" => Date::read(value).err(),
        "StateCode" => StateCode::read(value).err(),
        "DateTime" => DateTime::read(value).err(),
        "SafeInt" => SafeInt::read(value).err(),
        _ => super::money::mistake(type_name, value),
    }
}

/// A day of the calendar, ISO 8601: `2017-09-04`. Years are 1000 to 9999.
#[direct(day)]
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        Self::read(value).is_ok()
    }

    fn to_value(&self) -> Value {
        text(self.0)
    }
}

/// A date as precisely as it is known, ISO 8601: to the day (`2017-09-04`), the month (`2017-09`)
/// or the year (`2017`).
#[direct(partial)]
#[Scalar]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        let date = read(&value, "a date", "2017-09-04")?.parse()?;
        Ok(Self(date))
    }

    fn to_value(&self) -> Value {
        text(self.0)
    }
}

/// A moment in UTC, RFC 3339: `2017-09-25T09:00:00Z`.
#[direct(plain)]
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        Self::read(value).is_ok()
    }

    fn to_value(&self) -> Value {
        text(self.0)
    }
}

/// A State by its ISO 3166-1 alpha-3 code: `CHE`.
#[direct(plain)]
#[Scalar]
impl ScalarType for StateCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        Self::read(value).is_ok()
    }

    fn to_value(&self) -> Value {
        text(self.0)
    }
}

/// A whole number from 0 to 2^53 − 1, written as a JSON number. Every JSON reader keeps it exactly;
/// `Int` would end at 2^31 − 1.
#[direct]
#[Scalar]
impl ScalarType for SafeInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        Self::read(value).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::Number(self.0.into())
    }
}

impl Date {
    fn read(value: &Value) -> Result<Self, String> {
        let date: chancery_kernel::PartialDate = read(value, "a date", "2017-09-04")?
            .parse()
            .map_err(|error: DateError| error.to_string())?;
        let day = date.day().ok_or_else(|| DateError::NoDay(date).to_string());
        day.map(Self)
    }
}

impl DateTime {
    fn read(value: &Value) -> Result<Self, String> {
        let text = read(value, "a moment", "2017-09-25T09:00:00Z")?;
        text.parse().map(Self).map_err(|_| {
            let shown: String = text.chars().take(80).collect();
            format!("`{shown}` is not a moment; write it as 2017-09-25T09:00:00Z")
        })
    }
}

impl SafeInt {
    /// The largest whole number that every JSON reader keeps exactly.
    const MAX: u64 = (1 << 53) - 1;

    fn read(value: &Value) -> Result<Self, String> {
        let number = match value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        };
        number
            .filter(|number| *number <= Self::MAX)
            .map(Self)
            .ok_or_else(|| format!("{value} is not a whole number from 0 to {}", Self::MAX))
    }
}

impl StateCode {
    fn read(value: &Value) -> Result<Self, String> {
        let code = read(value, "a State", "CHE")?.parse();
        code.map(Self).map_err(|error: chancery_kernel::UnknownState| error.to_string())
    }
}

fn text(value: impl Display) -> Value {
    Value::String(value.to_string())
}

fn read<'a>(value: &'a Value, what: &str, example: &str) -> Result<&'a str, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("{other} is not {what}; write it as a string, \"{example}\"")),
    }
}
