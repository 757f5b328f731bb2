//! Reports: of what, for when, and each once.

use chancery_obligations::{
    Command::Report,
    Event::{Declared, Reported},
};

use crate::words::{declaration, given, report};

#[test]
fn an_initial_report_is_given_once() {
    let first = || report("MOZ", "initial_report", None, "2012-06");
    given([]).when(Report(first())).then_events([Reported(first().into())]);
    given([Reported(first().into())])
        .when(Report(report("MOZ", "initial_report", None, "2013")))
        .then_rejected("MOZ has handed in `initial_report` already, on 2012-06; record it once");
}

#[test]
fn a_yearly_report_is_given_once_a_year() {
    let of = |year| report("MOZ", "annual_report", Some(year), "2014-04-30");
    given([Reported(of(2012).into())])
        .when(Report(of(2012)))
        .then_rejected("MOZ has handed in `annual_report` for 2012 already");
    given([Reported(of(2012).into())])
        .when(Report(of(2013)))
        .then_events([Reported(of(2013).into())]);
}

#[test]
fn a_yearly_report_has_a_year_and_another_has_none() {
    given([])
        .when(Report(report("MOZ", "annual_report", None, "2014")))
        .then_rejected("`annual_report` is a yearly report; write the `year`");
    given([])
        .when(Report(report("MOZ", "initial_report", Some(2012), "2012")))
        .then_rejected("`initial_report` is given once, not for a year; leave `year` away");
}

#[test]
fn no_report_covers_a_time_before_entry_into_force() {
    given([])
        .when(Report(report("MOZ", "annual_report", Some(2010), "2011-12-01")))
        .then_rejected(
            "MOZ owes no `annual_report` for 2010; the convention entered into force for it on 2011-09-01",
        );
    given([])
        .when(Report(report("MOZ", "initial_report", None, "2011-08-31")))
        .then_rejected("MOZ owes no `initial_report` for 2011-08-31");
    // The year of entry into force itself may be covered; a month that is not over may be in time.
    for lawful in [
        report("MOZ", "annual_report", Some(2011), "2012-04-30"),
        report("MOZ", "initial_report", None, "2011-09"),
    ] {
        given([]).when(Report(lawful.clone())).then_events([Reported(lawful.into())]);
    }
}

#[test]
fn no_report_is_owed_before_there_is_an_entry_into_force() {
    given([])
        .when(Report(report("ZMB", "annual_report", Some(2012), "2013")))
        .then_rejected("no entry into force for ZMB yet");
}

#[test]
fn no_report_covers_a_year_that_has_not_begun() {
    given([])
        .when(Report(report("MOZ", "annual_report", Some(2014), "2013-12-31")))
        .then_rejected("cannot cover 2014, which had not begun; check the year");
}

#[test]
fn a_report_is_no_completion() {
    given([Declared(declaration("MOZ", "clearance", "2011-09-01").into())])
        .when(Report(report("MOZ", "clearance", None, "2012")))
        .then_rejected("`clearance` is fulfilled by completing it; record `completed`");
}

#[test]
fn what_only_some_owe_only_they_report() {
    let retained = || report("BGR", "retention_report", Some(2012), "2013-04-01");
    given([])
        .when(Report(retained()))
        .then_rejected("BGR is not recorded as owing `retention_report`");
    given([Declared(declaration("BGR", "retention_report", "2012").into())])
        .when(Report(retained()))
        .then_events([Reported(retained().into())]);
}
