//! A State signs once, after the opening and before the close, unless it is bound already.

use chancery_kernel::testing::Given;
use chancery_membership::{
    Command::Sign,
    Event::{Acceded, Ratified, Signed, Withdrew},
    SignatureCloses, State,
};

use crate::{
    conventions::{apmbc, ccm, tpnw},
    words::{day, deposit, given, given_under, others_ratify, signature, withdrawal},
};

#[test]
fn opens_on_its_day() {
    given([])
        .when(Sign(signature("NOR", "2008-12-02")))
        .then_rejected(
            "NOR can have neither signed nor acceded on 2008-12-02; the convention opened for signature on 2008-12-03",
        );
    given([])
        .when(Sign(signature("NOR", "2008-12-03")))
        .then_events([Signed(signature("NOR", "2008-12-03").into())]);
}

#[test]
fn is_given_once() {
    let signed = [Signed(signature("NOR", "2008-12-03").into())];
    given(signed.clone())
        .when(Sign(signature("NOR", "2009-01-05")))
        .then_rejected("NOR has signed already, on 2008-12-03");
    given(signed)
        .when(Sign(signature("MRT", "2010-04-19")))
        .then_events([Signed(signature("MRT", "2010-04-19").into())]);
}

#[test]
fn closes_with_the_day_of_entry_into_force() {
    let in_force = || others_ratify(30, "2010-02-16");
    given(in_force())
        .when(Sign(signature("FIN", "2010-08-02")))
        .then_rejected("FIN cannot have signed on 2010-08-02; signature closed on 2010-08-01");
    given(in_force())
        .when(Sign(signature("FIN", "2010-08-01")))
        .then_events([Signed(signature("FIN", "2010-08-01").into())]);
}

#[test]
fn stays_open_while_entry_into_force_is_not_known() {
    given(others_ratify(29, "2010-02-16"))
        .when(Sign(signature("FIN", "2012-01-01")))
        .then_events([Signed(signature("FIN", "2012-01-01").into())]);
}

#[test]
fn never_closes_where_the_text_says_so() {
    given_under(tpnw(), others_ratify(50, "2020-10-24"))
        .when(Sign(signature("FIN", "2023-09-19")))
        .then_events([Signed(signature("FIN", "2023-09-19").into())]);
}

#[test]
fn closes_on_a_day_that_the_text_names() {
    let mut rules = apmbc();
    rules.signature_closes = SignatureCloses::On(day("1998-12-31"));
    given_under(rules.clone(), [])
        .when(Sign(signature("FIN", "1999-01-01")))
        .then_rejected("signature closed on 1998-12-31");
    given_under(rules, [])
        .when(Sign(signature("FIN", "1998-12-31")))
        .then_events([Signed(signature("FIN", "1998-12-31").into())]);
}

#[test]
fn is_not_open_to_a_state_that_is_bound() {
    let acceded = Acceded(deposit("FIN", "2018-01-01").into());
    given_under(tpnw(), [acceded.clone()])
        .when(Sign(signature("FIN", "2019-01-01")))
        .then_rejected("FIN is bound already, since 2018-01-01");
    let withdrew = Withdrew(withdrawal("FIN", "2020-01-01", "2021-01-01").into());
    given_under(tpnw(), [acceded, withdrew])
        .when(Sign(signature("FIN", "2022-01-01")))
        .then_rejected("FIN is bound already, since 2018-01-01");
}

#[test]
fn comes_before_ratification_however_late_it_is_recorded() {
    given([Ratified(deposit("NOR", "2009-01-05").into())])
        .when(Sign(signature("NOR", "2008-12-03")))
        .then_rejected("only a State that is not bound signs");
}

#[test]
fn waits_for_the_rules() {
    Given::<chancery_membership::Membership>::events(State::default(), [])
        .when(Sign(signature("NOR", "2008-12-03")))
        .then_rejected("record its profile first");
    given_under(ccm(), [])
        .when(Sign(signature("NOR", "2008-12-03")))
        .then_events([Signed(signature("NOR", "2008-12-03").into())]);
}
