use std::collections::BTreeMap;

use chancery_kernel::{ClockId, DateRange, ObligationId, PartialDate, StateCode};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    duty::{Duty, DutyAt, DutyKey},
    event::Completion,
    rules::{Clock, DoneBy, Due, EachYear, Kept, Obligation, OwedBy, Starts},
    state::{ReportKey, State, start},
};

/// One thing that a State owes, or has done, as it stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Who.
    pub state: StateCode,
    /// What.
    pub obligation: ObligationId,
    /// On which clock, where an event started it.
    pub clock: Option<ClockId>,
    /// The calendar year that a yearly report covers.
    pub year: Option<i16>,
    /// The last day on which it is in time; a range where that is not known to the day.
    pub due: DateRange,
    /// The date that the rule gives, whatever was extended.
    pub by_rule: DateRange,
    /// How it stands.
    pub standing: Standing,
    /// When it was done; `None` while it is not.
    pub done: Option<PartialDate>,
    /// When completion was declared.
    pub declared_on: Option<PartialDate>,
    /// Whether it was done in time; `None` while it is not done.
    pub timing: Option<Timing>,
    /// An extension that is asked for and not decided: until when, if that is known.
    pub requested: Option<Option<PartialDate>>,
    /// The rule in one sentence, with its article; of what has passed with nothing recorded, what
    /// that means.
    pub rule: String,
}

/// How a duty stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its date has passed, and it is not done: nothing that fulfils it is recorded, and the
    /// profile says that its record is complete.
    Overdue,
    /// Its date has passed, and nothing that fulfils it is recorded; since its record is kept only
    /// in part, it may have been done.
    NotRecorded,
    /// Its date has passed, more time is asked for, and no decision on that is recorded.
    Requested,
    /// Its date has not passed.
    Due,
    /// Its date has not passed, and an extension set it.
    Extended,
    /// Done.
    Fulfilled,
}

/// Whether something was done in time. A date that is not known to the day is not guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// By its date.
    OnTime,
    /// After it, by so many days: at least and at most.
    Late {
        /// The fewest.
        at_least: i32,
        /// The most.
        at_most: i32,
    },
    /// The dates are not known well enough to say.
    Unknown,
}

impl State {
    /// Everything that a State owes or has done on a day, by the profile's order: of a yearly
    /// obligation one for each year up to the one that comes due next, and each other year of which a
    /// report was handed in.
    ///
    /// `in_force` is the day on which the convention entered into force for the State.
    pub fn owed(&self, state: StateCode, in_force: Date, day: Date) -> Vec<Owed> {
        let asked = Asked { of: self, state, in_force, day };
        let rules = self.rules().obligations.iter();
        let clocks = rules.flat_map(|rule| rule.clocks.iter().map(move |clock| (rule, clock)));
        clocks.flat_map(|(rule, clock)| asked.on_clock(rule, clock)).collect()
    }
}

/// Whose duties are asked for, and when.
struct Asked<'a> {
    of: &'a State,
    state: StateCode,
    in_force: Date,
    day: Date,
}

