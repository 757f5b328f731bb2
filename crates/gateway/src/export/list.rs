use chancery_projections::At;

use super::Cell;
use crate::service::Asked;

/// A list: what it holds, and its rows under the dials.
pub trait List: Sync {
    /// Its name in paths and commands: `participants`.
    fn name(&self) -> &'static str;

    /// The GraphQL type of its rows: the name of the view in the SQLite file.
    fn view(&self) -> &'static str;

    /// The name of the table in the SQLite file. SQLite takes `attendance` and `Attendance` for one
    /// name, so it is not always that of the list.
    fn table(&self) -> &'static str;

    /// What it holds, in one sentence.
    fn about(&self) -> &'static str;

    /// Its columns in their order.
    fn columns(&self) -> Vec<Column>;

    /// The columns that tell its rows apart, beside the convention; `None` where none do.
    fn key(&self) -> Option<&'static [&'static str]>;

    /// Its rows for one convention: a cell for each column.
    fn rows(&self, asked: &Asked) -> Rows;
}

/// Rows, each made when it is asked for.
pub type Rows = Box<dyn Iterator<Item = Vec<Cell>> + Send>;

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name: lower case, words joined by underscores.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// What it says, with its unit.
    pub about: &'static str,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A word of a closed set.
    Word,
    /// Several values with a semicolon between.
    Several,
    /// The id of a convention.
    Convention,
    /// The ISO 3166-1 alpha-3 code of a State.
    State,
    /// The name of the State whose code stands in the column before it.
    StateName,
    /// The id of a meeting.
    Meeting,
    /// The id of a decision.
    Decision,
    /// A day: `2017-09-06`.
    Day,
    /// A date to the day, the month or the year.
    Date,
    /// A moment in UTC.
    Moment,
    /// An exact decimal number, as text.
    Decimal,
    /// A whole number.
    Integer,
    /// True or false.
    Truth,
    /// A JSON object, as text.
    Json,
}

/// A list of one kind of items.
pub(super) struct ListOf<T: 'static> {
    pub(super) name: &'static str,
    pub(super) view: &'static str,
    pub(super) table: &'static str,
    pub(super) about: &'static str,
    pub(super) key: Option<&'static [&'static str]>,
    pub(super) items: fn(&At<'_>) -> Vec<T>,
    pub(super) columns: &'static [ColumnOf<T>],
}

/// A column with what takes its cell from an item.
pub(super) struct ColumnOf<T> {
    column: Column,
    cell: fn(&T) -> Cell,
}

/// Declares a column.
pub(super) const fn column<T>(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    cell: fn(&T) -> Cell,
) -> ColumnOf<T> {
    ColumnOf { column: Column { name, kind, about }, cell }
}

/// The column that every list begins with.
const CONVENTION: Column =
    Column { name: "convention", kind: Kind::Convention, about: "The code of the convention." };

impl<T: Send> List for ListOf<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn view(&self) -> &'static str {
        self.view
    }

    fn table(&self) -> &'static str {
        self.table
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn columns(&self) -> Vec<Column> {
        std::iter::once(CONVENTION).chain(self.columns.iter().map(|it| it.column)).collect()
    }

    fn key(&self) -> Option<&'static [&'static str]> {
        self.key
    }

    fn rows(&self, asked: &Asked) -> Rows {
        let convention = asked.view().convention().to_string();
        let columns = self.columns;
        Box::new((self.items)(&asked.at()).into_iter().map(move |item| {
            let cells = columns.iter().map(|column| (column.cell)(&item));
            std::iter::once(Cell::Text(convention.clone())).chain(cells).collect()
        }))
    }
}
