use async_graphql::{ID, Object, Result, SimpleObject};
use chancery_decisions as decisions;
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::{DecisionId, DocumentSymbol, MeetingId, ThemeId};
use chancery_projections::{DecisionFound, DissociationAt, VoteAt};

use super::{
    dials::Asked,
    enums::{Verb, Weight},
    id::{Kind, global},
    page::{Connection, PageArgs, connect, int},
    participant::{Organisation, State},
    scalars::PartialDate,
    source::Source,
};

/// A decision.
pub(super) struct Decision {
    asked: Asked,
    found: DecisionFound,
}

impl Decision {
    /// A decision, with what its ids are made from.
    pub(super) fn new(asked: &Asked, found: DecisionFound) -> Self {
        Self { asked: asked.clone(), found }
    }

    fn known(&self) -> &decisions::Decision {
        &self.found.decision
    }
}

/// Something that the convention's members decided, recommended, noted and so on, at a meeting or
/// between meetings.
#[direct]
#[Object]
impl Decision {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Decision, &self.asked, self.known().id.as_str())
    }

    /// Its code, unique in its convention: `7msp-53`.
    async fn code(&self) -> &str {
        self.known().id.as_str()
    }

    /// The code of the meeting that took it; null for one taken between meetings.
    async fn meeting(&self) -> Option<&str> {
        self.known().meeting.as_ref().map(MeetingId::as_str)
    }

    /// The source's verb.
    async fn verb(&self) -> Verb {
        self.known().verb.into()
    }

    /// How much the verb binds.
    async fn weight(&self) -> Weight {
        self.known().verb.weight().into()
    }

    /// What, in short. Where this and the source differ, the source is right.
    async fn summary(&self) -> &str {
        &self.known().summary
    }

    /// What it is about: codes of themes in the profile.
    async fn themes(&self) -> Vec<&str> {
        self.known().themes.iter().map(ThemeId::as_str).collect()
    }

    /// Symbols of the documents that it names or adopts.
    async fn documents(&self) -> Vec<&str> {
        self.known().documents.iter().map(DocumentSymbol::as_str).collect()
    }

    /// Whether it adopts those documents.
    async fn adopts(&self) -> bool {
        self.known().adopts
    }

    /// Whether the adopted text was changed in the room.
    async fn as_orally_amended(&self) -> bool {
        self.known().as_orally_amended
    }

    /// The symbol under which the adopted text is to be issued.
    async fn to_be_issued_as(&self) -> Option<&str> {
        self.known().to_be_issued_as.as_ref().map(DocumentSymbol::as_str)
    }

    /// States that it names.
    async fn states(&self) -> Vec<State> {
        let at = self.asked.at();
        self.known().states.iter().map(|it| State::of(&self.asked, &at.state(*it))).collect()
    }

    /// Organisations that it names.
    async fn organisations(&self) -> Vec<Organisation> {
        let at = self.asked.at();
        let of = |id| Organisation::of(&self.asked, &at.organisation(id));
        self.known().organisations.iter().map(of).collect()
    }

    /// When it was taken, as precisely as that is known.
    async fn on(&self) -> PartialDate {
        PartialDate(self.known().on)
    }

    /// The States that stand apart from it: one entry for each.
    async fn dissociations(&self) -> Vec<Dissociation> {
        let dissociation = |it: &DissociationAt| Dissociation {
            state: State::of(&self.asked, &it.state),
            summary: it.summary.to_string(),
        };
        self.asked.at().dissociations(&self.found).iter().map(dissociation).collect()
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.asked.at().decision_source(&self.found).map(Source::from)
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
pub(super) struct Vote {
    asked: Asked,
    it: VoteAt,
}

impl Vote {
    /// A vote, with what its id is made from.
    pub(super) fn new(asked: &Asked, it: VoteAt) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// A vote, on a text of this convention or on one about it elsewhere. Numbers that the source does
/// not give are null, not nought.
#[direct]
#[Object]
impl Vote {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Vote, &self.asked, &self.it.version.to_string())
    }

    /// The body that voted, as printed.
    async fn body(&self) -> &str {
        &self.it.body
    }

    /// The symbol of the text voted on.
    async fn document(&self) -> Option<&str> {
        self.it.document.as_ref().map(DocumentSymbol::as_str)
    }

    /// The code of the decision voted on.
    async fn decision(&self) -> Option<&str> {
        self.it.decision.as_ref().map(DecisionId::as_str)
    }

    /// What it is, in short.
    async fn summary(&self) -> &str {
        &self.it.summary
    }

    /// How many voted in favour; null where the source gives no number.
    async fn in_favour(&self) -> Result<Option<i32>> {
        self.it.in_favour.map(int).transpose()
    }

    /// How many voted against; null where the source gives no number.
    async fn against(&self) -> Result<Option<i32>> {
        self.it.against.map(int).transpose()
    }

    /// How many abstained; null where the source gives no number.
    async fn abstained(&self) -> Result<Option<i32>> {
        self.it.abstained.map(int).transpose()
    }

    /// When, as precisely as that is known.
    async fn on(&self) -> PartialDate {
        PartialDate(self.it.on)
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.it.source.as_ref().map(Source::from)
    }
}

/// A page of decisions.
pub(super) fn decisions(
    asked: &Asked,
    found: Vec<DecisionFound>,
    page: &PageArgs,
) -> Result<Connection<Decision>> {
    let key = |found: &DecisionFound| found.decision.id.to_string();
    connect("decisions", found, key, page, |it| Decision::new(asked, it))
}
