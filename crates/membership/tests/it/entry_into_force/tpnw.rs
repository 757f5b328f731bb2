//! 50 instruments, accessions among them; 90 days.

use super::{check, check_each, deposits, under};
use crate::conventions::tpnw;

#[test]
fn does_not_come_with_49_instruments() {
    let state = under(tpnw(), deposits(49, &[], ""));
    assert_eq!(state.entry_into_force(), None);
}

#[test]
fn comes_with_the_50th_that_nobody_shares() {
    let state = under(tpnw(), deposits(49, &["HND"], "2020-10-24"));
    check(&state, "2020-10-24", "2021-01-22");
    check_each(
        &state,
        &[("2020-10-24", "2021-01-22"), ("2020-10-25", "2021-01-23"), ("2021-01-22", "2021-04-22")],
    );
}
