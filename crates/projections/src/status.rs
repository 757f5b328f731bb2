use std::collections::{BTreeMap, BTreeSet};

use chancery_kernel::StateCode;
use chancery_membership::Standing;
use jiff::civil::Date;
use serde::Serialize;

use crate::at::At;

/// How many States stand how towards the convention on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// States that have consented to be bound and have not withdrawn: in force and pending.
    pub bound: u32,
    /// States parties for which the convention is in force.
    pub in_force: u32,
    /// Bound States for which it is not yet in force.
    pub pending: u32,
    /// States that have signed and deposited nothing.
    pub signatories_only: u32,
    /// States that were bound and have withdrawn.
    pub withdrawn: u32,
}

/// A State that stands otherwise than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StandingChange {
    /// Which State.
    pub state: StateCode,
    /// How it stood; `None` if it had no part in the convention.
    pub before: Option<Standing>,
    /// How it stands; `None` if it has no part any more.
    pub now: Option<Standing>,
}

/// The States that stand otherwise than before, by their codes.
pub fn standing_changes(before: &Standings, now: &Standings) -> Vec<StandingChange> {
    let states: BTreeSet<StateCode> = before.keys().chain(now.keys()).copied().collect();
    let change = |state: StateCode| {
        let (before, now) = (before.get(&state).copied(), now.get(&state).copied());
        (before != now).then_some(StandingChange { state, before, now })
    };
    states.into_iter().filter_map(change).collect()
}

/// How each State stands that has a part in a convention.
pub type Standings = BTreeMap<StateCode, Standing>;

impl FromIterator<Standing> for Status {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        let mut status = Self::default();
        standings.into_iter().for_each(|standing| status.change(None, Some(standing)));
        status
    }
}

impl Status {
    /// A State stands otherwise than before; `None` is without a part in the convention.
    pub(crate) fn change(&mut self, before: Option<Standing>, now: Option<Standing>) {
        if let Some(count) = before.map(|it| self.count(it)) {
            *count = count.saturating_sub(1);
        }
        if let Some(count) = now.map(|it| self.count(it)) {
            *count += 1;
        }
        self.bound = self.pending + self.in_force;
    }

    fn count(&mut self, standing: Standing) -> &mut u32 {
        match standing {
            Standing::Signatory => &mut self.signatories_only,
            Standing::Pending => &mut self.pending,
            Standing::InForce => &mut self.in_force,
            Standing::Withdrawn => &mut self.withdrawn,
        }
    }
}

impl At<'_> {
    /// How many States stand how.
    pub fn status(&self) -> Status {
        self.view.parts.status(&self.view.state().membership, self.day)
    }

    /// The day on which the convention entered, or will enter, into force: counted from the
    /// instruments that had been deposited by the day asked about.
    pub fn entry_into_force(&self) -> Option<Date> {
        let membership = &self.view.state().membership;
        membership.last_instrument_on().filter(|last| *last <= self.day)?;
        membership.entry_into_force()
    }

    /// Every State that has a part in the convention, with how it stands.
    pub fn standings(&self) -> impl Iterator<Item = (StateCode, Standing)> {
        let parts = self.view.parts.all(&self.view.state().membership, self.day);
        parts.map(|(state, part)| (state, part.standing))
    }
}
