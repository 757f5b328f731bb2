//! Offices held by who was not there, and terms without an end.

use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::{Actor, DocumentSymbol, MeetingId, OfficeId};
use chancery_meetings::Event as Meetings;
use chancery_offices::{Seat, Term};
use chancery_register::{Event, Recorded};

use super::{Contradiction, FindingRule};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let ends = Ends::of(view);
    let mut found: Vec<Contradiction<'_>> = terms(view)
        .filter_map(|(term, recorded)| {
            endless(view, &ends, term, recorded).or_else(|| holder_absent(view, term, recorded))
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

/// The events that gave terms with an end, in the order of recording: of an office, and of an office
/// in a source.
#[derive(Default)]
struct Ends<'a> {
    of_office: BTreeMap<&'a OfficeId, Vec<&'a Arc<Recorded>>>,
    in_source: BTreeMap<(&'a OfficeId, &'a DocumentSymbol), Vec<&'a Arc<Recorded>>>,
}

impl<'a> Ends<'a> {
    fn of(view: &'a View) -> Self {
        let mut it = Self::default();
        for (term, recorded) in terms(view).filter(|(term, _)| term.until.is_some()) {
            it.of_office.entry(&term.office).or_default().push(recorded);
            let source = (&term.office, &recorded.envelope.source.symbol);
            it.in_source.entry(source).or_default().push(recorded);
        }
        it
    }

    /// The nearest before an event in the same source says best what was to be expected.
    fn like(&self, office: &OfficeId, recorded: &Recorded) -> Option<&'a Arc<Recorded>> {
        let in_source = self.in_source.get(&(office, &recorded.envelope.source.symbol));
        let ends = in_source.or_else(|| self.of_office.get(office))?;
        let before = ends.partition_point(|it| it.position < recorded.position);
        before.checked_sub(1).and_then(|last| ends.get(last)).or(ends.last()).copied()
    }
}

fn endless<'a>(
    view: &'a View,
    ends: &Ends<'a>,
    term: &Term,
    recorded: &'a Arc<Recorded>,
) -> Option<Contradiction<'a>> {
    if term.until.is_some() || term.ended.is_some() {
        return None;
    }
    let against = ends.like(&term.office, recorded)?;
    let office = office(view, term);
    let theme = term.theme.as_ref().and_then(|id| view.state().offices.rules.theme(id));
    let theme = theme.map(|theme| format!(" ({})", theme.name)).unwrap_or_default();
    let message = format!(
        "the term of {} as {office}{theme} has no end; other terms of this office have one",
        term.holder
            .state
            .map_or_else(|| holder(&term.holder), |it| view.called(it, recorded).to_string())
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
    let name = view.called(state, recorded);
    let message = format!("{name} {what}, and is not among the States that attended {meeting}");
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
