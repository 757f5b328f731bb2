//! From a clock to a date.

use chancery_kernel::{Anchor, Calendar, DateRange, Days, MeetingId, PartialDate, Unit, When};
use jiff::{Span, civil::Date};

use crate::rules::{Due, EachYear, Period};

/// No meeting: duties are counted from dates.
struct NoMeetings;

impl Calendar for NoMeetings {
    fn days(&self, _: &MeetingId) -> Option<Days> {
        None
    }
}

impl Due {
    /// The last day of what is due once, and the rule in words; `None` for what is due every year.
    pub(crate) fn once(&self, start: PartialDate) -> Option<(DateRange, String)> {
        match self {
            Self::Within(period) => Some((period.after(start)?, format!("{period} after"))),
            Self::WithinFirst(period) => {
                let end = period.after(start)?;
                let (first, last) =
                    (end.earliest().yesterday().ok()?, end.latest().yesterday().ok()?);
                let length = period.to_string();
                let length = length.strip_prefix("1 ").unwrap_or(&length);
                Some((DateRange::new(first, last), format!("in the first {length} from")))
            }
            Self::EachYear(_) => None,
        }
    }
}

impl Period {
    /// The moment that lies so long after another; the last day is included.
    pub fn after(self, start: PartialDate) -> Option<DateRange> {
        let (amount, unit) = match self {
            Self::Days(n) => (n, Unit::Day),
            Self::Months(n) => (n, Unit::Month),
            Self::Years(n) => (n, Unit::Year),
        };
        let anchor = Anchor::Date(start);
        When::Offset { amount: i32::from(amount), unit, anchor }.resolve(&NoMeetings).ok()
    }

    /// The day that lies so long before another.
    pub fn before(self, day: Date) -> Option<Date> {
        let span = Span::new();
        let span = match self {
            Self::Days(n) => span.try_days(n),
            Self::Months(n) => span.try_months(n),
            Self::Years(n) => span.try_years(n),
        };
        day.checked_sub(span.ok()?).ok()
    }
}

impl EachYear {
    /// The day of a year; in a shorter month its last day.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        let first = Date::new(year, self.month, 1).ok()?;
        Date::new(year, self.month, self.day.clamp(1, first.days_in_month())).ok()
    }

    /// The calendar years that are owed: the first, and the last whose day has come or comes next.
    ///
    /// `start` is when the clock started, `first` the date of the obligation that comes before,
    /// `end` when the duty ended.
    pub(crate) fn years(
        &self,
        start: PartialDate,
        first: Option<DateRange>,
        day: Date,
        end: Option<Date>,
    ) -> impl Iterator<Item = (i16, Date)> {
        let from = start.earliest();
        let after = first.map_or(from, |first| first.latest().max(from));
        let last = end.map_or(day, |end| end.min(day));
        // A report covers the year before its day. The next one is the first whose day is to come.
        let mut come = false;
        (from.year()..=last.year())
            .filter_map(|year| Some((year, self.in_year(year.checked_add(1)?)?)))
            .filter(move |(_, due)| *due > after)
            .take_while(move |(_, due)| !std::mem::replace(&mut come, *due >= day))
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (amount, unit) = match self {
            Self::Days(n) => (n, "day"),
            Self::Months(n) => (n, "month"),
            Self::Years(n) => (n, "year"),
        };
        write!(f, "{amount} {unit}{}", if *amount == 1 { "" } else { "s" })
    }
}
