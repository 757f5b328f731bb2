use std::sync::{Arc, OnceLock};

use async_graphql::{ComplexObject, ID, Object, Result, SimpleObject};
use chancery_finance::{CategoryCode, Destination};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::StateCode;
use chancery_projections as projections;
use chancery_projections::{BudgetAt, BudgetSum, ContributionAt, PaidAt, PaymentsAt};

use super::{
    dials::Asked,
    enums::{Covered, Portion},
    id::{Kind, global},
    money::{Amount, BoundedAmount, Money},
    page::{FEW, MANY, cost_of_window, int, window},
    participant::{Organisation, State},
    scalars::PartialDate,
    shares::{Of, Share},
    source::Source,
    why::Why,
};

/// A year's budget.
#[derive(Clone)]
pub(super) struct Budget {
    asked: Asked,
    it: Arc<BudgetSum>,
    /// What it asks of each State, once somebody asks for that.
    of_states: Arc<OnceLock<BudgetAt>>,
}

impl Budget {
    /// A budget, with what its reasons are asked of.
    pub(super) fn new(asked: &Asked, it: Arc<BudgetSum>) -> Self {
        Self { asked: asked.clone(), it, of_states: Arc::default() }
    }

    fn of_states(&self) -> &BudgetAt {
        self.of_states.get_or_init(|| self.asked.at().budget_of_states((*self.it).clone()))
    }

    /// What a source says of its contributions in sum, by the number of the event.
    pub(super) fn count(&self, version: u64) -> Option<ContributionCount> {
        let it = self.it.counts.iter().find(|it| it.version == version)?;
        ContributionCount::new(self, it).ok()
    }

    /// What one State was asked for and paid.
    pub(super) fn paid_by(&self, state: StateCode) -> Option<Payments> {
        let it = self.of_states().payments.iter().find(|it| it.state.code == state)?;
        Some(Payments::new(self, it.clone()))
    }

    /// An invoice, by the number of the event.
    pub(super) fn invoice(&self, version: u64) -> Option<Invoice> {
        let mut invoices = self.of_states().payments.iter().flat_map(|it| &it.invoices);
        let it = invoices.find(|it| it.version == version)?;
        Some(Invoice::new(self, it))
    }

    /// Why a category requests so much of a State.
    pub(super) fn why_request(
        &self,
        request: &projections::RequestAt,
        share: &projections::ShareAt,
    ) -> Why {
        Why::of(&self.asked, self.asked.at().why_request(&self.it, request, share))
    }
}

/// How much of a budget is covered.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct Coverage {
    /// At the least so much: what is recorded, or the whole where a source says so; null where
    /// neither is known.
    lower: Option<Money>,
    /// At the most so much: the whole, since others may have paid without a record; null while the
    /// total is not known.
    upper: Option<Money>,
    /// What a source says of it in words.
    reported: Option<Covered>,
    #[graphql(skip)]
    of: Budget,
}

#[direct]
#[ComplexObject]
impl Coverage {
    /// Why so much of it is covered.
    async fn why(&self) -> Why {
        Why::of(&self.of.asked, self.of.asked.at().why_coverage(&self.of.it))
    }
}

/// An approval of a budget.
#[derive(SimpleObject, Direct)]
pub(super) struct Approval {
    /// The years that it is for: `2018`, `2016-2020`.
    years: String,
    /// On whose word: body, meeting, decision, document.
    authority: String,
    /// How much for each year; null is not known.
    total: Option<Amount>,
    /// When it was approved, as precisely as that is known.
    on: PartialDate,
    /// The place that proves it.
    source: Source,
}

/// What a source says of a year's contributions in sum, as printed.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct ContributionCount {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// How many States parties contributed.
    contributors: Option<i32>,
    /// Which part of the States parties that was, in words.
    portion: Option<Portion>,
    /// Whether the words hold for the numbers; null where there is nothing to compare.
    holds: Option<bool>,
    /// The check in one sentence, with the denominator that it took.
    check: Option<String>,
    /// How far the budget was covered, in words.
    coverage: Option<Covered>,
    /// How much came in for the year, with the bounds that the source gives.
    total: Option<Amount>,
    /// Codes of the categories by which most contributed.
    mostly_by: Vec<String>,
    /// Whether some contributed more than was requested of them.
    some_in_excess: bool,
    /// When it was said, as precisely as that is known.
    on: PartialDate,
    /// The place that proves it.
    source: Source,
    #[graphql(skip)]
    of: Budget,
    #[graphql(skip)]
    it: projections::CountAt,
}

