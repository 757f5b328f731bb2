//! What sources say of money, compared with what is recorded.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chancery_finance::{
    Arrears, Basis, CategoryCode, CategoryRequest, Counted, Coverage, Destination,
    Event as Finance, Invoice, Year,
};
use chancery_kernel::{Amount, StateCode};
use chancery_meetings::{Event as Meetings, Plenary};
use chancery_register::{Event, Recorded};
use jiff::civil::Date;

use super::{Contradiction, FindingRule};
use crate::{at::At, view::View};

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let mut requested = Requested::default();
    let found = view.events().iter().flat_map(|recorded| match &recorded.envelope.event {
        Event::Finance(Finance::ContributionsCounted(it)) => counted(view, recorded, it),
        Event::Finance(Finance::Invoiced(it)) => {
            requested.otherwise(view, recorded, it).into_iter().collect()
        }
        Event::Finance(Finance::ArrearsReported(it)) => arrears(recorded, it).into_iter().collect(),
        Event::Meetings(Meetings::PlenaryHeld(it)) => {
            plenaries(view, recorded, it).into_iter().collect()
        }
        _ => Vec::new(),
    });
    found.collect()
}

fn counted<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &Counted,
) -> Vec<Contradiction<'a>> {
    let portion = portion_differs(view, recorded, it);
    let contributors = contributors_differ(view, recorded, it);
    let total = total_differs(view, recorded, it);
    portion.into_iter().chain(contributors).chain(total).collect()
}

fn portion_differs<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &Counted,
) -> Option<Contradiction<'a>> {
    let check = view.portion_check(&view.state().finance, it).filter(|check| !check.holds)?;
    let number = view.events().iter().rev().find(|other| {
        matches!(&other.envelope.event, Event::Finance(Finance::ContributionsCounted(other))
            if other.year == it.year && other.contributors.is_some())
    });
    let against = number.filter(|_| it.contributors.is_none()).unwrap_or(recorded);
    let message = format!("contributions of {}: {}", it.year, check.said);
    Some(Contradiction::new(FindingRule::PortionDiffers, recorded, against, message))
}

fn contributors_differ<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &Counted,
) -> Option<Contradiction<'a>> {
    let counted = it.contributors?;
    let (on, year) = (it.on.latest(), it.year);
    let finding = |against, than| {
        let message =
            format!("contributions of {year}: the source counts {counted} contributors; {than}");
        Some(Contradiction::new(FindingRule::ContributorsDiffer, recorded, against, message))
    };
    let parties = view.parties(on);
    if (parties.len() as u64) < u64::from(counted) {
        return finding(recorded, format!("{} States parties are in force on {on}", parties.len()));
    }
    // Others may pay as well, and are not counted.
    let paid = payments(view, it).filter(|(_, who)| who.is_some_and(|who| parties.contains(&who)));
    let payers: BTreeSet<StateCode> = paid.clone().filter_map(|(_, who)| who).collect();
    let (against, _) = paid.last()?;
    if payers.len() as u64 > u64::from(counted) {
        return finding(against, format!("{} are recorded", payers.len()));
    }
    None
}

/// A sum that is less than its parts, or that does not cover what is said to be covered.
fn total_differs<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &Counted,
) -> Option<Contradiction<'a>> {
    let (total, state) = (it.total?, &view.state().finance);
    let to = Destination::Budget(it.year);
    let paid = state.contributions().iter().filter(|paid| paid.to == to);
    let paid = sum(paid.filter_map(|paid| state.counted(paid)));
    let finding = |against, message| {
        Some(Contradiction::new(FindingRule::QuantityDiffers, recorded, against, message))
    };
    if let Some(paid) = paid.filter(|paid| below(total, *paid)) {
        let (against, _) = payments(view, it).last()?;
        return finding(
            against,
            format!(
                "contributions of {}: the source sums them up to {total}; {paid} is recorded",
                it.year
            ),
        );
    }
    let budget = state.budget(it.year)?.total?;
    let approved = view.events().iter().rev().find(|other| {
        matches!(&other.envelope.event, Event::Finance(Finance::BudgetApproved(budget))
            if budget.years.holds(it.year) && budget.total.is_some())
    })?;
    let (said, wrong) = match it.coverage? {
        Coverage::Fully => ("covered in full", below(total, budget)),
        Coverage::Partly => ("covered in part", !below(total, budget) && total.exact().is_some()),
    };
    if wrong {
        return finding(
            approved,
            format!("the budget of {} is {budget} and is said to be {said} by {total}", it.year),
        );
    }
    None
}

