use chancery_finance::{Destination, Year};
use chancery_projections::{BudgetAt, CountAt, InvoiceAt, PaidAt, StateAt};

use crate::export::{
    Cell,
    cell::{
        currency, date, joined, lower, maybe, maybe_number, maybe_word, number, place, said, sum,
        symbol, text, truth, upper,
    },
    list::{Kind, ListOf, column},
};

pub(super) static BUDGETS: ListOf<BudgetAt> = ListOf {
    name: "budgets",
    view: "Budget",
    table: "budgets",
    about: "Each year's budget, and how much of it is covered as far as that is recorded.",
    key: Some(&["year"]),
    items: |at| at.budgets(),
    columns: &[
        column("year", Kind::Integer, "The year.", |it| number(it.year.number())),
        column("total", Kind::Text, "How much, as it was said; empty is not known.", |it| {
            maybe(it.total)
        }),
        column("total_currency", Kind::Text, "Its currency, ISO 4217.", |it| currency(it.total)),
        column("total_lower", Kind::Decimal, "What it is at the least.", |it| lower(it.total)),
        column("total_upper", Kind::Decimal, "What it is at the most.", |it| upper(it.total)),
        column("work_plan", Kind::Truth, "Whether a work plan is part of it.", |it| {
            truth(it.work_plan)
        }),
        column(
            "received",
            Kind::Text,
            "What is recorded as received, carried over included.",
            |it| maybe(it.received),
        ),
        column("covered_lower", Kind::Decimal, "What of it is covered at the least.", |it| {
            sum(it.coverage.lower)
        }),
        column("covered_upper", Kind::Decimal, "What of it is covered at the most.", |it| {
            sum(it.coverage.upper)
        }),
        column("covered_as_reported", Kind::Word, "How far, in words of a source.", |it| {
            maybe_word(it.coverage.reported.as_ref())
        }),
        column("missing", Kind::Several, "What is missing to compute each payer's share.", |it| {
            joined(&it.requests.missing)
        }),
        column("authorities", Kind::Several, "Who approved it.", |it| {
            joined(it.approvals.iter().map(|it| &it.authority))
        }),
        column("sources", Kind::Several, "The places that prove the approvals.", |it| {
            joined(it.approvals.iter().map(|it| &it.source))
        }),
    ],
};

/// An invoice with its State and its year.
pub(super) struct Sent {
    year: Year,
    state: StateAt,
    it: InvoiceAt,
}

