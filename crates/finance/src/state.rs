use chancery_kernel::{Amount, Currency, DecisionId, MeetingId, Percent, StateCode, When};
use std::sync::Arc;

use imbl::{OrdMap, Vector};
use jiff::civil::Date;

use crate::{
    category::{Category, CategoryCode},
    destination::Destination,
    event::{Arrears, Authority, Budget, Carried, Contribution, Counted, Estimate, Invoice},
    reserve::Reserve,
    rules::Rules,
    years::{Year, Years},
};

/// What is known of the money of one convention.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// What the profile says about money.
    pub rules: Rules,
    pub(crate) procedures: ProceduresState,
    pub(crate) scales: OrdMap<Years, OrdMap<StateCode, Percent>>,
    pub(crate) budgets: OrdMap<Years, Vector<Arc<Budget>>>,
    pub(crate) invoices: OrdMap<InvoiceKey, Arc<Invoice>>,
    pub(crate) contributions: Vector<Arc<Contribution>>,
    pub(crate) carried: Vector<Arc<Carried>>,
    pub(crate) counts: Vector<Arc<Counted>>,
    pub(crate) reserve: Reserve,
    pub(crate) estimates: OrdMap<MeetingId, Vector<Arc<Estimate>>>,
    pub(crate) arrears: Vector<Arc<Arrears>>,
}

/// The financial procedures as they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProceduresState {
    /// Who adopted, completed and amended them, in the order of recording.
    pub authorities: Vector<Authority>,
    /// The categories.
    pub categories: OrdMap<CategoryCode, CategoryState>,
    /// When they are to be reviewed next.
    pub review: Option<When>,
}

/// A category as it stands, with everybody who had a say in it.
#[derive(Debug, Clone, PartialEq)]
pub struct CategoryState {
    /// As it was last decided.
    pub category: Category,
    /// Who decided on it, in the order of recording.
    pub decided_by: Vector<Authority>,
}

/// What makes an invoice one: the year, the State, the category.
pub type InvoiceKey = (Year, StateCode, Option<CategoryCode>);

/// States without a rate where one is needed. Nothing is computed without them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RatesMissing {
    /// No scale for the year.
    #[error(
        "no scale of assessments is recorded for {0}; record `scale_adopted` for a period that holds it"
    )]
    Scale(Year),
    /// A scale, but not for these.
    #[error(
        "the scale of {years} has no rate for {}; record `scale_adopted` with a rate for each, on the authority of whoever set it",
        listed(states)
    )]
    Rates {
        /// The scale's period.
        years: Years,
        /// Who has no rate.
        states: Vec<StateCode>,
    },
}

