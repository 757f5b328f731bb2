use chancery_kernel::{
    Actor, MeetingId, OfficeId, OrganisationId, PartialDate, StateCode, Text, ThemeId, When,
    one_or_many,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

chancery_kernel::events! {
    /// What happened to an office.
    Event in "offices" {
        /// Somebody was elected.
        Elected(Appointment) = "elected" @ 1,
        /// Somebody was designated for a later meeting.
        Designated(Appointment) = "designated" @ 1,
        /// Somebody was confirmed, or served as the source says.
        Confirmed(Appointment) = "confirmed" @ 1,
        /// Somebody took the place of a holder.
        Succeeded(Succession) = "succeeded" @ 1,
        /// A term ended before its time.
        Ended(Ending) = "ended" @ 1,
    }
}

/// How somebody came to an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// Which office, as the profile names it.
    pub office: OfficeId,
    /// The theme, for an office that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeId>,
    /// The meeting that elected, designated or confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// The meeting whose office it is, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<MeetingId>,
    /// The States that hold it.
    #[serde(
        default,
        alias = "state",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub states: Vec<StateCode>,
    /// The organisation whose person holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The person, with title, as printed. Only with a single holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Text>,
    /// The person's function as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Text>,
    /// In which manner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Manner>,
    /// The first day of the term; the day of the appointment when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<When>,
    /// The last day of the term; open when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
    /// When this was done.
    pub on: PartialDate,
}

/// The manner in which an office is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// By acclamation.
    Acclamation,
    /// By consensus.
    Consensus,
    /// By a vote.
    Vote,
    /// The meeting "welcomed" the holder, which is in effect an appointment.
    Welcome,
    /// Between meetings, nobody having objected in time.
    SilenceProcedure,
}

/// Somebody takes the place of a holder for the rest of the term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OfficeSuccession")]
pub struct Succession {
    /// Which office.
    pub office: OfficeId,
    /// The theme, for an office that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeId>,
    /// The meeting whose office it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<MeetingId>,
    /// The State that held it.
    pub predecessor: StateCode,
    /// Who holds it from now on: often another person of the same State.
    pub successor: Actor,
    /// The first day.
    pub on: PartialDate,
}

/// A term that ends before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Which office.
    pub office: OfficeId,
    /// The theme, for an office that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeId>,
    /// The meeting whose office it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<MeetingId>,
    /// The State that held it.
    pub state: StateCode,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// The last day.
    pub on: PartialDate,
}

impl Event {
    /// When it was done.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::Elected(it) | Self::Designated(it) | Self::Confirmed(it) => it.on,
            Self::Succeeded(it) => it.on,
            Self::Ended(it) => it.on,
        }
    }

    /// The meeting that did it, or whose office it is.
    pub fn meeting(&self) -> Option<&MeetingId> {
        match self {
            Self::Elected(it) | Self::Designated(it) | Self::Confirmed(it) => {
                it.meeting.as_ref().or(it.of.as_ref())
            }
            Self::Succeeded(it) => it.of.as_ref(),
            Self::Ended(it) => it.of.as_ref(),
        }
    }
}
