//! Tables: a status list as CSV becomes the same facts as a record file.

use std::ops::Range;

use chancery_kernel::{
    Citation, ConventionId, DocumentSymbol, PartialDate, Place, RecorderId, StateCode, Text,
};
use chancery_membership::{Command as Membership, Deposit, Signature, Succession, Withdrawal};
use jiff::civil::Date;

use super::{
    file::{Content, Entry, Reading, RecordFile},
    mistake::{Mistake, Mistakes},
};
use crate::Command;

/// The columns of a status list.
const COLUMNS: [&str; 8] =
    ["iso3", "name", "signed", "bound_on", "kind", "in_force", "withdrawn", "source"];

/// What a table does not say itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableContext {
    /// The convention.
    pub convention: ConventionId,
    /// Who records.
    pub recorded_by: RecorderId,
}

/// Reads a status list: a row a State, with the columns `iso3`, `name`, `signed`, `bound_on`,
/// `kind`, `in_force`, `withdrawn` and `source`.
///
/// `withdrawn` is the day from which a withdrawal takes effect; an empty `in_force` is simply
/// computed, a filled one is compared with what is computed. The facts come out in the order of
/// their dates, since the law of one State may hang on what others did before.
///
/// # Errors
/// Every mistake of the table, each with its place.
pub fn read_table(name: &str, text: &str, context: &TableContext) -> Result<RecordFile, Mistakes> {
    attempt_table(text, context).whole(name, text)
}

/// Reads what can be read of a status list.
pub fn attempt_table(text: &str, context: &TableContext) -> Reading {
    let mut mistakes = Vec::new();
    let mut broken = Vec::new();
    let mut dated = Vec::new();
    for row in rows(text, &mut mistakes) {
        let before = mistakes.len();
        dated.extend(row.facts(&mut mistakes));
        if mistakes.len() > before {
            broken.push(row.cells[0].1.clone());
        }
    }
    // Stable: on one day a signature still comes before the deposit of its row.
    dated.sort_by_key(|(on, _)| *on);
    let file = RecordFile {
        convention: context.convention.clone(),
        convention_span: 0..0,
        recorded_by: context.recorded_by.clone(),
        source: None,
        is_list: true,
        entries: dated.into_iter().map(|(_, entry)| entry).collect(),
    };
    Reading { file: Some(file), mistakes, broken }
}

/// From a deposit to the fact that it is.
type Instrument = fn(Deposit) -> Option<Membership>;

/// One row: the text of each column, and where it stands.
struct Row<'a> {
    cells: [(&'a str, Range<usize>); COLUMNS.len()],
}

impl Row<'_> {
    fn facts(&self, mistakes: &mut Vec<Mistake>) -> Vec<(Date, Entry)> {
        let [iso3, name, signed, bound_on, kind, in_force, withdrawn, source] = &self.cells;
        let state: Option<StateCode> = read(iso3, mistakes);
        let named = StateCode::from_printed(name.0);
        // Depositaries print names in many ways, so an unknown one passes: the code decides.
        if let (Some(state), Some(other)) = (state, named)
            && other != state
        {
            let message = format!("`{}` is not {}; its code is `{other}`", name.0, state.name());
            mistakes.push(Mistake::said(name.1.clone(), &message));
        }
        let signed_on = day(signed, mistakes);
        let bound = day(bound_on, mistakes);
        let in_force_as_printed = day(in_force, mistakes);
        let takes_effect = day(withdrawn, mistakes);
        let symbol: Option<DocumentSymbol> = read(source, mistakes);
        let instrument = self.instrument(!bound_on.0.is_empty(), mistakes);
        if signed.0.is_empty() && bound_on.0.is_empty() {
            mistakes.push(Mistake::said(
                iso3.1.clone(),
                "this row says nothing; fill in `signed` or `bound_on`, or leave it away",
            ));
        }
        if bound.is_none() && !withdrawn.0.is_empty() {
            mistakes.push(Mistake::said(
                withdrawn.1.clone(),
                "a State that deposited nothing cannot withdraw; fill in `bound_on`",
            ));
        }
        let (Some(state), Some(symbol)) = (state, symbol) else {
            return Vec::new();
        };
        let Ok(place) = Text::try_from(state.as_str()).map(Place::Entry) else {
            return Vec::new();
        };
        let citation = Citation { symbol, place };
        let entry = |span: &Range<usize>, command| Entry {
            span: span.clone(),
            whole: iso3.1.start..source.1.end.max(iso3.1.end),
            citation: citation.clone(),
            content: Content::Fact(Box::new(Command::Membership(command))),
        };
        let mut facts = Vec::new();
        if let Some(on) = signed_on {
            facts.push((on, entry(&signed.1, Membership::Sign(Signature { state, on }))));
        }
        if let (Some(on), Some(instrument)) = (bound, instrument) {
            let deposit = Deposit { state, on, in_force_as_printed };
            facts.extend(instrument(deposit).map(|command| (on, entry(&kind.1, command))));
        }
        if let Some(takes_effect) = takes_effect {
            let withdrawal = Withdrawal { state, on: None, takes_effect: Some(takes_effect) };
            facts.push((takes_effect, entry(&withdrawn.1, Membership::Withdraw(withdrawal))));
        }
        facts
    }

    fn instrument(&self, bound: bool, mistakes: &mut Vec<Mistake>) -> Option<Instrument> {
        let (kind, span) = &self.cells[4];
        let instrument: Instrument = match *kind {
            "ratification" => |it| Some(Membership::Ratify(it)),
            "acceptance" => |it| Some(Membership::Accept(it)),
            "approval" => |it| Some(Membership::Approve(it)),
            "accession" => |it| Some(Membership::Accede(it)),
            "succession" => succeed,
            "signature only" | "" if !bound => return None,
            other => {
                let message = format!(
                    "`{other}` is not a kind of instrument; write ratification, acceptance, approval, accession or succession (or `signature only` without `bound_on`)"
                );
                mistakes.push(Mistake::said(span.clone(), &message));
                return None;
            }
        };
        if !bound {
            let message = format!("`{kind}` needs its day; fill in `bound_on`");
            mistakes.push(Mistake::said(span.clone(), &message));
        }
        Some(instrument)
    }
}

