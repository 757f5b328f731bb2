//! What is owed is done, and declared to be.

use chancery_obligations::{
    Command::Complete,
    Event,
    Event::{Completed, Declared},
};

use crate::words::{completion, declaration, given};

fn owes() -> Event {
    Declared(declaration("MOZ", "clearance", "2011-09-01").into())
}

#[test]
fn is_dated_by_the_work_or_by_its_declaration() {
    for (on, declared_on) in [("2016-11", "2016-12-16"), ("", "2016-12-16"), ("2016-11", "")] {
        let lawful = || completion("MOZ", "clearance", on, declared_on);
        given([owes()]).when(Complete(lawful())).then_events([Completed(lawful().into())]);
    }
    given([owes()])
        .when(Complete(completion("MOZ", "clearance", "", "")))
        .then_rejected("the completion of MOZ needs a day; write `on`, or `declared_on`");
}

#[test]
fn is_not_declared_before_it_is_done() {
    given([owes()])
        .when(Complete(completion("MOZ", "clearance", "2016-11", "2016-10-31")))
        .then_rejected(
            "cannot have declared completion on 2016-10-31, before it was done on 2016-11",
        );
}

#[test]
fn is_of_what_is_owed_once() {
    given([])
        .when(Complete(completion("MOZ", "clearance", "2016-11", "")))
        .then_rejected("MOZ is not recorded as owing `clearance`");
    given([owes(), Completed(completion("MOZ", "clearance", "2016-11", "").into())])
        .when(Complete(completion("MOZ", "clearance", "2017", "")))
        .then_rejected(
            "MOZ has completed `clearance` already, by 2016-11; record `reopened` first",
        );
}

#[test]
fn is_no_report() {
    given([])
        .when(Complete(completion("MOZ", "annual_report", "2016", "")))
        .then_rejected("`annual_report` is fulfilled by a report; record `reported`");
    // A report that only some owe ends with its reason.
    let ended = || completion("BGR", "retention_report", "2016", "");
    given([Declared(declaration("BGR", "retention_report", "2012").into())])
        .when(Complete(ended()))
        .then_events([Completed(ended().into())]);
}
