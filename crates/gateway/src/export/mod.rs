//! The register's lists in people's forms: CSV, JSON Lines, and one SQLite file of all of them.
//!
//! What it is: [`LISTS`] says for each list its columns and where its rows come from; the forms
//! write any list. Rows come from the projections that GraphQL reads, under the same dials. What a
//! list holds is flat and stays: columns are added at the end, never renamed or moved.
//!
//! What it is not: the log. That is copied event by event, with its hashes, elsewhere; here is what
//! follows from it. And it is not the depositary: every form says so.
//!
//! Who builds on it: the HTTP endpoints below `/export/`, and `chancery export`.

mod cell;
mod index;
mod list;
mod lists;
mod metadata;
mod rows;
mod sqlite;

pub use cell::Cell;
pub use index::index;
pub use list::{Column, Kind, List, Rows};
pub use lists::{LISTS, list};
pub use metadata::{Terms, metadata};
pub use rows::{Form, Pieces};
pub use sqlite::{DatabaseError, write_database};

/// What every form says of itself.
pub const NOTE: &str = "Chancery is not the depositary. What is legally in effect is what the depositary of a convention has notified.";
