//! The cells of a CSV table, each with its place in the text.

use std::ops::Range;

use chancery_kernel::StateCode;

use super::mistake::Mistake;

/// The text of a cell, and where it stands.
pub(super) type Cell<'a> = (&'a str, Range<usize>);

/// The cells of a row, in the order of the columns that were asked for.
pub(super) type Row<'a> = Vec<Cell<'a>>;

/// The names of the columns; empty where there are none.
pub(super) fn header(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().into_iter().flatten();
    header.map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect()
}

/// The State of a row by its code. Names are printed in many ways, so an unknown one passes: the
/// code decides; but a name that is another State's is a mistake.
pub(super) fn state(
    iso3: &Cell<'_>,
    name: &Cell<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Option<StateCode> {
    let state: Option<StateCode> = read(iso3, mistakes);
    if let (Some(state), Some(other)) = (state, StateCode::from_printed(name.0))
        && other != state
    {
        let message = format!("`{}` is not {}; its code is `{other}`", name.0, state.name());
        mistakes.push(Mistake::said(name.1.clone(), &message));
    }
    state
}

/// The rows of a table that has just these columns, in any order; the cells come in the order of
/// `columns`.
pub(super) fn rows<'a>(
    text: &'a str,
    what: &str,
    columns: &[&str],
    mistakes: &mut Vec<Mistake>,
) -> Vec<Row<'a>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let first_line = 0..text.find('\n').unwrap_or(text.len());
    let header: Vec<String> = match reader.headers() {
        Ok(header) if !text.trim().is_empty() => {
            header.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect()
        }
        _ => {
            mistakes.push(Mistake::said(
                0..0,
                &format!("this table is empty; begin with the columns {}", columns.join(",")),
            ));
            return Vec::new();
        }
    };
    let missing: Vec<&str> = columns
        .iter()
        .copied()
        .filter(|column| !header.iter().any(|name| name == column))
        .collect();
    let unknown = header.iter().find(|name| !columns.contains(&name.as_str()));
    if !missing.is_empty() || unknown.is_some() || header.len() != columns.len() {
        let found = match (unknown, missing.as_slice()) {
            (Some(name), _) => format!("there is no column `{name}` in {what}"),
            (None, []) => "a column stands twice".to_owned(),
            (None, missing) => format!("the column `{}` is missing", missing.join("`, `")),
        };
        mistakes.push(Mistake::said(
            first_line,
            &format!("{found}; the columns are {}", columns.join(",")),
        ));
        return Vec::new();
    }
    let order: Vec<usize> =
        columns.iter().filter_map(|column| header.iter().position(|name| name == column)).collect();
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
            rows.push(order.iter().map(|column| cells[*column].clone()).collect());
        } else {
            let span = start..start + text.get(start..end).map_or(0, |row| row.trim_end().len());
            let message =
                format!("this row has {} cells; the head has {}", cells.len(), header.len());
            mistakes.push(Mistake::said(span, &message));
        }
    }
}

/// The cells of a row with their bytes: the library gives their text, not their place.
fn spans(text: &str, start: usize, end: usize) -> Vec<Cell<'_>> {
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

/// The value of a cell, or a mistake.
pub(super) fn read<T>(cell: &Cell<'_>, mistakes: &mut Vec<Mistake>) -> Option<T>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    cell.0
        .parse()
        .map_err(|error: T::Err| mistakes.push(Mistake::said(cell.1.clone(), &error.to_string())))
        .ok()
}
