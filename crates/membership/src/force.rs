//! Entry into force, counted by the day: two deposits on the day of the last instrument are both
//! in time, and no order between them needs to be known.

use jiff::{Span, civil::Date};

use crate::{
    rules::{Between, Delay, LaterThan},
    state::{Bond, Reached, State},
};

/// When the convention enters into force for a State, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Force {
    /// The day.
    pub on: Date,
    /// By what.
    pub by: ForceBy,
}

/// What gives the day on which the convention enters into force for a State.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForceBy {
    /// The convention's own entry into force: the deposit was made by the day on which the number
    /// of instruments was reached.
    Convention,
    /// The State's own deposit, which came later.
    Deposit,
    /// The convention's own entry into force: counted from its own deposit, the State would come
    /// before it.
    NotBeforeConvention,
    /// A reading of the text, which says nothing of a deposit between the last instrument and the
    /// convention's own entry into force ([`LaterThan`]).
    Reading,
    /// The day from which a succession counts, or the convention's own entry into force if that is
    /// later.
    Succession,
}

impl State {
    /// The day on which the number of instruments was reached.
    pub fn last_instrument_on(&self) -> Option<Date> {
        self.reached().last_instrument_on
    }

    /// The day on which the convention entered, or will enter, into force.
    pub fn entry_into_force(&self) -> Option<Date> {
        self.reached().entry_into_force
    }

    /// Counts the instruments.
    pub(crate) fn reach(&self) -> Reached {
        let last = self.rules().and_then(|rules| {
            let needed = usize::try_from(rules.entry_into_force.instruments).ok()?;
            self.counted().iter().nth(needed.checked_sub(1)?).map(|(on, _)| *on)
        });
        let delay = self.rules().map(|rules| rules.entry_into_force.delay);
        let entry_into_force = last.zip(delay).and_then(|(last, delay)| delayed(last, delay));
        Reached { last_instrument_on: last, entry_into_force }
    }

    /// When the convention enters into force for a State by this bond, and by what; `None` while
    /// the convention itself has no such day.
    pub fn force(&self, bond: &Bond) -> Option<Force> {
        match bond.from {
            Some(from) => {
                let on = from.max(self.entry_into_force()?);
                Some(Force { on, by: ForceBy::Succession })
            }
            None => self.force_after(bond.deposited),
        }
    }

    /// When the convention enters into force for a State that deposits on a day, and by what; `None`
    /// while the convention itself has no such day.
    pub fn force_after(&self, deposit: Date) -> Option<Force> {
        let (treaty, later) = (self.entry_into_force()?, &self.rules()?.later_states);
        if deposit <= self.last_instrument_on()? {
            return Some(Force { on: treaty, by: ForceBy::Convention });
        }
        let own = delayed(deposit, later.delay)?;
        let (on, by) = match &later.than {
            LaterThan::EntryIntoForce { between, .. } if deposit < treaty => match between {
                Between::OwnDeposit => (own.max(treaty), ForceBy::Reading),
                Between::WithConvention => (treaty, ForceBy::Reading),
            },
            _ if own < treaty => (treaty, ForceBy::NotBeforeConvention),
            _ => (own, ForceBy::Deposit),
        };
        Some(Force { on, by })
    }
}

/// The day that lies a treaty's delay after another; `None` past the end of the calendar.
pub fn delayed(from: Date, delay: Delay) -> Option<Date> {
    let span = Span::new();
    match delay {
        Delay::FirstDayOfMonth(months) => {
            from.first_of_month().checked_add(span.try_months(months).ok()?).ok()
        }
        Delay::Days(days) => from.checked_add(span.try_days(days).ok()?).ok(),
        Delay::Months(months) => from.checked_add(span.try_months(months).ok()?).ok(),
    }
}
