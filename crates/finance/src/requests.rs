//! What is requested of each payer for a year, by the procedures' categories.

use chancery_kernel::{Amount, Money, Percent, StateCode};

use crate::{
    category::{Basis, CategoryCode},
    shares::{Limits, Share, SharesError, parts, shares},
    state::{CategoryState, RatesMissing, State},
    years::Year,
};

/// What one category asks of each payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryRequest {
    /// Which category.
    pub category: CategoryCode,
    /// Its part of the budget. What rounding down leaves over goes to the largest remainders, so that
    /// categories of 100 per cent together add up to the budget.
    pub total: Money,
    /// What each payer owes of it.
    pub shares: Vec<Share>,
}

/// Why nothing can be computed. All that is missing is named at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// No budget.
    #[error("no budget of {0} is recorded")]
    Budget(Year),
    /// A budget whose total is not known exactly.
    #[error("the total of the budget of {0} is not known exactly")]
    Total(Year),
    /// Nobody says when it is told who pays.
    #[error(
        "the profile does not say on which day of the year it is told who pays a budget; add `finance: budget_costs: parties_on`"
    )]
    PartiesOn,
    /// No procedures.
    #[error("no financial procedures with categories are recorded")]
    Procedures,
    /// A category that nobody says how to divide.
    #[error("the basis of category {0} is not recorded")]
    Basis(CategoryCode),
    /// A category that nobody says the size of.
    #[error("the percentage of category {0} is not recorded")]
    Percentage(CategoryCode),
    /// No rates.
    #[error(transparent)]
    Rates(#[from] RatesMissing),
    /// A total that cannot be shared out.
    #[error(transparent)]
    Shares(#[from] SharesError),
    /// Past what is exact.
    #[error("{0} is too much to be divided among the categories exactly")]
    TooLarge(Money),
}

/// What is requested of each of these payers for a year: for every category that is not voluntary,
/// its percentage of the budget, divided by its basis, within its floor and cap.
///
/// # Errors
/// Everything that is missing. Nothing is computed on a guess.
pub fn requests(
    state: &State,
    year: Year,
    payers: &[StateCode],
) -> Result<Vec<CategoryRequest>, Vec<Missing>> {
    let mut missing = Vec::new();
    let budget = state.budget(year);
    let total = budget.and_then(|budget| budget.total).and_then(Amount::exact);
    match (budget, total) {
        (None, _) => missing.push(Missing::Budget(year)),
        (Some(_), None) => missing.push(Missing::Total(year)),
        _ => {}
    }
    if state.parties_on(year).is_none() {
        missing.push(Missing::PartiesOn);
    }
    if state.procedures().categories.is_empty() {
        missing.push(Missing::Procedures);
    }
    let mut requests = Vec::new();
    let categories = &state.procedures().categories;
    let parts = match total.map(|total| parts_of(state, total)) {
        Some(Ok(parts)) => parts,
        Some(Err(why)) => {
            missing.push(why);
            Vec::new()
        }
        None => Vec::new(),
    };
    for (at, (code, known)) in categories.iter().enumerate() {
        let category = &known.category;
        if category.basis == Some(Basis::Voluntary) {
            continue;
        }
        let (Some(basis), Some(_)) = (category.basis, category.percentage) else {
            missing.extend(category.basis.is_none().then(|| Missing::Basis(code.clone())));
            missing
                .extend(category.percentage.is_none().then(|| Missing::Percentage(code.clone())));
            continue;
        };
        let rates = match basis {
            Basis::Scale => state.rates(year, payers),
            _ => Ok(payers.iter().map(|state| (*state, Percent::ONE)).collect()),
        };
        let limits = Limits { floor: category.floor, cap: category.cap };
        match (rates, parts.get(at)) {
            (Err(rates), _) => missing.push(rates.into()),
            (Ok(rates), Some(&total)) => match shares(total, &rates, limits) {
                Ok(shares) => {
                    requests.push(CategoryRequest { category: code.clone(), total, shares });
                }
                Err(why) => missing.push(why.into()),
            },
            _ => {}
        }
    }
    missing.dedup();
    if missing.is_empty() { Ok(requests) } else { Err(missing) }
}

/// Each category's part of a budget, in the order of their codes; nothing of one whose percentage is
/// not recorded.
fn parts_of(state: &State, total: Money) -> Result<Vec<Money>, Missing> {
    let percentage = |known: &CategoryState| known.category.percentage.unwrap_or(Percent::NOUGHT);
    let percentages: Vec<Percent> =
        state.procedures().categories.values().map(percentage).collect();
    parts(total, &percentages).ok_or(Missing::TooLarge(total))
}
