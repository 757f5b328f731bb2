use std::fmt;

use jiff::civil::Date;

/// The days on which something that happened on one day may have happened: first and last, both
/// included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateRange {
    earliest: Date,
    latest: Date,
}

impl DateRange {
    /// From the earliest to the latest day; the other way round they are swapped.
    pub fn new(a: Date, b: Date) -> Self {
        Self { earliest: a.min(b), latest: a.max(b) }
    }

    /// One day, known for certain.
    pub fn day(day: Date) -> Self {
        Self { earliest: day, latest: day }
    }

    /// The first day on which it may have been.
    pub fn earliest(&self) -> Date {
        self.earliest
    }

    /// The day by which it was for certain.
    pub fn latest(&self) -> Date {
        self.latest
    }

    /// The day itself, if it is known.
    pub fn exact(&self) -> Option<Date> {
        (self.earliest == self.latest).then_some(self.earliest)
    }

    /// Whether it was on or before `day`: `None` when that is not known.
    pub fn by(&self, day: Date) -> Option<bool> {
        match () {
            () if self.latest <= day => Some(true),
            () if self.earliest > day => Some(false),
            () => None,
        }
    }

    /// Both ends moved by the same calculation.
    pub(super) fn map<E>(self, f: impl Fn(Date) -> Result<Date, E>) -> Result<Self, E> {
        Ok(Self::new(f(self.earliest)?, f(self.latest)?))
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exact() {
            Some(day) => day.fmt(f),
            None => write!(f, "{} to {}", self.earliest, self.latest),
        }
    }
}

impl fmt::Debug for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
