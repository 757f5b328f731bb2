//! Nobody takes the same seat twice from the same day.

use std::sync::Arc;

use chancery_offices::{
    Appointment,
    Command::{self, Confirm, Designate, Elect},
    Event::{self, Confirmed, Designated, Elected, Ended},
};

use crate::words::{appointment, coordination, date, ending, given, meeting, when};

type Way = (fn(Appointment) -> Command, fn(Arc<Appointment>) -> Event);
const WAYS: [Way; 3] = [(Elect, Elected), (Designate, Designated), (Confirm, Confirmed)];

#[test]
fn is_by_election_designation_or_confirmation() {
    for (ask, recorded) in WAYS {
        let vice_presidents = || appointment("vice_president", &["ZMB", "CRI", "HRV", "NLD"]);
        given([]).when(ask(vice_presidents())).then_events([recorded(vice_presidents().into())]);
    }
}

#[test]
fn is_not_for_one_who_holds_the_seat_from_that_day() {
    for (_, first) in WAYS {
        for (ask, _) in WAYS {
            given([first(appointment("vice_president", &["ZMB"]).into())])
                .when(ask(appointment("vice_president", &["CRI", "ZMB"])))
                .then_rejected("ZMB holds this office already by an earlier act");
        }
    }
}

#[test]
fn names_each_state_once() {
    given([])
        .when(Elect(appointment("vice_president", &["ZMB", "CRI", "ZMB"])))
        .then_rejected("ZMB holds this office already");
}

#[test]
fn is_open_to_one_who_holds_another_seat() {
    let held = || {
        [
            Elected(appointment("vice_president", &["ZMB"]).into()),
            Elected(coordination("clearance", &["ZMB"]).into()),
        ]
    };
    for other in [
        appointment("president", &["ZMB"]),
        coordination("victim_assistance", &["ZMB"]),
        Appointment { of: Some(meeting("8msp")), ..appointment("vice_president", &["ZMB"]) },
    ] {
        given(held()).when(Elect(other.clone())).then_events([Elected(other.into())]);
    }
}

#[test]
fn is_open_again_from_another_day_and_after_the_term_ended() {
    let next_term = || Appointment {
        from: Some(when("the end of 9msp")),
        ..coordination("clearance", &["DEU"])
    };
    given([Elected(coordination("clearance", &["DEU"]).into())])
        .when(Elect(next_term()))
        .then_events([Elected(next_term().into())]);
    given([Elected(appointment("president", &["DEU"]).into()), Ended(ending("DEU").into())])
        .when(Elect(appointment("president", &["DEU"])))
        .then_events([Elected(appointment("president", &["DEU"]).into())]);
}

#[test]
fn of_the_one_designated_is_an_act_of_its_own() {
    let designated = Appointment {
        on: date("2016-09-07"),
        meeting: Some(meeting("6msp")),
        of: Some(meeting("7msp")),
        ..appointment("president", &["DEU"])
    };
    given([Designated(designated.into())])
        .when(Elect(appointment("president", &["DEU"])))
        .then_events([Elected(appointment("president", &["DEU"]).into())]);
}
