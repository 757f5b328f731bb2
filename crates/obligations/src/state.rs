use std::sync::Arc;

use chancery_kernel::{DateRange, ObligationId, PartialDate, StateCode};
use imbl::{OrdMap, Vector};
use jiff::civil::Date;

use crate::{
    duty::{Duty, DutyKey},
    event::Report,
    rules::{Clock, Rules, Starts},
};

/// What is known of every State's duties under one convention.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    rules: Arc<Rules>,
    in_force: OrdMap<StateCode, Date>,
    pub(crate) duties: OrdMap<DutyKey, Duty>,
    pub(crate) reports: OrdMap<ReportKey, Vector<Arc<Report>>>,
}

/// What makes a report one: the State, what it owes, the year that it covers. A State that withdrew
/// and came back may give the same one anew.
pub type ReportKey = (StateCode, ObligationId, Option<i16>);

impl State {
    /// The rules of the convention.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The same duties under other rules.
    #[must_use]
    pub fn under(mut self, rules: Rules) -> Self {
        self.rules = Arc::new(rules);
        self
    }

    /// The convention entered, or will enter, into force for a State on this day: from it the
    /// State's dates are counted.
    pub fn enter_into_force(&mut self, state: StateCode, day: Date) {
        if self.in_force.get(&state) != Some(&day) {
            self.in_force.insert(state, day);
        }
    }

    /// The day on which the convention entered, or will enter, into force for a State.
    pub fn in_force_from(&self, state: StateCode) -> Option<Date> {
        self.in_force.get(&state).copied()
    }

    /// Every duty of which something is recorded.
    pub fn duties(&self) -> &OrdMap<DutyKey, Duty> {
        &self.duties
    }

    /// Every report, by State, obligation and the year that it covers.
    pub fn reports(&self) -> &OrdMap<ReportKey, Vector<Arc<Report>>> {
        &self.reports
    }

    /// The report that a State handed in by a day, since the convention entered into force for it.
    pub(crate) fn report(&self, key: &ReportKey, in_force: Date, day: Date) -> Option<&Report> {
        let mut reports = self.reports.get(key)?.iter().rev();
        reports.find(|it| it.on.latest() >= in_force && it.on.earliest() <= day).map(|it| &**it)
    }

    /// The date that the rule gives for a duty that is done once; `None` while its clock has not
    /// started.
    pub(crate) fn by_rule(
        &self,
        clock: &Clock,
        in_force: Option<Date>,
        started: Option<PartialDate>,
    ) -> Option<DateRange> {
        Some(clock.due.once(start(clock, in_force, started)?)?.0)
    }

    /// The date of the obligation that comes before a yearly one.
    pub(crate) fn first(&self, id: &ObligationId, in_force: Option<Date>) -> Option<DateRange> {
        let before = self.rules.obligation(id)?;
        self.by_rule(before.clock(None)?, in_force, None)
    }

    /// The date that the rule gives for a duty that is done once, whatever was extended; `None`
    /// while its clock has not started.
    pub fn due_by_rule(&self, key: &DutyKey) -> Option<DateRange> {
        let clock = self.rules.obligation(&key.obligation)?.clock(key.clock.as_ref())?;
        let declared = self.duties.get(key).and_then(|duty| duty.now().declared);
        let started = declared.and_then(|it| it.started);
        self.by_rule(clock, self.in_force_from(key.state), started)
    }

    /// The date that stood on a day for a duty that is done once.
    pub fn due_at(&self, key: &DutyKey, day: Date) -> Option<DateRange> {
        let duty = self.duties.get(key).map(|duty| duty.at(day)).unwrap_or_default();
        duty.due(self.due_by_rule(key))
    }

    /// The date that stands for a duty that is done once, when everything recorded counts.
    pub(crate) fn due_now(&self, key: &DutyKey) -> Option<DateRange> {
        let duty = self.duties.get(key).map(Duty::now).unwrap_or_default();
        duty.due(self.due_by_rule(key))
    }
}

/// When a clock started.
pub(crate) fn start(
    clock: &Clock,
    in_force: Option<Date>,
    started: Option<PartialDate>,
) -> Option<PartialDate> {
    match clock.starts {
        Starts::EntryIntoForce => in_force.map(PartialDate::Day),
        Starts::Event { .. } => started,
    }
}
