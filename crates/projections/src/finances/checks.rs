//! What sources say of contributions, compared with what is recorded.

use chancery_finance::{Counted, Portion, State as FinanceState};
use chancery_kernel::StateCode;
use chancery_membership::Standing;
use jiff::civil::Date;
use serde::Serialize;

use crate::view::View;

/// Whether a part of the States parties in words holds for the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PortionCheck {
    /// What is said.
    pub portion: Portion,
    /// How many contributed.
    pub contributors: u32,
    /// Of how many: the States parties in force on the day on which it was said.
    pub of: u32,
    /// That day.
    pub on: Date,
    /// Whether it holds.
    pub holds: bool,
    /// All of it in one sentence, with the denominator that was taken.
    pub said: String,
}

impl View {
    /// The words set against the numbers; `None` where one of the two is not recorded.
    pub(crate) fn portion_check(&self, state: &FinanceState, it: &Counted) -> Option<PortionCheck> {
        let portion = it.portion?;
        let of_the_year = state.counts().iter().rev().filter(|other| other.year == it.year);
        let contributors =
            it.contributors.or_else(|| of_the_year.clone().find_map(|it| it.contributors))?;
        let on = it.on.latest();
        let of = self.at(on).status().in_force;
        let twice = u64::from(contributors) * 2;
        let (holds, words) = match portion {
            Portion::LessThanHalf => (twice < u64::from(of), "less than half"),
            Portion::HalfOrMore => (twice >= u64::from(of), "half or more"),
            Portion::All => (contributors >= of, "all"),
        };
        let verdict = if holds { "holds" } else { "does not hold" };
        let said = format!(
            "\"{words}\" {verdict} for {contributors} of {of}; the denominator is the States parties in force on {on}"
        );
        Some(PortionCheck { portion, contributors, of, on, holds, said })
    }

    /// The States parties in force on a day, by code.
    pub(crate) fn parties(&self, day: Date) -> Vec<StateCode> {
        let at = self.at(day);
        let in_force = at.standings().filter(|(_, standing)| *standing == Standing::InForce);
        in_force.map(|(state, _)| state).collect()
    }
}
