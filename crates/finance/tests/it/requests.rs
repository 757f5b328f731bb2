//! What is requested follows from percentages, scale and limits; without them nothing is.

use chancery_finance::requests;
use chancery_kernel::StateCode;

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
