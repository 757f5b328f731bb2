//! What a source prints, where that matters beside what it says: by which name it calls somebody or
//! something. A name that is not the register's own is a finding.

use chancery_kernel::{MeetingId, OfficeId, OrganisationId, PartialDate, StateCode, Text, ThemeId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

chancery_kernel::events! {
    /// What a source prints.
    Event in "sources" {
        /// It calls somebody or something by a name.
        Named(Naming) = "named" @ 1,
    }
}

chancery_kernel::commands! {
    /// What somebody asks to record about a source's print.
    Command {
        /// A source calls somebody or something by this name.
        Name(Naming) = "named",
    }
}

/// The name by which a source calls a State, an organisation, an office, a theme or a meeting: one of
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Form")]
pub struct Naming {
    /// The State that is called so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The organisation that is called so, by its id in the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The office that is called so, as the profile names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// The meeting whose office it is, for an office of a meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<MeetingId>,
    /// The theme that is called so, as the profile names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeId>,
    /// The meeting that is called so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// The name, to the letter.
    #[serde(rename = "as")]
    pub printed: Text,
    /// The day of the source.
    pub on: PartialDate,
}

/// Why a naming is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NamingError {
    /// No bearer of the name.
    #[error(
        "nobody bears this name; write one of `state`, `organisation`, `office`, `theme` and `meeting` beside it"
    )]
    Nobody,
    /// More than one bearer.
    #[error("one name is of one bearer; write another entry for each of the others")]
    Several,
    /// A meeting's office that is none.
    #[error("`of` says whose office it is, and no office is named; write `office: …` beside it")]
    OfWithoutOffice,
}

/// The name by which a source calls a State, an organisation, an office, a theme or a meeting: one of
/// them.
// The written form, before it is known to name exactly one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Naming")]
struct Form {
    /// The State that is called so.
    state: Option<StateCode>,
    /// The organisation that is called so, by its id in the profile.
    organisation: Option<OrganisationId>,
    /// The office that is called so, as the profile names it.
    office: Option<OfficeId>,
    /// The meeting whose office it is, for an office of a meeting.
    of: Option<MeetingId>,
    /// The theme that is called so, as the profile names it.
    theme: Option<ThemeId>,
    /// The meeting that is called so.
    meeting: Option<MeetingId>,
    /// The name, to the letter.
    #[serde(rename = "as")]
    printed: Text,
    /// The day of the source.
    on: PartialDate,
}

impl TryFrom<Form> for Naming {
    type Error = NamingError;

    fn try_from(form: Form) -> Result<Self, NamingError> {
        let Form { state, organisation, office, of, theme, meeting, printed, on } = form;
        if of.is_some() && office.is_none() {
            return Err(NamingError::OfWithoutOffice);
        }
        let bearers = [
            state.is_some(),
            organisation.is_some(),
            office.is_some(),
            theme.is_some(),
            meeting.is_some(),
        ];
        match bearers.into_iter().filter(|named| *named).count() {
            0 => Err(NamingError::Nobody),
            1 => Ok(Self { state, organisation, office, of, theme, meeting, printed, on }),
            _ => Err(NamingError::Several),
        }
    }
}

impl Event {
    /// The day of the source.
    pub fn on(&self) -> PartialDate {
        let Self::Named(it) = self;
        it.on
    }

    /// The meeting that is named, or whose office is.
    pub fn meeting(&self) -> Option<&MeetingId> {
        let Self::Named(it) = self;
        it.meeting.as_ref().or(it.of.as_ref())
    }
}