impl Asked<'_> {
    fn on_clock(&self, rule: &Obligation, clock: &Clock) -> Vec<Owed> {
        let (state, obligation, id) = (self.state, rule.id.clone(), clock.id().cloned());
        let key = DutyKey { state, obligation, clock: id };
        let recorded = self.of.duties.get(&key);
        let duty = recorded.map(|duty| duty.at(self.day)).unwrap_or_default();
        let needs_declaring = rule.owed_by == OwedBy::Declared || clock.id().is_some();
        if needs_declaring && duty.declared.is_none() {
            return Vec::new();
        }
        let started = duty.declared.and_then(|it| it.started);
        let Some(start) = start(clock, Some(self.in_force), started) else { return Vec::new() };
        match &clock.due {
            Due::Within(_) | Due::WithinFirst(_) => {
                let Some((by_rule, when)) = clock.due.once(start) else { return Vec::new() };
                let said = format!("{when} {}, {start}", of(clock));
                vec![self.once(&key, rule, clock, &duty, by_rule, &said)]
            }
            Due::EachYear(each) => {
                let spans = recorded.map(|duty| duty.spans(self.day)).unwrap_or_default();
                self.yearly(&key, rule, clock, each, start, spans)
            }
        }
    }

    /// What every State owes begins with the clock; what is declared, with the declaration, if that
    /// came later. Nothing is owed between its completion and a reopening.
    fn yearly(
        &self,
        key: &DutyKey,
        rule: &Obligation,
        clock: &Clock,
        each: &EachYear,
        start: PartialDate,
        spans: Vec<(PartialDate, Option<Date>)>,
    ) -> Vec<Owed> {
        let first = each.after.as_ref().and_then(|id| self.of.first(id, Some(self.in_force)));
        let spans = if spans.is_empty() { vec![(start, None)] } else { spans };
        let mut years: BTreeMap<i16, (Date, bool)> = BTreeMap::new();
        for (since, end) in spans {
            let since = if since.earliest() > start.earliest() { since } else { start };
            years.extend(
                each.years(since, first, self.day, end).map(|(year, due)| (year, (due, true))),
            );
        }
        // What was handed in is shown, whether it is counted as owed or not.
        for year in self.reported(key) {
            let due = year.checked_add(1).and_then(|next| each.in_year(next));
            years.entry(year).or_insert((due.unwrap_or(Date::MAX), false));
        }
        let of_year = |(year, (due, owed))| self.of_year(key, rule, clock, each, year, due, owed);
        years.into_iter().map(of_year).collect()
    }

    fn once(
        &self,
        key: &DutyKey,
        rule: &Obligation,
        clock: &Clock,
        duty: &DutyAt<'_>,
        by_rule: DateRange,
        said: &str,
    ) -> Owed {
        let due = duty.due(Some(by_rule)).unwrap_or(by_rule);
        let report = match rule.done_by {
            DoneBy::Report => self.report(key, None),
            DoneBy::Completion => None,
        };
        let done = report.or_else(|| duty.done.and_then(Completion::counts_from));
        let mut sentence = format!("{said} (article {})", clock.article);
        if let (true, Some(until), Some(extension)) = (duty.extended, duty.until, &rule.extension) {
            sentence += &format!("; extended until {until} (article {})", extension.article);
        } else if let (Some(reopened), Some(until)) = (duty.reopened, duty.until) {
            sentence += &format!("; reopened on {}, due {until}", reopened.on);
        }
        let standing = standing(done, due, duty, rule.kept, self.day);
        sentence += silence(standing);
        Owed {
            due,
            by_rule,
            standing,
            timing: match (done, duty.done) {
                // Only the declaration is dated: the work was done by then, perhaps before.
                (Some(by), Some(Completion { on: None, .. })) => Some(timing(by, due))
                    .filter(|it| *it == Timing::OnTime)
                    .or(Some(Timing::Unknown)),
                (done, _) => done.map(|done| timing(done, due)),
            },
            done,
            declared_on: duty.done.and_then(|it| it.declared_on),
            requested: duty.pending.map(|it| it.until),
            ..owed_under(key, None, due, sentence)
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one duty with all that decides it")]
    fn of_year(
        &self,
        key: &DutyKey,
        rule: &Obligation,
        clock: &Clock,
        each: &EachYear,
        year: i16,
        due: Date,
        owed: bool,
    ) -> Owed {
        let due = DateRange::day(due);
        let done = self.report(key, Some(year));
        let standing = standing(done, due, &DutyAt::default(), rule.kept, self.day);
        let sentence = format!(
            "every year by {:02}-{:02} for the calendar year before, here {year} (article {}){}{}",
            each.month,
            each.day,
            clock.article,
            if owed {
                ""
            } else {
                "; handed in, though on this day the rule counts none for that year"
            },
            silence(standing),
        );
        Owed {
            standing,
            timing: done.map(|done| timing(done, due)),
            done,
            ..owed_under(key, Some(year), due, sentence)
        }
    }

    /// When a report was handed in, if that counts on the day.
    fn report(&self, key: &DutyKey, year: Option<i16>) -> Option<PartialDate> {
        let key = (key.state, key.obligation.clone(), year);
        self.of.report(&key, self.in_force, self.day).map(|it| it.on)
    }

    /// The years of which a report was handed in.
    fn reported(&self, key: &DutyKey) -> impl Iterator<Item = i16> {
        let first = (key.state, key.obligation.clone(), Some(self.in_force.year()));
        let of_it = |key: &ReportKey| (key.0, key.1.clone());
        let wanted = of_it(&first);
        let keys = self.of.reports.range(first..).map(|(key, _)| key);
        let keys = keys.take_while(move |key| of_it(key) == wanted);
        let counting = keys.filter(|key| self.of.report(key, self.in_force, self.day).is_some());
        counting.filter_map(|key| key.2)
    }
}

fn owed_under(key: &DutyKey, year: Option<i16>, due: DateRange, rule: String) -> Owed {
    Owed {
        state: key.state,
        obligation: key.obligation.clone(),
        clock: key.clock.clone(),
        year,
        due,
        by_rule: due,
        standing: Standing::Due,
        done: None,
        declared_on: None,
        timing: None,
        requested: None,
        rule,
    }
}

fn of(clock: &Clock) -> &str {
    match &clock.starts {
        Starts::EntryIntoForce => "the entry into force for the State",
        Starts::Event { name, .. } => name,
    }
}

/// The last day is included: only the day after makes a duty overdue, and only for certain.
fn standing(
    done: Option<PartialDate>,
    due: DateRange,
    duty: &DutyAt<'_>,
    kept: Kept,
    day: Date,
) -> Standing {
    match done {
        Some(_) => Standing::Fulfilled,
        None if due.latest() < day && duty.pending.is_some() => Standing::Requested,
        None if due.latest() < day && kept.is_partial() => Standing::NotRecorded,
        None if due.latest() < day => Standing::Overdue,
        None if duty.extended => Standing::Extended,
        None => Standing::Due,
    }
}

/// What it means that nothing is recorded of a duty whose date has passed.
fn silence(standing: Standing) -> &'static str {
    match standing {
        Standing::Overdue => "; nothing that fulfils it is recorded, and its record is complete",
        Standing::NotRecorded => {
            "; nothing that fulfils it is recorded, but its record is kept only in part"
        }
        Standing::Requested | Standing::Due | Standing::Extended | Standing::Fulfilled => "",
    }
}

/// Compares what may be known only in part: in time or late is said only when it is certain.
pub(crate) fn timing(done: PartialDate, due: DateRange) -> Timing {
    if done.latest() <= due.earliest() {
        return Timing::OnTime;
    }
    if done.earliest() <= due.latest() {
        return Timing::Unknown;
    }
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    Timing::Late {
        at_least: days(due.latest(), done.earliest()),
        at_most: days(due.earliest(), done.latest()),
    }
}

impl Duty {
    /// Whether it is done, when everything recorded counts.
    pub fn is_done(&self) -> bool {
        self.now().done.is_some()
    }
}
