use std::sync::Arc;

use chancery_register::Recorded;

use super::change::{ChangeKind, Worth};

/// Something that a point says. Two points say the same when kind and values are the same; the
/// sentence may differ, since a State's name does from day to day.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// Of what kind a change is that makes it true.
    pub(super) kind: ChangeKind,
    /// Of what kind a change of its moving values is.
    pub(super) moved: ChangeKind,
    /// What tells it from all others of the point.
    pub(super) key: (Family, String),
    /// Whether it is told only when its values change.
    pub(super) silent: bool,
    /// The id of what it is about.
    pub(super) about: String,
    /// The sentence, without its full stop.
    pub(super) text: String,
    pub(super) values: Vec<Valued>,
    /// The events that it rests on.
    pub(super) events: Vec<Arc<Recorded>>,
}

/// A value of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Valued {
    pub(super) what: &'static str,
    pub(super) worth: Worth,
    /// Whether another value makes the change one of moving.
    pub(super) moving: bool,
}

/// Things that are compared with their like: of each there is one statement a key, whatever its
/// kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Family {
    Law,
    EntryIntoForce,
    Signature,
    Bond,
    InForce,
    InForceFrom,
    Provisional,
    Notice,
    Withdrawal,
    Name,
    Meeting,
    Term,
    Decision,
    Dissociation,
    Vote,
    Document,
    Consideration,
    Adoption,
    Mandate,
    Deadline,
    Reports,
    Procedures,
    Scale,
    Budget,
    Payment,
    Reserve,
    Estimate,
    Correction,
    Finding,
}

impl Statement {
    #[allow(clippy::needless_pass_by_value)] // ids and what is made for it alone
    pub(super) fn new(kind: ChangeKind, family: Family, about: impl ToString) -> Self {
        let about = about.to_string();
        Self {
            kind,
            moved: kind,
            silent: false,
            key: (family, about.clone()),
            about,
            text: String::new(),
            values: Vec::new(),
            events: Vec::new(),
        }
    }

    /// With a key of its own, where several are about the same.
    #[allow(clippy::needless_pass_by_value)] // ids and what is made for it alone
    pub(super) fn keyed(mut self, key: impl ToString) -> Self {
        self.key.1 = key.to_string();
        self
    }

    /// Told only when its values change.
    pub(super) fn silent(mut self) -> Self {
        self.silent = true;
        self
    }

    pub(super) fn said(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    pub(super) fn value(mut self, what: &'static str, worth: Option<impl Into<Worth>>) -> Self {
        self.values.extend(worth.map(|it| Valued { what, worth: it.into(), moving: false }));
        self
    }

    /// A value that makes a change one of moving.
    pub(super) fn moving(mut self, what: &'static str, worth: Option<impl Into<Worth>>) -> Self {
        self.values.extend(worth.map(|it| Valued { what, worth: it.into(), moving: true }));
        self
    }

    /// How a change of moving values is called.
    pub(super) fn moved(mut self, moved: ChangeKind) -> Self {
        self.moved = moved;
        self
    }

    pub(super) fn rests_on(mut self, events: impl IntoIterator<Item = Arc<Recorded>>) -> Self {
        self.events.extend(events);
        self
    }

    pub(super) fn get(&self, what: &str) -> Option<&Valued> {
        self.values.iter().find(|it| it.what == what)
    }
}
