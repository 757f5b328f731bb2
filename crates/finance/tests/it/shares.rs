//! Shares add up to the total, whoever pays, and stay within floor and cap.

use chancery_finance::{Limits, Settled, Share, SharesError, shares};
use chancery_kernel::{Money, Percent, StateCode};
use proptest::{collection::vec, option, prelude::*};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn payers(rates: &[(&str, &str)]) -> Vec<(StateCode, Percent)> {
    rates.iter().map(|(state, rate)| (state.parse().unwrap(), rate.parse().unwrap())).collect()
}

fn limits(floor: Option<&str>, cap: Option<&str>) -> Limits {
    Limits { floor: floor.map(money), cap: cap.map(money) }
}

#[track_caller]
fn check(total: &str, rates: &[(&str, &str)], limits: Limits, expected: &[&str]) {
    let shares = shares(money(total), &payers(rates), limits).unwrap();
    let amounts: Vec<String> = shares.iter().map(|it| it.amount.to_string()).collect();
    assert_eq!(amounts, expected);
}

const THREE: [(&str, &str); 3] = [("CHE", "1"), ("DEU", "6"), ("FRA", "5")];

#[test]
fn only_those_who_pay_make_up_the_whole() {
    check("CHF 1200", &THREE, Limits::default(), &["CHF 100", "CHF 600", "CHF 500"]);
    let shares = shares(money("CHF 1200"), &payers(&THREE), Limits::default()).unwrap();
    assert_eq!(shares[0].adjusted.to_string(), "8.333333");
    assert_eq!(shares[0].rate.to_string(), "1");
}

#[test]
fn units_left_over_go_to_the_largest_remainders_then_to_the_first() {
    let equal = [("CHE", "1"), ("DEU", "1"), ("FRA", "1")];
    check("CHF 1", &equal, Limits::default(), &["CHF 0.34", "CHF 0.33", "CHF 0.33"]);
    check("JPY 2", &equal, Limits::default(), &["JPY 1", "JPY 1", "JPY 0"]);
    check("CHF 0.10", &THREE, Limits::default(), &["CHF 0.01", "CHF 0.05", "CHF 0.04"]);
}

#[test]
fn what_a_floor_or_a_cap_takes_is_spread_over_the_others() {
    check(
        "CHF 1200",
        &THREE,
        limits(Some("CHF 200"), None),
        &["CHF 200", "CHF 545.45", "CHF 454.55"],
    );
    check(
        "CHF 1200",
        &THREE,
        limits(None, Some("CHF 550")),
        &["CHF 108.33", "CHF 550", "CHF 541.67"],
    );
    check(
        "CHF 1200",
        &THREE,
        limits(Some("CHF 200"), Some("CHF 500")),
        &["CHF 200", "CHF 500", "CHF 500"],
    );
    check("CHF 9", &[("CHE", "5"), ("DEU", "0")], limits(None, Some("CHF 6")), &["CHF 6", "CHF 3"]);
}

#[test]
fn what_cannot_be_shared_out_is_refused() {
    let refused = |total: &str, rates: &[(&str, &str)], limits| {
        shares(money(total), &payers(rates), limits).unwrap_err()
    };
    assert_eq!(refused("CHF 1", &[], Limits::default()), SharesError::NobodyPays);
    assert_eq!(refused("CHF 1", &[("CHE", "0")], Limits::default()), SharesError::NobodyPays);
    let twice = [("CHE", "1"), ("CHE", "2")];
    assert_eq!(
        refused("CHF 1", &twice, Limits::default()),
        SharesError::Twice("CHE".parse().unwrap())
    );
    let total = money("CHF 10");
    assert_eq!(
        refused("CHF 10", &THREE, limits(Some("CHF 3.34"), None)),
        SharesError::FloorsExceed(total)
    );
    assert_eq!(
        refused("CHF 10", &THREE, limits(None, Some("CHF 3.33"))),
        SharesError::CapsFallShort(total)
    );
    assert_eq!(
        refused("CHF 10", &THREE, limits(Some("USD 1"), None)),
        SharesError::OtherCurrency(total)
    );
}

fn any_payers() -> impl Strategy<Value = Vec<(StateCode, Percent)>> {
    let all: Vec<StateCode> = StateCode::all().collect();
    let rate = prop_oneof![0..22_000u32, Just(1)]
        .prop_map(|rate| format!("{}.{:03}", rate / 1000, rate % 1000).parse::<Percent>().unwrap());
    vec(option::of(rate), all.len()).prop_map(move |rates| {
        let named = all.iter().zip(rates).filter_map(|(state, rate)| Some((*state, rate?)));
        named.collect()
    })
}

fn units(money: Money) -> u128 {
    money.minor_units()
}

fn francs(units: u128) -> Money {
    Money::of_minor_units(units, "CHF".parse().unwrap()).unwrap()
}

