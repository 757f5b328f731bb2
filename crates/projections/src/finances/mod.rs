//! Money on a day: budgets with what came in, the reserve, procedures and scales, who owes what.

mod budget;
mod checks;
mod payments;
mod procedures;
mod reserve;
mod shares;

use std::sync::Arc;

use chancery_finance::{Event as Finance, State as FinanceState};
use chancery_kernel::{Amount, Citation, Decider, PartialDate};
use chancery_register::{Event, Recorded};
use jiff::civil::Date;
use serde::{Serialize, Serializer};

pub(crate) use budget::Budgets;
pub use budget::{ApprovalAt, BudgetAt, BudgetSum, CountAt, CoverageAt};
pub use checks::PortionCheck;
pub use payments::{ContributionAt, InvoiceAt, PaidAt, PaymentsAt};
pub use procedures::{CategoryAt, ProceduresAt, RateAt, ScaleAt};
pub use reserve::ReserveAt;
pub(crate) use reserve::is_of_the_reserve;
pub use shares::{RequestAt, RequestsAt, ShareAt, SharesAt, SharesRefused, WhatIf};

use crate::{at::At, view::View};

/// Everything about money on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FinancesAt {
    /// The budgets, by year.
    pub budgets: Vec<BudgetAt>,
    /// Every contribution, in the order of recording.
    pub contributions: Vec<PaidAt>,
    /// The reserve; `None` while nothing is said of one.
    pub reserve: Option<ReserveAt>,
    /// The financial procedures; `None` while there are none.
    pub procedures: Option<ProceduresAt>,
    /// The scales, by period.
    pub scales: Vec<ScaleAt>,
    /// What meetings will cost, the last estimate of each.
    pub estimates: Vec<EstimateAt>,
    /// Reports of arrears, in the order of recording.
    pub arrears: Vec<ArrearsAt>,
}

/// What a meeting will cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EstimateAt {
    /// Which meeting.
    pub meeting: chancery_kernel::MeetingId,
    /// On whose word.
    pub authority: String,
    /// How much; `None` is not known.
    pub total: Option<Amount>,
    /// When.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Citation,
}

/// A report of arrears.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArrearsAt {
    /// Who reports.
    pub by: Option<crate::meetings::OrganisationAt>,
    /// What is said.
    pub summary: String,
    /// How much in all; `None` is not said.
    pub total: Option<Amount>,
    /// Who owes how much.
    pub owed: Vec<OwedAt>,
    /// When.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Citation,
    /// The number of the event in its convention, from 1: it names it for good.
    #[serde(skip)]
    pub version: u64,
}

/// What one State is reported to owe.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwedAt {
    /// Who.
    pub state: crate::participants::StateAt,
    /// How much.
    pub amount: Amount,
}

impl<'a> At<'a> {
    /// Everything about money.
    pub fn finances(&self) -> FinancesAt {
        let state = self.finance_state();
        FinancesAt {
            budgets: self.budgets_in(&state),
            contributions: self.contributions_in(&state),
            reserve: self.reserve_in(&state),
            procedures: self.procedures_in(&state),
            scales: self.scales_in(&state),
            estimates: self.estimates(),
            arrears: self.arrears(),
        }
    }

    /// The last estimate of each meeting's costs, by meeting.
    pub fn estimates(&self) -> Vec<EstimateAt> {
        let mut last = std::collections::BTreeMap::new();
        for (recorded, event) in self.money() {
            let Finance::CostsEstimated(it) = event else { continue };
            let estimate = EstimateAt {
                meeting: it.meeting.clone(),
                authority: it.authority.said(),
                total: it.total,
                on: it.on,
                source: recorded.envelope.source.clone(),
            };
            last.insert(it.meeting.clone(), estimate);
        }
        last.into_values().collect()
    }

    /// Reports of arrears, in the order of recording.
    pub fn arrears(&self) -> Vec<ArrearsAt> {
        let reports = self.money().filter_map(|(recorded, event)| match event {
            Finance::ArrearsReported(it) => Some((recorded, it)),
            _ => None,
        });
        let owed =
            |it: &chancery_finance::Owed| OwedAt { state: self.state(it.state), amount: it.amount };
        reports
            .map(|(recorded, it)| ArrearsAt {
                by: it.by.as_ref().map(|id| self.organisation(id)),
                summary: it.summary.to_string(),
                total: it.total,
                owed: it.owed.iter().map(owed).collect(),
                on: it.on,
                source: recorded.envelope.source.clone(),
                version: recorded.envelope.version,
            })
            .collect()
    }

    /// What had happened to the money by the day, in the order of recording.
    pub(crate) fn money(&self) -> impl Iterator<Item = (&'a Arc<Recorded>, &'a Finance)> {
        self.money_in(&self.view.by_finance)
    }

    /// Of the events at these places, what had happened to the money by the day.
    fn money_in(
        &self,
        places: impl IntoIterator<Item = &'a usize>,
    ) -> impl Iterator<Item = (&'a Arc<Recorded>, &'a Finance)> {
        let at = *self;
        places.into_iter().filter_map(move |index| at.event(*index)).filter_map(move |recorded| {
            match &recorded.envelope.event {
                Event::Finance(event) if at.counts(recorded.envelope.effective) => {
                    Some((recorded, event))
                }
                _ => None,
            }
        })
    }

    /// The money as it stood on the day: what was decided or paid later is left out.
    pub(crate) fn finance_state(&self) -> Arc<FinanceState> {
        // Every part of an answer about money asks for it.
        self.view.money.get(
            self.day,
            || self.view.done_on(&self.view.by_finance),
            || {
                let state = FinanceState::under(self.view.state().finance.rules.clone());
                Arc::new(chancery_finance::Finance::fold(
                    state,
                    self.money().map(|(_, event)| event),
                ))
            },
        )
    }
}

impl View {
    /// From when on each of the events at these places counts.
    fn done_on<'a>(
        &'a self,
        places: impl IntoIterator<Item = &'a usize>,
    ) -> impl Iterator<Item = Date> {
        let events = places.into_iter().filter_map(|index| self.events().get(*index));
        events.map(|recorded| recorded.envelope.effective.earliest())
    }
}

/// A number that is shown as text, since JSON's numbers are not exact.
pub(crate) fn as_text<S: Serializer>(
    number: &chancery_kernel::Decimal,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}
