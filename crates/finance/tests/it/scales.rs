//! A scale holds for its years; who is missing in it is added by whoever sets a rate.

use chancery_finance::{RatesMissing, Years};

use crate::words::{Fact, given, json, lawful, rejected, scale};

fn known() -> Fact {
    scale(&json!({ "DEU": "6.389", "CHE": "1.140" }))
}

#[test]
fn has_rates_of_one_hundred_at_most() {
    rejected([], scale(&json!({})), "the scale of 2016-2018 has no rates");
    rejected([], scale(&json!({ "DEU": "60", "CHE": "40.001" })), "add up to 100.001");
    lawful([], scale(&json!({ "DEU": "60", "CHE": "40" })));
}

#[test]
fn a_year_has_one_scale() {
    let other = |years: &str| ("scale_adopted", json!({ "years": years, "rates": { "FRA": "5" } }));
    rejected([known()], other("2018-2020"), "the scale of 2018-2020 overlaps that of 2016-2018");
    rejected([known()], other("2017"), "the scale of 2017 overlaps");
    lawful([known()], other("2019-2021"));
}

#[test]
fn a_missing_rate_is_added_once() {
    rejected(
        [known()],
        scale(&json!({ "DEU": "6.389" })),
        "DEU has a rate in the scale of 2016-2018",
    );
    let state = lawful([known()], scale(&json!({ "VAT": "0.001" })));
    assert_eq!(state.scales()[&"2016-2018".parse::<Years>().unwrap()].len(), 3);
}

#[test]
fn the_scale_is_that_of_the_year_and_says_who_is_missing_in_it() {
    let later = ("scale_adopted", json!({ "years": "2019-2021", "rates": { "DEU": "6.090" } }));
    let state = given([known(), later]).state();
    let year = |year: u16| year.try_into().unwrap();
    let state_of = |code: &str| code.parse().unwrap();
    let rate = |of: u16| state.rates(year(of), &[state_of("DEU")]).unwrap()[0].1.to_string();
    assert_eq!((rate(2018), rate(2019)), ("6.389".to_owned(), "6.09".to_owned()));
    let missing = state.rates(year(2016), &[state_of("VAT"), state_of("DEU"), state_of("COK")]);
    let missing = missing.unwrap_err().to_string();
    assert!(
        missing.contains("the scale of 2016-2018 has no rate for VAT, COK; record"),
        "{missing}"
    );
    let none = state.rates(year(2015), &[]).unwrap_err();
    assert_eq!(none, RatesMissing::Scale(year(2015)));
}
