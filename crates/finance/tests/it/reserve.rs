//! The reserve takes what it may, gives for what it is, and never more than it certainly holds.

use chancery_finance::State;

use crate::words::{Fact, json, lawful, procedures, rejected};

fn target() -> Fact {
    (
        "reserve_target_set",
        json!({
            "authority": { "decision": "7msp-i-3b" }, "level": "CHF 400000",
            "funded_by": ["voluntary_contributions", "unspent_funds"],
            "only_for": "cash_flow_shortfall",
        }),
    )
}

fn given_to_it(amount: &str) -> Fact {
    ("contributed", json!({ "to": "reserve", "amount": amount, "on": "2017-09-06" }))
}

fn carried(amount: &str) -> Fact {
    (
        "unspent_carried",
        json!({ "from": "2013-2015", "to": "reserve", "amount": amount, "on": "2017-09-06" }),
    )
}

fn drawn(amount: &str, purpose: &str, on: &str) -> Fact {
    ("reserve_drawn", json!({ "amount": amount, "purpose": purpose, "on": on }))
}

fn restored(amount: &str) -> Fact {
    ("reserve_restored", json!({ "amount": amount, "on": "2018-12-01" }))
}

/// Annex I of the report of the Seventh Meeting.
fn annex() -> [Fact; 3] {
    [target(), given_to_it("CHF 15714"), carried("more than CHF 350000")]
}

fn balance(state: &State) -> String {
    state.reserve().balance().map(|it| it.to_string()).unwrap_or_default()
}

#[test]
fn after_annex_i_the_balance_and_the_shortfall_are_bounded() {
    let [target, given, carried] = annex();
    let state = lawful([target, given], carried);
    assert_eq!(balance(&state), "more than CHF 365714");
    assert_eq!(state.reserve().shortfall().unwrap().to_string(), "less than CHF 34286");
}

#[test]
fn a_level_comes_with_its_rules() {
    let without = |key: &str| {
        let (name, mut body) = target();
        body[key] = json!([]);
        (name, body)
    };
    rejected([], without("funded_by"), "the rules on the reserve are not whole");
    rejected([], without("only_for"), "the rules on the reserve are not whole");
    let mut nobody = target();
    nobody.1["authority"] = json!({});
    rejected([], nobody, "nobody is named who decided");
    let mut dollars = target();
    dollars.1["level"] = json!("USD 400000");
    rejected([], dollars, "USD is not the currency here, which is CHF");
}

#[test]
fn takes_only_what_it_may() {
    let mut voluntary_only = target();
    voluntary_only.1["funded_by"] = json!("voluntary_contributions");
    rejected([voluntary_only], carried("CHF 5"), "`unspent_funds` may not go to the reserve");
    let requested = || {
        let allocation = json!([{ "category": "a", "amount": "CHF 5" }]);
        (
            "contributed",
            json!({ "to": "reserve", "state": "FRA", "amount": "CHF 5", "allocation": allocation }),
        )
    };
    rejected(
        [procedures(), target()],
        requested(),
        "`requested_contributions` may not go to the reserve",
    );
    let mut gift = requested();
    gift.1["allocation"][0]["category"] = json!("c");
    lawful([procedures(), target()], gift);
    rejected([target()], carried("USD 5"), "USD is not the currency here");
    rejected(
        [],
        ("unspent_carried", json!({ "from": "2017", "to": "2018", "amount": "CHF 5" })),
        "no budget of 2018",
    );
}

