use std::{convert::Infallible, sync::Arc};

use chancery_kernel::ConventionId;
use chancery_projections::{StandingChange, Standings, Status, standing_changes};
use jiff::civil::Date;
use quick_cache::sync::Cache;
use tokio::sync::watch;

use super::{FeedError, Head, Item, Live};
use crate::service::{Asked, Dials, Knowledge};

/// How many snapshots are kept: the last ones of the conventions that somebody watches.
const SNAPSHOTS: usize = 256;

/// States stand otherwise towards a convention than before: after an append, or since a day has
/// turned on which the convention entered into force for somebody, or a withdrawal took effect.
pub(crate) struct StatusChange {
    /// The convention as it is now.
    pub(crate) asked: Asked,
    pub(crate) before: Status,
    pub(crate) now: Status,
    pub(crate) changes: Vec<StandingChange>,
    since: (usize, Date),
}

/// How States stood.
pub(super) struct Snapshot {
    events: usize,
    day: Date,
    standings: Standings,
}

/// Snapshots by convention, its events and the day.
pub(super) type Snapshots = Cache<(ConventionId, usize, Date), Arc<Snapshot>>;

pub(super) fn snapshots() -> Snapshots {
    Cache::new(SNAPSHOTS)
}

/// Changes of how States stand. What one who is slow has missed comes as one change.
pub(crate) struct StatusFeed {
    live: Live,
    head: watch::Receiver<Arc<Head>>,
    convention: ConventionId,
    last: Arc<Snapshot>,
}

impl StatusFeed {
    pub(super) fn begin(
        live: Live,
        convention: ConventionId,
        after: Option<u64>,
    ) -> Result<Self, FeedError> {
        let mut head = live.0.head.clone();
        head.mark_changed();
        let now = live.convention(convention.as_str())?;
        let last = match after {
            None => live.snapshot(&now),
            Some(position) => {
                let dials = Dials { as_at: None, knowledge: Some(Knowledge::Position(position)) };
                let then = live.0.service.moment().ask(convention.as_str(), dials)?;
                then.map_or_else(
                    || Arc::new(Snapshot::empty(now.day())),
                    |then| live.snapshot(&then),
                )
            }
        };
        Ok(Self { live, head, convention, last })
    }

    /// The next change; waits for one. `None` once the store is closed.
    pub(super) async fn next(&mut self) -> Option<Result<Item, FeedError>> {
        loop {
            self.head.changed().await.ok()?;
            self.head.borrow_and_update();
            let asked = match self.live.convention(self.convention.as_str()) {
                Ok(asked) => asked,
                Err(error) => return Some(Err(error)),
            };
            let now = self.live.snapshot(&asked);
            let last = std::mem::replace(&mut self.last, now);
            if let Some(change) = StatusChange::between(&last, &self.last, asked) {
                return Some(Ok(Item::Status(Arc::new(change))));
            }
        }
    }
}

impl Live {
    fn snapshot(&self, asked: &Asked) -> Arc<Snapshot> {
        let view = asked.view();
        let key = (view.convention().clone(), view.log().len(), asked.day());
        let take = || {
            let standings = asked.at().standings().collect();
            Ok(Arc::new(Snapshot { events: key.1, day: key.2, standings }))
        };
        match self.0.snapshots.get_or_insert_with(&key, take) {
            Ok::<_, Infallible>(snapshot) => snapshot,
        }
    }
}

impl Snapshot {
    /// Before anything was recorded.
    fn empty(day: Date) -> Self {
        Self { events: 0, day, standings: Standings::new() }
    }

    fn status(&self) -> Status {
        self.standings.values().copied().collect()
    }
}

impl StatusChange {
    fn between(before: &Snapshot, now: &Snapshot, asked: Asked) -> Option<Self> {
        if (before.events, before.day) == (now.events, now.day) {
            return None;
        }
        let changes = standing_changes(&before.standings, &now.standings);
        let since = (before.events, before.day);
        (!changes.is_empty()).then(|| Self {
            asked,
            before: before.status(),
            now: now.status(),
            changes,
            since,
        })
    }

    /// What a payload of it depends on, besides the query.
    pub(super) fn tag(&self) -> String {
        let (events, day) = self.since;
        let view = self.asked.view();
        format!(
            "status of {} from {events} on {day} to {} on {}",
            view.convention(),
            view.log().len(),
            self.asked.day()
        )
    }
}
