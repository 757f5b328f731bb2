use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Address, Count, optional};

/// Figures for Prometheus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Metrics {
    /// Where /metrics is served, with /healthz and /readyz: an address and a port that the public
    /// cannot reach. Empty: nowhere.
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub listen: Option<Address>,
    /// How many operations are told apart by the names that clients give them; those beyond count
    /// as one.
    pub operations: Count<0, 10_000>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { listen: None, operations: Count::clamped(100) }
    }
}
