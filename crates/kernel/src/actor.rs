use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{OrganisationId, StateCode, Text};

/// Who acts, speaks or holds an office: a State or an organisation, and where the source names one,
/// the person with their capacity as printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Form")]
pub struct Actor {
    /// The State acted for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The organisation acted for, by its id in the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The person's name as printed, with title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Text>,
    /// The person's function as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Text>,
}

/// Why a description of an actor is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActorError {
    /// Neither a State nor an organisation.
    #[error("nobody is named; write `state: XXX` or `organisation: id`")]
    Nobody,
    /// Both at once.
    #[error("both a State and an organisation are named; keep the one that is acted for")]
    Both,
    /// A function without somebody who has it.
    #[error("a capacity is given, but no person; write `person: …` beside it")]
    CapacityAlone,
}

impl Actor {
    /// A State, no person named.
    pub fn state(state: StateCode) -> Self {
        Self { state: Some(state), organisation: None, person: None, capacity: None }
    }
}

/// The written form, before it is known to name exactly one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Actor")]
struct Form {
    /// The State acted for.
    state: Option<StateCode>,
    /// The organisation acted for, by its id in the profile.
    organisation: Option<OrganisationId>,
    /// The person's name as printed, with title.
    person: Option<Text>,
    /// The person's function as printed.
    capacity: Option<Text>,
}

impl TryFrom<Form> for Actor {
    type Error = ActorError;

    fn try_from(form: Form) -> Result<Self, ActorError> {
        let Form { state, organisation, person, capacity } = form;
        match (&state, &organisation) {
            (None, None) => return Err(ActorError::Nobody),
            (Some(_), Some(_)) => return Err(ActorError::Both),
            _ => {}
        }
        if capacity.is_some() && person.is_none() {
            return Err(ActorError::CapacityAlone);
        }
        Ok(Self { state, organisation, person, capacity })
    }
}
