//! A State that has not signed accedes, once, from the day on which accession is open.

use chancery_membership::{
    Command::Accede,
    Event::{Acceded, Signed},
};

use crate::{
    conventions::{att, ccm, tpnw},
    words::{deposit, given, given_under, others_ratify, signature},
};

#[test]
fn is_for_states_that_have_not_signed() {
    let signed = [Signed(signature("NOR", "2008-12-03").into())];
    given(signed.clone())
        .when(Accede(deposit("NOR", "2010-01-05")))
        .then_rejected("NOR signed on 2008-12-03, so it cannot accede");
    given(signed)
        .when(Accede(deposit("MNE", "2010-01-05")))
        .then_events([Acceded(deposit("MNE", "2010-01-05").into())]);
}

#[test]
fn is_deposited_once() {
    given([Acceded(deposit("MNE", "2010-01-05").into())])
        .when(Accede(deposit("MNE", "2011-01-05")))
        .then_rejected("MNE is bound already, by its deposit of 2010-01-05");
}

#[test]
fn opens_with_the_convention() {
    for (rules, day_before, first_day) in
        [(ccm(), "2008-12-02", "2008-12-03"), (tpnw(), "2017-09-19", "2017-09-20")]
    {
        given_under(rules.clone(), [])
            .when(Accede(deposit("MNE", day_before)))
            .then_rejected(&format!("the convention opened for signature on {first_day}"));
        given_under(rules, [])
            .when(Accede(deposit("MNE", first_day)))
            .then_events([Acceded(deposit("MNE", first_day).into())]);
    }
}

#[test]
fn opens_at_entry_into_force_where_the_text_says_so() {
    let in_force = || others_ratify(50, "2014-09-25");
    given_under(att(), in_force())
        .when(Accede(deposit("MNE", "2014-12-23")))
        .then_rejected("accession opens when the convention enters into force");
    given_under(att(), in_force())
        .when(Accede(deposit("MNE", "2014-12-24")))
        .then_events([Acceded(deposit("MNE", "2014-12-24").into())]);
}

#[test]
fn is_not_open_while_entry_into_force_is_not_known() {
    given_under(att(), others_ratify(49, "2014-09-25"))
        .when(Accede(deposit("MNE", "2016-01-01")))
        .then_rejected("MNE cannot have acceded on 2016-01-01");
}
