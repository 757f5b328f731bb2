//! Who must do what by when, and whether it was done.

use chancery_decisions::{
    Command::{Fulfil, Mandate as Give},
    Event,
    Event::{Decided, Fulfilled, Mandated},
    Mandate, MandateStanding,
    MandateStanding::{Fulfilled as Done, Open, Overdue, Superseded},
    Verb,
};
use chancery_kernel::{Calendar, Days, MeetingId};

use crate::words::{date, decided, fulfilment, given, mandate};

/// The eighth meeting, from one day to another; no other is known.
struct Eighth(&'static str, &'static str);

impl Calendar for Eighth {
    fn days(&self, meeting: &MeetingId) -> Option<Days> {
        (meeting.as_str() == "8msp").then(|| Days { opening: date(self.0), end: date(self.1) })
    }
}

const AS_SET: Eighth = Eighth("2018-09-03", "2018-09-05");

fn decision() -> Event {
    Decided(decided("7msp-41b", Verb::Agreed).into())
}

fn budget() -> Mandate {
    mandate("budget-2019", "7msp-41b", "60 days before the opening of 8msp")
}

/// How the mandate of this id stands on a day, and by when it is due.
#[track_caller]
fn check(
    events: &[Event],
    id: &str,
    on: &str,
    calendar: &Eighth,
    expected: (MandateStanding, &str),
) {
    let state = given(events.iter().cloned()).state();
    let record = &state.mandates()[id];
    let day = on.parse().unwrap();
    let due = record.due(day).and_then(|due| due.resolve(calendar).ok());
    let due = due.map_or_else(String::new, |due| due.to_string());
    assert_eq!((record.standing(day, calendar), due.as_str()), expected, "{id} on {on}");
}

#[test]
fn is_given_by_a_decision_that_is_recorded() {
    given([]).when(Give(budget())).then_rejected("no decision `7msp-41b` is recorded");
    given([decision()]).when(Give(budget())).then_events([Mandated(budget().into())]);
}

#[test]
fn has_an_id_of_its_own() {
    given([decision(), Mandated(budget().into())])
        .when(Give(Mandate { due: None, ..budget() }))
        .then_rejected("a mandate `budget-2019` is recorded already");
}

#[test]
fn says_who_is_to_do_it() {
    let nobody = || Mandate { organisations: Vec::new(), ..budget() };
    given([decision()])
        .when(Give(nobody()))
        .then_rejected("nobody is to carry out `budget-2019`; name `states`");
    for somebody in [
        Mandate { states: vec!["DEU".parse().unwrap()], ..nobody() },
        Mandate { office: Some("president".parse().unwrap()), ..nobody() },
        Mandate { body: Some("the Second Review Conference".try_into().unwrap()), ..nobody() },
    ] {
        given([decision()]).when(Give(somebody.clone())).then_events([Mandated(somebody.into())]);
    }
}

#[test]
fn takes_the_place_of_another_once() {
    let second = || Mandate {
        supersedes: vec!["budget-2019".parse().unwrap()],
        on: date("2018-02-01"),
        ..mandate("budget-again", "7msp-41b", "2018-08-01")
    };
    given([decision()])
        .when(Give(second()))
        .then_rejected("no mandate `budget-2019` is recorded; record it first");
    let history = [decision(), Mandated(budget().into()), Mandated(second().into())];
    given(history[..2].iter().cloned())
        .when(Give(second()))
        .then_events([Mandated(second().into())]);
    given(history.clone())
        .when(Give(Mandate { id: "third".parse().unwrap(), ..second() }))
        .then_rejected("`budget-2019` was superseded by `budget-again` already");
    check(&history, "budget-2019", "2018-01-31", &AS_SET, (Open, "2018-07-05"));
    check(&history, "budget-2019", "2018-02-01", &AS_SET, (Superseded, "2018-07-05"));
    check(&history, "budget-again", "2018-02-01", &AS_SET, (Open, "2018-08-01"));
    given(history.clone())
        .when(Fulfil(fulfilment("budget-2019", "2018-02-02")))
        .then_rejected("since `budget-again` took its place on 2018-02-01; name that one");
    // What was done while it still stood may be recorded later.
    let before = || fulfilment("budget-2019", "2018-02-01");
    given(history).when(Fulfil(before())).then_events([Fulfilled(before().into())]);
}

