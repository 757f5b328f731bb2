use std::{fmt, str::FromStr};

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

use super::{DateRange, PartialDate};
use crate::{MeetingId, schema::text_schema};

/// A moment in the life of a convention: a date, or a distance from a meeting.
///
/// It is kept as it was written and resolves when asked, so when a meeting moves, everything tied
/// to it moves. The forms: `2018-09-03`; `the opening of 8msp`; `the end of 8msp`; `at 2rc`;
/// `the day after the end of 6msp`; `60 days before the opening of 8msp`;
/// `every 3 years from 2017`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum When {
    /// At the anchor itself.
    At(Anchor),
    /// So much after the anchor, or before it when negative.
    Offset {
        /// How many units.
        amount: i32,
        /// Of what.
        unit: Unit,
        /// From where.
        anchor: Anchor,
    },
    /// Again and again, first at one interval after the anchor.
    Every {
        /// How many units from one to the next; at least one.
        amount: i32,
        /// Of what.
        unit: Unit,
        /// From where.
        anchor: Anchor,
    },
}

/// What a moment is counted from.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// A date.
    Date(PartialDate),
    /// The first day of a meeting.
    Opening(MeetingId),
    /// The last day of a meeting.
    End(MeetingId),
    /// Some day of a meeting.
    During(MeetingId),
}

/// A calendar unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Calendar months: the same day number, or the last day of a shorter month.
    Month,
    /// Calendar years.
    Year,
}

/// First and last day of a meeting, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub opening: PartialDate,
    /// The last day.
    pub end: PartialDate,
}

/// Knows when meetings are.
pub trait Calendar {
    /// The days of a meeting; `None` when it is unknown or has no dates yet.
    fn days(&self, meeting: &MeetingId) -> Option<Days>;
}

/// A moment that has no date yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unresolved {
    /// The meeting has no dates.
    #[error("the dates of {0} are not recorded yet")]
    Meeting(MeetingId),
    /// Past the calendar's end.
    #[error("that lies beyond the calendar")]
    Calendar,
}

/// Why a text is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a moment; write a date, `the end of 8msp`, `the day after the end of 6msp`, `60 days before the opening of 8msp`, `at 2rc` or `every 3 years from 2017`"
)]
pub struct WhenError {
    text: String,
}

impl When {
    /// The days that are meant, given when meetings are; for a recurrence the first time.
    ///
    /// # Errors
    /// A meeting without dates, or a date beyond the calendar.
    pub fn resolve(&self, calendar: &dyn Calendar) -> Result<DateRange, Unresolved> {
        match self {
            Self::At(anchor) => anchor.resolve(calendar),
            Self::Offset { amount, unit, anchor } | Self::Every { amount, unit, anchor } => {
                let span = unit.span(*amount)?;
                anchor
                    .resolve(calendar)?
                    .map(|day| day.checked_add(span).map_err(|_| Unresolved::Calendar))
            }
        }
    }

    /// The meeting that this moment hangs on.
    pub fn meeting(&self) -> Option<&MeetingId> {
        let (Self::At(anchor) | Self::Offset { anchor, .. } | Self::Every { anchor, .. }) = self;
        match anchor {
            Anchor::Date(_) => None,
            Anchor::Opening(id) | Anchor::End(id) | Anchor::During(id) => Some(id),
        }
    }
}

impl Anchor {
    fn resolve(&self, calendar: &dyn Calendar) -> Result<DateRange, Unresolved> {
        let days = |id: &MeetingId| calendar.days(id).ok_or(Unresolved::Meeting(id.clone()));
        Ok(match self {
            Self::Date(date) => date.range(),
            Self::Opening(id) => days(id)?.opening.range(),
            Self::End(id) => days(id)?.end.range(),
            Self::During(id) => {
                let days = days(id)?;
                DateRange::new(days.opening.earliest(), days.end.latest())
            }
        })
    }
}

impl Unit {
    fn span(self, amount: i32) -> Result<Span, Unresolved> {
        let span = Span::new();
        match self {
            Self::Day => span.try_days(amount),
            Self::Week => span.try_weeks(amount),
            Self::Month => span.try_months(amount),
            Self::Year => span.try_years(amount),
        }
        .map_err(|_| Unresolved::Calendar)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::Day, Self::Week, Self::Month, Self::Year]
            .into_iter()
            .find(|unit| word.strip_suffix('s').unwrap_or(word) == unit.word())
    }
}

impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self::At(Anchor::Date(day.into()))
    }
}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        read(text.trim()).ok_or_else(|| WhenError { text: text.chars().take(80).collect() })
    }
}

impl TryFrom<String> for When {
    type Error = WhenError;

    fn try_from(text: String) -> Result<Self, WhenError> {
        text.parse()
    }
}

impl From<When> for String {
    fn from(when: When) -> Self {
        when.to_string()
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(Anchor::During(id)) => write!(f, "at {id}"),
            Self::At(anchor) => anchor.fmt(f),
            Self::Offset { amount: 1, unit, anchor } => {
                write!(f, "the {} after {anchor}", unit.word())
            }
            Self::Offset { amount: -1, unit, anchor } => {
                write!(f, "the {} before {anchor}", unit.word())
            }
            Self::Offset { amount, unit, anchor } => {
                let side = if *amount < 0 { "before" } else { "after" };
                write!(f, "{} {}s {side} {anchor}", amount.unsigned_abs(), unit.word())
            }
            Self::Every { amount: 1, unit, anchor } => {
                write!(f, "every {} from {anchor}", unit.word())
            }
            Self::Every { amount, unit, anchor } => {
                write!(f, "every {amount} {}s from {anchor}", unit.word())
            }
        }
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Opening(id) => write!(f, "the opening of {id}"),
            Self::End(id) => write!(f, "the end of {id}"),
            Self::During(id) => id.fmt(f),
        }
    }
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_schema!(When, {
    "type": ["string", "integer"],
    "description": "A date, or a moment counted from a meeting: `the end of 8msp`, `the day after the end of 6msp`, `60 days before the opening of 8msp`, `at 2rc`, `every 3 years from 2017`.",
});