/// A status list does not name the predecessor. It may say from when a succession counts, as its
/// entry into force; where it does not, the day of the notification is certain.
#[allow(clippy::needless_pass_by_value, reason = "one of the instruments, all of one form")]
fn succeed(it: Deposit) -> Option<Membership> {
    let predecessor = Text::try_from("not named in the list").ok()?;
    let from = it.in_force_as_printed.unwrap_or(it.on);
    Some(Membership::Succeed(Succession { state: it.state, predecessor, on: it.on, from }))
}

fn rows<'a>(text: &'a str, mistakes: &mut Vec<Mistake>) -> Vec<Row<'a>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let first_line = 0..text.find('\n').unwrap_or(text.len());
    let header: Vec<String> = match reader.headers() {
        Ok(header) if !text.trim().is_empty() => {
            header.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect()
        }
        _ => {
            mistakes.push(Mistake::said(
                0..0,
                &format!("this table is empty; begin with the columns {}", COLUMNS.join(",")),
            ));
            return Vec::new();
        }
    };
    let missing: Vec<&str> =
        COLUMNS.into_iter().filter(|column| !header.iter().any(|name| name == column)).collect();
    let unknown = header.iter().find(|name| !COLUMNS.contains(&name.as_str()));
    if !missing.is_empty() || unknown.is_some() || header.len() != COLUMNS.len() {
        let found = match (unknown, missing.as_slice()) {
            (Some(name), _) => format!("there is no column `{name}` in a status list"),
            (None, []) => "a column stands twice".to_owned(),
            (None, missing) => format!("the column `{}` is missing", missing.join("`, `")),
        };
        mistakes.push(Mistake::said(
            first_line,
            &format!("{found}; the columns are {}", COLUMNS.join(",")),
        ));
        return Vec::new();
    }
    let order: Vec<usize> =
        COLUMNS.iter().filter_map(|column| header.iter().position(|name| name == column)).collect();
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or_default();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return rows,
            Err(error) => {
                mistakes.push(Mistake::said(
                    start..start,
                    &format!("this row cannot be read: {error}"),
                ));
                return rows;
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len()).min(text.len());
        let start =
            start + text.get(start..end).map_or(0, |row| row.len() - row.trim_start().len());
        let cells = spans(text, start, end);
        if cells.len() == header.len() {
            rows.push(Row { cells: std::array::from_fn(|column| cells[order[column]].clone()) });
        } else {
            let span = start..start + text.get(start..end).map_or(0, |row| row.trim_end().len());
            let message =
                format!("this row has {} cells; the head has {}", cells.len(), header.len());
            mistakes.push(Mistake::said(span, &message));
        }
    }
}

/// The cells of a row with their bytes: the library gives their text, not their place.
fn spans(text: &str, start: usize, end: usize) -> Vec<(&str, Range<usize>)> {
    let row = text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
    let mut cells = Vec::new();
    let mut cell_start = 0;
    let mut quoted = false;
    let ends = row.bytes().enumerate().chain(std::iter::once((row.len(), b',')));
    for (at, byte) in ends {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted || at == row.len() => {
                let cell = &row[cell_start..at];
                let inner = cell.trim().trim_matches('"');
                let offset = cell.find(inner).unwrap_or_default();
                let from = start + cell_start + offset;
                cells.push((inner, from..from + inner.len()));
                cell_start = at + 1;
            }
            _ => {}
        }
    }
    cells
}

fn read<T>(cell: &(&str, Range<usize>), mistakes: &mut Vec<Mistake>) -> Option<T>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    cell.0
        .parse()
        .map_err(|error: T::Err| mistakes.push(Mistake::said(cell.1.clone(), &error.to_string())))
        .ok()
}

fn day(cell: &(&str, Range<usize>), mistakes: &mut Vec<Mistake>) -> Option<Date> {
    if cell.0.is_empty() {
        return None;
    }
    let date: PartialDate = read(cell, mistakes)?;
    if date.day().is_none() {
        let message = format!("`{}` names no day; write year-month-day as 2017-09-04", cell.0);
        mistakes.push(Mistake::said(cell.1.clone(), &message));
    }
    date.day()
}
