use std::sync::Arc;

use chancery_kernel::{PartialDate, StateCode, StateName, Text};
use imbl::{OrdMap, OrdSet, Vector};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    event::TerritoryChangeKind,
    rules::{Instrument, Rules},
};

/// What is known of every State's relation to one convention.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    rules: Option<Arc<Rules>>,
    participants: OrdMap<StateCode, Participant>,
    /// Deposits that count for entry into force, by day.
    counted: OrdSet<(Date, StateCode)>,
    /// What they come to: every question about a State asks for it.
    reached: Reached,
}

/// When the number of instruments was reached, and what follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    pub(crate) last_instrument_on: Option<Date>,
    pub(crate) entry_into_force: Option<Date>,
}

/// One State's relation to the convention.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Participant {
    /// The day of its signature.
    pub signed: Option<Date>,
    /// Its times of being bound, in order. A State that withdrew may join again.
    pub bonds: Vector<Bond>,
    /// Declarations of provisional application: day and articles.
    pub provisional: Vector<(Date, Text)>,
    /// Declarations: day and summary.
    pub declarations: Vector<(Date, Text)>,
    /// Declarations on territories: day, territory, change.
    pub territories: Vector<(PartialDate, Text, TerritoryChangeKind)>,
    /// Names in the depositary's list, by first day.
    pub names: OrdMap<Date, Text>,
}

/// One time of being bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bond {
    /// By what.
    pub instrument: Instrument,
    /// The day of the deposit.
    pub deposited: Date,
    /// Of a succession: the day from which it counts.
    pub from: Option<Date>,
    /// The entry into force that a source printed last.
    pub in_force_as_printed: Option<Date>,
    /// The day on which notice of withdrawal was received.
    pub withdrawal_notified: Option<Date>,
    /// The first day on which the State is no longer bound.
    pub withdrawn: Option<Date>,
}

/// How a State stands towards a convention on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Signed, and has deposited nothing.
    Signatory,
    /// Has deposited its instrument; the convention is not yet in force for it.
    Pending,
    /// A State party for which the convention is in force.
    InForce,
    /// Was bound, and withdrew.
    Withdrawn,
}

impl State {
    /// The rules of the convention, once its profile is recorded.
    pub fn rules(&self) -> Option<&Rules> {
        self.rules.as_deref()
    }

    /// The same participants under other rules.
    #[must_use]
    pub fn under(mut self, rules: Rules) -> Self {
        let counts = |bond: &Bond| rules.entry_into_force.counted.contains(&bond.instrument);
        self.counted = self
            .participants
            .iter()
            .flat_map(|(state, it)| {
                it.bonds.iter().filter(|b| counts(b)).map(|b| (b.deposited, *state))
            })
            .collect();
        self.rules = Some(Arc::new(rules));
        self.reached = self.reach();
        self
    }

    /// Every State that ever acted, by code.
    pub fn participants(&self) -> &OrdMap<StateCode, Participant> {
        &self.participants
    }

    /// How a State stands on a day; `None` if it has no part in the convention by then.
    pub fn standing(&self, state: StateCode, day: Date) -> Option<Standing> {
        let participant = self.participants.get(&state)?;
        let Some(bond) = participant.bond_at(day) else {
            return participant.signed.filter(|on| *on <= day).map(|_| Standing::Signatory);
        };
        Some(match self.in_force_from(bond) {
            _ if bond.withdrawn.is_some_and(|first_day_out| first_day_out <= day) => {
                Standing::Withdrawn
            }
            Some(from) if from <= day => Standing::InForce,
            _ => Standing::Pending,
        })
    }

    /// The day on which the convention enters into force for a State by this bond.
    pub fn in_force_from(&self, bond: &Bond) -> Option<Date> {
        Some(self.force(bond)?.on)
    }

    /// The name of a State on a day: the depositary's where it has its own, else the United
    /// Nations' short name.
    pub fn name_at(&self, state: StateCode, day: Date) -> StateName {
        let listed = self.participants.get(&state).and_then(|it| it.names.get_prev(&day));
        listed.map_or_else(
            || StateName::Usual(state.name_at(day)),
            |(_, name)| StateName::Listed(name.clone()),
        )
    }

    pub(crate) fn counted(&self) -> &OrdSet<(Date, StateCode)> {
        &self.counted
    }

    pub(crate) fn reached(&self) -> Reached {
        self.reached
    }

    pub(crate) fn participant_mut(&mut self, state: StateCode) -> &mut Participant {
        self.participants.entry(state).or_default()
    }

    pub(crate) fn bind(&mut self, state: StateCode, bond: Bond) {
        let counts = self
            .rules()
            .is_some_and(|rules| rules.entry_into_force.counted.contains(&bond.instrument));
        if counts {
            self.counted.insert((bond.deposited, state));
            self.reached = self.reach();
        }
        self.participant_mut(state).bonds.push_back(bond);
    }
}

impl Participant {
    /// The bond that a day falls into: the last one deposited by then.
    pub fn bond_at(&self, day: Date) -> Option<&Bond> {
        self.bonds.iter().rev().find(|bond| bond.start() <= day)
    }

    /// The bond by the deposit, or the notification, of a day.
    pub fn of(&self, deposited: Date) -> Option<&Bond> {
        self.bonds.iter().find(|bond| bond.deposited == deposited)
    }
}

impl Bond {
    /// The first day on which the State is bound by it.
    pub fn start(&self) -> Date {
        self.from.unwrap_or(self.deposited)
    }
}
