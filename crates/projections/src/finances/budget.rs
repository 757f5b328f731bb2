use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use chancery_finance::{
    CategoryCode, Counted, Coverage, Event as Finance, Portion, State as FinanceState, Year,
};
use chancery_kernel::{Amount, Bound, Citation, Decider as _, Money, PartialDate};
use chancery_register::Recorded;
use imbl::Vector;
use serde::Serialize;

use super::{checks::PortionCheck, payments::PaymentsAt, shares::RequestsAt};
use crate::{at::At, memo::ByCount, view::View};

/// A year's budget and what became of it, State by State, too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BudgetAt {
    /// The budget in sum.
    #[serde(flatten)]
    pub sum: BudgetSum,
    /// What is requested of each payer, or what is missing to compute it.
    pub requests: RequestsAt,
    /// What each State was asked for and paid, by name.
    pub payments: Vec<PaymentsAt>,
}

/// A year's budget and what became of it, in sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BudgetSum {
    /// The year.
    pub year: Year,
    /// How much; `None` is not known.
    pub total: Option<Amount>,
    /// Whether a work plan is part of it.
    pub work_plan: bool,
    /// Who approved it, in the order of recording; the last approval of the year itself holds.
    pub approvals: Vec<ApprovalAt>,
    /// What came in, as far as it is recorded: contributions and what was carried over; `None` is
    /// nothing recorded.
    pub received: Option<Amount>,
    /// How much of it is covered.
    pub coverage: CoverageAt,
    /// What sources say of its contributions in sum.
    pub counts: Vec<CountAt>,
}

/// The budgets of each year in sum as they stood on a day, once they are asked for. What they come to
/// on a day follows from the events about the year that count on it.
#[derive(Debug, Default)]
pub(crate) struct Budgets(OnceLock<BTreeMap<Year, ByCount<Option<Arc<BudgetSum>>>>>);

impl Budgets {
    fn of(&self, view: &View, year: Year) -> Option<&ByCount<Option<Arc<BudgetSum>>>> {
        let years = || view.by_budget.keys().map(|year| (*year, ByCount::default())).collect();
        self.0.get_or_init(years).get(&year)
    }
}

impl Deref for BudgetAt {
    type Target = BudgetSum;

    fn deref(&self) -> &BudgetSum {
        &self.sum
    }
}

/// An approval of a budget.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApprovalAt {
    /// The years that it is for.
    pub years: chancery_finance::Years,
    /// On whose word.
    pub authority: String,
    /// How much for each year; `None` is not known.
    pub total: Option<Amount>,
    /// When.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Citation,
}

/// The bounds of what is covered of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CoverageAt {
    /// At the least so much: what is recorded, or the whole where a source says so.
    pub lower: Option<Money>,
    /// At the most so much: the whole, since others may have paid without a record.
    pub upper: Option<Money>,
    /// What sources say in words.
    pub reported: Option<Coverage>,
}

/// What a source says of a year's contributions in sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountAt {
    /// How many States parties contributed.
    pub contributors: Option<u32>,
    /// Which part of the States parties that was, in words.
    pub portion: Option<Portion>,
    /// How far the budget was covered, in words.
    pub coverage: Option<Coverage>,
    /// How much came in.
    pub total: Option<Amount>,
    /// Categories by which most contributed.
    pub mostly_by: Vec<CategoryCode>,
    /// Whether some contributed more than was requested.
    pub some_in_excess: bool,
    /// When it was said.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Citation,
    /// The number of the event in its convention, from 1: it names it for good.
    #[serde(skip)]
    pub version: u64,
    /// Whether the words hold for the numbers; `None` where there is nothing to compare.
    pub check: Option<PortionCheck>,
}

impl<'a> At<'a> {
    /// A year's budget; `None` while none was approved.
    pub fn budget(&self, year: Year) -> Option<BudgetAt> {
        self.budget_in(&self.finance_state(), year)
    }

    /// A year's budget in sum, without what it asks of each State; `None` while none was approved.
    pub fn budget_sum(&self, year: Year) -> Option<Arc<BudgetSum>> {
        let view = self.view;
        // Nothing but what is about the year has a part in it.
        let places = view.by_budget.get(&year)?;
        view.budgets.of(view, year)?.get(
            self.day,
            || view.done_on(places),
            || self.summed(year, places).map(Arc::new),
        )
    }

