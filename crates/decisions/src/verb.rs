use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The verb by which a source says what a meeting did.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is the word itself
pub enum Verb {
    Acknowledged,
    Adopted,
    Agreed,
    Applauded,
    Approved,
    Commended,
    Condemned,
    Confirmed,
    Congratulated,
    Considered,
    Decided,
    Designated,
    Determined,
    Encouraged,
    ExpressedAppreciation,
    ExpressedConcern,
    Heard,
    Identified,
    Noted,
    Recalled,
    Recognized,
    Recommended,
    TookNote,
    Underlined,
    Welcomed,
}

/// How much a verb binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Settles something: decided, adopted, approved, agreed, determined.
    Operative,
    /// Asks for something: recommended, encouraged, underlined.
    Hortatory,
    /// Says what the meeting thinks or saw: noted, welcomed, commended, condemned.
    Declaratory,
}

impl Verb {
    /// How much the verb binds.
    pub fn weight(self) -> Weight {
        match self {
            Self::Adopted
            | Self::Agreed
            | Self::Approved
            | Self::Confirmed
            | Self::Decided
            | Self::Designated
            | Self::Determined => Weight::Operative,
            Self::Encouraged | Self::Recommended | Self::Underlined => Weight::Hortatory,
            _ => Weight::Declaratory,
        }
    }
}
