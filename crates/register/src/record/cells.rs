//! The cells of a CSV table, each with its place in the text.

use std::ops::Range;

use chancery_kernel::StateCode;

use super::mistake::Mistake;

/// The text of a cell as the CSV library reads it, and where it stands.
pub(super) type Cell = (String, Range<usize>);

/// The cells of a row, in the order of the columns that were asked for.
pub(super) type Row = Vec<Cell>;

/// The names of the columns; empty where there are none.
pub(super) fn header(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().into_iter().flatten();
    header.map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect()
}

/// The State of a row by its code. Names are printed in many ways, so an unknown one passes: the
/// code decides; but a name that is another State's is a mistake.
pub(super) fn state(iso3: &Cell, name: &Cell, mistakes: &mut Vec<Mistake>) -> Option<StateCode> {
    let state: Option<StateCode> = read(iso3, mistakes);
    if let (Some(state), Some(other)) = (state, StateCode::from_printed(unmarked(&name.0)))
        && other != state
    {
        let message = format!("`{}` is not {}; its code is `{other}`", name.0, state.name());
        mistakes.push(Mistake::said(name.1.clone(), &message));
    }
    state
}

/// A name without the marks of a depositary's list: the numbers of footnotes, and the brackets around
/// a State that withdrew.
fn unmarked(name: &str) -> &str {
    let mark = |c: char| c.is_numeric() || c.is_whitespace() || matches!(c, ',' | '*' | ']');
    name.trim_start_matches('[').trim_end_matches(mark)
}

/// The rows of a table that has just these columns, in any order; the cells come in the order of
/// `columns`.
pub(super) fn rows(
    text: &str,
    what: &str,
    columns: &[&str],
    mistakes: &mut Vec<Mistake>,
) -> Vec<Row> {
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
        let parted = |name: &str| name.contains([';', '\t']);
        let found = match (unknown, missing.as_slice()) {
            (Some(name), _) if parted(name) => {
                "the cells of this table are not parted by commas".to_owned()
            }
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
        let places = places(text, start, end);
        if let Some(quote) = places.unclosed {
            let message = "this quotation mark is never closed, so all that follows would belong to it; close it, or leave it away";
            mistakes.push(Mistake::said(quote..quote + 1, message));
            return rows;
        }
        if record.len() == header.len() {
            let whole = start..end.max(start);
            let cell = |column: &usize| {
                let text = record.get(*column).unwrap_or_default().trim();
                (text.to_owned(), places.cells.get(*column).unwrap_or(&whole).clone())
            };
            rows.push(order.iter().map(cell).collect());
        } else {
            let span = start..start + text.get(start..end).map_or(0, |row| row.trim_end().len());
            let message =
                format!("this row has {} cells; the head has {}", record.len(), header.len());
            mistakes.push(Mistake::said(span, &message));
        }
    }
}

/// Where the cells of a row stand: the library gives their text, not their place.
#[derive(Debug, Default)]
struct Places {
    cells: Vec<Range<usize>>,
    /// A quotation mark that opens a cell and has no end.
    unclosed: Option<usize>,
}

/// By the rules of RFC 4180: a quotation mark opens a cell only as its first character, and two of
/// them in a quoted cell stand for one.
fn places(text: &str, start: usize, end: usize) -> Places {
    let row = text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
    let bytes = row.as_bytes();
    let mut places = Places::default();
    let mut at = 0;
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let from = if quoted { at + 1 } else { at };
        let mut to = from;
        if quoted {
            while let Some(byte) = bytes.get(to) {
                match (byte, bytes.get(to + 1)) {
                    (b'"', Some(b'"')) => to += 2,
                    (b'"', _) => break,
                    _ => to += 1,
                }
            }
            if to >= bytes.len() {
                places.unclosed = Some(start + at);
                return places;
            }
        }
        let rest = if quoted { to + 1 } else { from };
        let comma = bytes.iter().skip(rest).position(|byte| *byte == b',').map(|more| rest + more);
        if !quoted {
            to = comma.unwrap_or(bytes.len());
        }
        let cell = row.get(from..to).unwrap_or_default();
        let from = from + (cell.len() - cell.trim_start().len());
        places.cells.push(start + from..start + from + cell.trim().len());
        match comma {
            Some(comma) => at = comma + 1,
            None => return places,
        }
    }
}

/// The value of a cell, or a mistake.
pub(super) fn read<T>(cell: &Cell, mistakes: &mut Vec<Mistake>) -> Option<T>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    cell.0
        .parse()
        .map_err(|error: T::Err| mistakes.push(Mistake::said(cell.1.clone(), &error.to_string())))
        .ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What the places mark is what the library reads, quotation marks undone.
        #[test]
        fn places_are_those_of_the_library(
            cells in prop::collection::vec("[a-z\"]{0,3}|[a-z ,\"\n]{0,6}", 8),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            let columns = ["a", "b", "c", "d", "e", "f", "g", "h"];
            writer.write_record(columns).unwrap();
            writer.write_record(&cells).unwrap();
            let bytes = writer.into_inner().unwrap();
            let text = String::from_utf8(bytes).unwrap();
            let mut mistakes = Vec::new();
            let rows = rows(&text, "a list", &columns, &mut mistakes);
            prop_assert!(mistakes.is_empty(), "{mistakes:?}");
            prop_assert_eq!(rows.len(), 1);
            for (cell, (read, place)) in cells.iter().zip(&rows[0]) {
                prop_assert_eq!(cell.trim(), read);
                let marked = text[place.clone()].replace("\"\"", "\"");
                prop_assert_eq!(marked.trim(), read);
            }
        }
    }
}
