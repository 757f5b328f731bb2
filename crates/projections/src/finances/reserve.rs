use chancery_finance::{Destination, Event as Finance, Funding, Purpose, State as FinanceState};
use chancery_kernel::{Amount, Citation, Money};
use serde::Serialize;

use crate::at::At;

/// The reserve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReserveAt {
    /// The level at which it is to be kept; `None` while nobody set one.
    pub target: Option<Money>,
    /// What may be put in.
    pub funded_by: Vec<Funding>,
    /// What it may be drawn for.
    pub only_for: Vec<Purpose>,
    /// What is in it; `None` while nothing was put in.
    pub balance: Option<Amount>,
    /// What is missing to its level.
    pub shortfall: Option<Amount>,
    /// What was drawn and has not been restored; `None` if nothing.
    pub to_be_restored: Option<Money>,
    /// The places that prove it, in the order of recording.
    pub sources: Vec<Citation>,
}

impl At<'_> {
    /// The reserve; `None` while nothing is said of one.
    pub fn reserve(&self) -> Option<ReserveAt> {
        self.reserve_in(&self.finance_state())
    }

    pub(super) fn reserve_in(&self, state: &FinanceState) -> Option<ReserveAt> {
        let mut sources: Vec<Citation> = Vec::new();
        for (recorded, _) in self.money().filter(|(_, event)| is_of_the_reserve(event)) {
            if !sources.contains(&recorded.envelope.source) {
                sources.push(recorded.envelope.source.clone());
            }
        }
        if sources.is_empty() {
            return None;
        }
        let reserve = state.reserve();
        let target = reserve.target();
        Some(ReserveAt {
            target: target.map(|it| it.level),
            funded_by: target.map(|it| it.funded_by.clone()).unwrap_or_default(),
            only_for: target.map(|it| it.only_for.clone()).unwrap_or_default(),
            balance: reserve.balance(),
            shortfall: reserve.shortfall(),
            to_be_restored: reserve.to_be_restored(),
            sources,
        })
    }
}

pub(crate) fn is_of_the_reserve(event: &Finance) -> bool {
    match event {
        Finance::ReserveTargetSet(_) | Finance::ReserveDrawn(_) | Finance::ReserveRestored(_) => {
            true
        }
        Finance::Contributed(it) => it.to == Destination::Reserve,
        Finance::UnspentCarried(it) => it.to == Destination::Reserve,
        _ => false,
    }
}
