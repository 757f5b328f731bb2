//! Output for people and for programs.

use std::io::Write;

use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use serde::Serialize;

use crate::error::Error;

/// Prints a value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Error::Write { what: "the answer".to_owned(), source: error.into() })?;
    line(&text)
}

/// Prints a table, as wide as the terminal.
pub(crate) fn table(
    head: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<(), Error> {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(head.to_vec());
    table.add_rows(rows);
    line(&table.trim_fmt())
}

/// Prints rows as CSV (RFC 4180).
pub(crate) fn csv(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<(), Error> {
    let failed = |source| Error::Write { what: "the table".to_owned(), source };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head).map_err(|error| failed(error.into()))?;
    for row in rows {
        writer.write_record(row).map_err(|error| failed(error.into()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.into_error()))?;
    let text = String::from_utf8(bytes).map_err(|error| failed(std::io::Error::other(error)))?;
    line(text.trim_end())
}

/// Prints a line. A reader that went away (`chancery history | head`) is no error.
pub(crate) fn line(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Write { what: "the answer".to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

/// Prints text that ends its last line itself.
pub(crate) fn text(text: &str) -> Result<(), Error> {
    line(text.strip_suffix('\n').unwrap_or(text))
}

/// A number of things: `1 fact`, `2 facts`.
pub(crate) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
