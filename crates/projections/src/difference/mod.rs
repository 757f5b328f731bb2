//! What changed between two points, on either dial: a day, and how much was known.
//!
//! A point says things: this State ratified, this meeting is set for these days, this term is
//! held. Each is a statement with a key and values, taken from the projections as they are. A
//! difference is what one point says and the other does not, or says otherwise.
//!
//! **The law of events.** Take the events that count at the first point, leave out those that were
//! `lost`, add those that were `gained`: what comes out are the events that count at the second,
//! and folding them gives what it says. Equal points differ in nothing.

mod change;
mod compare;
mod decisions;
mod documents;
mod duties;
mod money;
mod offices;
mod proceedings;
mod register;
mod statement;
mod states;
mod telling;
mod words;

use std::sync::Arc;

use chancery_register::Recorded;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

pub use change::{Change, ChangeGroup, ChangeKind, ChangedValue, Worth};

use self::{compare::compare, telling::Telling};
use crate::at::At;

/// What changed from one point to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The first point.
    pub from: Point,
    /// The second point.
    pub to: Point,
    /// What changed, by kind; within a kind in the order of the projections.
    pub changes: Vec<Change>,
    /// The events that count at the second point and not, or not so, at the first, in the order of
    /// recording.
    #[serde(serialize_with = "change::places")]
    pub gained: Vec<Arc<Recorded>>,
    /// The events that count at the first point and not, or not so, at the second, in the order of
    /// recording.
    #[serde(serialize_with = "change::places")]
    pub lost: Vec<Arc<Recorded>>,
}

/// Where a difference starts or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The day.
    pub as_at: Date,
    /// The position of the last event that is known; `None` where nothing is recorded.
    pub position: Option<u64>,
    /// When that event was recorded.
    pub recorded_at: Option<Timestamp>,
}

/// What changed from one point to another of the same convention.
pub fn difference(from: &At<'_>, to: &At<'_>) -> Difference {
    let (gained, lost) = (not_counted(to, from), not_counted(from, to));
    let (before, after) = (Telling::new(from), Telling::new(to));
    let (mut before_all, mut after_all) = (before.of_the_day(), after.of_the_day());
    // What has no day can only differ where the knowledge does.
    if !std::ptr::eq(from.view, to.view) {
        before_all.extend(before.of_the_record());
        after_all.extend(after.of_the_record());
    }
    let changes = compare(before_all, after_all, &gained, &lost).into_iter();
    Difference {
        from: from.point(),
        to: to.point(),
        changes: changes.map(|it| with_corrections(it, from, to)).collect(),
        gained,
        lost,
    }
}

impl At<'_> {
    /// Every event that counts on the day, in the order of recording.
    pub fn counted(&self) -> impl Iterator<Item = &Arc<Recorded>> {
        self.view.events().iter().filter(|it| self.counts(it.envelope.effective))
    }

    fn point(&self) -> Point {
        let known = self.view.known();
        Point {
            as_at: self.day,
            position: known.map(|it| it.position),
            recorded_at: known.map(|it| it.recorded_at),
        }
    }
}

/// With the corrections of its events that only one of the points knows.
fn with_corrections(mut change: Change, from: &At<'_>, to: &At<'_>) -> Change {
    let of = |at: &At<'_>, of: &[Arc<Recorded>]| -> Vec<Arc<Recorded>> {
        let versions = of.iter().map(|it| it.envelope.version);
        versions
            .flat_map(|version| at.view.rectifications(version).cloned().collect::<Vec<_>>())
            .collect()
    };
    let (before, after) = (of(from, &change.events), of(to, &change.events));
    let only = |these: &[Arc<Recorded>], others: &[Arc<Recorded>]| -> Vec<Arc<Recorded>> {
        these.iter().filter(|it| !others.contains(it)).cloned().collect()
    };
    let news = only(&after, &before).into_iter().chain(only(&before, &after));
    change.events.extend(news);
    change.events.sort_by_key(|it| it.envelope.version);
    change.events.dedup_by_key(|it| it.envelope.version);
    change
}

/// The events that count at one point and not, or with other values, at another.
fn not_counted(at: &At<'_>, other: &At<'_>) -> Vec<Arc<Recorded>> {
    let same = |a: &Arc<Recorded>, b: &Arc<Recorded>| Arc::ptr_eq(a, b) || a == b;
    let mut others = other.counted().peekable();
    // Both are in the order of their numbers in the convention.
    at.counted()
        .filter(|it| {
            let version = it.envelope.version;
            while others.next_if(|other| other.envelope.version < version).is_some() {}
            !others.peek().is_some_and(|other| same(other, it))
        })
        .cloned()
        .collect()
}