#[test]
fn moves_with_the_meeting_that_its_date_hangs_on() {
    let history = [decision(), Mandated(budget().into())];
    check(&history, "budget-2019", "2018-07-05", &AS_SET, (Open, "2018-07-05"));
    check(&history, "budget-2019", "2018-07-06", &AS_SET, (Overdue, "2018-07-05"));
    let moved = Eighth("2018-11-12", "2018-11-14");
    check(&history, "budget-2019", "2018-07-06", &moved, (Open, "2018-09-13"));
}

#[test]
fn has_no_date_until_its_meeting_has_one() {
    let history = [decision(), Mandated(mandate("review", "7msp-41b", "at 2rc").into())];
    check(&history, "review", "2030-01-01", &AS_SET, (Open, ""));
    let at_eighth = [decision(), Mandated(mandate("review", "7msp-41b", "at 8msp").into())];
    check(&at_eighth, "review", "2018-09-05", &AS_SET, (Open, "2018-09-03 to 2018-09-05"));
    check(&at_eighth, "review", "2018-09-06", &AS_SET, (Overdue, "2018-09-03 to 2018-09-05"));
    let whenever = [decision(), Mandated(mandate("whenever", "7msp-41b", "").into())];
    check(&whenever, "whenever", "2030-01-01", &AS_SET, (Open, ""));
}

#[test]
fn is_fulfilled_once_and_not_before_it_was_given() {
    let history = [decision(), Mandated(budget().into())];
    let done = || fulfilment("budget-2019", "2018-07-05");
    given(history.clone()).when(Fulfil(done())).then_events([Fulfilled(done().into())]);
    given(history.clone())
        .when(Fulfil(fulfilment("budget-2018", "2018-07-05")))
        .then_rejected("no mandate `budget-2018` is recorded; `budget-2019` is");
    given(history.clone()).when(Fulfil(fulfilment("budget-2019", "2017-09-05"))).then_rejected(
        "cannot have been fulfilled on 2017-09-05, before it was given on 2017-09-06",
    );
    let history = [&history[..], &[Fulfilled(done().into())]].concat();
    given(history.clone())
        .when(Fulfil(fulfilment("budget-2019", "2018-08-01")))
        .then_rejected("`budget-2019` was fulfilled already, on 2018-07-05");
    check(&history, "budget-2019", "2018-07-04", &AS_SET, (Open, "2018-07-05"));
    check(&history, "budget-2019", "2020-01-01", &AS_SET, (Done, "2018-07-05"));
}

#[test]
fn that_recurs_is_due_again_after_each_time() {
    let reports = || mandate("reports", "7msp-41b", "every year from 2017-09-06");
    let mut history = vec![decision(), Mandated(reports().into())];
    check(&history, "reports", "2018-09-06", &AS_SET, (Open, "2018-09-06"));
    check(&history, "reports", "2018-09-07", &AS_SET, (Overdue, "2018-09-06"));
    for on in ["2018-09-01", "2019-08-30"] {
        given(history.clone())
            .when(Fulfil(fulfilment("reports", on)))
            .then_events([Fulfilled(fulfilment("reports", on).into())]);
        history.push(Fulfilled(fulfilment("reports", on).into()));
    }
    check(&history, "reports", "2018-09-07", &AS_SET, (Open, "2019-09-06"));
    check(&history, "reports", "2019-09-07", &AS_SET, (Open, "2020-09-06"));
    check(&history, "reports", "2020-09-07", &AS_SET, (Overdue, "2020-09-06"));
}
