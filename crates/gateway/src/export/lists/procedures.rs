use chancery_finance::Years;
use chancery_projections::{ArrearsAt, CategoryAt, EstimateAt, OwedAt, RateAt, ReserveAt, ScaleAt};

use crate::export::{
    Cell,
    cell::{joined, lower, maybe, maybe_word, number, place, sum, symbol, text, upper, word},
    list::{Kind, ListOf, column},
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
    items: |at| at.scales(),
    columns: &[
        column("years", Kind::Text, "The years that it holds for.", |it| text(it.years)),
        column("states", Kind::Integer, "How many States have a rate.", |it| number(it.states)),
        column("sum", Kind::Decimal, "What the rates add up to, in per cent.", |it| text(it.sum)),
        column("sources", Kind::Several, "The places that prove it.", |it| joined(&it.sources)),
    ],
};

/// A State's rate in the scale of a period.
pub(super) struct Rate {
    years: Years,
    it: RateAt,
}

pub(super) static RATES: ListOf<Rate> = ListOf {
    name: "rates",
    view: "Rate",
    table: "rates",
    about: "Each State's rate in each scale of assessments, by period and name.",
    key: Some(&["years", "state_code"]),
    items: |at| {
        let of = |scale: ScaleAt| {
            let years = scale.years;
            scale.rates.into_iter().map(move |it| Rate { years, it })
        };
        at.scales().into_iter().flat_map(of).collect()
    },
    columns: &[
        column("years", Kind::Text, "The years that it holds for.", |it| text(it.years)),
        column("state_code", Kind::State, "Which State.", |it| text(it.it.state.code)),
        column("state_name", Kind::StateName, "Its name on the day.", |it| text(&it.it.state.name)),
        column("rate", Kind::Decimal, "Its rate, in per cent of the scale's own whole.", |it| {
            text(it.it.rate.number())
        }),
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
    view: "ArrearsReport",
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
