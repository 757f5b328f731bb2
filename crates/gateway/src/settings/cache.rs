use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Count;

/// What is kept in memory to be given again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Cache {
    /// What serialised answers may come to, in bytes; 0 keeps none.
    pub answer_bytes: Count<0, { 64 << 30 }>,
    /// What queries that clients name by their hash may come to, in bytes.
    pub query_bytes: Count<0, { 1 << 30 }>,
}

impl Default for Cache {
    fn default() -> Self {
        Self { answer_bytes: Count::clamped(32 << 20), query_bytes: Count::clamped(4 << 20) }
    }
}
