//! Entry into force follows from the days of the deposits, not from when somebody records them.

use chancery_membership::{
    Event::{Acceded, Ratified, Withdrew},
    Membership, Rules, State,
};

use super::{check, deposits, under};
use crate::{
    conventions::{apmbc, ccm},
    words::{day, deposit, others_ratify, withdrawal},
};

#[test]
fn an_early_deposit_recorded_late_moves_it_forward() {
    let mut events = deposits(29, &["MDA"], "2010-05-01");
    check(&under(ccm(), events.clone()), "2010-05-01", "2010-11-01");
    events.push(Ratified(deposit("BFA", "2010-02-16").into()));
    check(&under(ccm(), events), "2010-02-16", "2010-08-01");
}

#[test]
fn a_withdrawal_does_not_undo_it() {
    let mut events = deposits(29, &["LTU"], "2010-02-16");
    events.push(Withdrew(withdrawal("LTU", "2024-09-06", "2025-03-06").into()));
    check(&under(ccm(), events), "2010-02-16", "2010-08-01");
}

#[test]
fn returning_does_not_move_it() {
    let mut events = deposits(29, &["LTU"], "2010-02-16");
    events.push(Withdrew(withdrawal("LTU", "2024-09-06", "2025-03-06").into()));
    events.push(Acceded(deposit("LTU", "2026-01-01").into()));
    check(&under(ccm(), events), "2010-02-16", "2010-08-01");
}

#[test]
fn amended_rules_count_again() {
    let events = others_ratify(40, "2010-02-16");
    let lower = under(ccm(), events.clone());
    let higher = lower.clone().under(Rules { opens_for_signature: day("2008-12-03"), ..apmbc() });
    check(&higher, "2010-02-16", "2010-08-01");
    let mut fewer = ccm();
    fewer.entry_into_force.counted.clear();
    assert_eq!(lower.under(fewer).entry_into_force(), None);
}

#[test]
fn rules_may_be_recorded_after_the_deposits() {
    let events = deposits(28, &["BFA", "MDA"], "2010-02-16");
    let late = chancery_kernel::testing::Given::<Membership>::events(State::default(), events);
    let late = late.state();
    assert_eq!(late.entry_into_force(), None);
    check(&late.under(ccm()), "2010-02-16", "2010-08-01");
}
