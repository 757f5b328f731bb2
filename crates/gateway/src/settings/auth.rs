use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Count;

/// Who may write over GraphQL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Auth {
    /// The longest body that is read from who shows a key, in bytes: the facts of a whole report.
    pub body_bytes: Count<1_024, { 64 << 20 }>,
}

impl Default for Auth {
    fn default() -> Self {
        Self { body_bytes: Count::clamped(1 << 20) }
    }
}
