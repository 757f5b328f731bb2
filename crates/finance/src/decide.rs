use chancery_kernel::{Amount, Currency, Decider, Decimal, Money, nearest};

use crate::{
    category::{Basis, Category, CategoryCode},
    command::Command,
    destination::Destination,
    error::Rejection,
    event::{
        Arrears, Authority, Budget, Carried, Contribution, Counted, Drawdown, Event, Invoice,
        Procedures, Restoration, Scale, Target,
    },
    reserve::Funding,
    state::State,
};

/// The decider of money.
#[derive(Debug, Clone, Copy)]
pub struct Finance;

impl Decider for Finance {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::AdoptProcedures(it) => {
                procedures(state, &it)?;
                Event::ProceduresAdopted(it.into())
            }
            Command::AdoptScale(it) => {
                scale(state, &it)?;
                Event::ScaleAdopted(it.into())
            }
            Command::ApproveBudget(it) => {
                budget(state, &it)?;
                Event::BudgetApproved(it.into())
            }
            Command::Invoice(it) => {
                invoice(state, &it)?;
                Event::Invoiced(it.into())
            }
            Command::Contribute(it) => {
                contribution(state, &it)?;
                Event::Contributed(it.into())
            }
            Command::Count(it) => {
                count(state, &it)?;
                Event::ContributionsCounted(it.into())
            }
            Command::SetTarget(it) => {
                target(state, &it)?;
                Event::ReserveTargetSet(it.into())
            }
            Command::Draw(it) => {
                draw(state, &it)?;
                Event::ReserveDrawn(it.into())
            }
            Command::Restore(it) => {
                restore(state, &it)?;
                Event::ReserveRestored(it.into())
            }
            Command::Carry(it) => {
                carry(state, &it)?;
                Event::UnspentCarried(it.into())
            }
            Command::Estimate(it) => {
                named(&it.authority)?;
                Event::CostsEstimated(it.into())
            }
            Command::ReportArrears(it) => {
                arrears(&it)?;
                Event::ArrearsReported(it.into())
            }
        };
        Ok(vec![event])
    }

    fn evolve(state: State, event: &Event) -> State {
        state.after(event)
    }
}

fn procedures(state: &State, it: &Procedures) -> Result<(), Rejection> {
    named(&it.authority)?;
    let known = state.procedures.categories.iter().map(|(code, known)| (code, &known.category));
    // As they will stand: what is named again is replaced.
    let mut after: std::collections::BTreeMap<&CategoryCode, &Category> = known.collect();
    for (index, category) in it.categories.iter().enumerate() {
        if it.categories[..index].iter().any(|other| other.code == category.code) {
            return Err(Rejection::CategoryTwice(category.code.clone()));
        }
        for money in category.floor.iter().chain(&category.cap) {
            currency(state.rules.currency, money.currency())?;
        }
        if let (Some(floor), Some(cap)) = (category.floor, category.cap) {
            currency(Some(floor.currency()), cap.currency())?;
            if cap.covers(floor) == Some(false) {
                return Err(Rejection::FloorAboveCap(category.code.clone()));
            }
        }
        after.insert(&category.code, category);
    }
    let parts = after.values().filter_map(|category| category.percentage);
    let sum: Decimal = parts.map(chancery_kernel::Percent::number).sum();
    if sum > Decimal::ONE_HUNDRED {
        return Err(Rejection::PercentagesExceed { sum });
    }
    Ok(())
}

fn scale(state: &State, it: &Scale) -> Result<(), Rejection> {
    if it.rates.is_empty() {
        return Err(Rejection::EmptyScale(it.years));
    }
    let sum: Decimal = it.rates.values().map(|rate| rate.number()).sum();
    if sum > Decimal::ONE_HUNDRED {
        return Err(Rejection::ScaleExceeds { years: it.years, sum });
    }
    let overlap = state.scales.keys().find(|years| **years != it.years && years.overlaps(it.years));
    if let Some(recorded) = overlap {
        return Err(Rejection::ScaleOverlaps { years: it.years, recorded: *recorded });
    }
    let known = state.scales.get(&it.years);
    match it.rates.keys().find(|who| known.is_some_and(|rates| rates.contains_key(*who))) {
        Some(who) => Err(Rejection::RateTwice { state: *who, years: it.years }),
        None => Ok(()),
    }
}

