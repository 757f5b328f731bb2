use async_graphql::SimpleObject;
use chancery_projections as projections;

use super::{
    enums::FindingRule,
    scalars::SafeInt,
    source::{Source, sources},
};

/// Two places that do not fit together. A finding never blocks: sources are recorded as printed.
#[derive(SimpleObject)]
pub(super) struct Finding {
    /// Which rule found it.
    rule: FindingRule,
    /// What does not fit, in one sentence.
    message: String,
    /// The position in the log of the event that does not fit.
    position: SafeInt,
    /// The place that does not fit, then the one that it does not fit with, if that is recorded.
    places: Vec<Source>,
}

impl From<projections::Finding> for Finding {
    fn from(finding: projections::Finding) -> Self {
        Self {
            rule: finding.rule.into(),
            message: finding.message,
            position: SafeInt(finding.position),
            places: sources(&finding.places),
        }
    }
}
