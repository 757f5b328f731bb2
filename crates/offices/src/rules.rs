use chancery_kernel::{OfficeId, Text, ThemeId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The offices and themes of work that a convention has: part of its profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OfficeRules")]
pub struct Rules {
    /// The offices.
    pub offices: Vec<OfficeRule>,
    /// The themes that coordinators work on and decisions are about.
    pub themes: Vec<Theme>,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeRule {
    /// Its id: `vice_president`.
    pub id: OfficeId,
    /// Its name: `Vice-President`.
    pub name: Text,
    /// What it is an office of.
    pub seat: Seat,
    /// Who may hold it.
    pub holder: Holder,
}

/// A theme of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its id: `victim_assistance`.
    pub id: ThemeId,
    /// Its name.
    pub name: Text,
}

/// What an office is an office of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// One meeting: its President, its Secretary.
    Meeting,
    /// The convention between meetings: a coordinator.
    Convention,
}

/// Who may hold an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// Only a State for which the convention is in force on the day of the appointment.
    StateParty,
    /// Anybody.
    Anybody,
}

impl Rules {
    /// The rule on an office.
    pub fn office(&self, id: &OfficeId) -> Option<&OfficeRule> {
        self.offices.iter().find(|office| office.id == *id)
    }

    /// A theme.
    pub fn theme(&self, id: &ThemeId) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == *id)
    }
}
