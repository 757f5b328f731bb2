use chancery_kernel::{Citation, DecisionId};
use chancery_projections::{DecisionAt, DissociationAt, VoteAt};

use crate::export::{
    cell::{codes, joined, maybe, maybe_number, names, place, symbol, text, truth, word},
    list::{Kind, ListOf, column},
};

pub(super) static DECISIONS: ListOf<DecisionAt> = ListOf {
    name: "decisions",
    view: "Decision",
    table: "decisions",
    about: "Every decision that had been taken, in the order of recording.",
    key: Some(&["code"]),
    items: |at| at.decisions(),
    columns: &[
        column("code", Kind::Text, "Its code.", |it| text(&it.id)),
        column("meeting", Kind::Meeting, "The meeting that took it.", |it| {
            maybe(it.meeting.as_ref())
        }),
        column("verb", Kind::Word, "The verb of the source: `decided`.", |it| word(&it.verb)),
        column(
            "weight",
            Kind::Word,
            "How much the verb binds: operative, hortatory or declaratory.",
            |it| word(&it.weight),
        ),
        column("summary", Kind::Text, "What, in short.", |it| text(&it.summary)),
        column("themes", Kind::Several, "What it is about, by ids in the profile.", |it| {
            joined(&it.themes)
        }),
        column("documents", Kind::Several, "The documents that it names or adopts.", |it| {
            joined(&it.documents)
        }),
        column("adopts", Kind::Truth, "Whether it adopts them.", |it| truth(it.adopts)),
        column(
            "as_orally_amended",
            Kind::Truth,
            "Whether the text was changed in the room.",
            |it| truth(it.as_orally_amended),
        ),
        column("to_be_issued_as", Kind::Text, "The symbol of the text to be issued.", |it| {
            maybe(it.to_be_issued_as.as_ref())
        }),
        column("state_codes", Kind::Several, "The States that it names.", |it| codes(&it.states)),
        column("state_names", Kind::Several, "Their names on the day.", |it| names(&it.states)),
        column("organisations", Kind::Several, "The organisations that it names.", |it| {
            joined(it.organisations.iter().map(|it| &it.name))
        }),
        column("taken_on", Kind::Date, "When.", |it| text(it.on)),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(it.source.as_ref())
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(it.source.as_ref())),
    ],
};

/// A dissociation with its decision.
pub(super) struct Apart {
    decision: DecisionId,
    source: Option<Citation>,
    it: DissociationAt,
}

pub(super) static DISSOCIATIONS: ListOf<Apart> = ListOf {
    name: "dissociations",
    view: "Dissociation",
    table: "dissociations",
    about: "Which State stood apart from which decision.",
    key: None,
    items: |at| {
        let of = |decision: DecisionAt| {
            let (id, source) = (decision.id, decision.source);
            let apart = decision.dissociations.into_iter();
            apart.map(move |it| Apart { decision: id.clone(), source: source.clone(), it })
        };
        at.decisions().into_iter().flat_map(of).collect()
    },
    columns: &[
        column("decision", Kind::Decision, "The code of the decision.", |it| text(&it.decision)),
        column("state_code", Kind::State, "Which State.", |it| text(it.it.state.code)),
        column("state_name", Kind::StateName, "Its name on the day.", |it| text(&it.it.state.name)),
        column("summary", Kind::Text, "In what and why, in short.", |it| text(&it.it.summary)),
        column("decision_symbol", Kind::Text, "The document that proves the decision.", |it| {
            symbol(it.source.as_ref())
        }),
        column("decision_place", Kind::Text, "The place in it.", |it| place(it.source.as_ref())),
    ],
};

pub(super) static VOTES: ListOf<VoteAt> = ListOf {
    name: "votes",
    view: "Vote",
    table: "votes",
    about: "Every vote that had been taken, in the order of recording.",
    key: None,
    items: |at| at.votes(),
    columns: &[
        column("body", Kind::Text, "The body that voted.", |it| text(&it.body)),
        column("document", Kind::Text, "The text voted on.", |it| maybe(it.document.as_ref())),
        column("decision", Kind::Decision, "The decision voted on.", |it| {
            maybe(it.decision.as_ref())
        }),
        column("summary", Kind::Text, "What it is, in short.", |it| text(&it.summary)),
        column("in_favour", Kind::Integer, "Votes in favour.", |it| maybe_number(it.in_favour)),
        column("against", Kind::Integer, "Votes against.", |it| maybe_number(it.against)),
        column("abstained", Kind::Integer, "Abstentions.", |it| maybe_number(it.abstained)),
        column("taken_on", Kind::Date, "When.", |it| text(it.on)),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(it.source.as_ref())
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(it.source.as_ref())),
    ],
};
