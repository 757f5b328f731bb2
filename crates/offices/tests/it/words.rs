//! Short words for what happens to offices: a meeting's president and vice-presidents, and the
//! coordinators between meetings.

use chancery_kernel::{Actor, MeetingId, PartialDate, StateCode, Text, When, testing::Given};
use chancery_offices::{
    Appointment, Ending, Event, Holder, OfficeRule, Offices, Rules, Seat, State, Succession, Theme,
};

/// Nothing yet, under rules that know three offices and two themes.
pub(crate) fn start() -> State {
    let office = |id: &str, name, seat| OfficeRule {
        id: id.parse().unwrap(),
        name: text(name),
        seat,
        holder: Holder::StateParty,
    };
    let theme = |id: &str, name| Theme { id: id.parse().unwrap(), name: text(name) };
    let mut state = State::default();
    state.rules = Rules {
        offices: vec![
            office("president", "President", Seat::Meeting),
            office("vice_president", "Vice-President", Seat::Meeting),
            office("coordinator", "Coordinator", Seat::Convention),
        ],
        themes: vec![
            theme("clearance", "Clearance"),
            theme("victim_assistance", "Victim assistance"),
        ],
    };
    state
}

pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given<Offices> {
    Given::events(start(), events)
}

pub(crate) fn text(text: &str) -> Text {
    text.try_into().unwrap()
}

pub(crate) fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

pub(crate) fn when(text: &str) -> When {
    text.parse().unwrap()
}

pub(crate) fn meeting(id: &str) -> MeetingId {
    id.parse().unwrap()
}

pub(crate) fn state(code: &str) -> StateCode {
    code.parse().unwrap()
}

/// To an office, on the first day of the seventh meeting.
pub(crate) fn appointment(office: &str, states: &[&str]) -> Appointment {
    Appointment {
        office: office.parse().unwrap(),
        theme: None,
        meeting: Some(meeting("7msp")),
        of: None,
        states: states.iter().map(|code| state(code)).collect(),
        organisation: None,
        person: None,
        capacity: None,
        by: None,
        from: None,
        until: None,
        on: date("2017-09-04"),
    }
}

/// To the coordination of a theme, from the end of the seventh meeting to that of the ninth.
pub(crate) fn coordination(theme: &str, states: &[&str]) -> Appointment {
    Appointment {
        theme: Some(theme.parse().unwrap()),
        from: Some(when("the end of 7msp")),
        until: Some(when("the end of 9msp")),
        ..appointment("coordinator", states)
    }
}

/// Of the seventh meeting's president by another person.
pub(crate) fn succession(predecessor: &str, successor: &str) -> Succession {
    Succession {
        office: "president".parse().unwrap(),
        theme: None,
        of: Some(meeting("7msp")),
        predecessor: state(predecessor),
        successor: Actor {
            person: Some(text("Ambassador Second")),
            ..Actor::state(state(successor))
        },
        on: date("2017-09-05"),
    }
}

/// Of the seventh meeting's president's term.
pub(crate) fn ending(who: &str) -> Ending {
    Ending {
        office: "president".parse().unwrap(),
        theme: None,
        of: Some(meeting("7msp")),
        state: state(who),
        reason: None,
        on: date("2017-09-05"),
    }
}