#[test]
fn takes_only_what_is_known_to_be_voluntary_and_never_nothing() {
    let unknown = json!([{ "code": "7(a)" }, { "code": "gifts", "basis": "voluntary" }]);
    let procedures =
        ("procedures_adopted", json!({ "authority": { "body": "x" }, "categories": unknown }));
    let given_as = |code: &str| {
        let part = json!([{ "category": code, "amount": "CHF 5" }]);
        ("contributed", json!({ "to": "reserve", "amount": "CHF 5", "allocation": part }))
    };
    rejected(
        [target(), procedures.clone()],
        given_as("7(a)"),
        "`requested_contributions` may not go to the reserve",
    );
    lawful([target(), procedures], given_as("gifts"));
    let nothing = ("contributed", json!({ "to": "reserve", "amount": "CHF 0" }));
    rejected([target()], nothing, "CHF 0 moves nothing");
    rejected(annex(), drawn("CHF 0", "cash_flow_shortfall", "2018-03-01"), "CHF 0 moves nothing");
}

#[test]
fn is_drawn_only_for_what_it_is_for() {
    rejected(
        [given_to_it("CHF 5")],
        drawn("CHF 1", "cash_flow_shortfall", "2018-03-01"),
        "nobody has set what the reserve is for",
    );
    rejected(
        annex(),
        drawn("CHF 1", "budget_gap", "2018-03-01"),
        "may not be drawn for `budget_gap`, only for `cash_flow_shortfall`",
    );
    rejected(
        [target()],
        drawn("CHF 1", "cash_flow_shortfall", "2018-03-01"),
        "nothing is in the reserve",
    );
}

#[test]
fn gives_no_more_than_the_lower_bound() {
    let state = lawful(annex(), drawn("CHF 365714", "cash_flow_shortfall", "2018-03-01"));
    assert_eq!(balance(&state), "more than CHF 0");
    rejected(
        annex(),
        drawn("CHF 365714.01", "cash_flow_shortfall", "2018-03-01"),
        "CHF 365714.01 cannot be drawn on 2018-03-01: the reserve holds CHF 365714 at the least",
    );
    rejected(
        annex(),
        drawn("USD 1", "cash_flow_shortfall", "2018-03-01"),
        "USD is not the currency",
    );
}

#[test]
fn gives_nothing_before_it_has_it_and_nothing_that_is_needed_later() {
    rejected(
        annex(),
        drawn("CHF 1", "cash_flow_shortfall", "2017-09-05"),
        "holds CHF 0 at the least",
    );
    // Known to the year only, so perhaps before the reserve was filled.
    rejected(annex(), drawn("CHF 1", "cash_flow_shortfall", "2017"), "holds CHF 0 at the least");
    let later =
        || annex().into_iter().chain([drawn("CHF 300000", "cash_flow_shortfall", "2018-06-01")]);
    rejected(
        later(),
        drawn("CHF 65715", "cash_flow_shortfall", "2018-03-01"),
        "holds CHF 65714 at the least",
    );
    lawful(later(), drawn("CHF 65714", "cash_flow_shortfall", "2018-03-01"));
}

#[test]
fn what_was_drawn_is_restored_and_no_more() {
    rejected(annex(), restored("CHF 1"), "nothing that was drawn by 2018-12-01 is left");
    let drawn =
        || annex().into_iter().chain([drawn("CHF 5000", "cash_flow_shortfall", "2018-03-01")]);
    rejected(drawn(), restored("CHF 5000.01"), "CHF 5000 is left of what was drawn");
    rejected(drawn(), restored("USD 5"), "USD is not the currency");
    let early = |on: &str| ("reserve_restored", json!({ "amount": "CHF 1", "on": on }));
    rejected(drawn(), early("2018-02-28"), "nothing that was drawn by 2018-02-28 is left");
    lawful(drawn(), early("2018-03-01"));
    lawful(drawn(), early("2018-03"));
    let state = lawful(drawn(), restored("CHF 4000"));
    assert_eq!(state.reserve().to_be_restored().unwrap().to_string(), "CHF 1000");
    assert_eq!(balance(&state), "more than CHF 364714");
    let state = lawful(drawn().chain([restored("CHF 4000")]), restored("CHF 1000"));
    assert_eq!(state.reserve().to_be_restored(), None);
    assert_eq!(balance(&state), "more than CHF 365714");
}
