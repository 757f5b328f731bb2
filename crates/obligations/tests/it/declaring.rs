//! A State owes what not every State does.

use chancery_obligations::{Command::Declare, Event, Event::Declared};

use crate::words::{after_hostilities, completion, date, declaration, given};

#[test]
fn is_recorded_once_on_each_clock() {
    let first = || declaration("MOZ", "clearance", "2011-09-01");
    given([]).when(Declare(first())).then_events([Declared(first().into())]);
    given([Declared(first().into())])
        .when(Declare(declaration("MOZ", "clearance", "2014")))
        .then_rejected("MOZ owes `clearance` already, since 2011-09-01; record it once");
    for other in [
        declaration("BGR", "clearance", "2011-10-01"),
        declaration("MOZ", "stockpile", "2011-09-01"),
        after_hostilities("MOZ", "2020-05", "2020"),
    ] {
        given([Declared(first().into())])
            .when(Declare(other.clone()))
            .then_events([Declared(other.into())]);
    }
}

#[test]
fn after_completion_is_a_reopening() {
    given([
        Declared(declaration("MOZ", "clearance", "2011-09-01").into()),
        Event::Completed(completion("MOZ", "clearance", "2016-11", "").into()),
    ])
    .when(Declare(declaration("MOZ", "clearance", "2018")))
    .then_rejected("record `reopened` instead");
}

#[test]
fn an_event_before_the_entry_into_force_starts_no_clock_of_its_own() {
    given([]).when(Declare(after_hostilities("MOZ", "2011-08-31", "2012"))).then_rejected(
        "2011-08-31 lies before 2011-09-01, the entry into force for the State, and only what came after starts the clock `end_of_hostilities`; leave `clock` and `started` away",
    );
    // Known to the month or the year only, it may have come after.
    for started in ["2011-09-01", "2011-09", "2011"] {
        let lawful = after_hostilities("MOZ", started, "2012");
        given([]).when(Declare(lawful.clone())).then_events([Declared(lawful.into())]);
    }
}

#[test]
fn is_of_an_obligation_and_a_clock_that_the_profile_names() {
    given([])
        .when(Declare(declaration("MOZ", "clearence", "2011")))
        .then_rejected("the profile knows no obligation `clearence`; `clearance` is known");
    given([])
        .when(Declare(declaration("MOZ", "tribute", "2011")))
        .then_rejected("no obligation `tribute`; add it to the profile's `obligations`");
    let clock = |id: &str, what: &str| {
        let clock = Some(id.parse().unwrap());
        Declare(chancery_obligations::Declaration { clock, ..declaration("MOZ", what, "2011") })
    };
    given([])
        .when(clock("ceasefire", "clearance"))
        .then_rejected("`clearance` has no clock `ceasefire`; there are `end_of_hostilities`");
    given([])
        .when(clock("end_of_hostilities", "stockpile"))
        .then_rejected("`stockpile` has no clock `end_of_hostilities`; leave `clock` away");
}

#[test]
fn is_only_of_what_not_everybody_owes() {
    given([])
        .when(Declare(declaration("MOZ", "annual_report", "2011")))
        .then_rejected("every State party owes `annual_report`, so it is not declared");
}

#[test]
fn says_when_the_event_was_that_starts_the_clock() {
    given([])
        .when(Declare(after_hostilities("MOZ", "", "2020")))
        .then_rejected("the clock `end_of_hostilities` runs from an event; write when that was");
    let computed = chancery_obligations::Declaration {
        started: Some(date("2011-09-01")),
        ..declaration("MOZ", "clearance", "2011-09-01")
    };
    given([])
        .when(Declare(computed))
        .then_rejected("`clearance` runs from the entry into force, which is computed");
}
