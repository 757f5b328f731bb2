//! Anything else that a meeting decides, in its own verb, or that is decided between meetings.

use chancery_decisions::{Command::Decide, Decided, Event, Verb};

use crate::words::{decided, given, id};

#[test]
fn is_in_the_verb_of_the_source() {
    for verb in [Verb::Decided, Verb::Recommended, Verb::TookNote] {
        given([])
            .when(Decide(decided("7msp-53", verb)))
            .then_events([Event::Decided(decided("7msp-53", verb).into())]);
    }
}

#[test]
fn needs_no_meeting() {
    let by_silence = || Decided { meeting: None, ..decided("silence-2021-02", Verb::Decided) };
    given([]).when(Decide(by_silence())).then_events([Event::Decided(by_silence().into())]);
    let after = given([Event::Decided(by_silence().into())]).state();
    assert_eq!(after.decisions()[&id("silence-2021-02")].meeting, None);
}

#[test]
fn names_documents_without_adopting_them() {
    let noting = Decided {
        documents: vec!["CCM/MSP/2017/10".parse().unwrap()],
        ..decided("7msp-35", Verb::TookNote)
    };
    let after = given([Event::Decided(noting.into())]).state();
    let kept = &after.decisions()[&id("7msp-35")];
    assert_eq!(kept.documents.len(), 1);
    assert!(!kept.adopts);
}
