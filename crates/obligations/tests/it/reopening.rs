//! What was completed is owed again.

use chancery_obligations::{
    Command::{Complete, GrantExtension, Reopen},
    Event,
    Event::{Completed, Declared, ExtensionGranted, Reopened},
    Standing,
};

use crate::words::{completion, declaration, given, grant, owed, reopening};

fn done() -> [Event; 2] {
    [
        Declared(declaration("MOZ", "clearance", "2011-09-01").into()),
        Completed(completion("MOZ", "clearance", "2016-11", "2016-12-16").into()),
    ]
}

#[test]
fn follows_a_completion() {
    let again = || reopening("MOZ", "clearance", "", "2018-05-01");
    given(done()).when(Reopen(again())).then_events([Reopened(again().into())]);
    given(done().into_iter().take(1))
        .when(Reopen(again()))
        .then_rejected("MOZ has not completed `clearance` by 2018-05-01");
    given(done())
        .when(Reopen(reopening("MOZ", "clearance", "", "2016-10-31")))
        .then_rejected("only what is completed is reopened");
    given(done().into_iter().chain([Reopened(again().into())]))
        .when(Reopen(again()))
        .then_rejected("MOZ has not completed `clearance`");
}

#[test]
fn lets_everything_happen_again() {
    let open =
        || done().into_iter().chain([Reopened(reopening("MOZ", "clearance", "", "2018").into())]);
    let more = || grant("MOZ", "clearance", "2025-09-01", "2021");
    given(open()).when(GrantExtension(more())).then_events([ExtensionGranted(more().into())]);
    let again = || completion("MOZ", "clearance", "2020", "");
    given(open()).when(Complete(again())).then_events([Completed(again().into())]);
}

#[test]
fn of_a_yearly_report_leaves_out_the_years_between() {
    let events = [
        Declared(declaration("BGR", "retention_report", "2013-06").into()),
        Completed(completion("BGR", "retention_report", "2014-10-01", "").into()),
        Reopened(reopening("BGR", "retention_report", "", "2018-02-01").into()),
    ];
    let due = |on: &str| -> Vec<String> {
        let owed = owed(events.clone(), "BGR", "retention_report", on);
        owed.iter().map(|it| it.due.to_string()).collect()
    };
    assert_eq!(due("2018-01-31"), ["2014-04-30", "2015-04-30"]);
    assert_eq!(due("2018-02-01"), ["2014-04-30", "2015-04-30", "2019-04-30"]);
    assert_eq!(due("2019-05-01"), ["2014-04-30", "2015-04-30", "2019-04-30", "2020-04-30"]);
}

#[test]
fn sets_no_date_that_had_passed() {
    let again = |due| reopening("MOZ", "clearance", due, "2018-05-01");
    given(done()).when(Reopen(again("2018-04-30"))).then_rejected(
        "`clearance` of MOZ is reopened on 2018-05-01, so it cannot be due on 2018-04-30",
    );
    given(done()).when(Reopen(again("2018-05"))).then_events([Reopened(again("2018-05").into())]);
}

#[test]
fn brings_back_the_date_that_stood_or_sets_another() {
    for (due, expected) in [("", "2021-09-01"), ("2024-01-01", "2024-01-01")] {
        let events = || {
            done()
                .into_iter()
                .chain([Reopened(reopening("MOZ", "clearance", due, "2018-05-01").into())])
        };
        let on = |day: &str| owed(events(), "MOZ", "clearance", day).remove(0);
        assert_eq!(on("2018-04-30").standing, Standing::Fulfilled);
        let after = on("2018-05-01");
        assert_eq!((after.standing, after.due.to_string().as_str()), (Standing::Due, expected));
        assert_eq!(after.done, None);
        assert_eq!(on("2024-01-02").standing, Standing::Overdue);
    }
}
