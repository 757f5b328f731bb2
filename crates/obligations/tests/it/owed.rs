//! What a State owes on a day: the date, how it stands, and the rule that gave it.

use chancery_kernel::Decider;
use chancery_obligations::{
    Command, Event,
    Event::{Completed, Declared, ExtensionGranted, ExtensionRequested, Reported},
    Obligations,
    Standing::{self, Due, Extended, Fulfilled, NotRecorded, Overdue},
    Timing,
};

use crate::words::{
    after_hostilities, completion, date, day, declaration, empty, given, grant, owed, report,
    request, who,
};

/// One line of what is owed: due, standing.
#[track_caller]
fn check(events: &[Event], state: &str, what: &str, on: &str, expected: &[(&str, Standing)]) {
    let owed = owed(events.iter().cloned(), state, what, on);
    let owed: Vec<(String, Standing)> =
        owed.iter().map(|it| (it.due.to_string(), it.standing)).collect();
    let expected: Vec<(String, Standing)> =
        expected.iter().map(|(due, standing)| ((*due).to_owned(), *standing)).collect();
    assert_eq!(owed, expected, "{state} {what} on {on}");
}

#[test]
fn the_anniversary_itself_is_in_time() {
    let events = [Declared(declaration("MOZ", "clearance", "2011-09-01").into())];
    check(&events, "MOZ", "clearance", "2021-09-01", &[("2021-09-01", Due)]);
    check(&events, "MOZ", "clearance", "2021-09-02", &[("2021-09-01", Overdue)]);
}

#[test]
fn the_first_year_ends_on_the_day_before_the_anniversary() {
    let events = [Declared(declaration("MOZ", "first_report", "2011-09-01").into())];
    check(&events, "MOZ", "first_report", "2012-08-31", &[("2012-08-31", Due)]);
    check(&events, "MOZ", "first_report", "2012-09-01", &[("2012-08-31", NotRecorded)]);
    let owed = owed(events, "MOZ", "first_report", "2011-09-01");
    assert_eq!(
        owed[0].rule,
        "in the first year from the entry into force for the State, 2011-09-01 (article 13(1))"
    );
}

#[test]
fn what_is_not_declared_is_not_owed() {
    check(&[], "MOZ", "clearance", "2017-09-06", &[]);
    let later = [Declared(declaration("MOZ", "clearance", "2015").into())];
    check(&later, "MOZ", "clearance", "2014-12-31", &[]);
    check(&later, "MOZ", "clearance", "2015-01-01", &[("2021-09-01", Due)]);
}

#[test]
fn a_second_clock_runs_from_its_own_event() {
    let events = [
        Declared(declaration("MOZ", "clearance", "2011-09-01").into()),
        Completed(completion("MOZ", "clearance", "2016-11", "").into()),
        Declared(after_hostilities("MOZ", "2019-08", "2020").into()),
    ];
    let both = owed(events, "MOZ", "clearance", "2021-01-01");
    let said: Vec<(Standing, String)> =
        both.iter().map(|it| (it.standing, it.due.to_string())).collect();
    assert_eq!(
        said,
        [(Fulfilled, "2021-09-01".to_owned()), (Due, "2029-08-01 to 2029-08-31".to_owned()),]
    );
    assert_eq!(
        both[1].rule,
        "10 years after the end of active hostilities, 2019-08 (article 4(1)(b))"
    );
}

#[test]
fn an_extension_moves_the_date_from_the_day_of_its_decision() {
    let events = [
        Declared(declaration("BGR", "stockpile", "2011-10-01").into()),
        ExtensionRequested(request("BGR", "stockpile", "2023-10-01", "2019-01").into()),
        ExtensionGranted(grant("BGR", "stockpile", "2022-10-01", "2019-09-06").into()),
    ];
    check(&events, "BGR", "stockpile", "2019-09-05", &[("2019-10-01", Due)]);
    check(&events, "BGR", "stockpile", "2019-09-06", &[("2022-10-01", Extended)]);
    check(&events, "BGR", "stockpile", "2022-10-02", &[("2022-10-01", Overdue)]);
    let asked = |on: &str| owed(events.iter().cloned(), "BGR", "stockpile", on)[0].requested;
    assert_eq!(asked("2018-12-31"), None);
    assert_eq!(asked("2019-09-05"), Some(Some(date("2023-10-01"))));
    assert_eq!(asked("2019-09-06"), None);
    let rule = &owed(events.iter().cloned(), "BGR", "stockpile", "2020-01-01")[0].rule;
    assert_eq!(
        rule,
        "8 years after the entry into force for the State, 2011-10-01 (article 3(2)); extended until 2022-10-01 (article 3(3))"
    );
}

