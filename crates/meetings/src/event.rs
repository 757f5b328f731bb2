use chancery_kernel::{
    Actor, DocumentSymbol, MeetingId, OrganisationId, PartialDate, StateCode, Text, one_or_many,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

chancery_kernel::events! {
    /// What happened in the life of a meeting.
    Event in "meetings" {
        /// It was decided to hold it.
        Scheduled(Scheduling) = "scheduled" @ 1,
        /// Its dates or venue were set or changed.
        Rescheduled(Rescheduling) = "rescheduled" @ 1,
        /// It was called.
        Convened(Convocation) = "convened" @ 1,
        /// It was opened.
        Opened(Opening) = "opened" @ 1,
        /// Participants took part.
        Attended(Attendance) = "attended" @ 1,
        /// A plenary meeting was held.
        PlenaryHeld(Plenary) = "plenary_held" @ 1,
        /// Somebody spoke.
        Spoke(Speech) = "spoke" @ 1,
        /// A document was issued.
        Issued(Issue) = "issued" @ 1,
        /// Documents were considered.
        Considered(Consideration) = "considered" @ 1,
        /// It was closed.
        Closed(Closing) = "closed" @ 1,
    }
}

/// The decision to hold a meeting, with what was known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheduling {
    /// The meeting's id: `7msp`.
    pub meeting: MeetingId,
    /// Its kind, as the profile names it: `msp`.
    pub kind: Text,
    /// Its number among those of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u32>,
    /// Its title as printed.
    pub title: Text,
    /// How many days it shall last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Its first day, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_on: Option<PartialDate>,
    /// Its last day, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_on: Option<PartialDate>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<Venue>,
    /// Where instead, and on what condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative_venue: Option<AlternativeVenue>,
    /// When this was decided.
    pub on: PartialDate,
}

/// A change of a meeting's dates or venue. What is not named stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rescheduling {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_on: Option<PartialDate>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_on: Option<PartialDate>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<Venue>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// When this was set.
    pub on: PartialDate,
}

/// Where a meeting is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// The city.
    pub city: Text,
    /// The State.
    pub state: StateCode,
}

/// Where a meeting is held on a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlternativeVenue {
    /// The city.
    pub city: Text,
    /// The State.
    pub state: StateCode,
    /// The condition, in short.
    pub condition: Text,
}

/// The call to a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Convocation {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who called it.
    pub by: Actor,
    /// Who was invited, as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub invited: Vec<Text>,
    /// When.
    pub on: PartialDate,
}

/// The opening of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// When, as printed.
    pub on: PartialDate,
}

/// Participants of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Which meeting.
    pub meeting: MeetingId,
    /// In which category the source lists them.
    #[serde(rename = "as")]
    pub category: Category,
    /// The States.
    #[serde(
        default,
        alias = "state",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub states: Vec<StateCode>,
    /// The organisations, by their ids in the profile.
    #[serde(
        default,
        alias = "organisation",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub organisations: Vec<OrganisationId>,
    /// The rule of procedure under which they took part, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Text>,
    /// When.
    pub on: PartialDate,
}

/// The category in which a participant attends.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A State for which the convention is in force.
    StateParty,
    /// A State that is bound, but for which it is not yet in force.
    NotYetInForce,
    /// A State that has only signed.
    Signatory,
    /// Any other State.
    OtherState,
    /// An organisation.
    Organisation,
}

impl std::fmt::Display for Category {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::StateParty => "a State party",
            Self::NotYetInForce => "a State for which it is not yet in force",
            Self::Signatory => "a signatory",
            Self::OtherState => "another State",
            Self::Organisation => "an organisation",
        })
    }
}

/// One plenary meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plenary {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Its number, from 1.
    pub number: u32,
    /// How many the source says that there were in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// When, as printed.
    pub on: PartialDate,
}

/// A statement, message or presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    /// At which meeting.
    pub meeting: MeetingId,
    /// At which of its plenary meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plenary: Option<u32>,
    /// Of what form.
    pub form: SpeechForm,
    /// Who spoke.
    pub by: Actor,
    /// On whose behalf, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Text>,
    /// On what, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// When, as printed.
    pub on: PartialDate,
}

/// The form of a speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeechForm {
    /// A statement.
    Statement,
    /// A message that is delivered.
    Message,
    /// A presentation.
    Presentation,
}

/// A document that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Its symbol.
    pub document: DocumentSymbol,
    /// Its title.
    pub title: Text,
    /// The meeting that it was issued for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// The States that prepared or submitted it.
    #[serde(
        default,
        alias = "state",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub states: Vec<StateCode>,
    /// When, as far as it is known: often only the year in its symbol.
    pub on: PartialDate,
}

/// Documents that a meeting considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consideration {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The documents, one by one.
    #[serde(alias = "document", deserialize_with = "one_or_many")]
    pub documents: Vec<DocumentSymbol>,
    /// How the source names them, where it names a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_printed: Option<Text>,
    /// When.
    pub on: PartialDate,
}

/// The closing of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Which meeting.
    pub meeting: MeetingId,
    /// When.
    pub on: PartialDate,
}

impl Event {
    /// When it happened, as printed.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::Scheduled(it) => it.on,
            Self::Rescheduled(it) => it.on,
            Self::Convened(it) => it.on,
            Self::Opened(it) => it.on,
            Self::Attended(it) => it.on,
            Self::PlenaryHeld(it) => it.on,
            Self::Spoke(it) => it.on,
            Self::Issued(it) => it.on,
            Self::Considered(it) => it.on,
            Self::Closed(it) => it.on,
        }
    }

    /// The meeting that it belongs to.
    pub fn meeting(&self) -> Option<&MeetingId> {
        match self {
            Self::Scheduled(it) => Some(&it.meeting),
            Self::Rescheduled(it) => Some(&it.meeting),
            Self::Convened(it) => Some(&it.meeting),
            Self::Opened(it) => Some(&it.meeting),
            Self::Attended(it) => Some(&it.meeting),
            Self::PlenaryHeld(it) => Some(&it.meeting),
            Self::Spoke(it) => Some(&it.meeting),
            Self::Issued(it) => it.meeting.as_ref(),
            Self::Considered(it) => Some(&it.meeting),
            Self::Closed(it) => Some(&it.meeting),
        }
    }
}
