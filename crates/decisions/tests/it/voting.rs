//! A vote is on a document or on a decision that is recorded.

use chancery_decisions::{
    Command::Vote,
    Event::{Decided, Voted},
    Verb,
};

use crate::words::{decided, given, vote};

#[test]
fn is_on_something() {
    given([])
        .when(Vote(vote("", "")))
        .then_rejected("the vote names neither a document nor a decision");
    given([])
        .when(Vote(vote("A/RES/71/45", "")))
        .then_events([Voted(vote("A/RES/71/45", "").into())]);
}

#[test]
fn is_on_a_decision_that_is_recorded() {
    for document in ["", "A/RES/71/45"] {
        given([])
            .when(Vote(vote(document, "7msp-53")))
            .then_rejected("no decision `7msp-53` is recorded");
        given([Decided(decided("7msp-53", Verb::Decided).into())])
            .when(Vote(vote(document, "7msp-53")))
            .then_events([Voted(vote(document, "7msp-53").into())]);
    }
}

#[test]
fn is_taken_again_on_the_same_text() {
    let once = || Voted(vote("A/RES/71/45", "").into());
    given([once()]).when(Vote(vote("A/RES/71/45", ""))).then_events([once()]);
    let after = given([once(), once()]).state();
    assert_eq!(after.votes().len(), 2);
    assert_eq!(after.votes()[0].abstained, None);
}
