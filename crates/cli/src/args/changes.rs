//! What happened, what changed, and what would.

use std::path::PathBuf;

use chancery_kernel::{ConventionId, DocumentSymbol, MeetingId, RecorderId, StateCode};
use chancery_projections::EventKind;
use jiff::{Span, Timestamp, civil::Date, tz::Offset};

use super::{Read, day, moment};

#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// Which convention; not needed when only one is recorded.
    #[arg(long, value_name = "ID")]
    pub(crate) convention: Option<ConventionId>,
    /// From the end of this day, as 2016-09-07, or of this meeting, as 6msp; the day of the second
    /// point when it is not said.
    #[arg(
        long,
        value_name = "DATE|MEETING",
        value_parser = turn,
        required_unless_present_any = ["from_known_at", "from_position"]
    )]
    pub(crate) from: Option<Turn>,
    /// To the end of this day or meeting; today (UTC) when it is not said.
    #[arg(long, value_name = "DATE|MEETING", value_parser = turn)]
    pub(crate) to: Option<Turn>,
    /// From what had been recorded at a moment, as 2017-09-25T09:00:00Z; all when it is not said.
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) from_known_at: Option<Timestamp>,
    /// From what had been recorded right after the event at this position of the log.
    #[arg(long, value_name = "N", conflicts_with = "from_known_at")]
    pub(crate) from_position: Option<u64>,
    /// To what had been recorded at a moment.
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) to_known_at: Option<Timestamp>,
    /// To what had been recorded right after the event at this position of the log.
    #[arg(long, value_name = "N", conflicts_with = "to_known_at")]
    pub(crate) to_position: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Whatif {
    /// Record files, tables or folders, as `record` takes them. Nothing of them is recorded.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The day on which to compare, or a meeting for its last; when it is not said today (UTC), or
    /// the last day that the files speak of if that is later.
    #[arg(long, value_name = "DATE|MEETING", value_parser = turn)]
    pub(crate) as_at: Option<Turn>,
    /// The convention of a table that stands alone.
    #[arg(long, value_name = "ID")]
    pub(crate) convention: Option<ConventionId>,
    /// Who records a table that stands alone; whoever recorded the convention's profile when it is
    /// not said.
    #[arg(long, value_name = "ID", env = "CHANCERY_RECORDED_BY")]
    pub(crate) recorded_by: Option<RecorderId>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct History {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Only events of these types or domains: `offices.elected`, `offices`.
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub(crate) kinds: Vec<EventKind>,
    /// Only events of this meeting, or about its offices.
    #[arg(long, value_name = "ID")]
    pub(crate) meeting: Option<MeetingId>,
    /// Only events that name this State, and corrections of them.
    #[arg(long, value_name = "CODE")]
    pub(crate) state: Option<StateCode>,
    /// Only events that name this document, and corrections of them.
    #[arg(long, value_name = "SYMBOL")]
    pub(crate) document: Option<DocumentSymbol>,
    /// Only what was recorded by this one.
    #[arg(long, value_name = "ID")]
    pub(crate) recorded_by: Option<RecorderId>,
    /// Only acts that were, or may have been, done on this day or later.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) effective_from: Option<Date>,
    /// Only acts that were, or may have been, done on this day or before.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) effective_until: Option<Date>,
    /// Only what was recorded on this day (UTC) or later, or at this moment or later, as
    /// 2017-09-25T09:00:00Z.
    #[arg(long, value_name = "DATE|MOMENT", value_parser = first_moment)]
    pub(crate) recorded_from: Option<Timestamp>,
    /// Only what was recorded on this day (UTC) or before, or at this moment or before.
    #[arg(long, value_name = "DATE|MOMENT", value_parser = last_moment)]
    pub(crate) recorded_until: Option<Timestamp>,
    /// Only what was corrected or annulled (true), or only what was not (false).
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub(crate) corrected: Option<bool>,
    /// Print each event's stored bytes, a line each: canonical JSON (RFC 8785).
    #[arg(long, conflicts_with = "json")]
    pub(crate) raw: bool,
    /// Only the last so many.
    #[arg(long, value_name = "N")]
    pub(crate) last: Option<usize>,
}

/// A day, said as such or by a meeting that ends on it.
#[derive(Debug, Clone)]
pub(crate) enum Turn {
    Day(Date),
    Meeting(MeetingId),
}

fn first_moment(text: &str) -> Result<Timestamp, String> {
    day_or_moment(text, Some)
}

/// Of a day its end.
fn last_moment(text: &str) -> Result<Timestamp, String> {
    let next = day_or_moment(text, |day| day.tomorrow().ok())?;
    // What is recorded is stamped to the microsecond.
    let of_a_day = i64::from(day(text).is_ok());
    next.checked_sub(Span::new().microseconds(of_a_day)).map_err(|error| error.to_string())
}

/// A moment, or the start of the day that comes of a day, in UTC.
fn day_or_moment(text: &str, of_a_day: impl Fn(Date) -> Option<Date>) -> Result<Timestamp, String> {
    if let Ok(moment) = moment(text) {
        return Ok(moment);
    }
    let wrong = || {
        format!(
            "`{text}` is neither a day nor a moment; write it as 2017-09-25 or 2017-09-25T09:00:00Z"
        )
    };
    let start = day(text).ok().and_then(of_a_day).map(|day| day.at(0, 0, 0, 0));
    let start = start.and_then(|start| Offset::UTC.to_timestamp(start).ok());
    start.ok_or_else(wrong)
}

/// What starts with four digits is meant to be a date.
fn turn(text: &str) -> Result<Turn, String> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if digits >= 4 {
        return day(text).map(Turn::Day);
    }
    text.parse().map(Turn::Meeting).map_err(|_| {
        format!("`{text}` is neither a day nor a meeting; write a day as 2017-09-06, or a meeting's id as 7msp")
    })
}
