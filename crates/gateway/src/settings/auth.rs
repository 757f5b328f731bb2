use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Count, Oidc};

/// Who may write over GraphQL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Auth {
    /// The longest body that is read from who shows a key, in bytes: the facts of a whole report.
    pub body_bytes: Count<1_024, { 64 << 20 }>,
    /// Tokens of an identity provider (OpenID Connect), beside API keys. Without an issuer none count.
    pub oidc: Oidc,
}

impl Default for Auth {
    fn default() -> Self {
        Self { body_bytes: Count::clamped(1 << 20), oidc: Oidc::default() }
    }
}
