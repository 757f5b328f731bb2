use chancery_kernel::{ClockId, DateRange, ObligationId, PartialDate, StateCode};
use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;

use crate::event::{Completion, Declaration, ExtensionGrant, ExtensionRequest, Reopening};

/// One State's duty on one clock.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DutyKey {
    /// Who owes it.
    pub state: StateCode,
    /// What.
    pub obligation: ObligationId,
    /// The clock, where an event started it.
    pub clock: Option<ClockId>,
}

/// What is recorded of a duty, in the order of recording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duty {
    pub(crate) steps: Vector<Step>,
}

/// One fact about a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The State owes it.
    Declared(Arc<Declaration>),
    /// It asked for more time.
    Requested(Arc<ExtensionRequest>),
    /// It was given more time.
    Granted(Arc<ExtensionGrant>),
    /// It has done it.
    Completed(Arc<Completion>),
    /// It owes it again.
    Reopened(Arc<Reopening>),
}

/// A duty as it stood on a day: what was done later is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DutyAt<'a> {
    /// That the State owes it, where that is recorded.
    pub declared: Option<&'a Declaration>,
    /// The date that replaced the rule's: by extension or by reopening.
    pub until: Option<PartialDate>,
    /// How many extensions were granted.
    pub extensions: u16,
    /// Whether an extension set the date that stands.
    pub extended: bool,
    /// A request that is not yet decided.
    pub pending: Option<&'a ExtensionRequest>,
    /// That it is done.
    pub done: Option<&'a Completion>,
    /// When it was opened again last.
    pub reopened: Option<&'a Reopening>,
}

impl Duty {
    /// Every fact, in the order of recording.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter()
    }

    /// From when until when it was owed, as far as had been done by a day: from its declaration, and
    /// again from each reopening, until its completion.
    pub(crate) fn spans(&self, day: Date) -> Vec<(PartialDate, Option<Date>)> {
        let mut spans: Vec<(PartialDate, Option<Date>)> = Vec::new();
        for step in self.steps.iter().filter(|step| step.counts(day)) {
            match step {
                Step::Declared(it) => spans.push((it.on, None)),
                Step::Reopened(it) => spans.push((it.on, None)),
                Step::Completed(it) => {
                    if let Some(span) = spans.last_mut() {
                        span.1 = it.counts_from().map(|on| on.latest());
                    }
                }
                Step::Requested(_) | Step::Granted(_) => {}
            }
        }
        spans
    }

    /// How it stood on a day.
    pub fn at(&self, day: Date) -> DutyAt<'_> {
        let counting = self.steps.iter().filter(|step| step.counts(day));
        counting.fold(DutyAt::default(), DutyAt::after)
    }

    /// How it stands when everything recorded counts.
    pub(crate) fn now(&self) -> DutyAt<'_> {
        self.steps.iter().fold(DutyAt::default(), DutyAt::after)
    }
}

impl Step {
    /// Whether it counts on a day: one known to the month or the year counts from its first
    /// possible day.
    fn counts(&self, day: Date) -> bool {
        let on = match self {
            Self::Declared(it) => Some(it.on),
            Self::Requested(it) => it.counts_from(),
            Self::Granted(it) => Some(it.on),
            Self::Completed(it) => it.counts_from(),
            Self::Reopened(it) => Some(it.on),
        };
        on.is_some_and(|on| on.earliest() <= day)
    }
}

impl<'a> DutyAt<'a> {
    fn after(mut self, step: &'a Step) -> Self {
        match step {
            Step::Declared(it) => self.declared = Some(it),
            Step::Requested(it) => self.pending = Some(it),
            Step::Granted(it) => {
                self.until = Some(it.until);
                self.extensions = self.extensions.saturating_add(1);
                self.extended = true;
                self.pending = None;
            }
            Step::Completed(it) => {
                self.done = Some(it);
                self.pending = None;
            }
            Step::Reopened(it) => {
                self.done = None;
                self.reopened = Some(it);
                if it.due.is_some() {
                    self.until = it.due;
                    self.extended = false;
                }
            }
        }
        self
    }

    /// The date that stands, given the one that the rule gives.
    pub fn due(&self, by_rule: Option<DateRange>) -> Option<DateRange> {
        self.until.map(|until| until.range()).or(by_rule)
    }
}
