//! Dates: outside their meeting, before their cause, and lengths that do not fit them.

use std::{collections::BTreeMap, sync::Arc};

use chancery_decisions::Event as Decisions;
use chancery_finance::{Budget, Event as Finance};
use chancery_kernel::{Calendar, Days, DocumentSymbol, MeetingId, PartialDate};
use chancery_meetings::Event as Meetings;
use chancery_obligations::Event as Obligations;
use chancery_offices::Event as Offices;
use chancery_register::{Event, Recorded};
use jiff::civil::Date;

use super::{Contradiction, FindingRule};
use crate::view::View;

/// Dates outside their meeting; and, of the others, dates before their cause: one wrong date is one
/// mistake.
pub(super) fn outside_or_too_early(view: &View) -> Vec<Contradiction<'_>> {
    let causes = Causes::of(view);
    let of = |recorded| outside(view, recorded).or_else(|| causes.too_early(recorded));
    view.events().iter().filter_map(of).collect()
}

/// Lengths in days that are not those between the first and the last day.
pub(super) fn lengths(view: &View) -> Vec<Contradiction<'_>> {
    let lengths = view.events().iter().filter_map(|scheduled| {
        let Event::Meetings(Meetings::Scheduled(it)) = &scheduled.envelope.event else {
            return None;
        };
        let meeting = view.state().meetings.meetings().get(&it.meeting)?;
        let (opens, closes) = (meeting.opens_on?.day()?, meeting.closes_on?.day()?);
        let (said, days) = (it.days?, opens.until(closes).ok()?.get_days() + 1);
        (i64::from(said) != i64::from(days)).then(|| {
            let message = format!(
                "{} shall last {said} days; from {opens} to {closes} it lasts {days}",
                it.meeting
            );
            let against = dates_of(view, &it.meeting).unwrap_or(scheduled);
            Contradiction::new(FindingRule::QuantityDiffers, scheduled, against, message)
                .suggesting(Some(format!("{days} days")))
        })
    });
    lengths.collect()
}

fn outside<'a>(view: &'a View, recorded: &'a Arc<Recorded>) -> Option<Contradiction<'a>> {
    let event = &recorded.envelope.event;
    let meeting = sat_in(event)?;
    let days = view.state().meetings.days(meeting)?;
    let on = event.on();
    if within(on, days) {
        return None;
    }
    let message = format!(
        "{meeting} ({}): {on} lies outside the meeting's dates, {} to {}",
        what(event),
        days.opening,
        days.end
    );
    let against = dates_of(view, meeting).unwrap_or(recorded);
    let right = in_the_year_of(on, days).filter(|day| within(*day, days));
    let found = Contradiction::new(FindingRule::DateOutsideMeeting, recorded, against, message);
    Some(found.suggesting(right.map(|day| day.to_string())))
}

/// The meeting in which something was done; `None` for what is done before or after it.
fn sat_in(event: &Event) -> Option<&MeetingId> {
    match event {
        Event::Meetings(
            Meetings::Attended(_)
            | Meetings::Opened(_)
            | Meetings::PlenaryHeld(_)
            | Meetings::Spoke(_)
            | Meetings::Considered(_)
            | Meetings::Closed(_),
        )
        | Event::Decisions(_)
        | Event::Offices(Offices::Elected(_) | Offices::Confirmed(_)) => event.meeting(),
        _ => None,
    }
}

/// Where acts are found without which others would not be.
struct Causes<'a> {
    view: &'a View,
    /// The first adoption that ordered a document to be issued.
    ordered: BTreeMap<&'a DocumentSymbol, &'a Arc<Recorded>>,
    budgets: Vec<(&'a Budget, &'a Arc<Recorded>)>,
}

impl<'a> Causes<'a> {
    fn of(view: &'a View) -> Self {
        let (mut ordered, mut budgets) = (BTreeMap::new(), Vec::new());
        for recorded in view.events() {
            match &recorded.envelope.event {
                Event::Decisions(Decisions::Adopted(it)) => {
                    it.to_be_issued_as.iter().for_each(|document| {
                        ordered.entry(document).or_insert(recorded);
                    });
                }
                Event::Finance(Finance::BudgetApproved(it)) => budgets.push((&**it, recorded)),
                _ => {}
            }
        }
        Self { view, ordered, budgets }
    }

