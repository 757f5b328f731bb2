//! What contradicts what. A finding never blocks: the source is recorded as printed, and both
//! places are named. Every rule looks at what is recorded, so a new rule finds old mistakes; what is
//! not known for certain is no finding.

mod attendance;
mod dates;
mod documents;
mod duties;
mod force;
mod money;
mod names;
mod offices;
mod order;
mod people;
mod rule;
mod standing;

use std::sync::Arc;

use chancery_kernel::{Citation, StateCode, StateName};
use chancery_register::Recorded;
use serde::Serialize;

pub use rule::{FindingRule, UnknownRule};
pub use standing::{FindingStanding, IdleDismissal, Settlement};

use crate::view::View;

/// Two places that do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its name, the same for good: the rule, the number of the event in its convention, and what of
    /// it, where an event holds several.
    pub key: String,
    /// Which rule found it.
    pub rule: FindingRule,
    /// What does not fit, in one sentence.
    pub message: String,
    /// What would fit, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// The position of the event that does not fit.
    pub position: u64,
    /// The place that does not fit, then the one that it does not fit with.
    pub places: [Citation; 2],
    /// How it stands.
    pub standing: FindingStanding,
    /// By what it was closed or set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settlement>,
    /// The events of the two places.
    #[serde(skip)]
    pub events: [Arc<Recorded>; 2],
    /// What of the event it is about, where that may hold several.
    #[serde(skip)]
    pub subject: Option<String>,
}

/// A contradiction as a rule sees it.
struct Contradiction<'a> {
    rule: FindingRule,
    /// The event that does not fit.
    event: &'a Arc<Recorded>,
    /// The one that it does not fit with: the same, where it contradicts itself.
    against: &'a Arc<Recorded>,
    /// What of the event, where it may hold several.
    subject: Option<String>,
    message: String,
    suggestion: Option<String>,
}

type Rule = for<'a> fn(&'a View) -> Vec<Contradiction<'a>>;

const RULES: [Rule; 11] = [
    dates::outside_or_too_early,
    dates::lengths,
    duties::check,
    attendance::check,
    force::check,
    documents::check,
    money::check,
    names::check,
    offices::check,
    order::check,
    people::check,
];

/// Every contradiction in the events of a view, as they count there.
fn contradictions(view: &View) -> Vec<Finding> {
    RULES.iter().flat_map(|rule| rule(view)).map(Finding::from).collect()
}

impl View {
    /// The event that holds the law as it stands: what a fact contradicts that breaks a rule.
    fn law<'a>(&'a self, otherwise: &'a Arc<Recorded>) -> &'a Arc<Recorded> {
        let law = self.by_profile.last().and_then(|index| self.events().get(*index));
        law.unwrap_or(otherwise)
    }

    /// The event that holds the law on who is bound from when: amendments leave it as it is.
    fn first_law<'a>(&'a self, otherwise: &'a Arc<Recorded>) -> &'a Arc<Recorded> {
        let law = self.by_profile.front().and_then(|index| self.events().get(*index));
        law.unwrap_or(otherwise)
    }

    /// The name of a State on the day of an event, as a message tells it.
    fn called(&self, state: StateCode, at: &Recorded) -> StateName {
        self.at(at.envelope.effective.latest()).name(state)
    }
}

impl<'a> Contradiction<'a> {
    fn new(
        rule: FindingRule,
        event: &'a Arc<Recorded>,
        against: &'a Arc<Recorded>,
        message: String,
    ) -> Self {
        Self { rule, event, against, subject: None, message, suggestion: None }
    }

    /// What of the event it is about.
    fn about(self, subject: &impl ToString) -> Self {
        Self { subject: Some(subject.to_string()), ..self }
    }

    fn suggesting(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }
}

impl From<Contradiction<'_>> for Finding {
    fn from(it: Contradiction<'_>) -> Self {
        let subject = it.subject.as_ref().map(|it| format!("/{it}")).unwrap_or_default();
        let place = |of: &Arc<Recorded>| of.envelope.source.clone();
        Self {
            key: format!("{}:{}{subject}", it.rule.id(), it.event.envelope.version),
            rule: it.rule,
            message: it.message,
            suggestion: it.suggestion,
            position: it.event.position,
            places: [place(it.event), place(it.against)],
            standing: FindingStanding::Open,
            settled: None,
            events: [it.event.clone(), it.against.clone()],
            subject: it.subject,
        }
    }
}
