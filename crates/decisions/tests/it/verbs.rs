//! How much each verb binds.

use chancery_decisions::{
    Verb,
    Weight::{self, Declaratory, Hortatory, Operative},
};

/// The verbs of a weight, by the words of the sources.
#[track_caller]
fn check(weight: Weight, words: &[&str]) {
    for word in words {
        let verb: Verb = serde_json::from_value((*word).into()).unwrap();
        assert_eq!(verb.weight(), weight, "{word}");
    }
}

#[test]
fn some_settle_something() {
    check(
        Operative,
        &["adopted", "agreed", "approved", "confirmed", "decided", "designated", "determined"],
    );
}

#[test]
fn some_ask_for_something() {
    check(Hortatory, &["encouraged", "recommended", "underlined"]);
}

#[test]
fn some_say_what_was_thought_or_seen() {
    check(
        Declaratory,
        &[
            "acknowledged",
            "applauded",
            "commended",
            "condemned",
            "congratulated",
            "considered",
            "expressed_appreciation",
            "expressed_concern",
            "heard",
            "identified",
            "noted",
            "recalled",
            "recognized",
            "took_note",
            "welcomed",
        ],
    );
}

#[test]
fn the_weightiest_come_first() {
    let mut weights = [Declaratory, Operative, Hortatory];
    weights.sort();
    assert_eq!(weights, [Operative, Hortatory, Declaratory]);
}
