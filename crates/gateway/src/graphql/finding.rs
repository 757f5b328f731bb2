use async_graphql::{ID, Object};
use chancery_gateway_macros::direct;
use chancery_projections as projections;

use super::{
    dials::Asked,
    enums::{FindingRule, FindingStanding},
    history::Event,
    id::{Kind, global},
    scalars::SafeInt,
    source::{Source, sources},
};

/// Two places that do not fit together.
pub(super) struct Finding {
    asked: Asked,
    it: projections::Finding,
}

impl Finding {
    /// A finding, with what its events are asked of.
    pub(super) fn of(asked: &Asked, it: projections::Finding) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// Two places that do not fit together. A finding never blocks: sources are recorded as printed.
#[direct]
#[Object]
impl Finding {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Finding, &self.asked, self.it.key.as_str())
    }

    /// Its name, the same for good: the rule, the number of the event in its convention, and what of
    /// it, where an event holds several.
    async fn key(&self) -> &str {
        self.it.key.as_str()
    }

    /// Which rule found it.
    async fn rule(&self) -> FindingRule {
        self.it.rule.into()
    }

    /// What the rule looks for, in one sentence.
    async fn rule_says(&self) -> &str {
        self.it.rule.says()
    }

    /// What does not fit, in one sentence.
    async fn message(&self) -> &str {
        &self.it.message
    }

    /// What would fit, where that can be said.
    async fn suggestion(&self) -> Option<&str> {
        self.it.suggestion.as_deref()
    }

    /// How it stands.
    async fn standing(&self) -> FindingStanding {
        self.it.standing.into()
    }

    /// The event that closed it or set it aside; null while it is open.
    async fn settled_by(&self) -> Option<Event> {
        self.it.settled.as_ref().map(|it| Event::of(&self.asked, it.event.clone()))
    }

    /// Why it was closed or set aside; null while it is open.
    async fn reason(&self) -> Option<&str> {
        self.it.settled.as_ref().map(|it| &*it.reason)
    }

    /// The position in the log of the event that does not fit.
    async fn position(&self) -> SafeInt {
        SafeInt(self.it.position)
    }

    /// The place that does not fit, then the one that it does not fit with.
    async fn places(&self) -> Vec<Source> {
        sources(&self.it.places)
    }

    /// The event that does not fit.
    async fn event(&self) -> Event {
        Event::of(&self.asked, self.it.events[0].clone())
    }

    /// The event that it does not fit with; the same where it contradicts itself.
    async fn against(&self) -> Event {
        Event::of(&self.asked, self.it.events[1].clone())
    }
}