    /// A budget with what it asks of each State.
    pub fn budget_of_states(&self, sum: BudgetSum) -> BudgetAt {
        let state = self.finance_state();
        self.of_states(&state, sum)
    }

    /// Every budget, by year.
    pub fn budgets(&self) -> Vec<BudgetAt> {
        self.budgets_in(&self.finance_state())
    }

    pub(super) fn budgets_in(&self, state: &FinanceState) -> Vec<BudgetAt> {
        let years = state.budgets().keys().flat_map(|years| years.each());
        let years: std::collections::BTreeSet<Year> = years.collect();
        years.into_iter().filter_map(|year| self.budget_in(state, year)).collect()
    }

    fn budget_in(&self, state: &FinanceState, year: Year) -> Option<BudgetAt> {
        let sum = Arc::unwrap_or_clone(self.budget_sum(year)?);
        Some(self.of_states(state, sum))
    }

    fn of_states(&self, state: &FinanceState, sum: BudgetSum) -> BudgetAt {
        BudgetAt {
            requests: self.requests_in(state, sum.year),
            payments: self.payments_in(state, sum.year),
            sum,
        }
    }

    fn summed(&self, year: Year, places: &'a Vector<usize>) -> Option<BudgetSum> {
        let folded = |is_wanted: fn(&Finance) -> bool| {
            let state = FinanceState::under(self.view.state().finance.rules.clone());
            let events = self.money_in(places).map(|(_, event)| event);
            chancery_finance::Finance::fold(state, events.filter(|it| is_wanted(it)))
        };
        let mut state = folded(|it| !matches!(it, Finance::Invoiced(_)));
        if state.budget(year)?.total.is_none() {
            // Which currency sums are in, invoices say where the budget does not.
            state = folded(|_| true);
        }
        let budget = state.budget(year)?;
        let approvals = self.money_in(places).filter_map(|(recorded, event)| match event {
            Finance::BudgetApproved(it) => Some(ApprovalAt {
                years: it.years,
                authority: it.authority.said(),
                total: it.total,
                on: it.on,
                source: recorded.envelope.source.clone(),
            }),
            _ => None,
        });
        let counts: Vec<CountAt> = self
            .money_in(places)
            .filter_map(|(recorded, event)| match event {
                Finance::ContributionsCounted(it) => Some(self.count_at(&state, it, recorded)),
                _ => None,
            })
            .collect();
        let received = state.received(year);
        let reported = counts.iter().rev().find_map(|it| it.coverage);
        Some(BudgetSum {
            year,
            total: budget.total,
            work_plan: budget.work_plan,
            approvals: approvals.collect(),
            received,
            coverage: coverage(budget.total, received, reported),
            counts,
        })
    }

    fn count_at(&self, state: &FinanceState, it: &Counted, recorded: &Recorded) -> CountAt {
        CountAt {
            contributors: it.contributors,
            portion: it.portion,
            coverage: it.coverage,
            total: it.total,
            mostly_by: it.mostly_by.clone(),
            some_in_excess: it.some_in_excess,
            on: it.on,
            source: recorded.envelope.source.clone(),
            version: recorded.envelope.version,
            check: self.view.portion_check(state, it),
        }
    }
}

/// The part of a budget that is covered: what is recorded at the least, the whole at the most.
fn coverage(
    total: Option<Amount>,
    received: Option<Amount>,
    reported: Option<Coverage>,
) -> CoverageAt {
    let end = |bound: Bound| bound.money;
    let whole = total.and_then(Amount::upper).map(end);
    let recorded = received.map(|it| it.lower().money);
    let lower = match (reported, total) {
        (Some(Coverage::Fully), Some(total)) => Some(total.lower().money),
        // Never more than the whole: what goes beyond covers nothing of it.
        _ => recorded.map(|sum| match whole {
            Some(whole) if sum.covers(whole) == Some(true) => whole,
            _ => sum,
        }),
    };
    CoverageAt { lower, upper: whole, reported }
}
