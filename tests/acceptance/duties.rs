//! What States owe under the CCM, as published.

use chancery_obligations::{Standing, Timing};
use chancery_projections::{DeadlineAt, FindingRule, View};
use chancery_tests::{ccm, ccm_and};
use jiff::civil::{Date, date};

fn one(view: &View, state: &str, what: &str, day: Date) -> DeadlineAt {
    let found = view
        .at(day)
        .deadlines()
        .into_iter()
        .find(|it| it.state.code.as_str() == state && it.obligation.as_str() == what);
    found.unwrap_or_else(|| panic!("{state} {what} on {day}"))
}

#[track_caller]
fn check(state: &str, what: &str, day: Date, due: &str, standing: Standing) {
    let it = one(&ccm(), state, what, day);
    assert_eq!((it.due_on.to_string().as_str(), it.standing), (due, standing), "{state} on {day}");
}

#[test]
fn initial_reports_are_due_as_published() {
    let view = ccm();
    for (state, due, timing) in [
        ("DEU", "2011-01-28", Timing::OnTime),
        ("BGR", "2012-03-29", Timing::OnTime),
        ("MOZ", "2012-02-28", Timing::Late { at_least: 94, at_most: 123 }),
        ("MRT", "2013-01-28", Timing::Late { at_least: 32, at_most: 62 }),
    ] {
        let it = one(&view, state, "initial_report", date(2017, 9, 6));
        assert_eq!(it.due_on.to_string(), due, "{state}");
        assert_eq!(it.timing, Some(timing), "{state}");
        assert!(it.rule.contains("article 7(1)"), "{}", it.rule);
    }
}

#[test]
fn mozambique_cleared_before_its_deadline() {
    check("MOZ", "clearance", date(2016, 10, 31), "2021-09-01", Standing::Due);
    check("MOZ", "clearance", date(2017, 9, 6), "2021-09-01", Standing::Fulfilled);
    let it = one(&ccm(), "MOZ", "clearance", date(2017, 9, 6));
    assert_eq!(it.timing, Some(Timing::OnTime));
    // Its deposit, ¶30 of the report, and the page that dates the completion.
    let sources: Vec<String> = it.sources.iter().map(|it| it.place.to_string()).collect();
    assert_eq!(sources, ["entry MOZ", "¶30", "entry MOZ"]);
}

#[test]
fn bosnia_and_herzegovina_was_given_more_time_twice() {
    for (day, due, standing) in [
        (date(2020, 8, 31), "2021-03-01", Standing::Due),
        (date(2021, 3, 1), "2022-09-01", Standing::Extended),
        (date(2022, 10, 1), "2023-09-01", Standing::Extended),
        (date(2023, 9, 30), "2023-09-01", Standing::Fulfilled),
    ] {
        check("BIH", "clearance", day, due, standing);
    }
    let it = one(&ccm(), "BIH", "clearance", date(2024, 1, 1));
    assert_eq!(it.timing, Some(Timing::OnTime));
}

#[test]
fn bulgaria_destroyed_its_stockpile_after_every_extension() {
    for (day, due, standing) in [
        (date(2019, 7, 26), "2019-10-01", Standing::Due),
        // Asked for more time; whether the first request was granted is not known.
        (date(2020, 2, 1), "2019-10-01", Standing::Requested),
        (date(2021, 3, 1), "2022-10-01", Standing::Extended),
        (date(2022, 9, 2), "2023-12-31", Standing::Extended),
        (date(2023, 6, 1), "2023-12-31", Standing::Fulfilled),
    ] {
        check("BGR", "stockpile", day, due, standing);
    }
}

#[test]
fn printed_deadlines_are_what_the_rule_gives() {
    let view = ccm();
    let findings = view.findings();
    let differs = findings.iter().filter(|it| it.rule == FindingRule::DeadlineDiffers);
    assert_eq!(differs.count(), 0);
    let wrong = ccm_and(
        "  - { entry: CRI, obligation_declared: { state: CRI, obligation: clearance, due_as_printed: 2021-10-02, on: 2011-10-01 } }\n",
    );
    let found = wrong.findings();
    let finding = found.iter().find(|it| it.rule == FindingRule::DeadlineDiffers).unwrap();
    assert!(finding.message.contains("the rule gives 2021-10-01"), "{}", finding.message);
}

