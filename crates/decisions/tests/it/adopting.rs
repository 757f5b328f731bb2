//! What is adopted is a document.

use chancery_decisions::{Adoption, AdoptionVerb, Command::Adopt, Event::Adopted, Verb};

use crate::words::{adoption, given, id};

#[test]
fn names_a_document() {
    given([]).when(Adopt(adoption("7msp-55", &[]))).then_rejected("`7msp-55` adopts no document");
    let report = || adoption("7msp-55", &["CCM/MSP/2017/CRP.1/Rev.1"]);
    given([]).when(Adopt(report())).then_events([Adopted(report().into())]);
}

#[test]
fn is_kept_with_the_word_that_was_used() {
    for (word, verb) in [
        (AdoptionVerb::Adopted, Verb::Adopted),
        (AdoptionVerb::Approved, Verb::Approved),
        (AdoptionVerb::Confirmed, Verb::Confirmed),
    ] {
        let adoption = Adoption { verb: word, ..adoption("7msp-23", &["CCM/MSP/2017/4"]) };
        let after = given([Adopted(adoption.into())]).state();
        let kept = &after.decisions()[&id("7msp-23")];
        assert_eq!((kept.verb, kept.adopts), (verb, true));
    }
}

#[test]
fn may_be_of_a_text_that_was_changed_in_the_room() {
    let amended = Adoption {
        as_orally_amended: true,
        to_be_issued_as: Some("CCM/MSP/2017/12".parse().unwrap()),
        ..adoption("7msp-55", &["CCM/MSP/2017/CRP.1/Rev.1"])
    };
    let after = given([Adopted(amended.into())]).state();
    let kept = &after.decisions()[&id("7msp-55")];
    assert!(kept.as_orally_amended);
    assert_eq!(kept.to_be_issued_as.as_ref().unwrap().as_str(), "CCM/MSP/2017/12");
    assert_eq!(kept.documents[0].as_str(), "CCM/MSP/2017/CRP.1/Rev.1");
}
