use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::optional;

/// Serving by HTTPS alone. Where a proxy does that, leave both empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// The file of the certificate and those that lead from it to one that clients know, in PEM.
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub certificate: Option<PathBuf>,
    /// The file of its private key, in PEM.
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub key: Option<PathBuf>,
}
