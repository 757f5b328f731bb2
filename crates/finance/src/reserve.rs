use std::{fmt, sync::Arc};

use chancery_kernel::{Amount, Money, PartialDate};
use imbl::Vector;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::Target;

/// What money is taken from a reserve for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Contributions that were promised have not come in yet.
    CashFlowShortfall,
    /// A budget is not covered.
    BudgetGap,
    /// Something that no budget foresaw.
    UnforeseenCosts,
    /// The secretariat is wound up.
    Closure,
}

/// What may be put into a reserve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Funding {
    /// Contributions that nobody is asked for.
    VoluntaryContributions,
    /// What was left of earlier years.
    UnspentFunds,
    /// Contributions that are requested.
    RequestedContributions,
}

/// The word that record files use.
impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CashFlowShortfall => "cash_flow_shortfall",
            Self::BudgetGap => "budget_gap",
            Self::UnforeseenCosts => "unforeseen_costs",
            Self::Closure => "closure",
        })
    }
}

/// The word that record files use.
impl fmt::Display for Funding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::VoluntaryContributions => "voluntary_contributions",
            Self::UnspentFunds => "unspent_funds",
            Self::RequestedContributions => "requested_contributions",
        })
    }
}

/// What is known of the reserve.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reserve {
    pub(crate) targets: Vector<Arc<Target>>,
    pub(crate) movements: Vector<Movement>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Movement {
    In(PartialDate, Amount),
    Drawn(PartialDate, Money),
    Restored(PartialDate, Money),
}

impl Reserve {
    /// The level that holds, with what it is for: the last that was set.
    pub fn target(&self) -> Option<&Target> {
        self.targets.last().map(|it| &**it)
    }

    /// What is in it; `None` while nothing was put in.
    pub fn balance(&self) -> Option<Amount> {
        let mut paid_in: Option<Amount> = None;
        let mut drawn: Option<Money> = None;
        for movement in &self.movements {
            match *movement {
                Movement::In(_, amount) => paid_in = Some(add(paid_in, amount)?),
                Movement::Restored(_, money) => {
                    paid_in = Some(add(paid_in, Amount::exactly(money))?);
                }
                Movement::Drawn(_, money) => {
                    drawn = Some(drawn.map_or(Some(money), |sum| sum.plus(money))?);
                }
            }
        }
        match drawn {
            None => paid_in,
            Some(drawn) => paid_in?.minus(drawn),
        }
    }

    /// What is missing to the level that was set; `None` while one of the two is not known.
    pub fn shortfall(&self) -> Option<Amount> {
        self.balance()?.short_of(self.target()?.level)
    }

    /// What was drawn and has not been restored; `None` if nothing.
    pub fn to_be_restored(&self) -> Option<Money> {
        let mut open: Option<Money> = None;
        for movement in &self.movements {
            match (*movement, open) {
                (Movement::Drawn(_, money), None) => open = Some(money),
                (Movement::Drawn(_, money), Some(sum)) => open = sum.plus(money),
                (Movement::Restored(_, money), Some(sum)) => open = sum.minus(money),
                _ => {}
            }
        }
        open.filter(|open| !open.is_nought())
    }

    /// Of what was drawn by a day, what no restoration has given back, whenever that was.
    pub(crate) fn to_be_restored_by(&self, on: PartialDate) -> Option<Money> {
        let by_then = |it: &&Movement| match it {
            Movement::Drawn(drawn, _) => drawn.earliest() <= on.latest(),
            Movement::In(..) | Movement::Restored(..) => true,
        };
        let movements = self.movements.iter().filter(by_then).copied().collect();
        Self { targets: Vector::new(), movements }.to_be_restored()
    }

    /// What can certainly be drawn on a day: the lower bound of the balance, then and ever after.
    /// What comes in counts from its last possible day, what goes out from its first.
    pub(crate) fn certain(&self, on: PartialDate) -> Option<Money> {
        let day = on.earliest();
        let later = self.movements.iter().map(Movement::counts_from).filter(|it| *it > day);
        std::iter::once(day)
            .chain(later)
            .map(|day| self.certain_at(day))
            .reduce(|least, next| if least?.covers(next?)? { next } else { least })?
    }

    fn certain_at(&self, day: Date) -> Option<Money> {
        let by_then = |it: &&Movement| it.counts_from() <= day;
        let movements = self.movements.iter().filter(by_then).copied().collect();
        let so_far = Self { targets: Vector::new(), movements };
        so_far.balance().map(|balance| balance.lower().money)
    }
}

impl Movement {
    fn counts_from(&self) -> Date {
        match self {
            Self::In(on, _) | Self::Restored(on, _) => on.latest(),
            Self::Drawn(on, _) => on.earliest(),
        }
    }
}

fn add(sum: Option<Amount>, amount: Amount) -> Option<Amount> {
    match sum {
        None => Some(amount),
        Some(sum) => sum.plus(amount),
    }
}
