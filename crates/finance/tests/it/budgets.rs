//! Budgets are approved once a year, and a single year's comes before that of a period.

use crate::words::{budget, given, json, lawful, rejected};

#[test]
fn somebody_approves_them() {
    rejected(
        [],
        ("budget_approved", json!({ "years": "2018", "authority": {} })),
        "nobody is named",
    );
}

#[test]
fn are_approved_once_unless_revised() {
    rejected(
        [budget("2018", "CHF 9")],
        budget("2018", "CHF 8"),
        "the budget of 2018 is approved already",
    );
    let revised = |years: &str| {
        let authority = json!({ "body": "Second Meeting" });
        (
            "budget_approved",
            json!({ "years": years, "authority": authority, "total": "CHF 7", "revises": true }),
        )
    };
    rejected(
        [budget("2018", "CHF 9")],
        revised("2019"),
        "no budget of 2019 is recorded that could",
    );
    let state = lawful([budget("2018", "CHF 9")], revised("2018"));
    let total = state.budget(2018.try_into().unwrap()).unwrap().total.unwrap();
    assert_eq!(total.to_string(), "CHF 7");
}

#[test]
fn are_in_the_currency_of_the_convention() {
    rejected([], budget("2018", "USD 9"), "USD is not the currency here, which is CHF");
    lawful([], budget("2018", "more than CHF 9"));
}

#[test]
fn of_several_years_do_not_overlap() {
    let recorded = [budget("2016-2018", "CHF 5")];
    rejected(
        recorded.clone(),
        budget("2018-2020", "CHF 6"),
        "the budget of 2018-2020 overlaps that of 2016-2018; write the same years",
    );
    lawful(recorded.clone(), budget("2019-2020", "CHF 6"));
    lawful(recorded, budget("2018", "CHF 6"));
}

#[test]
fn are_revised_in_their_own_currency() {
    use chancery_finance::{Finance, State};
    use chancery_kernel::Decider;

    use crate::words::asked;

    // No profile says which currency is counted in.
    let state = State::default();
    let francs = Finance::decide(&state, asked(budget("2018", "CHF 9"))).unwrap();
    let state = Finance::fold(state, &francs);
    let (key, mut revised) = budget("2018", "USD 9");
    revised["revises"] = json!(true);
    let refused = Finance::decide(&state, asked((key, revised))).unwrap_err();
    assert!(refused.to_string().contains("USD is not the currency here, which is CHF"));
}

#[test]
fn a_year_of_its_own_comes_before_a_period() {
    let state = given([budget("2016-2020", "CHF 5"), budget("2018", "CHF 6")]).state();
    let total =
        |year: u16| state.budget(year.try_into().unwrap()).map(|it| it.total.unwrap().to_string());
    assert_eq!(total(2017).as_deref(), Some("CHF 5"));
    assert_eq!(total(2018).as_deref(), Some("CHF 6"));
    assert_eq!(total(2021), None);
}
