use chancery_kernel::{ClockId, ObligationId, PartialDate, StateCode, Text};
use jiff::civil::Date;

use crate::rules::Period;

/// Why something cannot be true of an obligation, given what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The profile does not name it.
    #[error("the profile knows no obligation `{obligation}`; {help}")]
    UnknownObligation {
        /// Which.
        obligation: ObligationId,
        /// What would be right.
        help: String,
    },
    /// The profile gives the obligation no such clock.
    #[error("`{obligation}` has no {}; {help}", clock_named(.clock.as_ref()))]
    UnknownClock {
        /// Of what.
        obligation: ObligationId,
        /// Which; `None` is that of entry into force.
        clock: Option<ClockId>,
        /// What would be right.
        help: String,
    },
    /// Every State party owes it.
    #[error("every State party owes `{0}`, so it is not declared; leave this fact away")]
    OwedAnyway(ObligationId),
    /// The event that starts the clock has no date, or there is no such event.
    #[error("{0}")]
    Start(StartFault),
    /// Declared already.
    #[error("{state} owes `{obligation}` already, since {since}; {help}")]
    OwesAlready {
        /// Who.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// Since when.
        since: PartialDate,
        /// What would be right.
        help: &'static str,
    },
    /// Not recorded as owing it.
    #[error("{state} is not recorded as owing `{obligation}`; record `obligation_declared` first")]
    DoesNotOwe {
        /// Who.
        state: StateCode,
        /// What.
        obligation: ObligationId,
    },
    /// Done already.
    #[error("{state} has completed `{obligation}` already, by {by}; record `reopened` first")]
    DoneAlready {
        /// Who.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// By when.
        by: PartialDate,
    },
    /// Not done, so it cannot be opened again.
    #[error("{state} has not completed `{obligation}` by {on}; only what is completed is reopened")]
    NotDone {
        /// Who.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// When.
        on: PartialDate,
    },
    /// A date that had passed before it was owed again.
    #[error(
        "`{obligation}` of {state} is reopened on {on}, so it cannot be due on {due}; leave `due` away if the date that stood counts again"
    )]
    DueBeforeReopened {
        /// Who.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// When it was reopened.
        on: PartialDate,
        /// The date.
        due: PartialDate,
    },
    /// Fulfilled by a report.
    #[error("`{0}` is fulfilled by a report; record `reported`")]
    NotByCompletion(ObligationId),
    /// Fulfilled by completion.
    #[error("`{0}` is fulfilled by completing it; record `completed`")]
    NotByReport(ObligationId),
    /// No date at all.
    #[error(
        "{what} of {state} needs a day; write `on`, or `{other}` where that is all that is known"
    )]
    Undated {
        /// Who.
        state: StateCode,
        /// What.
        what: &'static str,
        /// The other key.
        other: &'static str,
    },
    /// Declared before it was done.
    #[error(
        "{state} cannot have declared completion on {declared_on}, before it was done on {on}; swap the two"
    )]
    DeclaredBeforeDone {
        /// Who.
        state: StateCode,
        /// When it was done.
        on: PartialDate,
        /// When it was declared.
        declared_on: PartialDate,
    },
    /// The convention binds the State not yet.
    #[error(
        "the convention has no entry into force for {state} yet, so nothing is due; record its deposit first"
    )]
    NotInForce {
        /// Who.
        state: StateCode,
    },
    /// A report for a time before entry into force.
    #[error(
        "{state} owes no `{obligation}` for {period}; the convention entered into force for it on {in_force}"
    )]
    BeforeEntryIntoForce {
        /// Who.
        state: StateCode,
        /// Which report.
        obligation: ObligationId,
        /// The year, or the day.
        period: String,
        /// From when.
        in_force: Date,
    },
    /// A yearly report without its year.
    #[error("`{0}` is a yearly report; write the `year` that it covers")]
    NoYear(ObligationId),
    /// A year for a report that is given once.
    #[error("`{0}` is given once, not for a year; leave `year` away")]
    NotYearly(ObligationId),
    /// A report on a year that had not begun.
    #[error("a report handed in on {on} cannot cover {year}, which had not begun; check the year")]
    YearAhead {
        /// When.
        on: PartialDate,
        /// Which year.
        year: i16,
    },
    /// The report is recorded.
    #[error("{state} has handed in `{obligation}`{} already, on {on}; record it once", of_year(.year))]
    ReportedAlready {
        /// Who.
        state: StateCode,
        /// Which report.
        obligation: ObligationId,
        /// For which year.
        year: Option<i16>,
        /// When.
        on: PartialDate,
    },
    /// The convention allows no extension.
    #[error("the profile allows no extension of `{0}`; check the obligation")]
    NoExtension(ObligationId),
    /// Not later than the date that stands.
    #[error(
        "`{obligation}` of {state} is due on {due}, so {until} extends nothing; write the later date"
    )]
    ExtendsNothing {
        /// Whose.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// The date that stands.
        due: String,
        /// The date that was to replace it.
        until: PartialDate,
    },
    /// Longer than the convention allows.
    #[error(
        "an extension of `{obligation}` until {until} is too long; article {article} allows {longest} at most, here until {last}"
    )]
    TooLong {
        /// What.
        obligation: ObligationId,
        /// Until when it was to be.
        until: PartialDate,
        /// The rule.
        article: Text,
        /// The longest.
        longest: Period,
        /// The last lawful day.
        last: String,
    },
    /// More often than the convention allows.
    #[error(
        "`{obligation}` of {state} was extended {times} times, which is all that article {article} allows; check the record"
    )]
    TooOften {
        /// Whose.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// How often it may be.
        times: u16,
        /// The rule.
        article: Text,
    },
}

/// What is wrong with the start of a clock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartFault {
    /// Not said.
    #[error("the clock `{0}` runs from an event; write when that was as `started`")]
    Missing(ClockId),
    /// Said of the clock of entry into force.
    #[error(
        "`{0}` runs from the entry into force, which is computed; leave `started` away, or name a `clock`"
    )]
    Computed(ObligationId),
    /// Too early for it.
    #[error(
        "{started} lies before {in_force}, the entry into force for the State, and only what came after starts the clock `{clock}`; leave `clock` and `started` away"
    )]
    Before {
        /// Which clock.
        clock: ClockId,
        /// When its event was.
        started: PartialDate,
        /// When the convention entered into force.
        in_force: Date,
    },
}

fn clock_named(clock: Option<&ClockId>) -> String {
    clock.map_or_else(|| "clock from entry into force".to_owned(), |id| format!("clock `{id}`"))
}

fn of_year(year: &Option<i16>) -> String {
    year.map(|year| format!(" for {year}")).unwrap_or_default()
}
