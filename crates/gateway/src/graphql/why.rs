use async_graphql::{Enum, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_projections as projections;

use super::{
    dials::Asked,
    history::{Event, events},
    page::{Connection, PageArgs, cost},
};

/// Why a figure is what it is.
#[derive(Clone)]
pub(super) struct Why {
    asked: Asked,
    why: projections::Why,
}

/// Which figure of a State's part in the convention.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParticipantFigure {
    /// `standing`.
    Standing,
    /// `inForceFrom`.
    InForceFrom,
    /// `withdrawnOn`.
    WithdrawnOn,
}

/// Which figure of the reserve.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReserveFigure {
    /// `balance`.
    Balance,
    /// `shortfall`.
    Shortfall,
}

/// Something that a figure was computed from.
#[derive(SimpleObject, Direct)]
pub(super) struct Input {
    /// What it is: `instruments needed`.
    name: String,
    /// Its value, in words: `30`.
    value: String,
}

impl Why {
    /// A reason, with what its events are asked of.
    pub(super) fn of(asked: &Asked, why: projections::Why) -> Self {
        Self { asked: asked.clone(), why }
    }
}

/// Why a figure is what it is: the rule, what it was computed from, and the events behind it.
#[direct]
#[Object]
impl Why {
    /// Which figure, as `whyOf` and the program take it: `deadline MOZ clearance`.
    async fn figure(&self) -> String {
        self.why.figure.to_string()
    }

    /// What it is, in words; null is not known.
    async fn value(&self) -> Option<&str> {
        self.why.value.as_deref()
    }

    /// The rule in one sentence, with its article or source.
    async fn rule(&self) -> &str {
        &self.why.rule
    }

    /// The event that recorded the convention's profile, where the rule stands in it; null for a
    /// rule that no profile sets.
    async fn law(&self) -> Option<Event> {
        self.why.law.clone().map(|law| Event::of(&self.asked, law))
    }

    /// What it was computed from.
    async fn inputs(&self) -> Vec<Input> {
        let input =
            |it: &projections::Input| Input { name: it.name.clone(), value: it.value.clone() };
        self.why.inputs.iter().map(input).collect()
    }

    /// The events that counted, in the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn events(
        &self,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Event>> {
        let page = PageArgs { first, after, last, before };
        events(&self.asked, self.why.events.clone(), &page)
    }
}
