use std::{collections::VecDeque, sync::Arc};

use chancery_register::Recorded;
use jiff::civil::Date;

use crate::service::Asked;

/// How many commits are at hand. Each holds a view, which after a correction shares nothing with
/// the next: who is further behind reads from the present ones.
const RECENT: usize = 32;

/// How far everybody can read.
#[derive(Clone)]
pub(super) struct Head {
    /// The place behind the last event that the views hold, with all events before it.
    pub(super) next: u64,
    /// The day, in UTC.
    pub(super) today: Date,
    /// The last commits, without a gap up to `next`.
    recent: VecDeque<Arc<Appended>>,
}

/// A commit with a view that holds it.
pub(super) struct Appended {
    pub(super) first: u64,
    pub(super) next: u64,
    /// The convention; `None` for the journal, which is no convention's.
    pub(super) asked: Option<Asked>,
    /// Its events, if they are a convention's.
    pub(super) events: Vec<Arc<Recorded>>,
}

impl Head {
    pub(super) fn new(next: u64, today: Date) -> Self {
        Self { next, today, recent: VecDeque::new() }
    }

    /// The head after one more commit.
    pub(super) fn after(&self, appended: Appended) -> Self {
        let mut head = self.clone();
        head.next = appended.next;
        head.recent.push_back(Arc::new(appended));
        if head.recent.len() > RECENT {
            head.recent.pop_front();
        }
        head
    }

    /// The commits that hold a place of the log and what follows; `None` if they are not at hand
    /// any more.
    pub(super) fn from(&self, place: u64) -> Option<impl Iterator<Item = &Arc<Appended>>> {
        let first = self.recent.front().map_or(self.next, |first| first.first);
        let index = self.recent.partition_point(|appended| appended.next <= place);
        (place >= first).then(|| self.recent.range(index..))
    }
}
