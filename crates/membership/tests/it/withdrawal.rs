//! A bound State withdraws: when it may, and from which day it is out.

use chancery_kernel::testing::Given;
use chancery_membership::{
    Command::Withdraw,
    Event::{Acceded, Ratified, Signed, Succeeded, Withdrew},
    Membership, Rules, State,
};

use crate::{
    conventions::{apmbc, att, ccm, silent_on_withdrawal, tpnw},
    words::{after, day, deposit, given, given_under, signature, state, succession, withdrawal},
};

/// A notice received `on` takes effect on the day `out`.
#[track_caller]
fn check(rules: Rules, on: &str, out: &str) {
    given_under(rules, [Ratified(deposit("LTU", "2011-03-24").into())])
        .when(Withdraw(withdrawal("LTU", on, "")))
        .then_events([Withdrew(withdrawal("LTU", on, out).into())]);
}

#[test]
fn takes_effect_after_the_notice() {
    check(ccm(), "2024-09-06", "2025-03-06");
    check(apmbc(), "2025-06-27", "2025-12-27");
    check(apmbc(), "2025-07-10", "2026-01-10");
    check(apmbc(), "2025-08-20", "2026-02-20");
    check(att(), "2024-09-06", "2024-12-05");
    check(tpnw(), "2024-09-06", "2025-09-06");
}

#[test]
fn keeps_to_the_last_day_of_a_shorter_month() {
    check(ccm(), "2023-08-31", "2024-02-29");
    check(ccm(), "2024-08-31", "2025-02-28");
    check(ccm(), "2024-03-31", "2024-09-30");
    check(tpnw(), "2024-02-29", "2025-02-28");
}

#[test]
fn takes_effect_later_when_the_notice_says_so_but_never_sooner() {
    let bound = || [Ratified(deposit("LTU", "2011-03-24").into())];
    given(bound()).when(Withdraw(withdrawal("LTU", "2024-09-06", "2025-03-05"))).then_rejected(
        "LTU cannot take effect on 2025-03-05; article 20(3) makes it 2025-03-06 at the earliest",
    );
    for lawful in ["2025-03-06", "2026-01-01"] {
        given(bound())
            .when(Withdraw(withdrawal("LTU", "2024-09-06", lawful)))
            .then_events([Withdrew(withdrawal("LTU", "2024-09-06", lawful).into())]);
    }
}

#[test]
fn is_for_states_that_are_bound() {
    given([Signed(signature("LTU", "2008-12-03").into())])
        .when(Withdraw(withdrawal("LTU", "2024-09-06", "")))
        .then_rejected("LTU is not bound on 2024-09-06, so it cannot withdraw");
    given([])
        .when(Withdraw(withdrawal("LTU", "2024-09-06", "")))
        .then_rejected("LTU is not bound on 2024-09-06");
}

#[test]
fn does_not_precede_the_deposit() {
    let bound = || [Acceded(deposit("MNE", "2011-03-24").into())];
    given(bound())
        .when(Withdraw(withdrawal("MNE", "2011-03-23", "")))
        .then_rejected("MNE is not bound on 2011-03-23");
    given(bound())
        .when(Withdraw(withdrawal("MNE", "", "2011-03-23")))
        .then_rejected("MNE is not bound on 2011-03-23");
    given(bound())
        .when(Withdraw(withdrawal("MNE", "2011-03-24", "")))
        .then_events([Withdrew(withdrawal("MNE", "2011-03-24", "2011-09-24").into())]);
}

#[test]
fn of_a_successor_does_not_precede_its_notification() {
    let succeeded = || [Succeeded(succession("MNE", "2012-10-23", "2006-06-03").into())];
    given(succeeded())
        .when(Withdraw(withdrawal("MNE", "2012-10-22", "")))
        .then_rejected("MNE is not bound on 2012-10-22");
    given(succeeded())
        .when(Withdraw(withdrawal("MNE", "2012-10-23", "")))
        .then_events([Withdrew(withdrawal("MNE", "2012-10-23", "2013-04-23").into())]);
}

#[test]
fn happens_once() {
    given([
        Ratified(deposit("LTU", "2011-03-24").into()),
        Withdrew(withdrawal("LTU", "2024-09-06", "2025-03-06").into()),
    ])
    .when(Withdraw(withdrawal("LTU", "2024-10-01", "")))
    .then_rejected("LTU is not bound on 2024-10-01");
}

#[test]
fn may_be_known_by_its_effect_alone() {
    given([Ratified(deposit("LTU", "2011-03-24").into())])
        .when(Withdraw(withdrawal("LTU", "", "2025-03-06")))
        .then_events([Withdrew(withdrawal("LTU", "", "2025-03-06").into())]);
}

#[test]
fn is_kept_with_both_days() {
    let after = after([
        Ratified(deposit("LTU", "2011-03-24").into()),
        Withdrew(withdrawal("LTU", "2024-09-06", "2025-03-06").into()),
    ]);
    let bond = after.participants()[&state("LTU")].bonds[0];
    assert_eq!(bond.withdrawal_notified, Some(day("2024-09-06")));
    assert_eq!(bond.withdrawn, Some(day("2025-03-06")));
}

#[test]
fn needs_a_day() {
    given([Ratified(deposit("LTU", "2011-03-24").into())])
        .when(Withdraw(withdrawal("LTU", "", "")))
        .then_rejected("a withdrawal of LTU needs a day");
}

#[test]
fn names_its_effect_where_the_text_is_silent() {
    let bound =
        || given_under(silent_on_withdrawal(), [Ratified(deposit("LTU", "2011-03-24").into())]);
    bound()
        .when(Withdraw(withdrawal("LTU", "2024-09-06", "")))
        .then_rejected("the profile has no rule on withdrawal");
    bound()
        .when(Withdraw(withdrawal("LTU", "2024-09-06", "2024-09-05")))
        .then_rejected("before its notice was received on 2024-09-06");
    bound()
        .when(Withdraw(withdrawal("LTU", "2024-09-06", "2024-09-06")))
        .then_events([Withdrew(withdrawal("LTU", "2024-09-06", "2024-09-06").into())]);
}

#[test]
fn stays_within_the_calendar() {
    given([Ratified(deposit("LTU", "2011-03-24").into())])
        .when(Withdraw(withdrawal("LTU", "9999-12-31", "")))
        .then_rejected("the date that follows from 9999-12-31 lies beyond the calendar");
}

#[test]
fn waits_for_the_rules() {
    Given::<Membership>::events(State::default(), [Ratified(deposit("LTU", "2011-03-24").into())])
        .when(Withdraw(withdrawal("LTU", "2024-09-06", "")))
        .then_rejected("record its profile first");
}

#[test]
fn known_by_its_effect_alone_leaves_time_for_a_notice() {
    // Bound on 24 March 2011: a notice of that very day would take effect on 24 September.
    given_under(ccm(), [Ratified(deposit("LTU", "2011-03-24").into())])
        .when(Withdraw(withdrawal("LTU", "", "2011-09-23")))
        .then_rejected("cannot take effect on 2011-09-23");
    given_under(ccm(), [Ratified(deposit("LTU", "2011-03-24").into())])
        .when(Withdraw(withdrawal("LTU", "", "2011-09-24")))
        .then_events([Withdrew(withdrawal("LTU", "", "2011-09-24").into())]);
}
