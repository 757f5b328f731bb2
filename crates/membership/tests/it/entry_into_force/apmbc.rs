//! 40 instruments; else as the CCM.

use super::{check, check_each, deposits, under};
use crate::conventions::apmbc;

#[test]
fn does_not_come_with_39_instruments() {
    let state = under(apmbc(), deposits(38, &["BFA"], "1998-09-16"));
    assert_eq!(state.entry_into_force(), None);
}

#[test]
fn comes_with_the_40th_on_a_day_that_two_share() {
    let state = under(apmbc(), deposits(38, &["BFA", "GNQ"], "1998-09-16"));
    check(&state, "1998-09-16", "1999-03-01");
    check_each(
        &state,
        &[("1998-09-16", "1999-03-01"), ("1998-09-30", "1999-03-01"), ("1998-10-01", "1999-04-01")],
    );
}
