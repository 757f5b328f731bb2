use async_graphql::{ID, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::{DocumentSymbol, ThemeId};
use chancery_projections::{DecisionAt, DissociationAt, VoteAt};

use super::{
    enums::{Verb, Weight},
    page::{Connection, PageArgs, connect, int},
    participant::{Organisation, State, states},
    scalars::PartialDate,
    source::Source,
};

/// A decision.
pub(super) struct Decision(pub(super) DecisionAt);

/// Something that the convention's members decided, recommended, noted and so on, at a meeting or
/// between meetings.
#[direct]
#[Object]
impl Decision {
    /// Its id, unique in its convention: `7msp-53`.
    async fn id(&self) -> ID {
        self.0.id.as_str().into()
    }

    /// The id of the meeting that took it; null for one taken between meetings.
    async fn meeting(&self) -> Option<ID> {
        self.0.meeting.as_ref().map(|meeting| meeting.as_str().into())
    }

    /// The source's verb.
    async fn verb(&self) -> Verb {
        self.0.verb.into()
    }

    /// How much the verb binds.
    async fn weight(&self) -> Weight {
        self.0.weight.into()
    }

    /// What, in short. Where this and the source differ, the source is right.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// What it is about: ids of themes in the profile.
    async fn themes(&self) -> Vec<&str> {
        self.0.themes.iter().map(ThemeId::as_str).collect()
    }

    /// Symbols of the documents that it names or adopts.
    async fn documents(&self) -> Vec<&str> {
        self.0.documents.iter().map(DocumentSymbol::as_str).collect()
    }

    /// Whether it adopts those documents.
    async fn adopts(&self) -> bool {
        self.0.adopts
    }

    /// Whether the adopted text was changed in the room.
    async fn as_orally_amended(&self) -> bool {
        self.0.as_orally_amended
    }

    /// The symbol under which the adopted text is to be issued.
    async fn to_be_issued_as(&self) -> Option<&str> {
        self.0.to_be_issued_as.as_ref().map(DocumentSymbol::as_str)
    }

    /// States that it names.
    async fn states(&self) -> Vec<State> {
        states(&self.0.states)
    }

    /// Organisations that it names.
    async fn organisations(&self) -> Vec<Organisation> {
        self.0.organisations.iter().map(Organisation::from).collect()
    }

    /// When it was taken, as precisely as that is known.
    async fn on(&self) -> PartialDate {
        PartialDate(self.0.on)
    }

    /// The States that stand apart from it: one entry for each.
    async fn dissociations(&self) -> Vec<Dissociation> {
        self.0.dissociations.iter().map(Dissociation::from).collect()
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.0.source.as_ref().map(Source::from)
    }
}

/// A State that stands apart from a decision.
#[derive(SimpleObject, Direct)]
pub(super) struct Dissociation {
    /// Which State.
    state: State,
    /// In what and why, in short.
    summary: String,
}

/// A vote.
pub(super) struct Vote(pub(super) VoteAt);

/// A vote, on a text of this convention or on one about it elsewhere. Numbers that the source does
/// not give are null, not nought.
#[direct]
#[Object]
impl Vote {
    /// The body that voted, as printed.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// The symbol of the text voted on.
    async fn document(&self) -> Option<&str> {
        self.0.document.as_ref().map(DocumentSymbol::as_str)
    }

    /// The id of the decision voted on.
    async fn decision(&self) -> Option<ID> {
        self.0.decision.as_ref().map(|it| it.as_str().into())
    }

    /// What it is, in short.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// Votes in favour.
    async fn in_favour(&self) -> Result<Option<i32>> {
        self.0.in_favour.map(int).transpose()
    }

    /// Votes against.
    async fn against(&self) -> Result<Option<i32>> {
        self.0.against.map(int).transpose()
    }

    /// Abstentions.
    async fn abstained(&self) -> Result<Option<i32>> {
        self.0.abstained.map(int).transpose()
    }

    /// When, as precisely as that is known.
    async fn on(&self) -> PartialDate {
        PartialDate(self.0.on)
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.0.source.as_ref().map(Source::from)
    }
}

impl From<&DissociationAt> for Dissociation {
    fn from(it: &DissociationAt) -> Self {
        Self { state: (&it.state).into(), summary: it.summary.clone() }
    }
}

/// A page of decisions.
pub(super) fn decisions(
    decisions: Vec<DecisionAt>,
    page: &PageArgs,
) -> Result<Connection<Decision>> {
    let key = |decision: &DecisionAt| decision.id.to_string();
    connect("decisions", decisions, key, page, Decision)
}
