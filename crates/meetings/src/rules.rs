use chancery_kernel::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a convention says about its meetings: part of its profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MeetingRules")]
pub struct Rules {
    /// The kinds of formal meetings it knows.
    pub kinds: Vec<MeetingKind>,
}

/// A kind of formal meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingKind {
    /// Its short id: `msp`.
    pub id: Text,
    /// Its name: `Meeting of States Parties`.
    pub name: Text,
    /// The article that provides for it.
    pub article: Text,
}
