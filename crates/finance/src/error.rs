use chancery_kernel::{Currency, Decimal, Money, PartialDate, StateCode};

use crate::{
    category::CategoryCode,
    reserve::{Funding, Purpose},
    years::{Year, Years},
};

/// Why something cannot be true of the money, given what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// On nobody's word.
    #[error(
        "nobody is named who decided; write `authority: {{ decision: … }}`, or `meeting`, `document` or `body`"
    )]
    NoAuthority,
    /// A category twice.
    #[error("the category {0} stands twice in these procedures; leave one away")]
    CategoryTwice(CategoryCode),
    /// More than the whole.
    #[error(
        "the percentages of the categories add up to {sum}; they are parts of one budget, 100 at most"
    )]
    PercentagesExceed {
        /// The sum.
        sum: Decimal,
    },
    /// Limits that cross.
    #[error("the floor of category {0} is above its cap; swap the two")]
    FloorAboveCap(CategoryCode),
    /// Not the currency that is counted in.
    #[error("{found} is not the currency here, which is {wanted}; write the amount in {wanted}")]
    OtherCurrency {
        /// What would be right.
        wanted: Currency,
        /// What was written.
        found: Currency,
    },
    /// No rates.
    #[error("the scale of {0} has no rates; write each State's as `CHE: 1.14`")]
    EmptyScale(Years),
    /// More than the whole.
    #[error("the rates of the scale of {years} add up to {sum}; one scale has 100 at most")]
    ScaleExceeds {
        /// Its period.
        years: Years,
        /// The sum.
        sum: Decimal,
    },
    /// Two scales for one year.
    #[error(
        "the scale of {years} overlaps that of {recorded}; a year has one scale, so write the same period or another"
    )]
    ScaleOverlaps {
        /// The new one.
        years: Years,
        /// The one before.
        recorded: Years,
    },
    /// A second rate.
    #[error("{state} has a rate in the scale of {years} already; leave it away")]
    RateTwice {
        /// Who.
        state: StateCode,
        /// When.
        years: Years,
    },
    /// A second budget.
    #[error(
        "the budget of {0} is approved already; write `revises: true` if this one takes its place"
    )]
    BudgetTwice(Years),
    /// Nothing to revise.
    #[error("no budget of {0} is recorded that could be revised; leave `revises` away")]
    NothingToRevise(Years),
    /// A year in two budgets of several.
    #[error(
        "the budget of {years} overlaps that of {recorded}; write the same years with `revises: true`, or others"
    )]
    BudgetOverlaps {
        /// Its years.
        years: Years,
        /// Those of the one that is recorded.
        recorded: Years,
    },
    /// Money for a year without a budget.
    #[error("no budget of {0} is recorded; record `budget_approved` first, or check the year")]
    NoBudget(Year),
    /// The same invoice again.
    #[error("{state} has its invoice for {year}{} already; an invoice is sent once", under(category.as_ref()))]
    InvoicedTwice {
        /// Who.
        state: StateCode,
        /// For what.
        year: Year,
        /// Under what.
        category: Option<CategoryCode>,
    },
    /// A category that the procedures do not have.
    #[error("the financial procedures have no category {category}; {help}")]
    UnknownCategory {
        /// Which.
        category: CategoryCode,
        /// What would be right.
        help: String,
    },
    /// An invoice over nothing.
    #[error("an invoice over {0} asks for nothing; leave it away or correct the amount")]
    InvoiceOverNothing(Money),
    /// An unnamed payer of a budget.
    #[error(
        "nobody is named who contributes to the budget of {0}; write `state: XXX` or `organisation: id`, or record `contributions_counted`"
    )]
    NobodyContributes(Year),
    /// Two payers.
    #[error("both a State and an organisation are named; record what each of them contributes")]
    TwoContribute,
    /// Another currency without a rate.
    #[error(
        "the contribution is in {paid}, and {counted} is counted in; write the `rate` at which it is counted, as the source has it"
    )]
    NoRate {
        /// Paid in.
        paid: Currency,
        /// Counted in.
        counted: Currency,
    },
    /// A rate to the same currency.
    #[error("the contribution is in {0}, which is counted in; leave `rate` away")]
    NeedlessRate(Currency),
    /// A rate to nowhere.
    #[error(
        "a rate is given, but the currency that is counted in is not known; record the budget's total, or the profile's `finance: currency`"
    )]
    RateToNowhere,
    /// More given out than came in.
    #[error(
        "{allocated} is allocated of a contribution of {lower} at the least; allocate no more than that"
    )]
    AllocatedTooMuch {
        /// Given out.
        allocated: Money,
        /// Certainly there.
        lower: Money,
    },
    /// One category twice.
    #[error("the contribution is allocated to category {0} twice; add the two up")]
    AllocatedTwice(CategoryCode),
    /// Left over from years that are not over.
    #[error(
        "what was left of {from} cannot go to the budget of {to}, which does not come after it; check the years"
    )]
    CarriedBack {
        /// The years that it is left of.
        from: Years,
        /// The budget's year.
        to: Year,
    },
    /// Nothing moved.
    #[error("{0} moves nothing; leave it away or correct the amount")]
    MovesNothing(Money),
    /// Nothing is said.
    #[error(
        "nothing is said of the contributions of {0}; write `contributors`, `portion`, `coverage` or `total`"
    )]
    CountsNothing(Year),
    /// A reserve for nothing, or of nothing.
    #[error(
        "the rules on the reserve are not whole; write `funded_by` and `only_for`, each with a word"
    )]
    TargetWithoutRules,
    /// No rules yet.
    #[error("nobody has set what the reserve is for; record `reserve_target_set` first")]
    NoTarget,
    /// What may not be put in.
    #[error(
        "`{found}` may not go to the reserve, which takes {} only; check where it goes",
        words(allowed)
    )]
    NotForReserve {
        /// What it is.
        found: Funding,
        /// What may.
        allowed: Vec<Funding>,
    },
    /// What it may not be drawn for.
    #[error(
        "the reserve may not be drawn for `{purpose}`, only for {}; check the purpose",
        words(allowed)
    )]
    DrawnForOther {
        /// What for.
        purpose: Purpose,
        /// What it is for.
        allowed: Vec<Purpose>,
    },
    /// More than there certainly is.
    #[error(
        "{amount} cannot be drawn on {on}: the reserve holds {lower} at the least, then or later; draw no more than that"
    )]
    DrawnTooMuch {
        /// How much.
        amount: Money,
        /// When.
        on: PartialDate,
        /// What there certainly is.
        lower: Money,
    },
    /// Out of nothing.
    #[error("nothing is in the reserve, so nothing can be drawn; record what was put in first")]
    EmptyReserve,
    /// Nothing to give back.
    #[error(
        "nothing that was drawn by {0} is left to be restored; check the date, record `reserve_drawn` first, or `contributed` with `to: reserve`"
    )]
    NothingDrawn(PartialDate),
    /// Given back more than taken.
    #[error(
        "{amount} cannot be restored, since {open} is left of what was drawn; record the rest as `contributed` with `to: reserve`"
    )]
    RestoredTooMuch {
        /// How much.
        amount: Money,
        /// What is left.
        open: Money,
    },
    /// A State twice.
    #[error("{0} stands twice among those in arrears; add the two up")]
    OwesTwice(StateCode),
    /// Past what is exact.
    #[error("the sum is too large to be exact; check the numbers")]
    TooLarge,
}

fn under(category: Option<&CategoryCode>) -> String {
    category.map(|category| format!(" under {category}")).unwrap_or_default()
}

fn words<T: std::fmt::Display>(allowed: &[T]) -> String {
    allowed.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" and ")
}
