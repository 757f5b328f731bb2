//! What each payer owes of a total: the scale "adjusted appropriately" (CCM article 14).

use chancery_kernel::{Decimal, Money, Percent, StateCode};

/// What one State owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Who.
    pub state: StateCode,
    /// Its weight as it was given: its rate, in per cent of the scale's own whole.
    pub rate: Percent,
    /// Its rate in per cent of the payers' sum, rounded half to even to six decimals; before any
    /// floor or cap.
    pub adjusted: Decimal,
    /// What it owes.
    pub amount: Money,
    /// What settled that.
    pub settled: Settled,
}

/// What settled a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The least that a payer pays.
    Floor,
    /// The most that a payer pays.
    Cap,
    /// Its part of the rest, rounded down to a minor unit.
    Down,
    /// Its part of the rest, rounded down, and a minor unit more for one of the largest remainders.
    Up,
}

/// The least and the most that a payer pays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The least.
    pub floor: Option<Money>,
    /// The most.
    pub cap: Option<Money>,
}

/// Why a total cannot be shared out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SharesError {
    /// Nobody, or nobody with a weight.
    #[error("nobody pays: the rates of the payers add up to nought; name somebody who does")]
    NobodyPays,
    /// A State twice.
    #[error("{0} stands twice among the payers; leave one away")]
    Twice(StateCode),
    /// Floor or cap in another currency.
    #[error("floor and cap are not in the currency of {0}; write the total in theirs")]
    OtherCurrency(Money),
    /// The floors alone are more than the total.
    #[error(
        "the least that each pays adds up to more than {0}; raise the total or lower the floor"
    )]
    FloorsExceed(Money),
    /// The caps together are less than the total.
    #[error("the most that each pays adds up to less than {0}; lower the total or raise the cap")]
    CapsFallShort(Money),
    /// Past what is exact.
    #[error("{0} is too much to be shared out exactly; check the number")]
    TooLarge(Money),
}

/// Divides a total among payers by their rates. Only they make up the whole; floor and cap hold for
/// each; what they take or leave is spread over the others in the proportion of their rates. The
/// shares are whole minor units and add up to the total exactly: units that rounding down leaves
/// over go to the largest remainders, and where these are equal, to the first in the order given.
///
/// # Errors
/// What [`SharesError`] says.
pub fn shares(
    total: Money,
    payers: &[(StateCode, Percent)],
    limits: Limits,
) -> Result<Vec<Share>, SharesError> {
    let mut seen = std::collections::BTreeSet::new();
    if let Some((twice, _)) = payers.iter().find(|(state, _)| !seen.insert(*state)) {
        return Err(SharesError::Twice(*twice));
    }
    let currency = total.currency();
    let unlike = |money: Option<Money>| money.is_some_and(|money| money.currency() != currency);
    if unlike(limits.floor) || unlike(limits.cap) {
        return Err(SharesError::OtherCurrency(total));
    }
    let weights: Vec<u128> = payers.iter().map(|(_, rate)| rate.millionths().into()).collect();
    let sum: u128 = weights.iter().sum();
    if sum == 0 {
        return Err(SharesError::NobodyPays);
    }
    let floor = limits.floor.map_or(0, Money::minor_units);
    let cap = limits.cap.map_or(total.minor_units(), Money::minor_units).max(floor);
    let units = apportion(total, &weights, floor, cap)?;
    let adjusted = |rate: Percent| {
        let sum = Decimal::from(sum);
        (Decimal::from(rate.millionths()) * Decimal::ONE_HUNDRED / sum).round_dp(6).normalize()
    };
    let money = |units| Money::of_minor_units(units, currency).ok_or(SharesError::TooLarge(total));
    let share = |(&(state, rate), (units, settled)): (&(StateCode, Percent), (u128, Settled))| {
        Ok(Share { state, rate, adjusted: adjusted(rate), amount: money(units)?, settled })
    };
    payers.iter().zip(units).map(share).collect()
}

