//! A scale of assessments as a table: a row a State, a column a period.

use std::{collections::BTreeMap, ops::Range};

use chancery_finance::{Command as Finance, Scale, Years};
use chancery_kernel::{Citation, DocumentSymbol, PartialDate, Percent, Place, StateCode, Text};

use super::{
    cells::{read, rows, state},
    file::{Content, Entry},
    mistake::Mistake,
};
use crate::Command;

/// The rates of one period from one source, and where the first of them stands.
type Rates = (Range<usize>, BTreeMap<StateCode, Percent>);

/// Whether a table with this head is a scale.
pub(super) fn is_scale(head: &[String]) -> bool {
    head.iter().any(|column| column.starts_with("pct_"))
}

/// The rates of each period as one fact for each source that a row names, cited by the period. An
/// empty cell is no rate; a period begins with its first year, since the table gives no day.
pub(super) fn entries(
    text: &str,
    head: &[String],
    mistakes: &mut Vec<Mistake>,
    broken: &mut Vec<Range<usize>>,
) -> Vec<Entry> {
    let first_line = 0..text.find('\n').unwrap_or(text.len());
    let mut periods: Vec<(&str, Years)> = Vec::new();
    for column in head.iter().filter(|column| column.starts_with("pct_")) {
        let years = column.trim_start_matches("pct_").replacen('_', "-", 1).parse();
        match years {
            Ok(years) => periods.push((column, years)),
            Err(_) => mistakes.push(Mistake::said(
                first_line.clone(),
                &format!(
                    "`{column}` names no period; write the first and the last year as pct_2016_2018"
                ),
            )),
        }
    }
    let mut columns = vec!["iso3", "un_name", "source"];
    columns.extend(head.iter().map(String::as_str).filter(|column| column.starts_with("pct_")));
    let mut rates: BTreeMap<(Years, DocumentSymbol), Rates> = BTreeMap::new();
    for row in rows(text, "a scale of assessments", &columns, mistakes) {
        let before = mistakes.len();
        let [iso3, name, source, cells @ ..] = row.as_slice() else { continue };
        let who = state(iso3, name, mistakes);
        let symbol: Option<DocumentSymbol> = read(source, mistakes);
        for ((_, years), cell) in periods.iter().zip(cells).filter(|(_, cell)| !cell.0.is_empty()) {
            let rate: Option<Percent> = read(cell, mistakes);
            let (Some(who), Some(rate), Some(symbol)) = (who, rate, &symbol) else { continue };
            let (_, of_period) = rates
                .entry((*years, symbol.clone()))
                .or_insert_with(|| (cell.1.clone(), BTreeMap::new()));
            if of_period.insert(who, rate).is_some() {
                let message = format!("{who} stands in this table twice; leave one row away");
                mistakes.push(Mistake::said(iso3.1.clone(), &message));
            }
        }
        if mistakes.len() > before {
            broken.push(iso3.1.clone());
        }
    }
    // A column of the wrong form shifts the others, so nothing is taken from such a table.
    if periods.len() + 3 != columns.len() {
        return Vec::new();
    }
    rates
        .into_iter()
        .filter_map(|((years, symbol), (span, rates))| entry(years, symbol, span, rates))
        .collect()
}

fn entry(
    years: Years,
    symbol: DocumentSymbol,
    span: Range<usize>,
    rates: BTreeMap<StateCode, Percent>,
) -> Option<Entry> {
    let on: PartialDate = years.first().to_string().parse().ok()?;
    let place = Place::Entry(Text::try_from(years.to_string()).ok()?);
    let scale = Finance::AdoptScale(Scale { years, rates, on });
    Some(Entry {
        whole: span.clone(),
        span,
        citation: Citation { symbol, place },
        content: Content::Fact(Box::new(Command::Finance(scale))),
    })
}
