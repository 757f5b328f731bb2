use std::{fmt::Display, sync::Arc};

use chancery_finance::{Coverage, Destination, Event as Finance, Year};
use chancery_register::Recorded;

use super::{Figure, StatusFigure, Why};
use crate::{
    at::At,
    finances::{BudgetSum, CountAt, PaymentsAt, ProceduresAt, ReserveAt, is_of_the_reserve},
};

impl At<'_> {
    /// Why a year's budget is what it is.
    pub fn why_budget(&self, it: &BudgetSum) -> Why {
        let why = Why::new(
            Figure::Budget(it.year),
            "a year's budget is the last that was approved for the year itself, else the last of a period that holds it",
        );
        let approvals = it.approvals.iter();
        approvals
            .fold(why.value_known(it.total), |why, approval| {
                let name = format!("{}, approved by {} on {}", approval.years, approval.authority, approval.on);
                why.with(name, known(approval.total))
            })
            .rests_on(self, self.money_events(|event| {
                matches!(event, Finance::BudgetApproved(budget) if budget.years.holds(it.year))
            }))
    }

    /// Why so much of a year's budget is covered.
    pub fn why_coverage(&self, it: &BudgetSum) -> Why {
        let to = Destination::Budget(it.year);
        let rule = match it.coverage.reported {
            Some(Coverage::Fully) => {
                "a source says that the budget was covered in full: at the least its total is covered, and at the most"
            }
            _ => {
                "at the least what is recorded as paid or carried over to the year, and never more than the total; at the most the total, since others may have paid without a record"
            }
        };
        let value = match (it.coverage.lower, it.coverage.upper) {
            (Some(lower), Some(upper)) => format!("from {lower} to {upper}"),
            (Some(lower), None) => format!("at least {lower}"),
            (None, Some(upper)) => format!("at most {upper}"),
            (None, None) if it.coverage.reported.is_some() => {
                "as a source says; no sum is known".to_owned()
            }
            (None, None) => "not known".to_owned(),
        };
        let reported = it.coverage.reported.map(|covered| match covered {
            Coverage::Fully => "in full",
            Coverage::Partly => "in part",
        });
        let why =
            Why::new(Figure::Coverage(it.year), rule).value(value).with("total", known(it.total));
        let state = self.finance_state();
        let why = self.money().fold(why, |why, (_, event)| match event {
            Finance::Contributed(paid) if paid.to == to => {
                let who = paid.state.map(|who| self.name(who).to_string());
                let who = who.or(paid.organisation.as_ref().map(|id| self.organisation(id).name));
                let who = who.unwrap_or_else(|| "several, not named".to_owned());
                let name = format!("contribution of {who}, {}", paid.on);
                match state.counted(paid) {
                    Some(counted) if counted == paid.amount => why.with(name, counted),
                    Some(counted) => {
                        why.with(name, format!("{}, counted as {counted}", paid.amount))
                    }
                    None => {
                        why.with(name, format!("{}, not counted: no rate is recorded", paid.amount))
                    }
                }
            }
            Finance::UnspentCarried(carried) if carried.to == to => {
                why.with(format!("carried over from {}", carried.from), carried.amount)
            }
            _ => why,
        });
        why.with(
            "received, as far as recorded",
            it.received.map_or_else(|| "nothing".to_owned(), |it| it.to_string()),
        )
        .with_known("covered, as a source says", reported)
        .rests_on(
            self,
            self.money_events(|event| match event {
                Finance::BudgetApproved(budget) => budget.years.holds(it.year),
                Finance::Contributed(paid) => paid.to == to,
                Finance::UnspentCarried(carried) => carried.to == to,
                Finance::ContributionsCounted(counted) => counted.year == it.year,
                _ => false,
            }),
        )
    }

    /// Why the words on a year's contributors hold for the numbers, or do not; `None` where there
    /// is nothing to compare.
    pub fn why_count(&self, year: Year, it: &CountAt) -> Option<Why> {
        let check = it.check.as_ref()?;
        let parties = self.view.at(check.on).why_status(StatusFigure::InForce);
        Some(
            Why::new(Figure::Contributors(year), check.said.clone())
                .value(if check.holds { "holds" } else { "does not hold" })
                .with("contributors", check.contributors)
                .with(format!("States parties in force on {}", check.on), check.of)
                .rests_on(self, parties.map(|why| why.events).unwrap_or_default())
                .rests_on(self, self.money_events(|event| {
                    matches!(event, Finance::ContributionsCounted(counted) if counted.year == year)
                })),
        )
    }

    /// Why so much of what a State was asked for is due, paid and outstanding.
    pub fn why_payments(&self, year: Year, it: &PaymentsAt) -> Why {
        let who = it.state.code;
        let why = Why::new(
            Figure::Payments(who, year),
            "outstanding is the sum of the State's invoices for the year less what it paid, whatever the categories, and not below nought; without an invoice nothing is outstanding",
        )
        .value(known(it.outstanding));
        let why = it.invoices.iter().fold(why, |why, invoice| {
            let category = invoice.category.as_ref().map(|it| format!(" under {it}"));
            let name = format!("invoice{}, {}", category.unwrap_or_default(), invoice.on);
            why.with(name, invoice.amount)
        });
        let why = it.contributions.iter().fold(why, |why, paid| {
            let counted = paid.counted.filter(|counted| *counted != paid.amount);
            let counted = counted.map(|it| format!(", counted as {it}")).unwrap_or_default();
            why.with(format!("contribution, {}", paid.on), format!("{}{counted}", paid.amount))
        });
        why.with("due", known(it.due)).with("paid", known(it.paid)).rests_on(
            self,
            self.money_events(|event| match event {
                Finance::Invoiced(invoice) => invoice.year == year && invoice.state == who,
                Finance::Contributed(paid) => {
                    paid.to == Destination::Budget(year) && paid.state == Some(who)
                }
                _ => false,
            }),
        )
    }

    /// Why the financial procedures are reviewed when they are; `None` where they say nothing of it.
    pub fn why_review(&self, it: &ProceduresAt) -> Option<Why> {
        let review = it.review.as_ref()?;
        let why = Why::new(
            Figure::Review,
            "the procedures are reviewed when they last said so; a moment that hangs on a meeting moves with it",
        )
        .value_known(review.date);
        let events = self.money_events(|event| matches!(event, Finance::ProceduresAdopted(_)));
        Some(self.with_moment(why, "review", &review.said).rests_on(self, events))
    }

    /// Why so much is in the reserve, and so much missing to its level.
    pub fn why_reserve(&self, it: &ReserveAt) -> Why {
        let why = Why::new(
            Figure::Reserve,
            "the balance is what was paid in, carried over and restored, less what was drawn; where of a part only bounds are known, so it is of the sum",
        );
        self.with_reserve(why.value(known(it.balance)), it)
    }

    /// Why so much is missing to the level of the reserve.
    pub fn why_shortfall(&self, it: &ReserveAt) -> Why {
        let why = Why::new(
            Figure::Shortfall,
            "the shortfall is what the balance lacks to the level that was set last; it is not known while one of the two is not",
        );
        self.with_reserve(why.value(known(it.shortfall)), it)
    }

    fn with_reserve(&self, why: Why, it: &ReserveAt) -> Why {
        let state = self.finance_state();
        let why = self.money().fold(why, |why, (_, event)| match event {
            Finance::ReserveTargetSet(set) => {
                why.with(format!("level set by {}, {}", set.authority.said(), set.on), set.level)
            }
            Finance::Contributed(paid) if paid.to == Destination::Reserve => {
                let amount = state.counted(paid).unwrap_or(paid.amount);
                why.with(format!("paid in, {}", paid.on), amount)
            }
            Finance::UnspentCarried(carried) if carried.to == Destination::Reserve => why.with(
                format!("carried over from {}, {}", carried.from, carried.on),
                carried.amount,
            ),
            Finance::ReserveRestored(back) => {
                why.with(format!("restored, {}", back.on), back.amount)
            }
            Finance::ReserveDrawn(out) => why.with(format!("drawn, {}", out.on), out.amount),
            _ => why,
        });
        why.with("balance", known(it.balance))
            .with("level", known(it.target))
            .with("shortfall", known(it.shortfall))
            .with_known("drawn and not restored", it.to_be_restored)
            .rests_on(self, self.money_events(is_of_the_reserve))
    }

    /// The events about money that are wanted, as far as they count on the day.
    pub(super) fn money_events(&self, wanted: impl Fn(&Finance) -> bool) -> Vec<Arc<Recorded>> {
        let events = self.view.by_finance.iter().filter_map(|index| self.event(*index));
        let counting = events.filter(|recorded| self.counts(recorded.envelope.effective));
        let wanted = counting.filter(|recorded| match &recorded.envelope.event {
            chancery_register::Event::Finance(event) => wanted(event),
            _ => false,
        });
        wanted.cloned().collect()
    }
}

fn known(amount: Option<impl Display>) -> String {
    amount.map_or_else(|| "not known".to_owned(), |amount| amount.to_string())
}
