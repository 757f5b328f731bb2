use chancery_kernel::{
    DecisionId, DocumentSymbol, MandateId, MeetingId, OrganisationId, PartialDate, StateCode, Text,
    ThemeId,
};
use std::sync::Arc;

use imbl::{OrdMap, Vector};

use crate::{
    event::{Dissociation, Vote},
    mandate::MandateRecord,
    verb::Verb,
};

/// What is known of every decision of one convention.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    pub(crate) decisions: OrdMap<DecisionId, Arc<Decision>>,
    pub(crate) votes: Vector<Arc<Vote>>,
    pub(crate) mandates: OrdMap<MandateId, MandateRecord>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The meeting; `None` for one taken between meetings.
    pub meeting: Option<MeetingId>,
    /// The source's verb.
    pub verb: Verb,
    /// What, in short.
    pub summary: Text,
    /// What it is about.
    pub themes: Vec<ThemeId>,
    /// Documents that it names or adopts.
    pub documents: Vec<DocumentSymbol>,
    /// Whether the documents were adopted by it.
    pub adopts: bool,
    /// Whether an adopted text was changed in the room.
    pub as_orally_amended: bool,
    /// The symbol under which an adopted text is to be issued.
    pub to_be_issued_as: Option<DocumentSymbol>,
    /// States that it names.
    pub states: Vec<StateCode>,
    /// Organisations that it names.
    pub organisations: Vec<OrganisationId>,
    /// When.
    pub on: PartialDate,
    /// Who stood apart.
    pub dissociations: Vector<Arc<Dissociation>>,
}

impl State {
    /// Every decision, by id.
    pub fn decisions(&self) -> &OrdMap<DecisionId, Arc<Decision>> {
        &self.decisions
    }

    /// Every vote, in the order of recording.
    pub fn votes(&self) -> &Vector<Arc<Vote>> {
        &self.votes
    }

    /// Every mandate, by id.
    pub fn mandates(&self) -> &OrdMap<MandateId, MandateRecord> {
        &self.mandates
    }
}
