use std::{borrow::Cow, iter::FusedIterator};

use serde::Serializer as _;

use super::{Cell, Column, List, list::Rows};
use crate::service::Asked;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values (RFC 4180) in UTF-8, with a header row; lines end by a line feed.
    ///
    /// A text that a spreadsheet would run as a formula is preceded by an apostrophe: one that
    /// begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or the end of a line. No other
    /// form does that.
    Csv,
    /// JSON Lines: an object for each row, with the columns as keys and null for what is empty.
    Jsonl,
}

/// How many bytes a piece has at the least, but for the last.
const PIECE: usize = 32 * 1024;

/// A list as it is written, piece by piece: a row is made when it is written.
pub struct Pieces {
    list: &'static dyn List,
    form: Form,
    columns: Vec<Column>,
    asked: std::vec::IntoIter<Asked>,
    rows: Option<Rows>,
    begun: bool,
    failed: bool,
}

impl Form {
    /// Writes a list: the rows of each convention in turn.
    pub fn write(self, list: &'static dyn List, asked: Vec<Asked>) -> Pieces {
        Pieces {
            list,
            form: self,
            columns: list.columns(),
            asked: asked.into_iter(),
            rows: None,
            begun: false,
            failed: false,
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/jsonl; charset=utf-8",
        }
    }

    /// The ending of file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

impl Iterator for Pieces {
    type Item = std::io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.piece() {
            Ok(piece) if piece.is_empty() => None,
            Ok(piece) => Some(Ok(piece)),
            Err(error) => {
                self.failed = true;
                Some(Err(error))
            }
        }
    }
}

impl FusedIterator for Pieces {}

impl Pieces {
    fn piece(&mut self) -> std::io::Result<Vec<u8>> {
        match self.form {
            Form::Csv => self.csv(),
            Form::Jsonl => self.jsonl(),
        }
    }

    fn csv(&mut self) -> std::io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::with_capacity(2 * PIECE));
        if !self.begun {
            self.begun = true;
            writer.write_record(self.columns.iter().map(|column| column.name))?;
        }
        while writer.get_ref().len() < PIECE {
            let Some(row) = self.row() else { break };
            writer.write_record(row.iter().map(|cell| shown(cell).into_owned()))?;
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn jsonl(&mut self) -> std::io::Result<Vec<u8>> {
        let mut piece = Vec::with_capacity(2 * PIECE);
        while piece.len() < PIECE {
            let Some(row) = self.row() else { break };
            let names = self.columns.iter().map(|column| column.name);
            serde_json::Serializer::new(&mut piece).collect_map(names.zip(&row))?;
            piece.push(b'\n');
        }
        Ok(piece)
    }

    fn row(&mut self) -> Option<Vec<Cell>> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                return Some(row);
            }
            self.rows = Some(self.list.rows(&self.asked.next()?));
        }
    }
}

/// A cell as CSV shows it.
fn shown(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Integer(number) => number.to_string().into(),
        Cell::Truth(truth) => truth.to_string().into(),
        Cell::Text(text) if starts_a_formula(text) => format!("'{text}").into(),
        Cell::Text(text) => text.into(),
    }
}

/// Whether spreadsheets may take a text for a formula (OWASP, "CSV Injection").
fn starts_a_formula(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(&Cell::Text(text.to_owned())), expected);
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_disarmed() {
        check("=HYPERLINK(\"http://example.org\")", "'=HYPERLINK(\"http://example.org\")");
        check("@SUM(A1)", "'@SUM(A1)");
        check("-1+1", "'-1+1");
        check("\tx", "'\tx");
        check("\u{ff1d}1", "'\u{ff1d}1");
        check("Côte d'Ivoire", "Côte d'Ivoire");
        check("60 days - or less", "60 days - or less");
    }
}