/// A total in parts by percentages, 100 at most together: parts of the whole add up to the whole.
/// `None` past what is exact.
pub(crate) fn parts(total: Money, percentages: &[Percent]) -> Option<Vec<Money>> {
    let mut weights: Vec<u128> = percentages.iter().map(|it| it.millionths().into()).collect();
    // What no part bears takes its share of the rounding, too.
    let hundred = 100 * 10_u128.pow(Percent::DECIMALS);
    weights.push(hundred.saturating_sub(weights.iter().sum()));
    let units = apportion(total, &weights, 0, total.minor_units()).ok()?;
    let parts = units.into_iter().take(percentages.len());
    parts.map(|(units, _)| Money::of_minor_units(units, total.currency())).collect()
}

/// Whole units for each weight, between floor and cap, adding up to the total.
fn apportion(
    total: Money,
    weights: &[u128],
    floor: u128,
    cap: u128,
) -> Result<Vec<(u128, Settled)>, SharesError> {
    let whole = total.minor_units();
    let count = weights.len() as u128;
    if floor.checked_mul(count).is_none_or(|floors| floors > whole) {
        return Err(SharesError::FloorsExceed(total));
    }
    if cap.checked_mul(count).is_some_and(|caps| caps < whole) {
        return Err(SharesError::CapsFallShort(total));
    }
    let mut fixed: Vec<Option<(u128, Settled)>> = vec![None; weights.len()];
    loop {
        let free = |fixed: &[Option<(u128, Settled)>]| -> Vec<usize> {
            (0..weights.len()).filter(|at| fixed[*at].is_none()).collect()
        };
        let open = free(&fixed);
        let rest = whole - fixed.iter().flatten().map(|(units, _)| units).sum::<u128>();
        let sum: u128 = open.iter().map(|at| weights[*at]).sum();
        if sum == 0 {
            // Payers of no weight are left with the rest: equally, as nothing tells them apart.
            return finish(fixed, &open, rest, open.len() as u128, |_| 1, total);
        }
        // In units of 1/sum: the ideal share of `at` is `rest * weight`.
        let ideal = |at: usize| rest.checked_mul(weights[at]).ok_or(SharesError::TooLarge(total));
        let (mut lacking, mut excess) = (0u128, 0u128);
        for at in open.iter().copied() {
            let ideal = ideal(at)?;
            lacking += (floor * sum).saturating_sub(ideal);
            excess += ideal.saturating_sub(cap.saturating_mul(sum));
        }
        if lacking == 0 && excess == 0 {
            return finish(fixed, &open, rest, sum, |at| weights[at], total);
        }
        // The side that is violated more is settled first: it can only become worse.
        for at in open {
            let ideal = ideal(at)?;
            if lacking >= excess && ideal < floor * sum {
                fixed[at] = Some((floor, Settled::Floor));
            } else if excess >= lacking && ideal > cap.saturating_mul(sum) {
                fixed[at] = Some((cap, Settled::Cap));
            }
        }
    }
}

/// The rest in proportion, rounded down, and the units left over to the largest remainders.
fn finish(
    fixed: Vec<Option<(u128, Settled)>>,
    open: &[usize],
    rest: u128,
    sum: u128,
    weight: impl Fn(usize) -> u128,
    total: Money,
) -> Result<Vec<(u128, Settled)>, SharesError> {
    let down = (0, Settled::Down);
    let mut units: Vec<(u128, Settled)> =
        fixed.into_iter().map(|units| units.unwrap_or(down)).collect();
    let mut remainders = Vec::with_capacity(open.len());
    let mut left = rest;
    for &at in open {
        let ideal = rest.checked_mul(weight(at)).ok_or(SharesError::TooLarge(total))?;
        units[at].0 = ideal / sum;
        left -= units[at].0;
        remainders.push((ideal % sum, at));
    }
    // Stable, so that equal remainders keep the order of the payers.
    remainders.sort_by_key(|(remainder, _)| std::cmp::Reverse(*remainder));
    for (_, at) in remainders.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        units[at] = (units[at].0 + 1, Settled::Up);
    }
    Ok(units)
}