    fn too_early(&self, recorded: &'a Arc<Recorded>) -> Option<Contradiction<'a>> {
        let cause = self.cause(recorded)?;
        let (on, caused) = (recorded.envelope.effective, cause.envelope.effective);
        (on.latest() < caused.earliest()).then(|| {
            let message = format!(
                "{} on {on}, though what it follows from ({}) was on {caused}",
                what(&recorded.envelope.event),
                what(&cause.envelope.event)
            );
            Contradiction::new(FindingRule::PrecedesCause, recorded, cause, message)
        })
    }

    /// The act without which there would be no such event.
    fn cause(&self, recorded: &Arc<Recorded>) -> Option<&'a Arc<Recorded>> {
        let view = self.view;
        let at = |index: Option<&usize>| view.events().get(*index?);
        match &recorded.envelope.event {
            Event::Meetings(Meetings::Scheduled(_)) => None,
            Event::Meetings(Meetings::Issued(it)) => self.ordered.get(&it.document).copied(),
            Event::Meetings(it) => scheduled(view, it.meeting()?),
            Event::Decisions(Decisions::Mandated(it)) => at(view.by_decision.get(&it.decision)),
            Event::Decisions(Decisions::Fulfilled(it)) => at(view.by_mandate.get(&it.mandate)),
            Event::Finance(Finance::Invoiced(it)) => {
                let mut budgets = self.budgets.iter();
                budgets.find(|(budget, _)| budget.years.holds(it.year)).map(|(_, event)| *event)
            }
            Event::Obligations(event @ Obligations::ExtensionGranted(_)) => {
                let of_the_duty = view.by_duty.get(&event.duty())?;
                let before = of_the_duty.iter().rev().filter_map(|index| view.events().get(*index));
                let mut before = before.skip_while(|other| other.position >= recorded.position);
                before.find(|other| {
                    matches!(&other.envelope.event,
                        Event::Obligations(Obligations::ExtensionRequested(it)) if it.on.is_some())
                })
            }
            _ => None,
        }
    }
}

/// The event that scheduled a meeting.
pub(super) fn scheduled<'a>(view: &'a View, meeting: &MeetingId) -> Option<&'a Arc<Recorded>> {
    let events = view.days_of.get(meeting)?.iter();
    let mut events = events.filter_map(|index| view.events().get(*index));
    events.find(|it| matches!(it.envelope.event, Event::Meetings(Meetings::Scheduled(_))))
}

/// The event that set a meeting's days as they stand.
pub(super) fn dates_of<'a>(view: &'a View, meeting: &MeetingId) -> Option<&'a Arc<Recorded>> {
    let events = view.days_of.get(meeting)?.iter().rev();
    events.filter_map(|index| view.events().get(*index)).find(|it| match &it.envelope.event {
        Event::Meetings(Meetings::Rescheduled(it)) => it.opens_on.is_some(),
        Event::Meetings(Meetings::Scheduled(it)) => it.opens_on.is_some(),
        _ => false,
    })
}

/// What an event is, in words: `plenary held`.
fn what(event: &Event) -> String {
    event.kind().rsplit('.').next().unwrap_or_default().replace('_', " ")
}

/// Whether a date may lie within a meeting's days: what is not known for certain is no finding.
fn within(on: PartialDate, days: Days) -> bool {
    on.latest() >= days.opening.earliest() && on.earliest() <= days.end.latest()
}

/// The same day of the year in which the meeting opened: the likeliest slip.
fn in_the_year_of(on: PartialDate, days: Days) -> Option<PartialDate> {
    let (day, year) = (on.day()?, days.opening.earliest().year());
    Date::new(year, day.month(), day.day()).ok().map(PartialDate::Day)
}
