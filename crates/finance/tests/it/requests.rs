//! What is requested follows from percentages, scale and limits; without them nothing is.

use chancery_finance::requests;
use chancery_kernel::{Money, StateCode};
use proptest::{collection::vec, prelude::*};

use crate::words::{Fact, budget, given, json, procedures, scale};

fn payers() -> Vec<StateCode> {
    ["CHE", "DEU", "FRA"].map(|code| code.parse().unwrap()).to_vec()
}

#[track_caller]
fn missing(facts: impl IntoIterator<Item = Fact>, year: u16, says: &[&str]) {
    let missing = requests(&given(facts).state(), year.try_into().unwrap(), &payers()).unwrap_err();
    let said: Vec<String> = missing.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), says.len(), "{said:?}");
    for (said, says) in said.iter().zip(says) {
        assert!(said.contains(says), "{said:?}");
    }
}

#[test]
fn each_category_is_divided_by_its_basis() {
    let scale = scale(&json!({ "CHE": "1", "DEU": "6", "FRA": "5" }));
    let state = given([procedures(), budget("2018", "CHF 1000"), scale]).state();
    let found = requests(&state, 2018.try_into().unwrap(), &payers()).unwrap();
    let said: Vec<(String, String, Vec<String>)> = found
        .iter()
        .map(|it| {
            let shares = it.shares.iter().map(|share| share.amount.to_string());
            (it.category.to_string(), it.total.to_string(), shares.collect())
        })
        .collect();
    let line = |code: &str, total: &str, shares: [&str; 3]| {
        (code.to_owned(), total.to_owned(), shares.map(str::to_owned).to_vec())
    };
    assert_eq!(
        said,
        [
            line("a", "CHF 400", ["CHF 133.34", "CHF 133.33", "CHF 133.33"]),
            line("b", "CHF 600", ["CHF 50", "CHF 300", "CHF 250"]),
        ]
    );
}

#[test]
fn categories_of_the_whole_budget_add_up_to_it() {
    let divided = |percentages: &[&str], total: &str| -> Vec<String> {
        let category = |(at, it): (usize, &&str)| json!({ "code": format!("c{at}"), "basis": "equal_share", "percentage": it });
        let categories: Vec<serde_json::Value> =
            percentages.iter().enumerate().map(category).collect();
        let authority = json!({ "body": "x" });
        let procedures = json!({ "authority": authority, "categories": categories });
        let facts = [("procedures_adopted", procedures), budget("2018", total)];
        let found = requests(&given(facts).state(), 2018.try_into().unwrap(), &payers()).unwrap();
        found.iter().map(|it| it.total.to_string()).collect()
    };
    assert_eq!(divided(&["50", "50"], "CHF 100.01"), ["CHF 50.01", "CHF 50"]);
    assert_eq!(
        divided(&["33.3333", "33.3333", "33.3334"], "CHF 100"),
        ["CHF 33.33", "CHF 33.33", "CHF 33.34"]
    );
    // What no category bears is nobody's.
    assert_eq!(divided(&["33.35"], "CHF 100"), ["CHF 33.35"]);
    assert_eq!(divided(&["0.004"], "CHF 100"), ["CHF 0"]);
    assert_eq!(divided(&["0.006"], "CHF 100"), ["CHF 0.01"]);
}

#[test]
fn everything_that_is_missing_is_named_and_nothing_is_computed() {
    missing([], 2018, &["no budget of 2018", "no financial procedures with categories"]);
    let unset = json!([{ "code": "7(a)" }, { "code": "7(b)", "basis": "scale" }]);
    let unset =
        ("procedures_adopted", json!({ "authority": { "body": "x" }, "categories": unset }));
    missing(
        [unset, budget("2018", "more than CHF 1000")],
        2018,
        &[
            "the total of the budget of 2018 is not known exactly",
            "the basis of category 7(a) is not recorded",
            "the percentage of category 7(a) is not recorded",
            "the percentage of category 7(b) is not recorded",
        ],
    );
    missing(
        [procedures(), budget("2018", "CHF 9")],
        2018,
        &["no scale of assessments is recorded for 2018"],
    );
    let scale = scale(&json!({ "CHE": "1", "DEU": "6" }));
    missing([procedures(), budget("2018", "CHF 9"), scale], 2018, &["no rate for FRA"]);
}

proptest! {
    /// What the categories ask for together is what they bear of the budget, to the last minor unit.
    #[test]
    fn requests_add_up_to_what_the_categories_bear(
        parts in vec(0..1_000_000_u32, 1..6),
        scaled in vec(any::<bool>(), 6),
        total in 0..100_000_000_000_u128,
        whole in any::<bool>(),
    ) {
        // Ten-thousandths of a per cent, all of it or less.
        let sum: u32 = parts.iter().sum();
        prop_assume!(sum > 0);
        let percentage = |part: &u32| u64::from(*part) * 1_000_000 / u64::from(sum);
        let mut percentages: Vec<u64> = parts.iter().map(percentage).collect();
        let rest = 1_000_000 - percentages.iter().sum::<u64>();
        percentages[0] += if whole { rest } else { 0 };
        let category = |(at, it): (usize, &u64)| {
            let basis = if scaled[at] { "scale" } else { "equal_share" };
            let percentage = format!("{}.{:04}", it / 10_000, it % 10_000);
            json!({ "code": format!("c{at}"), "basis": basis, "percentage": percentage })
        };
        let categories: Vec<serde_json::Value> = percentages.iter().enumerate().map(category).collect();
        let procedures = json!({ "authority": { "body": "x" }, "categories": categories });
        let total = Money::of_minor_units(total, "CHF".parse().unwrap()).unwrap();
        let facts = [
            ("procedures_adopted", procedures),
            budget("2018", &total.to_string()),
            scale(&json!({ "CHE": "1.14", "DEU": "6.389", "FRA": "4.859" })),
        ];
        let found = requests(&given(facts).state(), 2018.try_into().unwrap(), &payers()).unwrap();
        for request in &found {
            let asked: u128 = request.shares.iter().map(|it| it.amount.minor_units()).sum();
            prop_assert_eq!(asked, request.total.minor_units());
        }
        let asked: u128 = found.iter().map(|it| it.total.minor_units()).sum();
        let borne = total.minor_units() * u128::from(percentages.iter().sum::<u64>());
        // Within a minor unit of the exact part, and all of it where they bear all of it.
        prop_assert!((asked * 1_000_000).abs_diff(borne) < 1_000_000);
        prop_assert!(!whole || asked == total.minor_units());
    }
}