#[direct]
#[ComplexObject]
impl ContributionCount {
    /// Why the words hold for the numbers, or do not; null where there is nothing to compare.
    async fn why(&self) -> Option<Why> {
        let why = self.of.asked.at().why_count(self.of.it.year, &self.it);
        why.map(|why| Why::of(&self.of.asked, why))
    }
}

/// An invoice to a State.
#[derive(SimpleObject, Direct)]
pub(super) struct Invoice {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// The code of the category; null where it names none.
    category: Option<String>,
    /// How much is asked for.
    amount: Money,
    /// What is recorded as allocated to the category; never inferred.
    allocated: Money,
    /// The last day for paying, as precisely as it is known.
    pay_by: Option<PartialDate>,
    /// The last day in the words of the source.
    pay_by_said: Option<String>,
    /// Whether that day has passed on the day asked about; null where it is not known.
    past_due: Option<bool>,
    /// When it was sent, as precisely as that is known.
    on: PartialDate,
    /// The place that proves it.
    source: Source,
}

/// A contribution, with who paid it and where it went.
#[derive(SimpleObject, Direct)]
pub(super) struct Contribution {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// The State that paid; null where none did.
    state: Option<State>,
    /// The organisation that paid; null where none did. Null beside a null `state`: several paid,
    /// and the source does not name them.
    organisation: Option<Organisation>,
    /// Where it went: a budget's year, `2018`, or `reserve`.
    to: String,
    /// What was paid, in the currency that it was paid in.
    amount: Amount,
    /// What that is in the currency of the budget, by the recorded rate.
    counted: Option<Amount>,
    /// What of it was allocated to which category, as whoever received it says.
    allocation: Vec<Allocation>,
    /// When it was paid, as precisely as that is known.
    on: PartialDate,
    /// The place that proves it.
    source: Source,
}

impl Contribution {
    /// A contribution, with what its ids are made from.
    pub(super) fn of(asked: &Asked, it: &PaidAt) -> Self {
        let state = it.state.as_ref().map(|it| State::of(asked, it));
        let organisation = it.organisation.as_ref().map(|it| Organisation::of(asked, it));
        Self::by(asked, state, organisation, it.to, &it.paid)
    }

    fn by(
        asked: &Asked,
        state: Option<State>,
        organisation: Option<Organisation>,
        to: Destination,
        it: &ContributionAt,
    ) -> Self {
        let part = |(category, amount): &(CategoryCode, _)| Allocation {
            category: category.to_string(),
            amount: Money(*amount),
        };
        Self {
            id: global(Kind::Contribution, asked, &it.version.to_string()),
            state,
            organisation,
            to: to.to_string(),
            amount: Amount(it.amount),
            counted: it.counted.map(Amount),
            allocation: it.allocation.iter().map(part).collect(),
            on: PartialDate(it.on),
            source: Source::from(&it.source),
        }
    }
}

/// The part of a contribution that goes to one category.
#[derive(SimpleObject, Direct)]
pub(super) struct Allocation {
    /// The code of the category.
    category: String,
    /// How much of it goes there; the value names its currency.
    amount: Money,
}

/// What the procedures request under one category, whatever was invoiced.
#[derive(SimpleObject, Direct)]
pub(super) struct CategoryRequest {
    /// The code of the category.
    category: String,
    /// Its part of the budget.
    total: Money,
    /// What is requested of each payer, by name.
    shares: Vec<Share>,
}

/// What one State was asked for and paid for a year.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct Payments {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// Which State.
    state: State,
    /// The sum of its invoices; null without one.
    due: Option<Money>,
    /// What it paid, in the currency of the budget; null if nothing is recorded.
    paid: Option<Amount>,
    /// What is left of what is due; null without an invoice.
    outstanding: Option<BoundedAmount>,
    /// Its invoices, by category.
    invoices: Vec<Invoice>,
    /// Its contributions, in the order of recording.
    contributions: Vec<Contribution>,
    #[graphql(skip)]
    of: Budget,
    #[graphql(skip)]
    it: PaymentsAt,
}

#[direct]
#[ComplexObject]
impl Payments {
    /// Why so much is due, paid and outstanding.
    async fn why(&self) -> Why {
        Why::of(&self.of.asked, self.of.asked.at().why_payments(self.of.it.year, &self.it))
    }
}

