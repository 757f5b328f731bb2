use chancery_kernel::{
    DecisionId, DocumentSymbol, MeetingId, OrganisationId, PartialDate, StateCode, Text, ThemeId,
    one_or_many,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    mandate::{Fulfilment, Mandate},
    verb::Verb,
};

chancery_kernel::events! {
    /// What was decided.
    Event in "decisions" {
        /// A document was adopted, approved or confirmed.
        Adopted(Adoption) = "adopted" @ 1,
        /// Something was decided, recommended, noted and so on.
        Decided(Decided) = "decided" @ 1,
        /// States put on record that they stand apart from a decision.
        Dissociated(Dissociation) = "dissociated" @ 1,
        /// A vote was taken.
        Voted(Vote) = "voted" @ 1,
        /// A decision gives somebody something to do.
        Mandated(Mandate) = "mandated" @ 1,
        /// It was done.
        Fulfilled(Fulfilment) = "fulfilled" @ 1,
    }
}

/// A meeting makes a document its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// The decision's id.
    pub id: DecisionId,
    /// Which meeting.
    pub meeting: MeetingId,
    /// In which word; `adopted` when it is not said.
    #[serde(default)]
    pub verb: AdoptionVerb,
    /// The documents.
    #[serde(alias = "document", deserialize_with = "one_or_many")]
    pub documents: Vec<DocumentSymbol>,
    /// What they are, in short.
    pub summary: Text,
    /// Whether the text was changed in the room.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_orally_amended: bool,
    /// The symbol under which the adopted text is to be issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_be_issued_as: Option<DocumentSymbol>,
    /// What it is about.
    #[serde(
        default,
        alias = "theme",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub themes: Vec<ThemeId>,
    /// When.
    pub on: PartialDate,
}

/// The word by which a document is made the meeting's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdoptionVerb {
    /// Adopted.
    #[default]
    Adopted,
    /// Approved.
    Approved,
    /// Confirmed.
    Confirmed,
}

/// Anything else that a meeting decided, recommended, noted and so on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The decision's id.
    pub id: DecisionId,
    /// Which meeting; absent for a decision between meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// The source's verb.
    pub verb: Verb,
    /// What, in short and in your own words.
    pub summary: Text,
    /// What it is about.
    #[serde(
        default,
        alias = "theme",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub themes: Vec<ThemeId>,
    /// Documents that it names.
    #[serde(
        default,
        alias = "document",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub documents: Vec<DocumentSymbol>,
    /// States that it names.
    #[serde(
        default,
        alias = "state",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub states: Vec<StateCode>,
    /// Organisations that it names.
    #[serde(
        default,
        alias = "organisation",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub organisations: Vec<OrganisationId>,
    /// When.
    pub on: PartialDate,
}

/// States put on record that they stand apart from a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dissociation {
    /// From which decision.
    pub decision: DecisionId,
    /// Who.
    #[serde(alias = "state", deserialize_with = "one_or_many")]
    pub states: Vec<StateCode>,
    /// In what and why, in short.
    pub summary: Text,
    /// When.
    pub on: PartialDate,
}

/// A vote, on a text of this convention or on one about it elsewhere. Numbers that the source does
/// not give are unknown, not nought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// The body that voted, as printed.
    pub body: Text,
    /// The text voted on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentSymbol>,
    /// The decision voted on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionId>,
    /// What it is, in short.
    pub summary: Text,
    /// Votes in favour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_favour: Option<u32>,
    /// Votes against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<u32>,
    /// Abstentions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abstained: Option<u32>,
    /// When.
    pub on: PartialDate,
}

impl Event {
    /// When it was done.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::Adopted(it) => it.on,
            Self::Decided(it) => it.on,
            Self::Dissociated(it) => it.on,
            Self::Voted(it) => it.on,
            Self::Mandated(it) => it.on,
            Self::Fulfilled(it) => it.on,
        }
    }

    /// The meeting that did it.
    pub fn meeting(&self) -> Option<&MeetingId> {
        match self {
            Self::Adopted(it) => Some(&it.meeting),
            Self::Decided(it) => it.meeting.as_ref(),
            Self::Dissociated(_) | Self::Voted(_) | Self::Mandated(_) | Self::Fulfilled(_) => None,
        }
    }
}
