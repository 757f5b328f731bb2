use std::{cmp::Ordering, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::DateRange;
use crate::schema::text_schema;

/// A date known to the day, the month or the year: `2017-09-04`, `2017-09`, `2017`.
///
/// Comparing two of them says "not known" (`None`) rather than guess: `2017` is neither before nor
/// after `2017-09`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    /// Known to the day.
    Day(Date),
    /// Known to the month; the value is its first day.
    Month(Date),
    /// Known to the year; the value is its first day.
    Year(Date),
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not of the form.
    #[error("`{0}` is not a date; write year-month-day as 2017-09-04, or 2017-09, or 2017")]
    Form(String),
    /// Of the form, but no such day.
    #[error("`{text}` is not a day of the calendar; {month} has {days} days")]
    NoSuchDay {
        /// What was written.
        text: String,
        /// The month meant.
        month: String,
        /// How many days it has.
        days: i8,
    },
    /// Known to the month or the year only, where the day matters.
    #[error("`{0}` names no day, and here the day matters; write year-month-day as 2017-09-04")]
    NoDay(PartialDate),
    /// No such month.
    #[error("`{0}` has no such month; months are 01 to 12")]
    NoSuchMonth(String),
}

impl PartialDate {
    /// The days that are meant.
    pub fn range(&self) -> DateRange {
        match *self {
            Self::Day(day) => DateRange::day(day),
            Self::Month(first) => DateRange::new(first, first.last_of_month()),
            Self::Year(first) => DateRange::new(first, first.last_of_year()),
        }
    }

    /// The day, if it is known.
    pub fn day(&self) -> Option<Date> {
        match *self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The first day that may be meant.
    pub fn earliest(&self) -> Date {
        self.range().earliest()
    }

    /// The last day that may be meant: from then on it is certain.
    pub fn latest(&self) -> Date {
        self.range().latest()
    }
}

/// Reads a date that must be known to the day. For `#[serde(deserialize_with)]`.
///
/// # Errors
/// What [`DateError`] says.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let date = PartialDate::deserialize(deserializer)?;
    date.day().ok_or_else(|| D::Error::custom(DateError::NoDay(date)))
}

/// As [`day`], where there may be none.
///
/// # Errors
/// What [`DateError`] says.
pub fn optional_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let date = Option::<PartialDate>::deserialize(deserializer)?;
    date.map(|date| date.day().ok_or_else(|| D::Error::custom(DateError::NoDay(date)))).transpose()
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let (a, b) = (self.range(), other.range());
        match () {
            () if self == other => Some(Ordering::Equal),
            () if a.latest() < b.earliest() => Some(Ordering::Less),
            () if a.earliest() > b.latest() => Some(Ordering::Greater),
            () => None,
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError::Form(text.chars().take(40).collect());
        let mut parts = text.split('-');
        let year = number(parts.next(), 4).and_then(|n| i16::try_from(n).ok()).ok_or_else(wrong)?;
        let month = match parts.next() {
            None => return first_day(year, 1).map(Self::Year).ok_or_else(wrong),
            part => number(part, 2).and_then(|n| i8::try_from(n).ok()).ok_or_else(wrong)?,
        };
        let first =
            first_day(year, month).ok_or_else(|| DateError::NoSuchMonth(text.to_owned()))?;
        let day = match parts.next() {
            None => return Ok(Self::Month(first)),
            part => number(part, 2).and_then(|n| i8::try_from(n).ok()).ok_or_else(wrong)?,
        };
        if parts.next().is_some() {
            return Err(wrong());
        }
        Date::new(year, month, day).map(Self::Day).map_err(|_| DateError::NoSuchDay {
            text: text.to_owned(),
            month: first.strftime("%B %Y").to_string(),
            days: first.days_in_month(),
        })
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(first) => write!(f, "{}", first.strftime("%Y-%m")),
            Self::Year(first) => write!(f, "{}", first.strftime("%Y")),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_schema!(PartialDate, {
    "description": "A date known to the day, the month or the year.",
    "oneOf": [
        { "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" },
        { "type": "integer", "minimum": 1000, "maximum": 9999 },
    ],
});

fn number(part: Option<&str>, digits: usize) -> Option<u16> {
    part.filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?
        .parse()
        .ok()
}

fn first_day(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok().filter(|_| year >= 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_writes_three_precisions() {
        for text in ["2017-09-04", "2017-09", "2017"] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, says) in [
            ("2017-02-30", "February 2017 has 28 days"),
            ("2017-13", "months are 01 to 12"),
            ("04/09/2017", "write year-month-day"),
            ("2017-9-4", "write year-month-day"),
            ("0017", "write year-month-day"),
            ("", "write year-month-day"),
        ] {
            let message = text.parse::<PartialDate>().unwrap_err().to_string();
            assert!(message.contains(says), "{text}: {message}");
        }
    }

    #[test]
    fn does_not_guess_an_order() {
        assert!(date("2017-08") < date("2017-09-04"));
        assert!(date("2018") > date("2017-09-04"));
        assert_eq!(date("2017").partial_cmp(&date("2017-09-04")), None);
        assert_eq!(date("2017").partial_cmp(&date("2017")), Some(Ordering::Equal));
    }
}
