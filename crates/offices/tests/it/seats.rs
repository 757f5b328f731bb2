//! A president is a meeting's, a coordinator is the convention's.

use chancery_offices::{
    Appointment,
    Command::{Designate, Elect},
    Event,
    Event::{Designated, Elected},
};

use crate::words::{appointment, coordination, given, meeting};

fn without_meeting(it: Appointment) -> Appointment {
    Appointment { meeting: None, ..it }
}

#[track_caller]
fn seat(event: Event) -> Option<String> {
    let after = given([event]).state();
    after.terms()[0].of.as_ref().map(ToString::to_string)
}

#[test]
fn an_office_of_a_meeting_names_the_meeting() {
    given([])
        .when(Elect(without_meeting(appointment("president", &["DEU"]))))
        .then_rejected("`president` is an office of a meeting; write `meeting`, or `of`");
    given([])
        .when(Elect(appointment("president", &["DEU"])))
        .then_events([Elected(appointment("president", &["DEU"]).into())]);
    assert_eq!(seat(Elected(appointment("president", &["DEU"]).into())).as_deref(), Some("7msp"));
}

#[test]
fn an_office_may_be_another_meeting_s() {
    let next = Appointment { of: Some(meeting("8msp")), ..appointment("president", &["NIC"]) };
    given([]).when(Designate(next.clone())).then_events([Designated(next.clone().into())]);
    assert_eq!(seat(Designated(next.clone().into())).as_deref(), Some("8msp"));
    let unsaid = without_meeting(next);
    assert_eq!(seat(Designated(unsaid.into())).as_deref(), Some("8msp"));
}

#[test]
fn an_office_of_the_convention_is_no_meeting_s() {
    let between_meetings = without_meeting(coordination("clearance", &["DEU"]));
    given([]).when(Elect(between_meetings.clone())).then_events([Elected(between_meetings.into())]);
    assert_eq!(seat(Elected(coordination("clearance", &["DEU"]).into())), None);
}