/// A year's budget as it stood on the day asked about, and what became of it.
#[direct]
#[Object]
impl Budget {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Budget, &self.asked, &self.it.year.to_string())
    }

    /// The calendar year.
    async fn year(&self) -> i32 {
        self.it.year.number().into()
    }

    /// How much; null is not known.
    async fn total(&self) -> Option<Amount> {
        self.it.total.map(Amount)
    }

    /// Whether a work plan is part of it.
    async fn work_plan(&self) -> bool {
        self.it.work_plan
    }

    /// Why it is so much.
    async fn why(&self) -> Why {
        Why::of(&self.asked, self.asked.at().why_budget(&self.it))
    }

    /// Who approved it, in the order of recording.
    async fn approvals(&self) -> Vec<Approval> {
        self.it.approvals.iter().map(Approval::from).collect()
    }

    /// What came in, as far as it is recorded; null if nothing is.
    async fn received(&self) -> Option<BoundedAmount> {
        self.it.received.map(Into::into)
    }

    /// How much of it is covered.
    async fn coverage(&self) -> Coverage {
        let it = self.it.coverage;
        Coverage {
            lower: it.lower.map(Money),
            upper: it.upper.map(Money),
            reported: it.reported.map(Into::into),
            of: self.clone(),
        }
    }

    /// What sources say of its contributions in sum.
    async fn counts(&self) -> Result<Vec<ContributionCount>> {
        self.it.counts.iter().map(|it| ContributionCount::new(self, it)).collect()
    }

    /// What is missing to compute what each State owes, a sentence each; empty when all is known.
    async fn missing(&self) -> &[String] {
        &self.of_states().requests.missing
    }

    /// What the procedures request of each payer, by category; empty while something is missing.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn requests(&self) -> Vec<CategoryRequest> {
        let requests = self.of_states().requests.categories.iter();
        requests.map(|it| CategoryRequest::new(self, it)).collect()
    }

    /// What each State was asked for and paid, by name.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn payments(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Payments>> {
        let payments = window(self.of_states().payments.clone(), limit, offset)?;
        Ok(payments.into_iter().map(|it| Payments::new(self, it)).collect())
    }
}

impl CategoryRequest {
    fn new(of: &Budget, it: &projections::RequestAt) -> Self {
        let request = Arc::new(it.clone());
        let share = |it| Share::new(&of.asked, Of::Budget(of.clone(), request.clone()), it);
        Self {
            category: it.category.to_string(),
            total: Money(it.total),
            shares: it.shares.iter().cloned().map(share).collect(),
        }
    }
}

impl From<&projections::ApprovalAt> for Approval {
    fn from(it: &projections::ApprovalAt) -> Self {
        Self {
            years: it.years.to_string(),
            authority: it.authority.clone(),
            total: it.total.map(Amount),
            on: PartialDate(it.on),
            source: Source::from(&it.source),
        }
    }
}

impl ContributionCount {
    fn new(of: &Budget, it: &projections::CountAt) -> Result<Self> {
        let key = format!("{}/{}", of.it.year, it.version);
        Ok(Self {
            id: global(Kind::ContributionCount, &of.asked, &key),
            contributors: it.contributors.map(int).transpose()?,
            portion: it.portion.map(Into::into),
            holds: it.check.as_ref().map(|check| check.holds),
            check: it.check.as_ref().map(|check| check.said.clone()),
            coverage: it.coverage.map(Into::into),
            total: it.total.map(Amount),
            mostly_by: it.mostly_by.iter().map(ToString::to_string).collect(),
            some_in_excess: it.some_in_excess,
            on: PartialDate(it.on),
            source: Source::from(&it.source),
            of: of.clone(),
            it: it.clone(),
        })
    }
}

impl Invoice {
    fn new(of: &Budget, it: &projections::InvoiceAt) -> Self {
        Self {
            id: global(Kind::Invoice, &of.asked, &format!("{}/{}", of.it.year, it.version)),
            category: it.category.as_ref().map(ToString::to_string),
            amount: Money(it.amount),
            allocated: Money(it.allocated),
            pay_by: it.pay_by.as_ref().and_then(|it| it.date).map(PartialDate),
            pay_by_said: it.pay_by.as_ref().map(|it| it.said.to_string()),
            past_due: it.past_due,
            on: PartialDate(it.on),
            source: Source::from(&it.source),
        }
    }
}

impl Payments {
    fn new(of: &Budget, it: PaymentsAt) -> Self {
        let state = || State::of(&of.asked, &it.state);
        let to = Destination::Budget(of.it.year);
        let contribution = |it| Contribution::by(&of.asked, Some(state()), None, to, it);
        Self {
            id: global(Kind::Payments, &of.asked, &format!("{}/{}", of.it.year, it.state.code)),
            state: state(),
            due: it.due.map(Money),
            paid: it.paid.map(Amount),
            outstanding: it.outstanding.map(Into::into),
            invoices: it.invoices.iter().map(|it| Invoice::new(of, it)).collect(),
            contributions: it.contributions.iter().map(contribution).collect(),
            of: of.clone(),
            it,
        }
    }
}
