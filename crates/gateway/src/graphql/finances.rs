use async_graphql::{ComplexObject, ID, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_projections as projections;
use chancery_projections::{ArrearsAt, CategoryAt, EstimateAt, ProceduresAt, ScaleAt};

use super::{
    budget::Contribution,
    dials::Asked,
    enums::Basis,
    id::{Kind, global},
    money::{Amount, Money, Percent},
    page::{FEW, MANY, cost_of_window, int, window},
    participant::{Organisation, State},
    scalars::PartialDate,
    source::{Source, sources},
    why::Why,
};

/// The money of a convention.
pub(super) struct Finances(pub(super) Asked);

/// The financial procedures, as they were adopted, completed and amended by the day asked about.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct FinancialProcedures {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// Who adopted, completed and amended them, in the order of recording.
    authorities: Vec<ProceduresAuthority>,
    /// The categories of contributions, by code.
    categories: Vec<ContributionCategory>,
    /// When the procedures themselves say that they are reviewed, as precisely as that is known. A
    /// review that a meeting charges somebody with is a mandate.
    review: Option<PartialDate>,
    /// The same in the words that it was computed from: `at 2rc`.
    review_said: Option<String>,
    #[graphql(skip)]
    why_review: Option<Why>,
}

#[direct]
#[ComplexObject]
impl FinancialProcedures {
    /// Why they are reviewed then; null where they say nothing of it.
    async fn why(&self) -> Option<Why> {
        self.why_review.clone()
    }
}

/// A decision on the financial procedures.
#[derive(SimpleObject, Direct)]
pub(super) struct ProceduresAuthority {
    /// On whose word: body, meeting, decision, document.
    said: String,
    /// The place that proves it.
    source: Source,
}

/// A category of contributions. What is not known is null, and whatever needs it computes nothing.
#[derive(SimpleObject, Direct)]
pub(super) struct ContributionCategory {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// Its code, as the procedures print it: `7(a)`.
    code: String,
    /// What it is, in short.
    name: Option<String>,
    /// How it is divided among the payers.
    basis: Option<Basis>,
    /// Which part of the budget it bears.
    percentage: Option<Percent>,
    /// The least that a payer pays in a year.
    floor: Option<Money>,
    /// The most that a payer pays in a year.
    cap: Option<Money>,
    /// Who had a say in it, in the order of recording.
    decided_by: Vec<String>,
}

/// A scale of assessments.
pub(super) struct Scale {
    asked: Asked,
    it: ScaleAt,
}

impl Scale {
    /// A scale, with what its ids are made from.
    pub(super) fn new(asked: &Asked, it: ScaleAt) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// A State's rate in a scale.
#[derive(SimpleObject, Direct)]
pub(super) struct Rate {
    /// Which State.
    state: State,
    /// Its rate, in per cent of the scale's own whole.
    rate: Percent,
}

/// What a meeting will cost: the last estimate.
#[derive(SimpleObject, Direct)]
pub(super) struct CostEstimate {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// The meeting's code.
    meeting: String,
    /// On whose word: body, meeting, decision, document.
    authority: String,
    /// How much; null is not known.
    total: Option<Amount>,
    /// When it was estimated, as precisely as that is known.
    on: PartialDate,
    /// The place that proves it.
    source: Source,
}

/// A report of arrears, as printed.
#[derive(SimpleObject, Direct)]
pub(super) struct ArrearsReport {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// The organisation that reports it; null where the source names none.
    by: Option<Organisation>,
    /// What is said, in short. Where this and the source differ, the source is right.
    summary: String,
    /// How much in all; null is not said.
    total: Option<Amount>,
    /// Who owes how much; empty where it is not said.
    owed: Vec<Arrear>,
    /// When it was reported, as precisely as that is known.
    on: PartialDate,
    /// The place that proves it.
    source: Source,
}

/// What one State is reported to owe.
#[derive(SimpleObject, Direct)]
pub(super) struct Arrear {
    /// Which State.
    state: State,
    /// How much; the value names its currency, and a bound where the source gives one.
    amount: Amount,
}

/// What is recorded of a convention's money on the day asked about, beside its budgets and its
/// reserve.
#[direct]
#[Object]
impl Finances {
    /// The financial procedures; null while there are none.
    async fn procedures(&self) -> Option<FinancialProcedures> {
        Self::procedures_of(&self.0)
    }

    /// The scales of assessments, by period.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn scales(
        &self,
        #[graphql(desc = "Only the one that holds in this year.")] year: Option<i32>,
    ) -> Vec<Scale> {
        let mut scales = self.0.at().scales();
        if let Some(year) = year {
            let year = u16::try_from(year).ok().and_then(|year| year.try_into().ok());
            scales.retain(|it| year.is_some_and(|year| it.years.holds(year)));
        }
        scales.into_iter().map(|it| Scale::new(&self.0, it)).collect()
    }