impl State {
    /// No money yet, under these rules.
    pub fn under(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// The financial procedures.
    pub fn procedures(&self) -> &ProceduresState {
        &self.procedures
    }

    /// The scales, by period.
    pub fn scales(&self) -> &OrdMap<Years, OrdMap<StateCode, Percent>> {
        &self.scales
    }

    /// The scale that holds in a year, with its period.
    pub fn scale(&self, year: Year) -> Option<(&Years, &OrdMap<StateCode, Percent>)> {
        self.scales.iter().find(|(years, _)| years.holds(year))
    }

    /// Each payer with the rate of the scale that holds in a year.
    ///
    /// # Errors
    /// No scale for the year, or the payers that have no rate in it.
    pub fn rates(
        &self,
        year: Year,
        payers: &[StateCode],
    ) -> Result<Vec<(StateCode, Percent)>, RatesMissing> {
        let (years, scale) = self.scale(year).ok_or(RatesMissing::Scale(year))?;
        let states: Vec<StateCode> =
            payers.iter().filter(|state| !scale.contains_key(*state)).copied().collect();
        if !states.is_empty() {
            return Err(RatesMissing::Rates { years: *years, states });
        }
        Ok(payers.iter().filter_map(|state| Some((*state, *scale.get(state)?))).collect())
    }

    /// The day on which it is told who pays a year's budget; `None` while the profile names none.
    pub fn parties_on(&self, year: Year) -> Option<Date> {
        self.rules.budget_costs.as_ref()?.parties_on?.within(year)
    }

    /// Every budget that was approved, by its years, in the order of recording.
    pub fn budgets(&self) -> &OrdMap<Years, Vector<Arc<Budget>>> {
        &self.budgets
    }

    /// The budget of a year: its own, else that of several years that holds it.
    pub fn budget(&self, year: Year) -> Option<&Budget> {
        self.approvals(year)?.last().map(|it| &**it)
    }

    /// Every approval of a year's budget, in the order of recording.
    fn approvals(&self, year: Year) -> Option<&Vector<Arc<Budget>>> {
        let own = self.budgets.get(&Years::from(year));
        let wider = || self.budgets.iter().find(|(years, _)| years.holds(year)).map(|(_, it)| it);
        own.or_else(wider)
    }

    /// Every invoice.
    pub fn invoices(&self) -> &OrdMap<InvoiceKey, Arc<Invoice>> {
        &self.invoices
    }

    /// Every contribution, in the order of recording.
    pub fn contributions(&self) -> &Vector<Arc<Contribution>> {
        &self.contributions
    }

    /// Everything carried over, in the order of recording.
    pub fn carried(&self) -> &Vector<Arc<Carried>> {
        &self.carried
    }

    /// What sources say of contributions in sum, in the order of recording.
    pub fn counts(&self) -> &Vector<Arc<Counted>> {
        &self.counts
    }

    /// The reserve.
    pub fn reserve(&self) -> &Reserve {
        &self.reserve
    }

    /// The estimates of each meeting's costs, in the order of recording.
    pub fn estimates(&self) -> &OrdMap<MeetingId, Vector<Arc<Estimate>>> {
        &self.estimates
    }

    /// Every report of arrears, in the order of recording.
    pub fn arrears(&self) -> &Vector<Arc<Arrears>> {
        &self.arrears
    }

    /// The currency that is counted in: the one of the profile, else that of what the money goes
    /// to, else that of what is recorded there; `None` while none of them is known.
    pub fn currency(&self, to: Destination) -> Option<Currency> {
        let own = || match to {
            Destination::Budget(year) => {
                let total =
                    self.approvals(year).and_then(|it| it.iter().rev().find_map(|it| it.total));
                total.map(Amount::currency).or_else(|| self.booked(year))
            }
            Destination::Reserve => {
                let level = self.reserve.target().map(|it| it.level.currency());
                level.or_else(|| self.reserve.balance().map(Amount::currency))
            }
        };
        self.rules.currency.or_else(own)
    }

    /// The currency of the sums that are recorded for a year.
    pub(crate) fn booked(&self, year: Year) -> Option<Currency> {
        let to = Destination::Budget(year);
        let mut invoiced = self.invoices.values().filter(|it| it.year == year);
        let mut carried = self.carried.iter().filter(|it| it.to == to);
        // One that was paid in another currency bears a rate.
        let mut paid = self.contributions.iter().filter(|it| it.to == to && it.rate.is_none());
        let invoiced = invoiced.next().map(|it| it.amount.currency());
        invoiced
            .or_else(|| carried.next().map(|it| it.amount.currency()))
            .or_else(|| paid.next().map(|it| it.amount.currency()))
    }

    /// A contribution in the currency that is counted in; `None` where no rate leads there.
    pub fn counted(&self, it: &Contribution) -> Option<Amount> {
        match (self.currency(it.to), it.rate) {
            (Some(currency), Some(rate)) => rate.convert(it.amount, currency),
            (Some(currency), None) => Some(it.amount).filter(|it| it.currency() == currency),
            (None, _) => Some(it.amount),
        }
    }
}

impl Authority {
    /// Whether it names anybody.
    pub fn names_somebody(&self) -> bool {
        self.decision.is_some()
            || self.meeting.is_some()
            || self.document.is_some()
            || self.body.is_some()
    }

    /// It in words: the decision, the meeting, the document, the body.
    pub fn said(&self) -> String {
        let decision = self.decision.as_ref().map(DecisionId::to_string);
        let meeting = self.meeting.as_ref().map(MeetingId::to_string);
        let document = self.document.as_ref().map(ToString::to_string);
        let body = self.body.as_ref().map(ToString::to_string);
        let named: Vec<String> =
            [body, meeting, decision, document].into_iter().flatten().collect();
        named.join(", ")
    }
}

fn listed(states: &[StateCode]) -> String {
    states.iter().map(StateCode::as_str).collect::<Vec<_>>().join(", ")
}
