//! A meeting is scheduled once, is of a kind that the profile knows, and ends after it begins.

use chancery_meetings::{Command::Schedule, Event::Scheduled, Scheduling};

use crate::words::{given, known, meeting, scheduling, text};

fn on(opens_on: &str, closes_on: &str) -> Scheduling {
    Scheduling { opens_on: known(opens_on), closes_on: known(closes_on), ..scheduling("8msp") }
}

#[test]
fn happens_once() {
    given([Scheduled(scheduling("8msp").into())])
        .when(Schedule(scheduling("8msp")))
        .then_rejected("8msp is scheduled already; a change is `rescheduled`");
    given([Scheduled(scheduling("8msp").into())])
        .when(Schedule(scheduling("9msp")))
        .then_events([Scheduled(scheduling("9msp").into())]);
}

#[test]
fn is_of_a_kind_that_the_profile_knows() {
    let of_kind = |kind| Scheduling { kind: text(kind), ..scheduling("2rc") };
    given([])
        .when(Schedule(of_kind("csp")))
        .then_rejected("the profile knows no kind of meeting `csp`; it knows `msp`, `rc`");
    given([]).when(Schedule(of_kind("rc"))).then_events([Scheduled(of_kind("rc").into())]);
}

#[test]
fn does_not_end_before_it_begins() {
    given([])
        .when(Schedule(on("2018-09-05", "2018-09-03")))
        .then_rejected("8msp would close on 2018-09-03 before it opens on 2018-09-05");
    given([])
        .when(Schedule(on("2018-09", "2018-08-31")))
        .then_rejected("8msp would close on 2018-08-31 before it opens on 2018-09");
}

#[test]
fn may_know_its_days_or_not() {
    for (opens_on, closes_on) in [
        ("2018-09-03", "2018-09-03"),
        ("2018-09-03", "2018-09"),
        ("2018", "2018-09-05"),
        ("2018-09-03", ""),
        ("", "2018-09-05"),
        ("", ""),
    ] {
        given([])
            .when(Schedule(on(opens_on, closes_on)))
            .then_events([Scheduled(on(opens_on, closes_on).into())]);
    }
}

#[test]
fn is_kept_as_it_was_said() {
    let after = given([Scheduled(scheduling("8msp").into())]).state();
    let kept = &after.meetings()[&meeting("8msp")];
    assert_eq!(kept.opens_on, known("2018-09-03"));
    assert_eq!(kept.closes_on, known("2018-09-05"));
    assert_eq!((kept.opened, kept.closed), (None, None));
}