pub(super) static INVOICES: ListOf<Sent> = ListOf {
    name: "invoices",
    view: "Invoice",
    table: "invoices",
    about: "What States were asked to pay for the year of a budget.",
    key: None,
    items: |at| {
        let payments = at.budgets().into_iter().flat_map(|budget| {
            let year = budget.year;
            budget.payments.into_iter().map(move |payments| (year, payments))
        });
        let of = |(year, payments): (Year, chancery_projections::PaymentsAt)| {
            let state = payments.state;
            payments.invoices.into_iter().map(move |it| Sent { year, state: state.clone(), it })
        };
        payments.flat_map(of).collect()
    },
    columns: &[
        column("year", Kind::Integer, "The year of the budget.", |it| number(it.year.number())),
        column("state_code", Kind::State, "Which State.", |it| text(it.state.code)),
        column("state_name", Kind::StateName, "Its name on the day.", |it| text(&it.state.name)),
        column("category", Kind::Text, "Under which category of contributions.", |it| {
            maybe(it.it.category.as_ref())
        }),
        column("currency", Kind::Text, "The currency, ISO 4217.", |it| {
            text(it.it.amount.currency())
        }),
        column("amount", Kind::Decimal, "How much.", |it| sum(Some(it.it.amount))),
        column("allocated", Kind::Decimal, "What is recorded as paid for it.", |it| {
            sum(Some(it.it.allocated))
        }),
        column("pay_by_said", Kind::Text, "The last day for paying, as it was said.", |it| {
            said(it.it.pay_by.as_ref())
        }),
        column("pay_by_on", Kind::Date, "The day that this comes to.", |it| {
            date(it.it.pay_by.as_ref())
        }),
        column(
            "past_due",
            Kind::Truth,
            "Whether that day has passed; empty where unknown.",
            |it| it.it.past_due.map_or(Cell::Empty, truth),
        ),
        column("sent_on", Kind::Date, "When it was sent.", |it| text(it.it.on)),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(Some(&it.it.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(Some(&it.it.source))),
    ],
};

pub(super) static CONTRIBUTIONS: ListOf<PaidAt> = ListOf {
    name: "contributions",
    view: "Contribution",
    table: "contributions",
    about: "What was paid by States and organisations, in the order of recording; empty is not known who.",
    key: None,
    items: |at| at.contributions(),
    columns: &[
        column("to", Kind::Word, "What it was paid to: budget or reserve.", |it| {
            text(match it.to {
                Destination::Budget(_) => "budget",
                Destination::Reserve => "reserve",
            })
        }),
        column("year", Kind::Integer, "The year of the budget.", |it| match it.to {
            Destination::Budget(year) => number(year.number()),
            Destination::Reserve => Cell::Empty,
        }),
        column("state_code", Kind::State, "Which State paid.", |it| {
            maybe(it.state.as_ref().map(|state| state.code))
        }),
        column("state_name", Kind::StateName, "Its name on the day.", |it| {
            maybe(it.state.as_ref().map(|state| &state.name))
        }),
        column("organisation", Kind::Text, "Which organisation paid.", |it| {
            maybe(it.organisation.as_ref().map(|it| &it.id))
        }),
        column("organisation_name", Kind::Text, "Its name in the profile.", |it| {
            maybe(it.organisation.as_ref().map(|it| &it.name))
        }),
        column("amount", Kind::Text, "What was paid, as it was said.", |it| text(it.paid.amount)),
        column("currency", Kind::Text, "The currency, ISO 4217.", |it| {
            currency(Some(it.paid.amount))
        }),
        column("amount_lower", Kind::Decimal, "What it is at the least.", |it| {
            lower(Some(it.paid.amount))
        }),
        column("amount_upper", Kind::Decimal, "What it is at the most.", |it| {
            upper(Some(it.paid.amount))
        }),
        column("counted", Kind::Text, "What that is in the currency that is counted in.", |it| {
            maybe(it.paid.counted)
        }),
        column("allocation", Kind::Several, "What of it was paid for which category.", |it| {
            let parts = it.paid.allocation.iter();
            joined(parts.map(|(category, money)| format!("{category}: {money}")))
        }),
        column("paid_on", Kind::Date, "When.", |it| text(it.paid.on)),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(Some(&it.paid.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(Some(&it.paid.source))),
    ],
};

pub(super) static COUNTS: ListOf<(Year, CountAt)> = ListOf {
    name: "contribution-counts",
    view: "ContributionCount",
    table: "contribution_counts",
    about: "What sources say of a year's contributions in sum.",
    key: None,
    items: |at| {
        let of = |budget: BudgetAt| {
            let year = budget.year;
            budget.sum.counts.into_iter().map(move |it| (year, it))
        };
        at.budgets().into_iter().flat_map(of).collect()
    },
    columns: &[
        column("year", Kind::Integer, "The year of the budget.", |(year, _)| number(year.number())),
        column("contributors", Kind::Integer, "How many States parties contributed.", |(_, it)| {
            maybe_number(it.contributors)
        }),
        column("portion", Kind::Word, "Which part of the States parties, in words.", |(_, it)| {
            maybe_word(it.portion.as_ref())
        }),
        column("coverage", Kind::Word, "How far the budget was covered, in words.", |(_, it)| {
            maybe_word(it.coverage.as_ref())
        }),
        column("total", Kind::Text, "How much came in.", |(_, it)| maybe(it.total)),
        column("mostly_by", Kind::Several, "Categories by which most contributed.", |(_, it)| {
            joined(&it.mostly_by)
        }),
        column("some_in_excess", Kind::Truth, "Whether some paid more than asked.", |(_, it)| {
            truth(it.some_in_excess)
        }),
        column("check", Kind::Text, "Whether the words hold for the numbers.", |(_, it)| {
            maybe(it.check.as_ref().map(|check| &check.said))
        }),
        column("said_on", Kind::Date, "When it was said.", |(_, it)| text(it.on)),
        column("source_symbol", Kind::Text, "The document that says so.", |(_, it)| {
            symbol(Some(&it.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |(_, it)| place(Some(&it.source))),
    ],
};
