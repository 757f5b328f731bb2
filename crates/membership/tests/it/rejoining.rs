//! A State whose withdrawal has taken effect comes back by accession, and not before.

use chancery_membership::{
    Command::{Accede, Accept, Approve, Ratify, Succeed, Withdraw},
    Event::{Acceded, Ratified, Signed, Withdrew},
};

use crate::words::{deposit, given, signature, state, succession, withdrawal};

fn lithuania_withdrew() -> [chancery_membership::Event; 3] {
    [
        Signed(signature("LTU", "2008-12-03").into()),
        Ratified(deposit("LTU", "2011-03-24").into()),
        Withdrew(withdrawal("LTU", "2024-09-06", "2025-03-06").into()),
    ]
}

#[test]
fn waits_until_the_withdrawal_takes_effect() {
    given(lithuania_withdrew())
        .when(Accede(deposit("LTU", "2025-03-05")))
        .then_rejected("LTU is bound already, by its deposit of 2011-03-24");
    given(lithuania_withdrew())
        .when(Accede(deposit("LTU", "2025-03-06")))
        .then_events([Acceded(deposit("LTU", "2025-03-06").into())]);
}

#[test]
fn is_not_by_the_old_signature() {
    for ask in [Ratify, Accept, Approve] {
        given(lithuania_withdrew())
            .when(ask(deposit("LTU", "2026-01-01")))
            .then_rejected("it comes back by accession");
    }
}

#[test]
fn is_open_to_a_state_that_had_acceded() {
    given([
        Acceded(deposit("MNE", "2010-01-05").into()),
        Withdrew(withdrawal("MNE", "2020-01-01", "2020-07-01").into()),
    ])
    .when(Accede(deposit("MNE", "2021-01-01")))
    .then_events([Acceded(deposit("MNE", "2021-01-01").into())]);
}

#[test]
fn happens_once() {
    let rejoined = Acceded(deposit("LTU", "2026-01-01").into());
    given(lithuania_withdrew().into_iter().chain([rejoined]))
        .when(Accede(deposit("LTU", "2027-01-01")))
        .then_rejected("LTU is bound already, by its deposit of 2026-01-01");
}

#[test]
fn can_be_followed_by_another_withdrawal() {
    let rejoined = Acceded(deposit("LTU", "2026-01-01").into());
    let history = || lithuania_withdrew().into_iter().chain([rejoined.clone()]);
    let again = withdrawal("LTU", "2027-02-01", "2027-08-01");
    given(history())
        .when(Withdraw(withdrawal("LTU", "2027-02-01", "")))
        .then_events([Withdrew(again.clone().into())]);
    let after = given(history().chain([Withdrew(again.into())])).state();
    let withdrawn: Vec<_> = after.participants()[&state("LTU")]
        .bonds
        .iter()
        .map(|bond| bond.withdrawn.unwrap().to_string())
        .collect();
    assert_eq!(withdrawn, ["2025-03-06", "2027-08-01"]);
}

#[test]
fn does_not_reach_back_into_the_time_of_being_bound() {
    given(lithuania_withdrew())
        .when(Succeed(succession("LTU", "2026-01-01", "2025-03-05")))
        .then_rejected("LTU is bound already, by its deposit of 2011-03-24");
    given(lithuania_withdrew())
        .when(Succeed(succession("LTU", "2026-01-01", "2025-03-06")))
        .then_events([chancery_membership::Event::Succeeded(
            succession("LTU", "2026-01-01", "2025-03-06").into(),
        )]);
}
