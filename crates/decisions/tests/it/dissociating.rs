//! States stand apart from a decision that is recorded, each once.

use chancery_decisions::{
    Command::Dissociate,
    Event::{Adopted, Decided, Dissociated},
    Verb,
};

use crate::words::{adoption, decided, dissociation, given, id};

#[test]
fn is_from_a_decision_that_is_recorded() {
    given([])
        .when(Dissociate(dissociation("7msp-53", &["NIC"])))
        .then_rejected("no decision `7msp-53` is recorded; record it first");
    given([Decided(decided("7msp-54", Verb::Decided).into())])
        .when(Dissociate(dissociation("7msp-53", &["NIC"])))
        .then_rejected("no decision `7msp-53` is recorded; `7msp-54` is");
    for recorded in [
        Decided(decided("7msp-53", Verb::Decided).into()),
        Adopted(adoption("7msp-53", &["CCM/MSP/2017/9"]).into()),
    ] {
        given([recorded])
            .when(Dissociate(dissociation("7msp-53", &["NIC", "CUB"])))
            .then_events([Dissociated(dissociation("7msp-53", &["NIC", "CUB"]).into())]);
    }
}

#[test]
fn names_who_stands_apart() {
    given([Decided(decided("7msp-53", Verb::Decided).into())])
        .when(Dissociate(dissociation("7msp-53", &[])))
        .then_rejected("nobody stands apart from `7msp-53`; name the States");
}

#[test]
fn happens_once_for_each_state() {
    let history = || {
        [
            Decided(decided("7msp-53", Verb::Decided).into()),
            Decided(decided("7msp-54", Verb::Decided).into()),
            Dissociated(dissociation("7msp-53", &["NIC", "CUB"]).into()),
        ]
    };
    given(history())
        .when(Dissociate(dissociation("7msp-53", &["FRA", "CUB"])))
        .then_rejected("CUB stands apart from `7msp-53` already");
    given(history())
        .when(Dissociate(dissociation("7msp-54", &["FRA", "FRA"])))
        .then_rejected("FRA stands apart from `7msp-54` already");
    for lawful in [dissociation("7msp-53", &["FRA"]), dissociation("7msp-54", &["CUB"])] {
        given(history()).when(Dissociate(lawful.clone())).then_events([Dissociated(lawful.into())]);
    }
}

#[test]
fn is_kept_beside_its_decision() {
    let after = given([
        Decided(decided("7msp-53", Verb::Decided).into()),
        Decided(decided("7msp-54", Verb::Decided).into()),
        Dissociated(dissociation("7msp-53", &["NIC"]).into()),
        Dissociated(dissociation("7msp-53", &["CUB"]).into()),
    ])
    .state();
    let apart = |decision: &str| after.decisions()[&id(decision)].dissociations.len();
    assert_eq!((apart("7msp-53"), apart("7msp-54")), (2, 0));
}