fn budget(state: &State, it: &Budget) -> Result<(), Rejection> {
    named(&it.authority)?;
    if let Some(total) = it.total {
        currency(state.rules.currency, total.currency())?;
        for year in it.years.each() {
            currency(state.booked(year), total.currency())?;
        }
    }
    let before = state.budgets.get(&it.years);
    if let (Some(total), Some(before)) =
        (it.total, before.and_then(|known| known.iter().rev().find_map(|known| known.total)))
    {
        currency(Some(before.currency()), total.currency())?;
    }
    // One of a single year comes before one of several; of two of several nothing says which holds.
    let overlap = state.budgets.keys().find(|years| {
        **years != it.years
            && years.is_several()
            && it.years.is_several()
            && years.overlaps(it.years)
    });
    if let Some(recorded) = overlap {
        return Err(Rejection::BudgetOverlaps { years: it.years, recorded: *recorded });
    }
    match (before.is_some(), it.revises) {
        (true, false) => Err(Rejection::BudgetTwice(it.years)),
        (false, true) => Err(Rejection::NothingToRevise(it.years)),
        _ => Ok(()),
    }
}

fn invoice(state: &State, it: &Invoice) -> Result<(), Rejection> {
    let to = Destination::Budget(it.year);
    destination(state, to)?;
    currency(state.currency(to), it.amount.currency())?;
    if it.amount.is_nought() {
        return Err(Rejection::InvoiceOverNothing(it.amount));
    }
    if let Some(code) = &it.category {
        category(state, code)?;
    }
    let (year, who) = (it.year, it.state);
    if state.invoices.contains_key(&(year, who, it.category.clone())) {
        let category = it.category.clone();
        return Err(Rejection::InvoicedTwice { state: who, year, category });
    }
    Ok(())
}

fn contribution(state: &State, it: &Contribution) -> Result<(), Rejection> {
    destination(state, it.to)?;
    if let Some(amount) = it.amount.exact() {
        something(amount)?;
    }
    match (it.state.is_some(), it.organisation.is_some(), it.to) {
        (true, true, _) => return Err(Rejection::TwoContribute),
        (false, false, Destination::Budget(year)) => {
            return Err(Rejection::NobodyContributes(year));
        }
        _ => {}
    }
    let paid = it.amount.currency();
    match (state.currency(it.to), it.rate) {
        (Some(counted), None) if counted != paid => {
            return Err(Rejection::NoRate { paid, counted });
        }
        (Some(counted), Some(_)) if counted == paid => return Err(Rejection::NeedlessRate(paid)),
        (None, Some(_)) => return Err(Rejection::RateToNowhere),
        _ => {}
    }
    let counted = state.counted(it).ok_or(Rejection::TooLarge)?;
    let mut requested = false;
    for (index, part) in it.allocation.iter().enumerate() {
        let known = category(state, &part.category)?;
        // Only of a category that is known to be voluntary can it be said that nobody asked for it.
        requested |= known.basis != Some(Basis::Voluntary);
        if it.allocation[..index].iter().any(|other| other.category == part.category) {
            return Err(Rejection::AllocatedTwice(part.category.clone()));
        }
        currency(Some(counted.currency()), part.amount.currency())?;
    }
    let mut parts = it.allocation.iter().map(|part| part.amount);
    let allocated = parts.try_fold(Money::nought(counted.currency()), Money::plus);
    let allocated = allocated.ok_or(Rejection::TooLarge)?;
    let lower = counted.lower().money;
    if lower.covers(allocated) != Some(true) {
        return Err(Rejection::AllocatedTooMuch { allocated, lower });
    }
    if it.to == Destination::Reserve {
        let funding = if requested {
            Funding::RequestedContributions
        } else {
            Funding::VoluntaryContributions
        };
        put_in(state, funding, counted)?;
    }
    Ok(())
}

fn count(state: &State, it: &Counted) -> Result<(), Rejection> {
    let to = Destination::Budget(it.year);
    destination(state, to)?;
    if let Some(total) = it.total {
        currency(state.currency(to), total.currency())?;
    }
    for code in &it.mostly_by {
        category(state, code)?;
    }
    let says_something = it.contributors.is_some()
        || it.portion.is_some()
        || it.coverage.is_some()
        || it.total.is_some()
        || !it.mostly_by.is_empty()
        || it.some_in_excess;
    if says_something { Ok(()) } else { Err(Rejection::CountsNothing(it.year)) }
}

