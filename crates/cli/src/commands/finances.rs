use chancery_finance::{Destination, Year};
use chancery_projections::{At, CategoryAt, FinancesAt, PaidAt};
use serde_json::json;

use crate::{
    args::{Finances, FinancesPart as Part, Global},
    error::Error,
    print, register,
};

/// A table with its heading.
struct Section {
    heading: &'static str,
    head: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

pub(crate) async fn run(global: &Global, args: &Finances) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, day) = register::asked(&service, &args.read)?;
    let at = view.at(day);
    let found = of_year(at.finances(), args.year);
    if global.json {
        return print::json(&match args.part {
            None => json!(found),
            Some(Part::Budgets) => json!(found.budgets),
            Some(Part::Contributions) => json!(found.contributions),
            Some(Part::Reserve) => json!(found.reserve),
            Some(Part::Procedures) => json!(found.procedures),
            Some(Part::Scales) => json!(found.scales),
            Some(Part::Rates) => json!(rates(&found, args.year)?.rates),
            Some(Part::Estimates) => json!(found.estimates),
            Some(Part::Arrears) => json!(found.arrears),
        });
    }
    let parts = match args.part {
        Some(part) => vec![part],
        None => Part::OVERVIEW.to_vec(),
    };
    for (nth, part) in parts.into_iter().enumerate() {
        let section = section(&found, part, args.year, &at)?;
        if args.csv {
            return print::csv(section.head, section.rows);
        }
        let space = if nth == 0 { "" } else { "\n" };
        if section.rows.is_empty() {
            print::line(&format!("{space}{}: nothing is recorded", section.heading))?;
        } else {
            print::line(&format!("{space}{}", section.heading))?;
            print::table(section.head, section.rows)?;
        }
        if let (Part::Procedures, Some(procedures)) = (part, &found.procedures) {
            let said =
                procedures.authorities.iter().map(|(who, source)| format!("{who} ({source})"));
            let said: Vec<String> = said.collect();
            print::line(&format!("Adopted, completed and amended by: {}", said.join("; ")))?;
        }
    }
    print::line("As recorded; what is not known is left empty. Chancery is not the depositary.")
}

/// What concerns a year: its budget, what was paid to it, and the scale that holds in it. The rest
/// belongs to no year.
fn of_year(mut found: FinancesAt, year: Option<Year>) -> FinancesAt {
    if let Some(year) = year {
        found.budgets.retain(|it| it.year == year);
        found.contributions.retain(|it| it.to == Destination::Budget(year));
        found.scales.retain(|it| it.years.holds(year));
    }
    found
}

fn section(
    found: &FinancesAt,
    part: Part,
    year: Option<Year>,
    at: &At<'_>,
) -> Result<Section, Error> {
    let (heading, head, rows): (_, &'static [_], Vec<Vec<String>>) = match part {
        Part::Budgets => (
            "Budgets",
            &["year", "total", "received", "covered", "authority"],
            found.budgets.iter().map(budget).collect(),
        ),
        Part::Contributions => (
            "Contributions",
            &["date", "code", "from", "to", "amount", "counted", "allocation", "source"],
            found.contributions.iter().map(contribution).collect(),
        ),
        Part::Reserve => (
            "Reserve",
            &["level", "balance", "missing", "to be restored"],
            found
                .reserve
                .iter()
                .map(|it| {
                    vec![
                        text(it.target),
                        text(it.balance),
                        text(it.shortfall),
                        text(it.to_be_restored),
                    ]
                })
                .collect(),
        ),
        Part::Procedures => (
            "Categories of contributions",
            &["code", "name", "basis", "per cent", "floor", "cap", "decided by"],
            found.procedures.iter().flat_map(|it| &it.categories).map(category).collect(),
        ),
        Part::Scales => (
            "Scales of assessments",
            &["years", "States", "sum of rates"],
            found
                .scales
                .iter()
                .map(|it| vec![it.years.to_string(), it.states.to_string(), it.sum.to_string()])
                .collect(),
        ),
        Part::Rates => (
            "Rates",
            &["code", "State", "rate"],
            rates(found, year)?
                .rates
                .iter()
                .map(|it| {
                    vec![it.state.code.to_string(), it.state.name.to_string(), it.rate.to_string()]
                })
                .collect(),
        ),
        Part::Estimates => (
            "Estimated costs of meetings",
            &["meeting", "total", "date", "authority", "source"],
            found
                .estimates
                .iter()
                .map(|it| {
                    vec![
                        it.meeting.to_string(),
                        text(it.total),
                        it.on.to_string(),
                        it.authority.clone(),
                        it.source.to_string(),
                    ]
                })
                .collect(),
        ),
        Part::Arrears => (
            "Reports of arrears",
            &["date", "by", "code", "State", "amount", "summary", "source"],
            arrears(at),
        ),
    };
    Ok(Section { heading, head, rows })
}

