//! Short words for what a meeting decides. The meeting is the seventh.

use chancery_decisions::{
    Adoption, AdoptionVerb, Decided, Decisions, Dissociation, Event, Fulfilment, Mandate, State,
    Verb, Vote,
};
use chancery_kernel::{DecisionId, PartialDate, Text, testing::Given};

pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given<Decisions> {
    Given::events(State::default(), events)
}

pub(crate) fn text(text: &str) -> Text {
    text.try_into().unwrap()
}

pub(crate) fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

pub(crate) fn id(id: &str) -> DecisionId {
    id.parse().unwrap()
}

pub(crate) fn adoption(decision: &str, documents: &[&str]) -> Adoption {
    Adoption {
        id: id(decision),
        meeting: "7msp".parse().unwrap(),
        verb: AdoptionVerb::Adopted,
        documents: documents.iter().map(|it| it.parse().unwrap()).collect(),
        summary: text("the final report"),
        as_orally_amended: false,
        to_be_issued_as: None,
        themes: Vec::new(),
        on: date("2017-09-06"),
    }
}

pub(crate) fn decided(decision: &str, verb: Verb) -> Decided {
    Decided {
        id: id(decision),
        meeting: Some("7msp".parse().unwrap()),
        verb,
        summary: text("so and so"),
        themes: Vec::new(),
        documents: Vec::new(),
        states: Vec::new(),
        organisations: Vec::new(),
        on: date("2017-09-06"),
    }
}

pub(crate) fn dissociation(decision: &str, states: &[&str]) -> Dissociation {
    Dissociation {
        decision: id(decision),
        states: states.iter().map(|it| it.parse().unwrap()).collect(),
        summary: text("reads it otherwise"),
        on: date("2017-09-06"),
    }
}

/// On a document or a decision; an empty one is not named.
pub(crate) fn vote(document: &str, decision: &str) -> Vote {
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Vote {
        body: text("General Assembly"),
        document: named(document).map(|it| it.parse().unwrap()),
        decision: named(decision).map(|it| it.parse().unwrap()),
        summary: text("implementation of the convention"),
        in_favour: Some(141),
        against: Some(2),
        abstained: None,
        on: date("2016-12-05"),
    }
}

/// To the support unit; a moment that is not said is empty.
pub(crate) fn mandate(mandate: &str, decision: &str, due: &str) -> Mandate {
    Mandate {
        id: mandate.parse().unwrap(),
        decision: id(decision),
        action: text("so and so"),
        states: Vec::new(),
        organisations: vec!["isu".parse().unwrap()],
        office: None,
        body: None,
        due: (!due.is_empty()).then(|| due.parse().unwrap()),
        due_as_said: None,
        supersedes: Vec::new(),
        on: date("2017-09-06"),
    }
}

pub(crate) fn fulfilment(mandate: &str, on: &str) -> Fulfilment {
    Fulfilment {
        mandate: mandate.parse().unwrap(),
        summary: None,
        documents: Vec::new(),
        on: date(on),
    }
}