/// What was paid to the budget of the year that a source sums up.
fn payments<'a>(
    view: &'a View,
    it: &Counted,
) -> impl Iterator<Item = (&'a Arc<Recorded>, Option<StateCode>)> + Clone {
    let to = Destination::Budget(it.year);
    view.events().iter().filter_map(move |recorded| match &recorded.envelope.event {
        Event::Finance(Finance::Contributed(paid)) if paid.to == to => Some((recorded, paid.state)),
        _ => None,
    })
}

fn arrears<'a>(recorded: &'a Arc<Recorded>, it: &Arrears) -> Option<Contradiction<'a>> {
    let (total, parts) = (it.total?, sum(it.owed.iter().map(|owed| owed.amount))?);
    below(total, parts).then(|| {
        let message =
            format!("the arrears are said to be {total} in all; those named come to {parts}");
        Contradiction::new(FindingRule::QuantityDiffers, recorded, recorded, message)
    })
}

/// What the procedures gave for a year on the day of an invoice, for each day and year once: many
/// invoices are sent on one day, and what is decided later makes none of them wrong.
#[derive(Default)]
struct Requested(BTreeMap<(Date, Year), Given>);

/// What the procedures give for a year.
struct Given {
    /// What each category asks for; `None` while that cannot be computed.
    requests: Option<Vec<CategoryRequest>>,
    /// The categories under which nothing is asked for.
    voluntary: Vec<CategoryCode>,
}

impl Requested {
    fn otherwise<'a>(
        &mut self,
        view: &'a View,
        recorded: &'a Arc<Recorded>,
        it: &Invoice,
    ) -> Option<Contradiction<'a>> {
        let category = it.category.as_ref()?;
        let at = view.at(it.on.latest());
        let given = self.0.entry((at.day(), it.year)).or_insert_with(|| Given::by(&at, it.year));
        let share = if given.voluntary.contains(category) {
            None
        } else {
            let mut requests = given.requests.as_ref()?.iter();
            let of_category = requests.find(|request| request.category == *category)?;
            of_category.shares.iter().find(|share| share.state == it.state)
        };
        let share = share.map(|share| share.amount);
        if share == Some(it.amount) {
            return None;
        }
        let (procedures, _) = at
            .money()
            .filter(|(_, event)| matches!(event, Finance::ProceduresAdopted(_)))
            .last()?;
        let given = share.map_or_else(|| "nothing".to_owned(), |share| share.to_string());
        let message = format!(
            "{} is invoiced {} under {category} for {}; the procedures give {given}",
            view.called(it.state, recorded),
            it.amount,
            it.year
        );
        let found = Contradiction::new(FindingRule::InvoiceDiffers, recorded, procedures, message);
        Some(found.suggesting(share.map(|share| share.to_string())))
    }
}

impl Given {
    fn by(at: &At<'_>, year: Year) -> Self {
        let state = at.finance_state();
        let categories = state.procedures().categories.iter();
        let voluntary = categories
            .filter(|(_, known)| known.category.basis == Some(Basis::Voluntary))
            .map(|(code, _)| code.clone())
            .collect();
        Self { requests: at.requested(&state, year).ok(), voluntary }
    }
}

/// Two places that count the plenary meetings of one meeting differently.
fn plenaries<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &Plenary,
) -> Option<Contradiction<'a>> {
    let said = it.of?;
    let before = view.by_meeting.get(&it.meeting)?.iter().filter_map(|at| view.events().get(*at));
    let mut before = before.take_while(|other| other.position < recorded.position);
    let (against, other) = before.find_map(|other| match &other.envelope.event {
        Event::Meetings(Meetings::PlenaryHeld(plenary)) => {
            plenary.of.filter(|of| *of != said).map(|of| (other, of))
        }
        _ => None,
    })?;
    let message =
        format!("{} held {said} plenary meetings by this place, {other} by another", it.meeting);
    Some(Contradiction::new(FindingRule::QuantityDiffers, recorded, against, message))
}

/// All together; `None` for nothing, or for several currencies.
fn sum(mut amounts: impl Iterator<Item = Amount>) -> Option<Amount> {
    let first = amounts.next()?;
    amounts.try_fold(first, Amount::plus)
}

/// Whether one amount is certainly less than another.
fn below(one: Amount, other: Amount) -> bool {
    one.upper().is_some_and(|most| most.money.covers(other.lower().money) == Some(false))
}