fn read(text: &str) -> Option<When> {
    if let Some(rest) = text.strip_prefix("at ") {
        return Some(When::At(Anchor::During(rest.parse().ok()?)));
    }
    if let Some(rest) = text.strip_prefix("every ") {
        let (interval, anchor) = rest.split_once(" from ")?;
        let (amount, unit) = match interval.split_once(' ') {
            Some((amount, unit)) => (count(amount)?, Unit::read(unit)?),
            None => (1, Unit::read(interval)?),
        };
        return Some(When::Every { amount, unit, anchor: read_base(anchor)? });
    }
    if let Some(anchor) = read_anchor(text) {
        return Some(When::At(anchor));
    }
    let (distance, rest) = text.split_once(' ')?;
    let (unit, rest) = rest.split_once(' ')?;
    let (side, anchor) = rest.split_once(' ')?;
    let amount = if distance == "the" { 1 } else { count(distance)? };
    let amount = match side {
        "after" => amount,
        "before" => -amount,
        _ => return None,
    };
    Some(When::Offset { amount, unit: Unit::read(unit)?, anchor: read_base(anchor)? })
}

fn read_anchor(text: &str) -> Option<Anchor> {
    if let Some(id) = text.strip_prefix("the opening of ") {
        return Some(Anchor::Opening(id.parse().ok()?));
    }
    if let Some(id) = text.strip_prefix("the end of ") {
        return Some(Anchor::End(id.parse().ok()?));
    }
    text.parse().ok().map(Anchor::Date)
}

/// What a distance is counted from: here a meeting's bare id will do.
fn read_base(text: &str) -> Option<Anchor> {
    let meeting = || text.parse().ok().filter(|_| text.bytes().any(|b| b.is_ascii_lowercase()));
    read_anchor(text).or_else(|| meeting().map(Anchor::During))
}

fn count(text: &str) -> Option<i32> {
    text.parse().ok().filter(|n| (1..=10_000).contains(n))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    struct OneMeeting(Days);

    impl Calendar for OneMeeting {
        fn days(&self, meeting: &MeetingId) -> Option<Days> {
            (meeting.as_str() == "8msp").then_some(self.0)
        }
    }

    fn calendar(opening: Date, end: Date) -> OneMeeting {
        OneMeeting(Days { opening: opening.into(), end: end.into() })
    }

    #[track_caller]
    fn check(text: &str, earliest: Date, latest: Date) {
        let when: When = text.parse().unwrap();
        assert_eq!(when.to_string(), text);
        let at = when.resolve(&calendar(date(2018, 9, 3), date(2018, 9, 5))).unwrap();
        assert_eq!((at.earliest(), at.latest()), (earliest, latest), "{text}");
    }

    #[test]
    fn resolves_against_the_calendar() {
        let day = |y, m, d| (date(y, m, d), date(y, m, d));
        for (text, (earliest, latest)) in [
            ("2018-09-03", day(2018, 9, 3)),
            ("the opening of 8msp", day(2018, 9, 3)),
            ("the end of 8msp", day(2018, 9, 5)),
            ("the day after the end of 8msp", day(2018, 9, 6)),
            ("60 days before the opening of 8msp", day(2018, 7, 5)),
            ("every 3 years from 2017-09-06", day(2020, 9, 6)),
            ("at 8msp", (date(2018, 9, 3), date(2018, 9, 5))),
            ("2018", (date(2018, 1, 1), date(2018, 12, 31))),
        ] {
            check(text, earliest, latest);
        }
    }

    #[test]
    fn waits_for_a_meeting_without_dates() {
        let when: When = "the end of 9msp".parse().unwrap();
        let waiting = when.resolve(&calendar(date(2018, 9, 3), date(2018, 9, 5))).unwrap_err();
        assert_eq!(waiting.to_string(), "the dates of 9msp are not recorded yet");
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for wrong in ["", "soon", "2018-02-30", "the start of 8msp", "0 days after 8msp", "18/9"] {
            let message = wrong.parse::<When>().map(|when| panic!("{when}")).unwrap_err();
            assert!(message.to_string().contains("is not a moment"), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(amount in 1..9999i32, unit in 0..4usize, form in 0..5usize) {
            let unit = [Unit::Day, Unit::Week, Unit::Month, Unit::Year][unit];
            let meeting: MeetingId = "8msp".parse().unwrap();
            let when = match form {
                0 => When::At(Anchor::Date(PartialDate::Year(date(2018, 1, 1)))),
                1 => When::Offset { amount, unit, anchor: Anchor::Opening(meeting) },
                2 => When::Offset { amount: -amount, unit, anchor: Anchor::End(meeting) },
                3 => When::Every { amount, unit, anchor: Anchor::Date(date(2017, 9, 6).into()) },
                _ => When::At(Anchor::During(meeting)),
            };
            proptest::prop_assert_eq!(when.to_string().parse::<When>().unwrap(), when);
        }
    }
}
