//! The profile comes first, can be applied, and can be amended.

use chancery_register::State;

use crate::register::{PROFILE, after, history, tried};

#[track_caller]
fn check(text: &str, why: &str) {
    let (_, _, mistakes) = tried(State::default(), text);
    assert!(mistakes.iter().any(|mistake| mistake.what.contains(why)), "{mistakes:?}");
}

#[test]
fn nothing_is_recorded_before_the_profile() {
    let facts = "convention: example\nsource: x\nrecorded_by: isu\nfacts:\n  - { para: 1, signed: { state: AUT, on: 2009-01-01 } }\n";
    check(facts, "the profile of this convention is not recorded");
}

#[test]
fn a_profile_that_cannot_be_applied_is_refused() {
    check(&PROFILE.replace("instruments: 2", "instruments: 0"), "at least one counted instrument");
    check(&PROFILE.replace("counted: [ratification, accession]", "counted: []"), "at least one");
    check(&PROFILE.replacen("{ months: 1 }", "{ first_day_of_month: 0 }", 1), "counts from 1");
    check(
        &PROFILE.replace("id: coordinator", "id: president"),
        "`president` stands for two things",
    );
    check(&PROFILE.replace("months: 1", "moons: 1"), "`moons` is none of the words");
    check(&PROFILE.replace("  depositary: Example\n", ""), "`depositary` is missing");
    check(&PROFILE.replace("on: 2008-01-01\nprofile", "profile"), "`on` is missing");
}

#[test]
fn an_obligation_that_could_never_be_counted_is_refused() {
    check(&PROFILE.replace("day: 30", "day: 31"), "names day 31 of month 4, which no year has");
    check(&PROFILE.replace("after: initial_report", "after: annual_report"), "is not due once");
    check(&PROFILE.replace("after: initial_report", "after: first"), "is not due once");
    check(&PROFILE.replace("id: annual_report", "id: clearance"), "stands for two things");
    let clearance =
        "clocks: [{ article: '4', starts: entry_into_force, due: { within: { years: 10 } } }]";
    check(&PROFILE.replace(clearance, "clocks: []"), "`clearance` has no clock");
    let clock = "{ article: '4', starts: entry_into_force, due: { within: { years: 10 } } }";
    let twice = format!("clocks: [{clock}, {clock}]");
    check(&PROFILE.replace(clearance, &twice), "`clearance` has two clocks of one name");
    let yearly = "clocks: [{ article: '4', starts: entry_into_force, due: { each_year: { month: 4, day: 30 } } }]";
    check(&PROFILE.replace(clearance, yearly), "so it is a report and has no extension");
}

#[test]
fn a_day_that_no_year_has_tells_no_payers() {
    let costs = "  depositary: Example\n  finance: { budget_costs: { article: \"8\", parties_on: { month: 2, day: DAY } } }\n";
    let with = |day: &str| PROFILE.replace("  depositary: Example\n", &costs.replace("DAY", day));
    check(&with("30"), "`parties_on` names day 30 of month 2, which no year has");
    check(&with("0"), "`parties_on` names day 0 of month 2");
    assert!(chancery_register::record::read("leap.yaml", &with("29")).is_ok());
}

#[test]
fn a_floor_lies_below_its_cap() {
    let costs = "  depositary: Example\n  finance: { meeting_costs: { article: \"8\", payers: states_parties, floor: CHF 5, cap: CAP } }\n";
    let with = |cap: &str| PROFILE.replace("  depositary: Example\n", &costs.replace("CAP", cap));
    check(&with("CHF 4"), "the floor CHF 5 and the cap CHF 4, so nobody can pay");
    check(&with("USD 9"), "the floor CHF 5 and the cap USD 9");
    assert!(tried(State::default(), &with("CHF 5")).2.is_empty());
}

#[test]
fn an_amendment_adds_what_later_facts_need() {
    let amended = PROFILE.replace("themes: [", "themes: [{ id: synergies, name: Synergies }, ");
    let state = after(history(), &amended);
    let (plan, _, mistakes) = tried(state, &amended);
    assert_eq!((plan.decided.len(), plan.known, mistakes.len()), (0, 1, 0));
}

#[test]
fn an_amendment_does_not_rewrite_who_was_bound() {
    let amended = PROFILE.replace("instruments: 2", "instruments: 3");
    let (_, _, mistakes) = tried(history(), &amended);
    assert!(mistakes[0].what.contains("membership cannot change"), "{mistakes:?}");
    // Before any act it can.
    after(after(State::default(), PROFILE), &amended);
}