#[test]
fn a_request_that_comes_too_late_is_found() {
    let request = |on: &str| {
        format!(
            "  - {{ entry: CHE, obligation_declared: {{ state: CHE, obligation: stockpile, on: 2013-01-01 }} }}\n  - {{ entry: CHE, extension_requested: {{ state: CHE, obligation: stockpile, to: 8msp, until: 2022-01-01, on: {on} }} }}\n"
        )
    };
    let late = |on: &str| {
        let view = ccm_and(&request(on));
        view.findings().iter().find(|it| it.rule == FindingRule::RequestedLate).cloned()
    };
    // Nine months before 3 September 2018.
    assert_eq!(late("2017-12-03"), None);
    // Not certainly late.
    assert_eq!(late("2017-12"), None);
    let found = late("2017-12-04").unwrap();
    assert!(found.message.contains("by 2017-12-03"), "{}", found.message);
    let places: Vec<String> = found.places.iter().map(|it| it.place.to_string()).collect();
    assert_eq!(places, ["entry CHE", "¶53"]);
}

#[test]
fn an_extension_by_a_decision_on_other_states_is_found() {
    let granted = |states: &str| {
        let facts = format!(
            "  - {{ entry: CHE, obligation_declared: {{ state: CHE, obligation: stockpile, on: 2013-01-01 }} }}\n  - {{ entry: 1, decided: {{ id: more-time, verb: decided, summary: more time, states: [{states}], on: 2020 }} }}\n  - {{ entry: CHE, extension_granted: {{ state: CHE, obligation: stockpile, until: 2022-01-01, decision: more-time, on: 2020 }} }}\n"
        );
        let view = ccm_and(&facts);
        let found = view.findings().iter().find(|it| it.rule == FindingRule::GrantedToOthers);
        found.map(|it| (it.message.clone(), it.places.clone().map(|it| it.place.to_string())))
    };
    assert_eq!(granted("CHE, PER"), None);
    assert_eq!(granted(""), None);
    let (message, places) = granted("PER, BGR").unwrap();
    assert_eq!(
        message,
        "Switzerland: stockpile was extended by more-time, which names Peru, Bulgaria"
    );
    assert_eq!(places, ["entry CHE", "entry 1"]);
}

#[test]
fn nobody_owes_anything_before_the_convention_has_a_date() {
    let view = ccm();
    assert!(view.at(date(2010, 2, 15)).deadlines().is_empty());
    assert!(!view.at(date(2010, 2, 16)).deadlines().is_empty());
    // Madagascar's initial report falls due on the day of annual reports, and no second one then.
    let at = view.at(date(2018, 1, 1));
    let madagascar: Vec<String> = at
        .deadlines()
        .into_iter()
        .filter(|it| it.state.code.as_str() == "MDG")
        .map(|it| format!("{} {}", it.obligation, it.due_on))
        .collect();
    assert_eq!(madagascar, ["initial_report 2018-04-30", "annual_report 2019-04-30"]);
}

#[test]
fn whether_madagascar_owed_two_reports_on_one_day_is_not_said_and_what_it_hands_in_is_shown() {
    let both = ccm_and(concat!(
        "  - { entry: MDG, reported: { state: MDG, obligation: initial_report, on: 2018-04-30 } }\n",
        "  - { entry: MDG, reported: { state: MDG, obligation: annual_report, year: 2017, on: 2018-04-30 } }\n",
    ));
    let reports = |view: &View, day: Date| -> Vec<String> {
        let reports = view.at(day).reports();
        let of_it = reports.iter().filter(|it| it.state.code.as_str() == "MDG");
        of_it.map(|it| format!("{} {} {:?}", it.obligation, it.due_on, it.standing)).collect()
    };
    let day = date(2018, 5, 1);
    assert_eq!(
        reports(&ccm(), day),
        ["initial_report 2018-04-30 NotRecorded", "annual_report 2019-04-30 Due"]
    );
    assert_eq!(
        reports(&both, day),
        [
            "initial_report 2018-04-30 Fulfilled",
            "annual_report 2018-04-30 Fulfilled",
            "annual_report 2019-04-30 Due"
        ]
    );
    let it = one(&both, "MDG", "annual_report", day);
    assert!(it.rule.ends_with("on this day the rule counts none for that year"), "{}", it.rule);
}

#[test]
fn a_state_that_withdrew_owes_nothing_more() {
    let view = ccm();
    let owes =
        |day| view.at(day).deadlines().iter().filter(|it| it.state.code.as_str() == "LTU").count();
    assert!(owes(date(2025, 3, 5)) > 0);
    assert_eq!(owes(date(2025, 3, 6)), 0);
}
