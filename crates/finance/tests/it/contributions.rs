//! Contributions are taken as they were paid and allocated: nothing is inferred.

use chancery_finance::{self as finance, Finance};
use chancery_kernel::Decider;

use crate::words::{Fact, asked, budget, json, lawful, procedures, rejected};

fn before() -> [Fact; 2] {
    [procedures(), budget("2018", "CHF 1000")]
}

fn paid(amount: &str, more: &serde_json::Value) -> Fact {
    let mut body = json!({ "state": "FRA", "to": "2018", "amount": amount });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    ("contributed", body)
}

#[test]
fn go_to_a_budget_that_is_recorded() {
    rejected(before(), paid("CHF 5", &json!({ "to": "2019" })), "no budget of 2019 is recorded");
    lawful(before(), paid("CHF 5", &json!({})));
    lawful(before(), paid("more than CHF 5", &json!({})));
}

#[test]
fn somebody_gives_them() {
    let nobody = ("contributed", json!({ "to": "2018", "amount": "CHF 5" }));
    rejected(before(), nobody, "nobody is named who contributes to the budget of 2018");
    rejected(
        before(),
        paid("CHF 5", &json!({ "organisation": "eu" })),
        "both a State and an organisation",
    );
}

#[test]
fn another_currency_needs_the_recorded_rate() {
    rejected(
        before(),
        paid("USD 5", &json!({})),
        "in USD, and CHF is counted in; write the `rate`",
    );
    rejected(before(), paid("CHF 5", &json!({ "rate": "1" })), "leave `rate` away");
    let state = lawful(before(), paid("USD 1000", &json!({ "rate": "0.9713" })));
    let received = state.received(2018.try_into().unwrap()).unwrap();
    assert_eq!(received.to_string(), "CHF 971.30");
}

/// What is decided of a fact where the profile names no currency and the budget of 2018 no total.
fn without_a_currency(
    before: impl IntoIterator<Item = Fact>,
    fact: Fact,
) -> Result<finance::State, String> {
    let decided = |state: &finance::State, fact| {
        <Finance as Decider>::decide(state, asked(fact)).map_err(|why| why.to_string())
    };
    let unknown = ("budget_approved", json!({ "years": "2018", "authority": { "body": "x" } }));
    let mut state = finance::State::default();
    for fact in std::iter::once(unknown).chain(before) {
        let events = decided(&state, fact).unwrap();
        state = Finance::fold(state, &events);
    }
    Ok(Finance::fold(state.clone(), &decided(&state, fact)?))
}

#[test]
fn without_a_currency_to_count_in_a_rate_leads_nowhere() {
    let refused = without_a_currency([], paid("USD 5", &json!({ "rate": "0.9" }))).unwrap_err();
    assert!(refused.contains("the currency that is counted in is not known"), "{refused}");
}

#[test]
fn the_first_that_is_recorded_says_in_which_currency_the_others_are_counted() {
    let first = || [paid("CHF 5", &json!({}))];
    let refused = |fact| without_a_currency(first(), fact).unwrap_err();
    for (fact, says) in [
        (paid("USD 5", &json!({})), "in USD, and CHF is counted in"),
        (budget_of("USD 9"), "USD is not the currency here, which is CHF"),
        (carried("2017", "USD 5"), "USD is not the currency here, which is CHF"),
        (
            ("invoiced", json!({ "state": "MOZ", "year": 2018, "amount": "USD 5" })),
            "USD is not the currency here, which is CHF",
        ),
    ] {
        let refused = refused(fact);
        assert!(refused.contains(says), "{refused}");
    }
    let state = without_a_currency(first(), paid("USD 5", &json!({ "rate": "0.9" }))).unwrap();
    assert_eq!(state.received(2018.try_into().unwrap()).unwrap().to_string(), "CHF 9.50");
    let state = without_a_currency(first(), budget_of("CHF 9")).unwrap();
    assert_eq!(state.received(2018.try_into().unwrap()).unwrap().to_string(), "CHF 5");
}

fn budget_of(total: &str) -> Fact {
    let authority = json!({ "body": "x" });
    (
        "budget_approved",
        json!({ "years": "2018", "authority": authority, "total": total, "revises": true }),
    )
}

fn carried(from: &str, amount: &str) -> Fact {
    ("unspent_carried", json!({ "from": from, "to": "2018", "amount": amount }))
}

#[test]
fn what_is_left_of_a_year_goes_to_a_later_one() {
    lawful(before(), carried("2017", "CHF 5"));
    lawful(before(), carried("2013-2015", "CHF 5"));
    for from in ["2018", "2019", "2016-2018"] {
        rejected(
            before(),
            carried(from, "CHF 5"),
            "cannot go to the budget of 2018, which does not",
        );
    }
}

#[test]
fn no_more_is_allocated_than_came_in() {
    let allocated = |parts: &[(&str, &str)]| {
        let parts = parts
            .iter()
            .map(|(category, amount)| json!({ "category": category, "amount": amount }));
        paid("CHF 10", &json!({ "allocation": parts.collect::<Vec<_>>() }))
    };
    lawful(before(), allocated(&[("a", "CHF 4"), ("b", "CHF 6")]));
    lawful(before(), allocated(&[("a", "CHF 4")]));
    rejected(
        before(),
        allocated(&[("a", "CHF 4"), ("b", "CHF 6.01")]),
        "CHF 10.01 is allocated of a contribution of CHF 10",
    );
    rejected(before(), allocated(&[("a", "CHF 4"), ("a", "CHF 1")]), "category a twice");
    rejected(before(), allocated(&[("x", "CHF 4")]), "no category x");
    rejected(before(), allocated(&[("a", "USD 4")]), "USD is not the currency here");
}

#[test]
fn are_counted_as_printed() {
    let counted = |body| ("contributions_counted", body);
    let state =
        lawful(before(), counted(json!({ "year": 2018, "contributors": 39, "coverage": "fully" })));
    assert_eq!(state.counts()[0].contributors, Some(39));
    rejected(
        before(),
        counted(json!({ "year": 2018 })),
        "nothing is said of the contributions of 2018",
    );
    rejected(before(), counted(json!({ "year": 2019, "contributors": 3 })), "no budget of 2019");
    rejected(
        before(),
        counted(json!({ "year": 2018, "total": "USD 3" })),
        "USD is not the currency",
    );
    rejected(before(), counted(json!({ "year": 2018, "mostly_by": ["x"] })), "no category x");
}
