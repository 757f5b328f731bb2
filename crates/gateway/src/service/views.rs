use std::{ops::Deref, sync::Arc};

use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::journal::JOURNAL;
use imbl::OrdMap;
use jiff::Timestamp;

/// Every view as it stood at one moment, by its convention. Immutable: an append gives the next,
/// and the two share what did not change. What holds of all of them together is kept, so that a
/// question about one convention costs the same however many there are.
#[derive(Debug, Clone, Default)]
pub struct Views {
    conventions: OrdMap<ConventionId, Arc<View>>,
    /// The register's own stream, which is no convention's.
    journal: Option<Arc<View>>,
    /// How many events the views hold together.
    events: u64,
    /// The position of the last of them.
    position: Option<u64>,
    /// When the first event about a convention was recorded.
    since: Option<Timestamp>,
}

impl Views {
    /// The views with another one in place of that of its stream.
    pub(super) fn with(&self, view: Arc<View>) -> Self {
        let before = self.stream(view.convention()).map_or(0, |it| it.state().version);
        let mut next = self.clone();
        next.events = self.events + view.state().version - before;
        next.position = self.position.max(view.known().map(|known| known.position));
        if view.convention().as_str() == JOURNAL {
            next.journal = Some(view);
            return next;
        }
        let first = view.log().front().map(|it| it.envelope.recorded_at);
        next.since = self.since.into_iter().chain(first).min();
        next.conventions.insert(view.convention().clone(), view);
        next
    }

    /// The view of a stream: a convention's, or the journal's.
    pub(super) fn stream(&self, id: &ConventionId) -> Option<&Arc<View>> {
        if id.as_str() == JOURNAL { self.journal.as_ref() } else { self.conventions.get(id) }
    }

    /// The view of the register's own stream.
    pub(super) fn journal(&self) -> Option<&Arc<View>> {
        self.journal.as_ref()
    }

    /// How many events there are, the journal's among them.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The position of the last event, the journal's among them; `None` while nothing is recorded.
    pub fn position(&self) -> Option<u64> {
        self.position
    }

    /// When the first event about a convention was recorded.
    pub(super) fn since(&self) -> Option<Timestamp> {
        self.since
    }

    /// Whether every event up to the position is there. Of two that are recorded at one time, for
    /// two conventions, the second may be seen first.
    pub(super) fn is_whole(&self) -> bool {
        self.events == self.position.map_or(0, |last| last + 1)
    }
}

impl Deref for Views {
    type Target = OrdMap<ConventionId, Arc<View>>;

    fn deref(&self) -> &Self::Target {
        &self.conventions
    }
}

impl FromIterator<Arc<View>> for Views {
    fn from_iter<I: IntoIterator<Item = Arc<View>>>(views: I) -> Self {
        views.into_iter().fold(Self::default(), |all, view| all.with(view))
    }
}