/// The scale that holds in the year that was asked for.
fn rates(found: &FinancesAt, year: Option<Year>) -> Result<&chancery_projections::ScaleAt, Error> {
    let Some(year) = year else {
        return Err(Error::Rejected(
            "the rates of which year is not said; add `--year 2017`".to_owned(),
        ));
    };
    found.scales.first().ok_or_else(|| {
        Error::Rejected(format!(
            "no scale of assessments is recorded for {year}; record `scale_adopted` for a period that holds it, or ask of another year"
        ))
    })
}

fn budget(it: &chancery_projections::BudgetAt) -> Vec<String> {
    let covered = match (it.coverage.reported, it.coverage.lower, it.coverage.upper) {
        (Some(said), ..) => format!("{said:?}").to_lowercase(),
        (None, Some(lower), Some(upper)) => format!("{lower} to {upper}"),
        (None, Some(lower), None) => format!("at least {lower}"),
        (None, None, _) => String::new(),
    };
    let authority = it.approvals.last().map(|it| it.authority.clone());
    vec![
        it.year.to_string(),
        text(it.total),
        text(it.received),
        covered,
        authority.unwrap_or_default(),
    ]
}

fn contribution(it: &PaidAt) -> Vec<String> {
    let (code, name) = match (&it.state, &it.organisation) {
        (Some(state), _) => (state.code.to_string(), state.name.to_string()),
        (None, Some(organisation)) => (String::new(), organisation.name.clone()),
        (None, None) => (String::new(), "several, not named".to_owned()),
    };
    let parts = it.paid.allocation.iter().map(|(code, amount)| format!("{code}: {amount}"));
    vec![
        it.paid.on.to_string(),
        code,
        name,
        it.to.to_string(),
        it.paid.amount.to_string(),
        text(it.paid.counted),
        parts.collect::<Vec<_>>().join(", "),
        it.paid.source.to_string(),
    ]
}

fn category(it: &CategoryAt) -> Vec<String> {
    let basis = it.basis.map(|it| match it {
        chancery_finance::Basis::Scale => "by the scale",
        chancery_finance::Basis::EqualShare => "equal shares",
        chancery_finance::Basis::Voluntary => "voluntary",
    });
    vec![
        it.code.to_string(),
        it.name.clone().unwrap_or_default(),
        text(basis),
        text(it.percentage),
        text(it.floor),
        text(it.cap),
        it.decided_by.join(", then "),
    ]
}

/// One row for a report, then one for each State that it names.
fn arrears(at: &At<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for it in at.arrears() {
        let by = it.by.as_ref().map(|by| by.name.clone()).unwrap_or_default();
        let row = |code: String, name: String, amount: String| {
            vec![
                it.on.to_string(),
                by.clone(),
                code,
                name,
                amount,
                it.summary.clone(),
                it.source.to_string(),
            ]
        };
        rows.push(row(String::new(), "all together".to_owned(), text(it.total)));
        rows.extend(it.owed.iter().map(|owed| {
            row(owed.state.code.to_string(), owed.state.name.to_string(), owed.amount.to_string())
        }));
    }
    rows
}

/// Empty where nothing is known.
fn text(it: Option<impl ToString>) -> String {
    it.map(|it| it.to_string()).unwrap_or_default()
}
