//! Commands by chance: few decisions, so that ids meet.

use chancery_decisions::{
    Adoption, AdoptionVerb, Command, Decided, Dissociation, Mandate, Verb, Vote,
};
use chancery_kernel::{DecisionId, DocumentSymbol, PartialDate, StateCode};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::words::{date, fulfilment, id, mandate, text};

fn ids() -> impl Strategy<Value = DecisionId> {
    select(vec!["7msp-52", "7msp-53", "7msp-54", "7msp-55"]).prop_map(id)
}

fn documents() -> impl Strategy<Value = DocumentSymbol> {
    select(vec!["CCM/MSP/2017/12", "A/RES/71/45", "a letter"]).prop_map(|it| it.parse().unwrap())
}

fn states() -> impl Strategy<Value = Vec<StateCode>> {
    vec(select(vec!["CUB", "FRA", "NIC", "ZMB"]), 0..3)
        .prop_map(|codes| codes.iter().map(|it| it.parse().unwrap()).collect())
}

fn dates() -> impl Strategy<Value = PartialDate> {
    select(vec!["2017-09-06", "2017-09", "2017"]).prop_map(date)
}

fn adoption() -> impl Strategy<Value = Adoption> {
    let verb = select(vec![AdoptionVerb::Adopted, AdoptionVerb::Approved, AdoptionVerb::Confirmed]);
    let what = (vec(documents(), 0..3), any::<bool>(), option::of(documents()));
    (ids(), verb, what, dates()).prop_map(
        |(id, verb, (documents, as_orally_amended, to_be_issued_as), on)| Adoption {
            id,
            meeting: "7msp".parse().unwrap(),
            verb,
            documents,
            summary: text("a paper"),
            as_orally_amended,
            to_be_issued_as,
            themes: vec!["clearance".parse().unwrap()],
            on,
        },
    )
}

fn decided() -> impl Strategy<Value = Decided> {
    let verb = select(vec![Verb::Decided, Verb::TookNote, Verb::ExpressedAppreciation]);
    let whose = option::of(Just("7msp".parse().unwrap()));
    (ids(), whose, verb, vec(documents(), 0..2), states(), dates()).prop_map(
        |(id, meeting, verb, documents, states, on)| Decided {
            id,
            meeting,
            verb,
            summary: text("so and so"),
            themes: Vec::new(),
            documents,
            states,
            organisations: vec!["isu".parse().unwrap()],
            on,
        },
    )
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    let dissociation = (ids(), states(), dates()).prop_map(|(decision, states, on)| Dissociation {
        decision,
        states,
        summary: text("reads it otherwise"),
        on,
    });
    let count = || option::of(0..200u32);
    let counts = (count(), count(), count());
    let vote = (option::of(documents()), option::of(ids()), counts, dates()).prop_map(
        |(document, decision, (in_favour, against, abstained), on)| Vote {
            body: text("General Assembly"),
            document,
            decision,
            summary: text("so and so"),
            in_favour,
            against,
            abstained,
            on,
        },
    );
    let mandates = || select(vec!["budget", "review", "reports"]);
    let dues = select(vec!["", "at 8msp", "every year from 2017", "2018-07"]);
    let supersedes = vec(mandates().prop_map(|it| it.parse().unwrap()), 0..2);
    let mandate = (mandates(), ids(), dues, supersedes, any::<bool>(), dates()).prop_map(
        |(id, decision, due, supersedes, nobody, on)| {
            let mut it = mandate(id, decision.as_str(), due);
            it.organisations.truncate(usize::from(!nobody));
            Mandate { supersedes, on, ..it }
        },
    );
    let fulfilment = (mandates(), dates()).prop_map(|(id, on)| fulfilment(id, &on.to_string()));
    vec(
        prop_oneof![
            3 => mandate.prop_map(Command::Mandate),
            3 => fulfilment.prop_map(Command::Fulfil),
            2 => adoption().prop_map(Command::Adopt),
            2 => decided().prop_map(Command::Decide),
            3 => dissociation.prop_map(Command::Dissociate),
            1 => vote.prop_map(Command::Vote),
        ],
        0..40,
    )
}
