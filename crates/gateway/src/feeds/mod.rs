//! What happened, as Atom feeds, and what is to come, as iCalendar.
//!
//! What it is: a [`feed`] holds the newest events of a convention, a State, a meeting or an
//! obligation, or the corrections; a [`calendar`] what has a date: meetings, deadlines, mandates
//! and terms of office. Ids never change; times and sequence numbers come from the log, so the same
//! log always gives the same text.
//!
//! What it is not: it computes no dates. They are those of the projections, and move with them.
//!
//! Who builds on it: the HTTP endpoints below `/export/`.

mod atom;
mod calendar;
mod item;

use jiff::Timestamp;
use uuid::Uuid;

pub use atom::{Subject, UnknownSubject, feed};
pub use calendar::calendar;

/// The namespace of the ids that are made here (RFC 9562, version 5): feeds and calendar entries.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d0c_9c1e_5a0b_5b0f_9d53_5f0a_7c43_e1a2);

/// The id of something by the path that names it for good.
fn id(path: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, path.as_bytes())
}

/// A recorded moment as the libraries for feeds write it; they keep no other.
fn moment(at: Timestamp) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp_micros(at.as_microsecond()).unwrap_or_default()
}