#[test]
fn what_is_asked_for_and_not_decided_is_not_called_overdue() {
    let events = [
        Declared(declaration("BGR", "stockpile", "2011-10-01").into()),
        ExtensionRequested(request("BGR", "stockpile", "2022-10-01", "2020-01-15").into()),
    ];
    check(&events, "BGR", "stockpile", "2020-01-14", &[("2019-10-01", Overdue)]);
    check(&events, "BGR", "stockpile", "2020-01-15", &[("2019-10-01", Standing::Requested)]);
}

#[test]
fn an_initial_report_is_due_after_180_days() {
    check(&[], "MOZ", "initial_report", "2012-02-28", &[("2012-02-28", Due)]);
    check(&[], "MOZ", "initial_report", "2012-02-29", &[("2012-02-28", Overdue)]);
    // Filed in June 2012, on which day is not known.
    let filed = [Reported(report("MOZ", "initial_report", None, "2012-06").into())];
    let it = owed(filed, "MOZ", "initial_report", "2012-07-01").remove(0);
    assert_eq!(it.standing, Fulfilled);
    assert_eq!(it.timing, Some(Timing::Late { at_least: 94, at_most: 123 }));
}

#[test]
fn yearly_reports_begin_after_the_initial_one_and_end_with_the_next() {
    check(&[], "MOZ", "annual_report", "2012-01-01", &[("2012-04-30", Due)]);
    check(
        &[Reported(report("MOZ", "annual_report", Some(2012), "2013-05-02").into())],
        "MOZ",
        "annual_report",
        "2014-02-01",
        &[("2012-04-30", Overdue), ("2013-04-30", Fulfilled), ("2014-04-30", Due)],
    );
    // In force since 1 October 2011: the initial report is due on 29 March 2012, before April.
    let first = owed([], "BGR", "annual_report", "2012-04-30").remove(0);
    assert_eq!((first.year, first.due.to_string().as_str()), (Some(2011), "2012-04-30"));
    assert_eq!(
        first.rule,
        "every year by 04-30 for the calendar year before, here 2011 (article 7(2))"
    );
}

#[test]
fn a_report_that_the_rule_does_not_count_is_shown_all_the_same() {
    // Mozambique's initial report is due on 28 February 2012, so the rule counts 2011 by 30 April.
    // One for a year that is not over is ahead of time until the day of the year before has passed.
    let ahead = [Reported(report("MOZ", "annual_report", Some(2012), "2012-03-01").into())];
    let shown = |on: &str| -> Vec<(i16, Standing, bool)> {
        let owed = owed(ahead.iter().cloned(), "MOZ", "annual_report", on);
        let beside = |rule: &str| rule.contains("on this day the rule counts none");
        owed.iter().map(|it| (it.year.unwrap(), it.standing, beside(&it.rule))).collect()
    };
    assert_eq!(shown("2012-02-29"), [(2011, Due, false)]);
    assert_eq!(shown("2012-03-01"), [(2011, Due, false), (2012, Fulfilled, true)]);
    assert_eq!(shown("2012-05-01"), [(2011, Overdue, false), (2012, Fulfilled, false)]);
    // In force since 2 November 2012: the initial report is due on 1 May 2013, and no yearly one is
    // counted on the 30 April before it.
    let mut state = empty();
    state.enter_into_force(who("MRT"), day("2012-11-02"));
    let first = Reported(report("MRT", "annual_report", Some(2012), "2013-04-30").into());
    let state = Obligations::evolve(state, &first);
    let owed = state.owed(who("MRT"), day("2012-11-02"), day("2013-05-02"));
    let annual: Vec<(i16, Option<Timing>)> =
        owed.iter().filter_map(|it| Some((it.year?, it.timing))).collect();
    assert_eq!(annual, [(2012, Some(Timing::OnTime)), (2013, None)]);
}

