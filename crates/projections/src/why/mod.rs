//! Why a figure is what it is: the rule in one sentence, what it was computed from, and the events
//! behind it.
//!
//! The value comes from the projection that every reader asks; the reasons from the same states and
//! rules beneath it.

mod asked;
mod duty;
mod figure;
mod meeting;
mod money;
mod participant;
mod refused;
mod shares;
mod status;
mod term;

use std::{fmt::Display, sync::Arc};

use chancery_register::Recorded;

pub use figure::{Figure, Sharing, StatusFigure, TermFigure};
pub use refused::WhyRefused;

use crate::at::At;

/// Why a figure is what it is.
#[derive(Debug, Clone)]
pub struct Why {
    /// Which figure. Written as text, it can be asked for again.
    pub figure: Figure,
    /// What it is, in words; `None` is not known.
    pub value: Option<String>,
    /// The rule in one sentence, with its article or source.
    pub rule: String,
    /// The event that recorded the rule, where it stands in the profile.
    pub law: Option<Arc<Recorded>>,
    /// What it was computed from.
    pub inputs: Vec<Input>,
    /// The events that counted, in the order of recording.
    pub events: Vec<Arc<Recorded>>,
}

/// Something that a figure was computed from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Input {
    /// What it is.
    pub name: String,
    /// Its value, in words.
    pub value: String,
}

impl Why {
    fn new(figure: Figure, rule: impl Into<String>) -> Self {
        let rule = rule.into();
        Self { figure, value: None, rule, law: None, inputs: Vec::new(), events: Vec::new() }
    }

    fn value(mut self, value: impl Display) -> Self {
        self.value = Some(value.to_string());
        self
    }

    fn value_known(self, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.value(value),
            None => self,
        }
    }

    fn with(mut self, name: impl Into<String>, value: impl Display) -> Self {
        self.inputs.push(Input { name: name.into(), value: value.to_string() });
        self
    }

    fn with_known(self, name: impl Into<String>, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The rule stands in the profile as it is.
    fn by_profile(mut self, at: &At<'_>) -> Self {
        self.law = at.view.by_profile.last().and_then(|index| at.event(*index)).cloned();
        self
    }

    /// The rule stands in the profile as it was first recorded: amendments leave the rules on
    /// membership as they are.
    fn by_first_profile(mut self, at: &At<'_>) -> Self {
        self.law = at.view.by_profile.front().and_then(|index| at.event(*index)).cloned();
        self
    }

    /// Takes in events, as they were recorded, and what rectified them.
    fn rests_on(mut self, at: &At<'_>, events: impl IntoIterator<Item = Arc<Recorded>>) -> Self {
        let mut left: Vec<Arc<Recorded>> = events.into_iter().collect();
        while let Some(event) = left.pop() {
            let version = event.envelope.version;
            // A correction may have been corrected in its turn; each comes later than what it is
            // about, so this ends.
            let later = at.view.rectifications(version).filter(|it| it.envelope.version > version);
            left.extend(later.cloned());
            self.events.push(at.view.recorded(version).cloned().unwrap_or(event));
        }
        self.events.sort_by_key(|recorded| recorded.position);
        self.events.dedup_by_key(|recorded| recorded.position);
        self
    }
}