proptest! {
    #[test]
    fn shares_add_up_to_the_total_within_floor_and_cap(
        payers in any_payers(),
        total in 0..100_000_000_000_u128,
        floor in option::of(0..100_000_u128),
        cap in option::of(1..100_000_000_u128),
    ) {
        let floor = floor.map(francs);
        let cap = cap.map(francs).filter(|cap| floor.is_none_or(|floor| cap.covers(floor) == Some(true)));
        let limits = Limits { floor, cap };
        let shared = shares(francs(total), &payers, limits);
        let least = floor.map_or(0, units) * payers.len() as u128;
        let most = cap.map_or(u128::MAX, |cap| units(cap) * payers.len() as u128);
        let weightless = payers.iter().all(|(_, rate)| *rate == Percent::NOUGHT);
        match shared {
            Ok(shared) => {
                prop_assert_eq!(shared.len(), payers.len());
                prop_assert_eq!(shared.iter().map(|it| units(it.amount)).sum::<u128>(), total);
                for Share { amount, .. } in &shared {
                    prop_assert!(floor.is_none_or(|floor| amount.covers(floor) == Some(true)));
                    prop_assert!(cap.is_none_or(|cap| cap.covers(*amount) == Some(true)));
                }
                in_order_of_the_rates(&shared)?;
                in_one_proportion(&shared, limits)?;
            }
            Err(SharesError::NobodyPays) => prop_assert!(weightless),
            Err(SharesError::FloorsExceed(_)) => prop_assert!(least > total),
            Err(SharesError::CapsFallShort(_)) => prop_assert!(most < total),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn limits_that_bind_take_and_leave_in_one_proportion(
        rates in vec(prop_oneof![Just(0), 1..10u32, 1..22_000u32], 1..12),
        total in 0..5000_u128,
        low in 0..=100_u128,
        high in 100..400_u128,
    ) {
        let rates = rates.iter().map(|rate| format!("{}.{:03}", rate / 1000, rate % 1000).parse().unwrap());
        let payers: Vec<(StateCode, Percent)> = StateCode::all().zip(rates).collect();
        prop_assume!(payers.iter().any(|(_, rate)| *rate != Percent::NOUGHT));
        // Around the mean, so that both can hold.
        let count = payers.len() as u128;
        let (floor, cap) = (total / count * low / 100, total.div_ceil(count) * high / 100);
        let limits = Limits { floor: Some(francs(floor)), cap: Some(francs(cap)) };
        let shared = shares(francs(total), &payers, limits).unwrap();
        prop_assert_eq!(shared.iter().map(|it| units(it.amount)).sum::<u128>(), total);
        prop_assert!(shared.iter().all(|it| (floor..=cap).contains(&units(it.amount))));
        in_order_of_the_rates(&shared)?;
        in_one_proportion(&shared, limits)?;
    }

    #[test]
    fn without_limits_a_share_is_the_exact_one_but_for_a_unit(payers in any_payers(), total in 0..100_000_000_000_u128) {
        let sum: u128 = payers.iter().map(|(_, rate)| u128::from(rate.millionths())).sum();
        prop_assume!(sum > 0);
        for share in shares(francs(total), &payers, Limits::default()).unwrap() {
            let exact = total * u128::from(share.rate.millionths());
            let found = units(share.amount) * sum;
            prop_assert!(found.abs_diff(exact) < sum);
        }
    }
}

/// Who has the higher rate never owes less, but for the unit that a remainder gives.
fn in_order_of_the_rates(shares: &[Share]) -> Result<(), TestCaseError> {
    let mut sorted: Vec<&Share> = shares.iter().collect();
    sorted.sort_by_key(|share| (share.rate, units(share.amount)));
    for pair in sorted.windows(2) {
        prop_assert!(units(pair[0].amount) <= units(pair[1].amount) + 1);
    }
    Ok(())
}

/// Floor and cap hold for those alone whom they bind: all others owe in one proportion to their
/// rates, but for the unit of a remainder, and by it the bound ones would owe less than the floor,
/// or more than the cap.
fn in_one_proportion(shares: &[Share], limits: Limits) -> Result<(), TestCaseError> {
    let free = |it: &&Share| matches!(it.settled, Settled::Down | Settled::Up);
    let rate = |it: &Share| u128::from(it.rate.millionths());
    let rates: u128 = shares.iter().filter(free).map(rate).sum();
    let rest: u128 = shares.iter().filter(free).map(|it| units(it.amount)).sum();
    for share in shares {
        let (amount, ideal) = (units(share.amount) * rates, rest * rate(share));
        match share.settled {
            Settled::Floor => {
                prop_assert_eq!(Some(share.amount), limits.floor);
                prop_assert!(ideal <= amount);
            }
            Settled::Cap => {
                prop_assert_eq!(Some(share.amount), limits.cap);
                // Where those that are left have no rate, they owe what no cap lets others pay.
                prop_assert!(rates == 0 || ideal >= amount);
            }
            Settled::Down if rates > 0 => prop_assert!(amount <= ideal && ideal < amount + rates),
            Settled::Up if rates > 0 => prop_assert!(amount > ideal && amount < ideal + rates),
            Settled::Down | Settled::Up => {}
        }
    }
    Ok(())
}
