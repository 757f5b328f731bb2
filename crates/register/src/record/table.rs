//! Tables: a status list or a scale of assessments as CSV becomes the same facts as a record file.

use std::ops::Range;

use chancery_kernel::{
    Citation, ConventionId, DocumentSymbol, PartialDate, Place, RecorderId, Text,
};
use chancery_membership::{Command as Membership, Deposit, Signature, Succession, Withdrawal};
use jiff::civil::Date;

use super::{
    cells::{Cell, Row, header, read, rows, state},
    file::{Content, Entry, Reading, RecordFile},
    mistake::{Mistake, Mistakes},
    scale,
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

/// Reads a table; its head says which. A scale of assessments has the columns `iso3`, `un_name`,
/// one `pct_2016_2018` for each period, and `source`: it becomes the rates of each period. Anything
/// else is a status list: a row a State, with the columns `iso3`, `name`, `signed`, `bound_on`,
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

/// Reads what can be read of a table.
pub fn attempt_table(text: &str, context: &TableContext) -> Reading {
    let mut mistakes = Vec::new();
    let mut broken = Vec::new();
    let head = header(text);
    let entries = if scale::is_scale(&head) {
        scale::entries(text, &head, &mut mistakes, &mut broken)
    } else {
        status_list(text, &mut mistakes, &mut broken)
    };
    let file = RecordFile {
        convention: context.convention.clone(),
        convention_span: 0..0,
        recorded_by: context.recorded_by.clone(),
        source: None,
        is_list: true,
        entries,
    };
    Reading { file: Some(file), mistakes, broken }
}

/// From a deposit to the fact that it is.
type Instrument = fn(Deposit) -> Option<Membership>;

fn status_list(
    text: &str,
    mistakes: &mut Vec<Mistake>,
    broken: &mut Vec<Range<usize>>,
) -> Vec<Entry> {
    let mut dated = Vec::new();
    for row in rows(text, "a status list", &COLUMNS, mistakes) {
        let before = mistakes.len();
        let row = StatusRow(row);
        dated.extend(row.facts(mistakes));
        if mistakes.len() > before {
            broken.extend(row.0.first().map(|cell| cell.1.clone()));
        }
    }
    // Stable: on one day a signature still comes before the deposit of its row.
    dated.sort_by_key(|(on, _)| *on);
    dated.into_iter().map(|(_, entry)| entry).collect()
}

/// One row of a status list.
struct StatusRow(Row);

impl StatusRow {
    fn facts(&self, mistakes: &mut Vec<Mistake>) -> Vec<(Date, Entry)> {
        let [iso3, name, signed, bound_on, kind, in_force, withdrawn, source] = &*self.0 else {
            return Vec::new();
        };
        let state = state(iso3, name, mistakes);
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
        if bound_on.0.is_empty() && !in_force.0.is_empty() {
            mistakes.push(Mistake::said(
                in_force.1.clone(),
                "for a State that deposited nothing the convention is not in force; fill in `bound_on`, or leave the day away",
            ));
        }
        if bound_on.0.is_empty() && !withdrawn.0.is_empty() {
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
        let (kind, span) = self.0.get(4)?;
        let instrument: Instrument = match kind.as_str() {
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

fn day(cell: &Cell, mistakes: &mut Vec<Mistake>) -> Option<Date> {
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
