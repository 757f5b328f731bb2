use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A calendar year, which is a budget's: 1900 to 2999.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "u16", into = "u16")]
pub struct Year(#[schemars(range(min = 1900, max = 2999))] u16);

/// Why a number is not a year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a year; write one from 1900 to 2999, as 2018")]
pub struct YearError(String);

/// A year, or several that follow one another: `2018`, `2016-2018`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Years {
    first: Year,
    last: Year,
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period of years; write the first and the last as 2016-2018, or one year")]
pub struct YearsError(String);

impl Year {
    /// The number.
    pub fn number(self) -> u16 {
        self.0
    }
}

impl Years {
    /// From one year through another; `None` when they are the wrong way round.
    pub fn new(first: Year, last: Year) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The first year.
    pub fn first(self) -> Year {
        self.first
    }

    /// The last year.
    pub fn last(self) -> Year {
        self.last
    }

    /// Whether it is more than one year.
    pub fn is_several(self) -> bool {
        self.first != self.last
    }

    /// Whether a year lies within.
    pub fn holds(self, year: Year) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// Whether a year lies within both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Each of its years.
    pub fn each(self) -> impl Iterator<Item = Year> {
        (self.first.0..=self.last.0).map(Year)
    }
}

impl TryFrom<u16> for Year {
    type Error = YearError;

    fn try_from(number: u16) -> Result<Self, YearError> {
        if (1900..3000).contains(&number) {
            Ok(Self(number))
        } else {
            Err(YearError(number.to_string()))
        }
    }
}

impl From<Year> for u16 {
    fn from(year: Year) -> Self {
        year.0
    }
}

impl FromStr for Year {
    type Err = YearError;

    fn from_str(text: &str) -> Result<Self, YearError> {
        let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let number = if digits { text.parse().ok() } else { None };
        let year = number.and_then(|number: u16| Self::try_from(number).ok());
        year.ok_or_else(|| YearError(text.chars().take(80).collect()))
    }
}

impl From<Year> for Years {
    fn from(year: Year) -> Self {
        Self { first: year, last: year }
    }
}

impl FromStr for Years {
    type Err = YearsError;

    fn from_str(text: &str) -> Result<Self, YearsError> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let years = first.parse().ok().zip(last.parse().ok());
        years
            .and_then(|(first, last)| Self::new(first, last))
            .ok_or_else(|| YearsError(text.chars().take(80).collect()))
    }
}

impl TryFrom<String> for Years {
    type Error = YearsError;

    fn try_from(text: String) -> Result<Self, YearsError> {
        text.parse()
    }
}

impl From<Years> for String {
    fn from(years: Years) -> Self {
        years.to_string()
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            self.first.fmt(f)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

impl fmt::Debug for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl JsonSchema for Years {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Years".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["string", "integer"],
            "description": "A year, or several that follow one another: `2018`, `2016-2018`.",
        })
    }
}
