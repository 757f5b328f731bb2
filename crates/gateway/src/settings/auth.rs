use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may write. Nobody, so far: everything is recorded by the program.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Auth {}
