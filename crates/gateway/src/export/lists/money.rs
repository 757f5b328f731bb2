use chancery_finance::Year;
use chancery_projections::{
    ArrearsAt, BudgetAt, CategoryAt, ContributionAt, CountAt, EstimateAt, InvoiceAt, OwedAt,
    ReserveAt, ScaleAt, StateAt,
};

use crate::export::{
    Cell,
    cell::{
        currency, date, joined, lower, maybe, maybe_number, maybe_word, number, place, said, sum,
        symbol, text, truth, upper, word,
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

/// Something about a State and a year.
pub(super) struct Of<T> {
    year: Year,
    state: StateAt,
    it: T,
}

pub(super) static INVOICES: ListOf<Of<InvoiceAt>> = ListOf {
    name: "invoices",
    view: "Invoice",
    table: "invoices",
    about: "What States were asked to pay for the year of a budget.",
    key: None,
    items: |at| {
        let payments = at.budgets().into_iter().flat_map(|budget| {
            budget.payments.into_iter().map(move |payments| (budget.year, payments))
        });
        let of = |(year, payments): (Year, chancery_projections::PaymentsAt)| {
            let state = payments.state;
            payments.invoices.into_iter().map(move |it| Of { year, state: state.clone(), it })
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

pub(super) static CONTRIBUTIONS: ListOf<Of<ContributionAt>> = ListOf {
    name: "contributions",
    view: "Contribution",
    table: "contributions",
    about: "What States paid for the year of a budget.",
    key: None,
    items: |at| {
        let payments = at.budgets().into_iter().flat_map(|budget| {
            budget.payments.into_iter().map(move |payments| (budget.year, payments))
        });
        let of = |(year, payments): (Year, chancery_projections::PaymentsAt)| {
            let state = payments.state;
            payments.contributions.into_iter().map(move |it| Of { year, state: state.clone(), it })
        };
        payments.flat_map(of).collect()
    },
    columns: &[
        column("year", Kind::Integer, "The year of the budget.", |it| number(it.year.number())),
        column("state_code", Kind::State, "Which State.", |it| text(it.state.code)),
        column("state_name", Kind::StateName, "Its name on the day.", |it| text(&it.state.name)),
        column("amount", Kind::Text, "What was paid, as it was said.", |it| text(it.it.amount)),
        column("currency", Kind::Text, "The currency, ISO 4217.", |it| {
            currency(Some(it.it.amount))
        }),
        column("amount_lower", Kind::Decimal, "What it is at the least.", |it| {
            lower(Some(it.it.amount))
        }),
        column("amount_upper", Kind::Decimal, "What it is at the most.", |it| {
            upper(Some(it.it.amount))
        }),
        column("counted", Kind::Text, "What that is in the currency that is counted in.", |it| {
            maybe(it.it.counted)
        }),
        column("allocation", Kind::Several, "What of it was paid for which category.", |it| {
            joined(it.it.allocation.iter().map(|(category, money)| format!("{category}: {money}")))
        }),
        column("paid_on", Kind::Date, "When.", |it| text(it.it.on)),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(Some(&it.it.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(Some(&it.it.source))),
    ],
};

pub(super) static COUNTS: ListOf<(Year, CountAt)> = ListOf {
    name: "contribution-counts",
    view: "ContributionCount",
    table: "contribution_counts",
    about: "What sources say of a year's contributions in sum.",
    key: None,
    items: |at| {
        let of = |budget: BudgetAt| budget.counts.into_iter().map(move |it| (budget.year, it));
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

pub(super) static CATEGORIES: ListOf<CategoryAt> = ListOf {
    name: "contribution-categories",
    view: "ContributionCategory",
    table: "contribution_categories",
    about: "The categories of contributions of the financial procedures.",
    key: Some(&["code"]),
    items: |at| at.procedures().map(|it| it.categories).unwrap_or_default(),
    columns: &[
        column("code", Kind::Text, "Its code.", |it| text(&it.code)),
        column("name", Kind::Text, "What it is.", |it| maybe(it.name.as_ref())),
        column("basis", Kind::Word, "How it is divided; empty is not known.", |it| {
            maybe_word(it.basis.as_ref())
        }),
        column(
            "percentage",
            Kind::Decimal,
            "Which part of the budget it bears, in per cent.",
            |it| maybe(it.percentage.map(chancery_kernel::Percent::number)),
        ),
        column("floor", Kind::Text, "The least that a payer pays.", |it| maybe(it.floor)),
        column("cap", Kind::Text, "The most that a payer pays.", |it| maybe(it.cap)),
        column("decided_by", Kind::Several, "Who had a say in it.", |it| joined(&it.decided_by)),
    ],
};

pub(super) static SCALES: ListOf<ScaleAt> = ListOf {
    name: "scales",
    view: "Scale",
    table: "scales",
    about: "The scales of assessments, by period.",
    key: Some(&["years"]),
    items: |at| at.finances().scales,
    columns: &[
        column("years", Kind::Text, "The years that it holds for.", |it| text(it.years)),
        column("states", Kind::Integer, "How many States have a rate.", |it| number(it.states)),
        column("sum", Kind::Decimal, "What the rates add up to, in per cent.", |it| text(it.sum)),
        column("sources", Kind::Several, "The places that prove it.", |it| joined(&it.sources)),
    ],
};

pub(super) static RESERVES: ListOf<ReserveAt> = ListOf {
    name: "reserves",
    view: "Reserve",
    table: "reserves",
    about: "The reserve of each convention that has one.",
    key: Some(&[]),
    items: |at| at.reserve().into_iter().collect(),
    columns: &[
        column("target_currency", Kind::Text, "The currency of the level.", |it| {
            maybe(it.target.map(chancery_kernel::Money::currency))
        }),
        column(
            "target",
            Kind::Decimal,
            "The level at which it is to be kept.",
            |it| sum(it.target),
        ),
        column("balance", Kind::Text, "What is in it, as far as recorded.", |it| maybe(it.balance)),
        column("balance_lower", Kind::Decimal, "What is in it at the least.", |it| {
            lower(it.balance)
        }),
        column("balance_upper", Kind::Decimal, "What is in it at the most.", |it| {
            upper(it.balance)
        }),
        column("shortfall", Kind::Text, "What is missing to its level.", |it| maybe(it.shortfall)),
        column("to_be_restored", Kind::Text, "What was drawn and not restored.", |it| {
            maybe(it.to_be_restored)
        }),
        column("funded_by", Kind::Several, "What may be put in.", |it| {
            joined(it.funded_by.iter().map(word_of))
        }),
        column("only_for", Kind::Several, "What it may be drawn for.", |it| {
            joined(it.only_for.iter().map(word_of))
        }),
        column("sources", Kind::Several, "The places that prove it.", |it| joined(&it.sources)),
    ],
};

pub(super) static ESTIMATES: ListOf<EstimateAt> = ListOf {
    name: "cost-estimates",
    view: "CostEstimate",
    table: "cost_estimates",
    about: "What meetings will cost, the last estimate of each.",
    key: Some(&["meeting"]),
    items: |at| at.estimates(),
    columns: &[
        column("meeting", Kind::Meeting, "Which meeting.", |it| text(&it.meeting)),
        column("authority", Kind::Text, "On whose word.", |it| text(&it.authority)),
        column("total", Kind::Text, "How much; empty is not known.", |it| maybe(it.total)),
        column("said_on", Kind::Date, "When.", |it| text(it.on)),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(Some(&it.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(Some(&it.source))),
    ],
};

/// A report of arrears, and one State's part of it.
pub(super) struct Arrear {
    report: std::sync::Arc<ArrearsAt>,
    owed: Option<OwedAt>,
}

pub(super) static ARREARS: ListOf<Arrear> = ListOf {
    name: "arrears",
    view: "Arrears",
    table: "arrears_reported",
    about: "Reports of arrears: a row for each State that one names, else one row.",
    key: None,
    items: |at| {
        let each = |report: ArrearsAt| {
            let report = std::sync::Arc::new(report);
            let mut owed: Vec<Option<OwedAt>> = report.owed.iter().cloned().map(Some).collect();
            if owed.is_empty() {
                owed.push(None);
            }
            owed.into_iter().map(move |owed| Arrear { report: report.clone(), owed })
        };
        at.arrears().into_iter().flat_map(each).collect()
    },
    columns: &[
        column("reported_by", Kind::Text, "Who reports.", |it| {
            maybe(it.report.by.as_ref().map(|it| &it.name))
        }),
        column("summary", Kind::Text, "What is said.", |it| text(&it.report.summary)),
        column("total", Kind::Text, "How much in all.", |it| maybe(it.report.total)),
        column("state_code", Kind::State, "Which State owes.", |it| {
            maybe(it.owed.as_ref().map(|it| it.state.code))
        }),
        column("state_name", Kind::StateName, "Its name on the day.", |it| {
            maybe(it.owed.as_ref().map(|it| &it.state.name))
        }),
        column("amount", Kind::Text, "How much it owes.", |it| {
            maybe(it.owed.as_ref().map(|it| it.amount))
        }),
        column("said_on", Kind::Date, "When.", |it| text(it.report.on)),
        column("source_symbol", Kind::Text, "The document that says so.", |it| {
            symbol(Some(&it.report.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(Some(&it.report.source))),
    ],
};

fn word_of(value: &impl serde::Serialize) -> String {
    match word(value) {
        Cell::Text(word) => word,
        _ => String::new(),
    }
}
