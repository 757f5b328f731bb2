//! Each decision has an id of its own, whether it adopts or decides.

use chancery_decisions::{
    Command::{Adopt, Decide},
    Event::{Adopted, Decided},
    Verb,
};

use crate::words::{adoption, decided, given};

#[test]
fn an_id_is_given_once() {
    let adopted = || Adopted(adoption("7msp-55", &["CCM/MSP/2017/12"]).into());
    let noted = || Decided(decided("7msp-55", Verb::Noted).into());
    for first in [adopted, noted] {
        given([first()])
            .when(Adopt(adoption("7msp-55", &["CCM/MSP/2017/11"])))
            .then_rejected("a decision `7msp-55` is recorded already");
        given([first()])
            .when(Decide(decided("7msp-55", Verb::Decided)))
            .then_rejected("give this one an id of its own");
        given([first()])
            .when(Decide(decided("7msp-55a", Verb::Decided)))
            .then_events([Decided(decided("7msp-55a", Verb::Decided).into())]);
    }
}