#[test]
fn who_comes_back_reports_anew() {
    let again = |on: &str| report("MOZ", "initial_report", None, on);
    let mut state = given([Reported(again("2012-02-01").into())]).state();
    // Withdrew, and came back.
    state.enter_into_force(who("MOZ"), day("2020-01-01"));
    let events = Obligations::decide(&state, Command::Report(again("2020-05-01"))).unwrap();
    let state = Obligations::fold(state, &events);
    let done = |in_force: &str, on: &str| {
        let owed = state.owed(who("MOZ"), day(in_force), day(on));
        let initial = owed.iter().find(|it| it.obligation.as_str() == "initial_report").unwrap();
        initial.done.map(|on| on.to_string())
    };
    assert_eq!(done("2011-09-01", "2015-01-01").as_deref(), Some("2012-02-01"));
    assert_eq!(done("2020-01-01", "2020-04-30"), None);
    assert_eq!(done("2020-01-01", "2020-05-01").as_deref(), Some("2020-05-01"));
}

#[test]
fn a_report_on_what_is_retained_is_owed_while_it_is() {
    let events = [
        Declared(declaration("BGR", "retention_report", "2013-06").into()),
        Completed(completion("BGR", "retention_report", "2015-03-01", "").into()),
    ];
    check(&events, "BGR", "retention_report", "2013-05-31", &[]);
    check(
        &events,
        "BGR",
        "retention_report",
        "2020-01-01",
        &[("2014-04-30", NotRecorded), ("2015-04-30", NotRecorded), ("2016-04-30", NotRecorded)],
    );
}

#[test]
fn what_passed_unrecorded_is_overdue_only_where_the_record_is_complete() {
    let mines = [Declared(declaration("MOZ", "mines", "2011-09-01").into())];
    check(&mines, "MOZ", "mines", "2015-09-01", &[("2015-09-01", Due)]);
    check(&mines, "MOZ", "mines", "2015-09-02", &[("2015-09-01", NotRecorded)]);
    let done = Completed(completion("MOZ", "mines", "2016-01-31", "").into());
    check(&[mines[0].clone(), done], "MOZ", "mines", "2016-02-01", &[("2015-09-01", Fulfilled)]);
    let said = |events: &[Event], what: &str| {
        let owed = owed(events.iter().cloned(), "MOZ", what, "2020-01-01");
        owed.first().map(|it| it.rule.clone()).unwrap_or_default()
    };
    assert_eq!(
        said(&mines, "mines"),
        "4 years after the entry into force for the State, 2011-09-01 (article 4); nothing that fulfils it is recorded, but its record is kept only in part"
    );
    assert!(said(&[], "initial_report").ends_with("is recorded, and its record is complete"));
}

#[test]
fn in_time_and_late_are_said_only_when_they_are_certain() {
    for (on, declared_on, expected) in [
        ("2021-09-01", "", Timing::OnTime),
        ("2021-09-02", "", Timing::Late { at_least: 1, at_most: 1 }),
        ("2021-09", "", Timing::Unknown),
        ("2021", "", Timing::Unknown),
        ("2022", "", Timing::Late { at_least: 122, at_most: 486 }),
        // Declared in time is done in time; declared late may have been done in time.
        ("", "2021-08-01", Timing::OnTime),
        ("", "2022-08-01", Timing::Unknown),
    ] {
        let events = [
            Declared(declaration("MOZ", "clearance", "2011-09-01").into()),
            Completed(completion("MOZ", "clearance", on, declared_on).into()),
        ];
        let it = owed(events, "MOZ", "clearance", "2030-01-01").remove(0);
        assert_eq!(it.timing, Some(expected), "{on} {declared_on}");
    }
}

#[test]
fn everything_that_a_state_owes_comes_in_the_order_of_the_profile() {
    let state = given([Declared(declaration("MOZ", "clearance", "2011-09-01").into())]).state();
    let in_force = "2011-09-01".parse().unwrap();
    let owed = state.owed("MOZ".parse().unwrap(), in_force, "2012-01-01".parse().unwrap());
    let ids: Vec<&str> = owed.iter().map(|it| it.obligation.as_str()).collect();
    assert_eq!(ids, ["clearance", "initial_report", "annual_report"]);
}