    /// What meetings will cost: the last estimate of each, by the meeting's code.
    #[graphql(complexity = "cost_of_window(limit, FEW, child_complexity)")]
    async fn estimates(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<CostEstimate>> {
        let estimates = window(self.0.at().estimates(), limit, offset)?;
        Ok(estimates.into_iter().map(|it| CostEstimate::of(&self.0, it)).collect())
    }

    /// Reports of arrears, in the order of recording.
    #[graphql(complexity = "cost_of_window(limit, FEW, child_complexity)")]
    async fn arrears(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<ArrearsReport>> {
        let arrears = window(self.0.at().arrears(), limit, offset)?;
        Ok(arrears.into_iter().map(|it| ArrearsReport::of(&self.0, it)).collect())
    }

    /// Every contribution, of States and of organisations, in the order of recording.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn contributions(
        &self,
        #[graphql(desc = "Only those to the budget of this year.")] year: Option<i32>,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Contribution>> {
        let mut found = self.0.at().contributions();
        if let Some(year) = year {
            let year = u16::try_from(year).ok().and_then(|year| year.try_into().ok());
            let to = year.map(chancery_finance::Destination::Budget);
            found.retain(|it| Some(it.to) == to);
        }
        let found = window(found, limit, offset)?;
        Ok(found.iter().map(|it| Contribution::of(&self.0, it)).collect())
    }
}

impl Finances {
    /// The financial procedures of a convention; `None` while there are none.
    pub(super) fn procedures_of(asked: &Asked) -> Option<FinancialProcedures> {
        let procedures = asked.at().procedures()?;
        let why = asked.at().why_review(&procedures);
        Some(FinancialProcedures::new(asked, procedures, why.map(|why| Why::of(asked, why))))
    }
}

/// A scale of assessments, as it was adopted by the day asked about.
#[direct]
#[Object]
impl Scale {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Scale, &self.asked, &self.it.years.to_string())
    }

    /// The years that it holds for: `2016-2018`.
    async fn years(&self) -> String {
        self.it.years.to_string()
    }

    /// How many States have a rate.
    async fn states(&self) -> Result<i32> {
        int(self.it.states)
    }

    /// What the rates add up to.
    async fn sum(&self) -> Percent {
        Percent(self.it.sum)
    }

    /// Each State's rate, by name.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn rates(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Rate>> {
        let rates = window(self.it.rates.clone(), limit, offset)?;
        let rate = |it: projections::RateAt| Rate {
            state: State::of(&self.asked, &it.state),
            rate: Percent(it.rate.number()),
        };
        Ok(rates.into_iter().map(rate).collect())
    }

    /// The places that prove it.
    async fn sources(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Source>> {
        Ok(sources(&window(self.it.sources.clone(), limit, offset)?))
    }
}

impl FinancialProcedures {
    /// A category, by its code.
    pub(super) fn category(self, code: &str) -> Option<ContributionCategory> {
        self.categories.into_iter().find(|it| it.code == code)
    }

    fn new(asked: &Asked, it: ProceduresAt, why_review: Option<Why>) -> Self {
        let authority = |(said, source): &(String, _)| ProceduresAuthority {
            said: said.clone(),
            source: Source::from(source),
        };
        let category = |it| ContributionCategory::of(asked, it);
        Self {
            id: global(Kind::FinancialProcedures, asked, ""),
            authorities: it.authorities.iter().map(authority).collect(),
            categories: it.categories.into_iter().map(category).collect(),
            review: it.review.as_ref().and_then(|it| it.date).map(PartialDate),
            review_said: it.review.as_ref().map(|it| it.said.to_string()),
            why_review,
        }
    }
}

impl ContributionCategory {
    /// One of these, with what its ids are made from.
    pub(super) fn of(asked: &Asked, it: CategoryAt) -> Self {
        Self {
            id: global(Kind::ContributionCategory, asked, it.code.as_str()),
            code: it.code.to_string(),
            name: it.name,
            basis: it.basis.map(Into::into),
            percentage: it.percentage.map(|it| Percent(it.number())),
            floor: it.floor.map(Money),
            cap: it.cap.map(Money),
            decided_by: it.decided_by,
        }
    }
}

impl CostEstimate {
    /// One of these, with what its ids are made from.
    pub(super) fn of(asked: &Asked, it: EstimateAt) -> Self {
        Self {
            id: global(Kind::CostEstimate, asked, it.meeting.as_str()),
            meeting: it.meeting.to_string(),
            authority: it.authority,
            total: it.total.map(Amount),
            on: PartialDate(it.on),
            source: Source::from(&it.source),
        }
    }
}

impl ArrearsReport {
    /// One of these, with what its ids are made from.
    pub(super) fn of(asked: &Asked, it: ArrearsAt) -> Self {
        let owed = |it: &projections::OwedAt| Arrear {
            state: State::of(asked, &it.state),
            amount: Amount(it.amount),
        };
        Self {
            id: global(Kind::ArrearsReport, asked, &it.version.to_string()),
            by: it.by.as_ref().map(|it| Organisation::of(asked, it)),
            summary: it.summary,
            total: it.total.map(Amount),
            owed: it.owed.iter().map(owed).collect(),
            on: PartialDate(it.on),
            source: Source::from(&it.source),
        }
    }
}
