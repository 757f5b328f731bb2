//! On which days a meeting is in session.

use chancery_meetings::{
    Event,
    Event::{Closed, Opened},
};

use crate::words::{closing, date, given_8msp, meeting, opening};

#[track_caller]
fn check(events: &[Event], days: &[(&str, bool)]) {
    let after = given_8msp(events.iter().cloned()).state();
    for (on, in_session) in days {
        let computed = after.meetings()[&meeting("8msp")].in_session(date(on));
        assert_eq!(computed, *in_session, "{on}");
    }
}

#[test]
fn is_not_before_the_opening_is_recorded() {
    check(&[], &[("2018-09-03", false)]);
}

#[test]
fn begins_with_the_opening_and_lasts_until_its_last_day() {
    check(
        &[Opened(opening("2018-09-03").into())],
        &[("2018-09-02", false), ("2018-09-03", true), ("2018-09-06", false)],
    );
}

#[test]
fn ends_with_the_day_of_the_closing() {
    check(
        &[Opened(opening("2018-09-03").into()), Closed(closing("2018-09-05").into())],
        &[
            ("2018-09-02", false),
            ("2018-09-03", true),
            ("2018-09-05", true),
            ("2018-09-06", false),
            // Possibly in it: not known to be outside.
            ("2018-09", true),
            ("2018", true),
            ("2018-10", false),
        ],
    );
}
