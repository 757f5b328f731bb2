//! What is tied to a meeting moves with it.

use chancery_kernel::{Calendar as _, DateRange, Unresolved, When};
use chancery_meetings::{
    Event::{Closed, Opened, Rescheduled, Scheduled},
    Scheduling, State,
};

use crate::words::{
    closing, date, given, given_8msp, known, meeting, opening, rescheduling, scheduling,
};

#[track_caller]
fn check(state: &State, when: &str, earliest: &str, latest: &str) {
    let when: When = when.parse().unwrap();
    let (earliest, latest) = (date(earliest).earliest(), date(latest).latest());
    assert_eq!(when.resolve(state), Ok(DateRange::new(earliest, latest)));
}

#[test]
fn a_deadline_moves_when_its_meeting_is_rescheduled() {
    let deadline = "60 days before the opening of 8msp";
    let before = given_8msp([]).state();
    check(&before, deadline, "2018-07-05", "2018-07-05");
    let moved = Rescheduled(rescheduling("2018-11-19", "2018-11-21").into());
    let after = given_8msp([moved]).state();
    check(&after, deadline, "2018-09-20", "2018-09-20");
    // What was known earlier is still known as it was.
    check(&before, deadline, "2018-07-05", "2018-07-05");
}

#[test]
fn a_term_moves_with_the_end_of_its_meeting() {
    let later = given_8msp([Rescheduled(rescheduling("", "2018-09-07").into())]).state();
    check(&later, "the opening of 8msp", "2018-09-03", "2018-09-03");
    check(&later, "the end of 8msp", "2018-09-07", "2018-09-07");
    check(&later, "the day after the end of 8msp", "2018-09-08", "2018-09-08");
    check(&later, "at 8msp", "2018-09-03", "2018-09-07");
}

#[test]
fn days_that_are_known_to_the_month_stay_that_vague() {
    let vague = given_8msp([Rescheduled(rescheduling("2018-11", "2018-11").into())]).state();
    check(&vague, "the opening of 8msp", "2018-11-01", "2018-11-30");
    check(&vague, "60 days before the opening of 8msp", "2018-09-02", "2018-10-01");
}

#[test]
fn the_closing_is_the_end_where_none_was_set() {
    let open_ended = Scheduling { closes_on: None, ..scheduling("8msp") };
    let closed = given([
        Scheduled(open_ended.into()),
        Opened(opening("2018-09-03").into()),
        Closed(closing("2018-09-04").into()),
    ]);
    check(&closed.state(), "the end of 8msp", "2018-09-04", "2018-09-04");
}

#[test]
fn a_meeting_without_days_resolves_to_none() {
    let undated = Scheduling { opens_on: known(""), closes_on: known(""), ..scheduling("8msp") };
    let waiting = |state: &State| {
        let when: When = "the end of 8msp".parse().unwrap();
        assert_eq!(when.resolve(state), Err(Unresolved::Meeting(meeting("8msp"))));
    };
    waiting(&given([]).state());
    waiting(&given([Scheduled(undated.clone().into())]).state());
    let dated = given([
        Scheduled(undated.into()),
        Rescheduled(rescheduling("2018-09-03", "2018-09-05").into()),
    ]);
    check(&dated.state(), "the end of 8msp", "2018-09-05", "2018-09-05");
}

#[test]
fn a_meeting_without_a_last_day_ends_by_its_length() {
    let scheduled = Scheduling { days: Some(3), closes_on: None, ..scheduling("8msp") };
    let state = given([Scheduled(scheduled.into())]).state();
    let days = state.days(&meeting("8msp")).unwrap();
    assert_eq!((days.opening, days.end), (date("2018-09-03"), date("2018-09-05")));
}
