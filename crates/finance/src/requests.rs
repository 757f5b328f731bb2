//! What is requested of each payer for a year, by the procedures' categories.

use chancery_kernel::{Amount, Money, Percent, StateCode};

use crate::{
    category::{Basis, CategoryCode},
    shares::{Limits, Share, SharesError, shares},
    state::{RatesMissing, State},
    years::Year,
};

/// What one category asks of each payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryRequest {
    /// Which category.
    pub category: CategoryCode,
    /// Its part of the budget, rounded half to even to the currency's smallest unit.
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
    #[error("the part of category {0} is too large to be exact")]
    TooLarge(CategoryCode),
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
    for (code, known) in &state.procedures().categories {
        let category = &known.category;
        if category.basis == Some(Basis::Voluntary) {
            continue;
        }
        let (Some(basis), Some(percentage)) = (category.basis, category.percentage) else {
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
        match (rates, total) {
            (Err(rates), _) => missing.push(rates.into()),
            (Ok(rates), Some(total)) => match request(code, total, percentage, &rates, limits) {
                Ok(request) => requests.push(request),
                Err(why) => missing.push(why),
            },
            _ => {}
        }
    }
    missing.dedup();
    if missing.is_empty() { Ok(requests) } else { Err(missing) }
}

fn request(
    code: &CategoryCode,
    total: Money,
    percentage: Percent,
    rates: &[(StateCode, Percent)],
    limits: Limits,
) -> Result<CategoryRequest, Missing> {
    let too_large = || Missing::TooLarge(code.clone());
    let total = percentage.of(total).ok_or_else(too_large)?;
    let shares = shares(total, rates, limits)?;
    Ok(CategoryRequest { category: code.clone(), total, shares })
}
