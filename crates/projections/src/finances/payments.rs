use std::collections::BTreeMap;

use chancery_finance::{
    CategoryCode, Contribution, Destination, Event as Finance, Invoice, State as FinanceState, Year,
};
use chancery_kernel::{Amount, Citation, Money, PartialDate, StateCode};
use chancery_register::Recorded;
use serde::Serialize;

use crate::{
    at::{At, Resolved},
    meetings::OrganisationAt,
    participants::{StateAt, alphabetical},
};

/// What one State was asked for and paid for a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaymentsAt {
    /// Who.
    pub state: StateAt,
    /// The sum of its invoices; `None` is no invoice recorded.
    pub due: Option<Money>,
    /// What it paid, in the currency that is counted in; `None` is nothing recorded.
    pub paid: Option<Amount>,
    /// What is left of what is due, nought if it paid as much or more; `None` without an invoice.
    pub outstanding: Option<Amount>,
    /// Its invoices, by category.
    pub invoices: Vec<InvoiceAt>,
    /// Its contributions, in the order of recording.
    pub contributions: Vec<ContributionAt>,
}

/// One invoice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InvoiceAt {
    /// Under which category.
    pub category: Option<CategoryCode>,
    /// How much.
    pub amount: Money,
    /// What is recorded as allocated to the category; never inferred.
    pub allocated: Money,
    /// The last day for paying.
    pub pay_by: Option<Resolved>,
    /// Whether that day has passed; `None` where it is not known for certain.
    pub past_due: Option<bool>,
    /// When it was sent.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Citation,
    /// The number of the event in its convention, from 1: it names it for good.
    #[serde(skip)]
    pub version: u64,
}

/// One contribution.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContributionAt {
    /// What was paid.
    pub amount: Amount,
    /// What that is in the currency that is counted in.
    pub counted: Option<Amount>,
    /// What of it was allocated to which category.
    pub allocation: Vec<(CategoryCode, Money)>,
    /// When.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Citation,
    /// The number of the event in its convention, from 1: it names it for good.
    #[serde(skip)]
    pub version: u64,
}

/// A contribution with who paid it and where it went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaidAt {
    /// The State that paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateAt>,
    /// The organisation that paid. Neither a State nor an organisation: several at once, not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationAt>,
    /// To a year's budget, or to the reserve.
    pub to: Destination,
    /// What was paid.
    #[serde(flatten)]
    pub paid: ContributionAt,
}

impl At<'_> {
    /// Every contribution, of States and of organisations, in the order of recording.
    pub fn contributions(&self) -> Vec<PaidAt> {
        self.contributions_in(&self.finance_state())
    }

    pub(super) fn contributions_in(&self, state: &FinanceState) -> Vec<PaidAt> {
        let paid = self.money().filter_map(|(recorded, event)| match event {
            Finance::Contributed(it) => Some(PaidAt {
                state: it.state.map(|who| self.state(who)),
                organisation: it.organisation.as_ref().map(|id| self.organisation(id)),
                to: it.to,
                paid: contribution_at(state, it, recorded),
            }),
            _ => None,
        });
        paid.collect()
    }

    /// What each State was asked for and paid for a year, by name.
    pub fn payments(&self, year: Year) -> Vec<PaymentsAt> {
        self.payments_in(&self.finance_state(), year)
    }

    pub(super) fn payments_in(&self, state: &FinanceState, year: Year) -> Vec<PaymentsAt> {
        let mut of: BTreeMap<StateCode, PaymentsAt> = BTreeMap::new();
        for (recorded, event) in self.money() {
            match event {
                Finance::Invoiced(it) if it.year == year => {
                    let invoice = self.invoice_at(state, it, recorded);
                    self.entry(&mut of, it.state).invoices.push(invoice);
                }
                Finance::Contributed(it) if it.to == Destination::Budget(year) => {
                    let Some(who) = it.state else { continue };
                    let contribution = contribution_at(state, it, recorded);
                    self.entry(&mut of, who).contributions.push(contribution);
                }
                _ => {}
            }
        }
        let mut payments: Vec<PaymentsAt> = of.into_values().map(summed).collect();
        payments.sort_by_cached_key(|it| alphabetical(&it.state.name));
        payments
    }

    fn entry<'b>(
        &self,
        of: &'b mut BTreeMap<StateCode, PaymentsAt>,
        who: StateCode,
    ) -> &'b mut PaymentsAt {
        of.entry(who).or_insert_with(|| PaymentsAt {
            state: self.state(who),
            due: None,
            paid: None,
            outstanding: None,
            invoices: Vec::new(),
            contributions: Vec::new(),
        })
    }

    fn invoice_at(&self, state: &FinanceState, it: &Invoice, recorded: &Recorded) -> InvoiceAt {
        let to = Destination::Budget(it.year);
        let own = state.contributions().iter().filter(|paid| paid.state == Some(it.state));
        let parts = own.filter(|paid| paid.to == to).flat_map(|paid| &paid.allocation);
        let mut parts = parts.filter(|part| Some(&part.category) == it.category.as_ref());
        let nothing = Money::nought(it.amount.currency());
        let allocated = parts.try_fold(nothing, |sum, part| sum.plus(part.amount));
        let pay_by = it.pay_by.as_ref();
        let past_due = pay_by.and_then(|when| self.range(when)).and_then(|range| {
            match (range.latest() < self.day, range.earliest() >= self.day) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            }
        });
        InvoiceAt {
            category: it.category.clone(),
            amount: it.amount,
            allocated: allocated.unwrap_or(nothing),
            pay_by: pay_by.map(|when| self.resolved(when)),
            past_due,
            on: it.on,
            source: recorded.envelope.source.clone(),
            version: recorded.envelope.version,
        }
    }
}

fn contribution_at(state: &FinanceState, it: &Contribution, recorded: &Recorded) -> ContributionAt {
    ContributionAt {
        amount: it.amount,
        counted: state.counted(it),
        allocation: it.allocation.iter().map(|it| (it.category.clone(), it.amount)).collect(),
        on: it.on,
        source: recorded.envelope.source.clone(),
        version: recorded.envelope.version,
    }
}

/// With its sums. A State's payments are set against all that it was asked for, whatever the
/// categories: which of them a payment is for is known only where somebody said so.
fn summed(mut it: PaymentsAt) -> PaymentsAt {
    it.invoices.sort_by(|a, b| a.category.cmp(&b.category));
    let due = it.invoices.iter().map(|invoice| Some(invoice.amount));
    it.due = due.reduce(|sum, next| sum?.plus(next?)).flatten();
    let paid = it.contributions.iter().map(|paid| paid.counted);
    it.paid = paid.reduce(|sum, next| sum?.plus(next?)).flatten();
    it.outstanding = it.due.and_then(|due| match it.paid {
        _ if it.contributions.is_empty() => Some(Amount::exactly(due)),
        paid => paid?.short_of(due),
    });
    it
}
