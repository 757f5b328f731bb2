//! Offices held by who was not there, and terms without an end.

use std::sync::Arc;

use chancery_kernel::{Actor, MeetingId};
use chancery_meetings::Event as Meetings;
use chancery_offices::{Seat, Term};
use chancery_register::{Event, Recorded};

use super::{Contradiction, FindingRule};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let mut found: Vec<Contradiction<'_>> = terms(view)
        .filter_map(|(term, recorded)| {
            endless(view, term, recorded).or_else(|| holder_absent(view, term, recorded))
        })
        .collect();
    found.extend(view.events().iter().filter_map(|recorded| {
        let (meeting, speaker) = match &recorded.envelope.event {
            Event::Meetings(Meetings::Opened(it)) => (&it.meeting, it.by.as_ref()?),
            Event::Meetings(Meetings::Spoke(it)) => (&it.meeting, &it.by),
            _ => return None,
        };
        absent(view, meeting, speaker, recorded, "is named as speaking there")
    }));
    found
}

/// Every term with the event that gave it.
fn terms(view: &View) -> impl Iterator<Item = (&Term, &Arc<Recorded>)> {
    let events = view.by_term.iter().filter_map(|index| view.events().get(*index));
    view.state().offices.terms().iter().zip(events)
}

fn endless<'a>(
    view: &'a View,
    term: &Term,
    recorded: &'a Arc<Recorded>,
) -> Option<Contradiction<'a>> {
    if term.until.is_some() || term.ended.is_some() {
        return None;
    }
    let source = &recorded.envelope.source.symbol;
    let others =
        terms(view).filter(|(other, _)| other.office == term.office && other.until.is_some());
    // The nearest before it in the same source says best what was to be expected.
    let (_, against) = others.max_by_key(|(_, it)| {
        (it.envelope.source.symbol == *source, it.position < recorded.position, it.position)
    })?;
    let office = office(view, term);
    let theme = term.theme.as_ref().map(|theme| format!(" ({theme})")).unwrap_or_default();
    let message = format!(
        "the term of {} as {office}{theme} has no end; other terms of this office have one",
        holder(&term.holder)
    );
    let found = Contradiction::new(FindingRule::TermWithoutEnd, recorded, against, message);
    Some(found.about(&holder(&term.holder)))
}

/// Whoever held an office of a meeting until the meeting ended, and did not attend it.
fn holder_absent<'a>(
    view: &'a View,
    term: &Term,
    recorded: &'a Arc<Recorded>,
) -> Option<Contradiction<'a>> {
    let of_a_meeting =
        view.state().offices.rules.office(&term.office).is_some_and(|it| it.seat == Seat::Meeting);
    let meeting = term.of.as_ref().filter(|_| of_a_meeting && term.ended.is_none())?;
    let what = format!("is named as its {}", office(view, term));
    absent(view, meeting, &term.holder, recorded, &what)
}

fn absent<'a>(
    view: &'a View,
    meeting: &MeetingId,
    who: &Actor,
    recorded: &'a Arc<Recorded>,
    what: &str,
) -> Option<Contradiction<'a>> {
    let state = who.state?;
    let states = &view.state().meetings.meetings().get(meeting)?.states;
    if states.contains_key(&state) {
        return None;
    }
    // Without a list of States nobody is known to have been away.
    let lists = view.by_meeting.get(meeting)?.iter().filter_map(|index| view.events().get(*index));
    let against = lists.filter(|it| {
        matches!(&it.envelope.event, Event::Meetings(Meetings::Attended(it)) if !it.states.is_empty())
    });
    let against = against.max_by_key(|it| match &it.envelope.event {
        Event::Meetings(Meetings::Attended(it)) => it.states.len(),
        _ => 0,
    })?;
    let message = format!("{state} {what}, and is not among the States that attended {meeting}");
    Some(Contradiction::new(FindingRule::StateAbsent, recorded, against, message).about(&state))
}

fn office(view: &View, term: &Term) -> String {
    let rule = view.state().offices.rules.office(&term.office);
    rule.map_or_else(|| term.office.to_string(), |rule| rule.name.to_string())
}

fn holder(who: &Actor) -> String {
    let organisation = who.organisation.as_ref().map(ToString::to_string);
    who.state.map(|state| state.to_string()).or(organisation).unwrap_or_default()
}