fn target(state: &State, it: &Target) -> Result<(), Rejection> {
    named(&it.authority)?;
    let held = state.reserve.balance().map(Amount::currency);
    currency(state.rules.currency.or(held), it.level.currency())?;
    if it.funded_by.is_empty() || it.only_for.is_empty() {
        return Err(Rejection::TargetWithoutRules);
    }
    Ok(())
}

fn draw(state: &State, it: &Drawdown) -> Result<(), Rejection> {
    something(it.amount)?;
    let reserve = &state.reserve;
    let allowed = &reserve.target().ok_or(Rejection::NoTarget)?.only_for;
    if !allowed.contains(&it.purpose) {
        let (purpose, allowed) = (it.purpose, allowed.clone());
        return Err(Rejection::DrawnForOther { purpose, allowed });
    }
    let balance = reserve.balance().ok_or(Rejection::EmptyReserve)?;
    currency(Some(balance.currency()), it.amount.currency())?;
    let lower = reserve.certain(it.on).unwrap_or(Money::nought(balance.currency()));
    if lower.covers(it.amount) == Some(true) {
        Ok(())
    } else {
        Err(Rejection::DrawnTooMuch { amount: it.amount, on: it.on, lower })
    }
}

fn restore(state: &State, it: &Restoration) -> Result<(), Rejection> {
    something(it.amount)?;
    let open = state.reserve.to_be_restored_by(it.on).ok_or(Rejection::NothingDrawn(it.on))?;
    currency(Some(open.currency()), it.amount.currency())?;
    if open.covers(it.amount) == Some(true) {
        Ok(())
    } else {
        Err(Rejection::RestoredTooMuch { amount: it.amount, open })
    }
}

fn carry(state: &State, it: &Carried) -> Result<(), Rejection> {
    destination(state, it.to)?;
    if let Destination::Budget(to) = it.to
        && to <= it.from.last()
    {
        return Err(Rejection::CarriedBack { from: it.from, to });
    }
    currency(state.currency(it.to), it.amount.currency())?;
    match it.to {
        Destination::Reserve => put_in(state, Funding::UnspentFunds, it.amount),
        Destination::Budget(_) => Ok(()),
    }
}

fn arrears(it: &Arrears) -> Result<(), Rejection> {
    for (index, owed) in it.owed.iter().enumerate() {
        if it.owed[..index].iter().any(|other| other.state == owed.state) {
            return Err(Rejection::OwesTwice(owed.state));
        }
        let wanted = it.total.map(Amount::currency);
        currency(wanted, owed.amount.currency())?;
    }
    Ok(())
}

/// What goes into the reserve is of a kind that may, of its currency, and can be added up.
fn put_in(state: &State, funding: Funding, amount: Amount) -> Result<(), Rejection> {
    if let Some(target) = state.reserve.target()
        && !target.funded_by.contains(&funding)
    {
        let allowed = target.funded_by.clone();
        return Err(Rejection::NotForReserve { found: funding, allowed });
    }
    let Some(balance) = state.reserve.balance() else { return Ok(()) };
    currency(Some(balance.currency()), amount.currency())?;
    balance.plus(amount).map(|_| ()).ok_or(Rejection::TooLarge)
}

fn something(amount: Money) -> Result<(), Rejection> {
    if amount.is_nought() { Err(Rejection::MovesNothing(amount)) } else { Ok(()) }
}

fn named(authority: &Authority) -> Result<(), Rejection> {
    if authority.names_somebody() { Ok(()) } else { Err(Rejection::NoAuthority) }
}

fn destination(state: &State, to: Destination) -> Result<(), Rejection> {
    match to {
        Destination::Budget(year) if state.budget(year).is_none() => Err(Rejection::NoBudget(year)),
        _ => Ok(()),
    }
}

fn currency(wanted: Option<Currency>, found: Currency) -> Result<(), Rejection> {
    match wanted.filter(|wanted| *wanted != found) {
        Some(wanted) => Err(Rejection::OtherCurrency { wanted, found }),
        None => Ok(()),
    }
}

fn category<'a>(state: &'a State, code: &CategoryCode) -> Result<&'a Category, Rejection> {
    let known = &state.procedures.categories;
    known.get(code).map(|it| &it.category).ok_or_else(|| Rejection::UnknownCategory {
        category: code.clone(),
        help: match nearest(code.as_str(), known.keys().map(CategoryCode::as_str)) {
            Some(near) => format!("`{near}` is known"),
            None => "record `procedures_adopted` with it first".to_owned(),
        },
    })
}
