use std::collections::BTreeMap;

use chancery_finance::Authority;
use chancery_kernel::{Citation, PartialDate, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

chancery_kernel::events! {
    /// What was done about earlier entries of the log.
    Event in "register" {
        /// An event was corrected or annulled.
        Rectified(Rectified) = "rectified" @ 1,
        /// A finding was looked into and set aside.
        Dismissed(Dismissed) = "dismissed" @ 1,
    }
}

/// An event of the same stream, named by what never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventRef {
    /// Its number in the convention, from 1.
    pub version: u64,
    /// Its type: `meetings.opened`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The number of the schema that the fields are named after.
    pub schema: u32,
    /// The place that it rests on.
    pub source: Citation,
}

/// An event's correction or annulment. The event stays in the log as it is; what is computed from
/// the log takes the corrected values from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rectified {
    /// Which event.
    pub event: EventRef,
    /// The fields that change, with their right values; null where the field falls away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub correct: BTreeMap<String, Value>,
    /// The same fields as the event has them; null where it has none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub printed: BTreeMap<String, Value>,
    /// The event counts for nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub annulled: bool,
    /// Why.
    pub reason: Text,
    /// Who decided it.
    pub authority: Authority,
    /// When it was decided.
    pub on: PartialDate,
}

/// A finding that was looked into and is none: what it found is right as it stands, or cannot be
/// put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismissed {
    /// The rule that found it: `date_outside_meeting`.
    pub rule: Text,
    /// The event that it is about.
    pub event: EventRef,
    /// Which of several, where the rule finds more than one thing in the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// Why it is dismissed.
    pub reason: Text,
    /// Who decided it.
    pub authority: Authority,
    /// When it was decided.
    pub on: PartialDate,
}

impl Event {
    /// When it was decided.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::Rectified(it) => it.on,
            Self::Dismissed(it) => it.on,
        }
    }

    /// Why.
    pub fn reason(&self) -> &str {
        match self {
            Self::Rectified(it) => &it.reason,
            Self::Dismissed(it) => &it.reason,
        }
    }

    /// The event that it is about.
    pub fn about(&self) -> &EventRef {
        match self {
            Self::Rectified(it) => &it.event,
            Self::Dismissed(it) => &it.event,
        }
    }
}
