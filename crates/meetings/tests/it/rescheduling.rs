//! A change of a meeting's days or venue: what is not named stays.

use chancery_meetings::{
    AlternativeVenue, Command::Reschedule, Event::Rescheduled, Event::Scheduled, Rescheduling,
    Scheduling,
};

use crate::words::{given, given_8msp, known, meeting, rescheduling, scheduling, text, venue};

fn to_vienna() -> Rescheduling {
    Rescheduling { venue: Some(venue("Vienna", "AUT")), ..rescheduling("", "") }
}

#[test]
fn changes_something() {
    given_8msp([])
        .when(Reschedule(rescheduling("", "")))
        .then_rejected("this changes nothing of 8msp");
    for change in [rescheduling("2018-09-04", ""), rescheduling("", "2018-09-06"), to_vienna()] {
        given_8msp([]).when(Reschedule(change.clone())).then_events([Rescheduled(change.into())]);
    }
}

#[test]
fn fits_the_days_that_stay() {
    given_8msp([])
        .when(Reschedule(rescheduling("2018-09-06", "")))
        .then_rejected("8msp would close on 2018-09-05 before it opens on 2018-09-06");
    given_8msp([])
        .when(Reschedule(rescheduling("", "2018-09-02")))
        .then_rejected("8msp would close on 2018-09-02 before it opens on 2018-09-03");
    given_8msp([])
        .when(Reschedule(rescheduling("2018-11-19", "2018-11-21")))
        .then_events([Rescheduled(rescheduling("2018-11-19", "2018-11-21").into())]);
}

#[test]
fn leaves_the_rest_as_it_was() {
    let after = given_8msp([Rescheduled(rescheduling("2018-09-04", "").into())]).state();
    let kept = &after.meetings()[&meeting("8msp")];
    assert_eq!(kept.opens_on, known("2018-09-04"));
    assert_eq!(kept.closes_on, known("2018-09-05"));
    assert_eq!(kept.venue, Some(venue("Geneva", "CHE")));
}

#[test]
fn a_venue_that_is_set_settles_the_conditional_one() {
    let conditional = Scheduling {
        alternative_venue: Some(AlternativeVenue {
            city: text("Geneva"),
            state: "CHE".parse().unwrap(),
            condition: text("should Vienna not be available"),
        }),
        ..scheduling("8msp")
    };
    let before = given([Scheduled(conditional.clone().into())]).state();
    assert!(before.meetings()[&meeting("8msp")].alternative_venue.is_some());
    let after = given([Scheduled(conditional.into()), Rescheduled(to_vienna().into())]).state();
    let kept = &after.meetings()[&meeting("8msp")];
    assert_eq!(kept.venue, Some(venue("Vienna", "AUT")));
    assert_eq!(kept.alternative_venue, None);
}
