//! A State is asked once a year under a category, for something.

use crate::words::{Fact, budget, json, lawful, procedures, rejected};

fn invoice(year: u16, category: &str, amount: &str) -> Fact {
    ("invoiced", json!({ "state": "MOZ", "year": year, "category": category, "amount": amount }))
}

fn before() -> [Fact; 2] {
    [procedures(), budget("2018", "CHF 1000")]
}

#[test]
fn needs_the_budget_of_its_year() {
    rejected(before(), invoice(2019, "a", "CHF 5"), "no budget of 2019 is recorded");
    lawful(before(), invoice(2018, "a", "CHF 5"));
}

#[test]
fn is_sent_once() {
    let sent = || before().into_iter().chain([invoice(2018, "a", "CHF 5")]);
    rejected(sent(), invoice(2018, "a", "CHF 6"), "MOZ has its invoice for 2018 under a already");
    lawful(sent(), invoice(2018, "b", "CHF 5"));
    lawful(sent(), ("invoiced", json!({ "state": "MOZ", "year": 2018, "amount": "CHF 5" })));
    lawful(
        sent(),
        ("invoiced", json!({ "state": "FRA", "year": 2018, "category": "a", "amount": "CHF 5" })),
    );
}

#[test]
fn asks_for_something_in_the_right_currency_under_a_known_category() {
    rejected(before(), invoice(2018, "a", "CHF 0"), "asks for nothing");
    rejected(before(), invoice(2018, "a", "USD 5"), "USD is not the currency here");
    rejected(before(), invoice(2018, "x", "CHF 5"), "no category x");
}
