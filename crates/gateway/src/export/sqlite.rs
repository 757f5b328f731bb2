//! One SQLite file of every list: a table for each, which knows States by their codes, and a view
//! named as the GraphQL type, with the columns of the list.

use std::path::Path;

use rusqlite::{
    Connection, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use super::{Cell, Column, Kind, LISTS, List, NOTE, Terms, metadata::sources};
use crate::service::Asked;

/// Why the file could not be written.
#[derive(Debug, thiserror::Error)]
#[error(
    "the SQLite file cannot be written: {0}; see that there is room and that the folder can be written to"
)]
pub struct DatabaseError(#[from] rusqlite::Error);

/// `Chcy`: what a file is, for programs that look (SQLite's `application_id`).
const APPLICATION: i32 = 0x4368_6379;

/// Writes every list of some conventions into a new file. The same dials over the same events give
/// the same file.
///
/// # Errors
/// A file that cannot be written.
pub fn write_database(path: &Path, asked: &[Asked], terms: &Terms) -> Result<(), DatabaseError> {
    let mut connection = Connection::open(path)?;
    // A file that breaks off is thrown away by the caller: there is nothing to journal.
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    // A source may name what was not recorded by the day: keys say what belongs together, and
    // `PRAGMA foreign_key_check` what is missing.
    connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = connection.transaction()?;
    about(&transaction, asked, terms)?;
    for list in LISTS {
        table(&transaction, *list, asked)?;
    }
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// What the file is, and what each column says.
fn about(connection: &Connection, asked: &[Asked], terms: &Terms) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL);
         CREATE TABLE columns_of (list TEXT NOT NULL, name TEXT NOT NULL, about TEXT NOT NULL, PRIMARY KEY (list, name));",
    )?;
    let rows = [
        ("note", NOTE.to_owned()),
        ("source", sources(asked)),
        ("licence", terms.licence().to_owned()),
        ("program", format!("chancery {}", env!("CARGO_PKG_VERSION"))),
        (
            "dials",
            "the columns as_at, position and recorded_at of the table conventions".to_owned(),
        ),
    ];
    for (key, value) in rows {
        connection.execute("INSERT INTO metadata VALUES (?1, ?2)", (key, value))?;
    }
    let mut insert = connection.prepare("INSERT INTO columns_of VALUES (?1, ?2, ?3)")?;
    for list in LISTS {
        for column in list.columns() {
            insert.execute((list.view(), column.name, column.about))?;
        }
    }
    Ok(())
}

fn table(connection: &Connection, list: &dyn List, asked: &[Asked]) -> rusqlite::Result<()> {
    let columns = list.columns();
    connection.execute_batch(&definition(list, &columns))?;
    connection.execute_batch(&view(list, &columns))?;
    // The names of States are kept once, in their own table.
    let kept: Vec<usize> =
        (0..columns.len()).filter(|index| columns[*index].kind != Kind::StateName).collect();
    // Rows that nothing tells apart are numbered within their convention.
    let numbered = list.key().is_none();
    let places = vec!["?"; kept.len() + usize::from(numbered)].join(", ");
    let sql = format!("INSERT INTO {} VALUES ({places})", quoted(list.table()));
    let mut insert = connection.prepare(&sql)?;
    for convention in asked {
        for (number, row) in list.rows(convention).enumerate() {
            let number = numbered.then(|| super::cell::number(number + 1));
            let cells = kept.iter().filter_map(|index| row.get(*index));
            insert.execute(rusqlite::params_from_iter(cells.chain(&number)))?;
        }
    }
    Ok(())
}

fn definition(list: &dyn List, columns: &[Column]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for column in columns.iter().filter(|it| it.kind != Kind::StateName) {
        lines.push(format!("{} {}", quoted(column.name), declared(column.kind)));
    }
    let mut key = vec![quoted("convention")];
    match list.key() {
        Some(columns) => key.extend(columns.iter().map(|name| quoted(name))),
        None => {
            lines.push("number INTEGER NOT NULL".to_owned());
            key.push("number".to_owned());
        }
    }
    lines.push(format!("PRIMARY KEY ({})", key.join(", ")));
    for column in columns {
        let name = quoted(column.name);
        let (table, id) = match column.kind {
            Kind::State => ("states", "code"),
            Kind::Meeting => ("meetings", "code"),
            Kind::Decision => ("decisions", "code"),
            Kind::Convention if list.table() != "conventions" => {
                lines.push(
                    "FOREIGN KEY (convention) REFERENCES conventions (convention)".to_owned(),
                );
                continue;
            }
            _ => continue,
        };
        lines.push(format!(
            "FOREIGN KEY (convention, {name}) REFERENCES {table} (convention, {id})"
        ));
    }
    format!("CREATE TABLE {} (\n  {}\n);", quoted(list.table()), lines.join(",\n  "))
}

/// The list as CSV has it: with the names of States beside their codes.
fn view(list: &dyn List, columns: &[Column]) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut joins = String::new();
    let mut code = "";
    for column in columns {
        if column.kind == Kind::StateName {
            let (name, code) = (quoted(column.name), quoted(code));
            shown.push(format!("states.name AS {name}"));
            joins = format!(
                " LEFT JOIN states ON states.convention = it.convention AND states.code = it.{code}"
            );
        } else {
            shown.push(format!("it.{}", quoted(column.name)));
        }
        code = column.name;
    }
    format!(
        "CREATE VIEW {} AS SELECT {} FROM {} AS it{joins};",
        quoted(list.view()),
        shown.join(", "),
        quoted(list.table())
    )
}

/// SQLite turns `2017` into a number in a column that is declared as a date: only whole days are.
fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Convention => "TEXT NOT NULL",
        Kind::Day => "DATE",
        Kind::Moment => "DATETIME",
        Kind::Integer => "INTEGER",
        Kind::Truth => "BOOLEAN",
        _ => "TEXT",
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Empty => ValueRef::Null,
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Truth(truth) => ValueRef::Integer(i64::from(*truth)),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}
