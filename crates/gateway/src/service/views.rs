use std::sync::Arc;

use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::journal::JOURNAL;
use imbl::OrdMap;
use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::{
    LoadError,
    held::{Extent, Held, apart},
};

/// Every view as it stood at one moment, by its convention. Immutable: an append gives the next,
/// and the two share what did not change. A convention is folded when it is first asked for; what
/// holds of all of them together is kept, so that a question about one convention costs the same
/// however many there are.
#[derive(Clone, Default)]
pub struct Views {
    conventions: OrdMap<ConventionId, Arc<Held>>,
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
    /// The view of a convention; `None` if it is not recorded. Folds it if nobody asked for it
    /// before, and blocks for as long.
    ///
    /// # Errors
    /// A store that cannot be read, or events that this program does not know.
    pub fn get(&self, convention: &str) -> Result<Option<Arc<View>>, LoadError> {
        self.conventions.get(convention).map(|it| it.view()).transpose()
    }

    /// Every convention's view, by id. Folds those that nobody asked for before, on all cores.
    ///
    /// # Errors
    /// A store that cannot be read, or events that this program does not know.
    pub fn all(&self) -> Result<Vec<Arc<View>>, LoadError> {
        let held: Vec<&Held> = self.conventions.values().map(|it| &**it).collect();
        if held.iter().filter(|it| !it.is_folded()).count() > 1 {
            return apart(|| held.into_par_iter().map(Held::view).collect());
        }
        held.into_iter().map(Held::view).collect()
    }

    /// The conventions that are recorded, by id.
    pub fn conventions(&self) -> impl DoubleEndedIterator<Item = &ConventionId> {
        self.conventions.keys()
    }

    /// How many events there are, the journal's among them.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The position of the last event, the journal's among them; `None` while nothing is recorded.
    pub fn position(&self) -> Option<u64> {
        self.position
    }

    /// The views with another one in place of that of its stream.
    pub(super) fn with(&self, view: Arc<View>) -> Self {
        if view.convention().as_str() == JOURNAL {
            let version = |it: &View| it.state().version;
            let before = self.journal.as_deref().map_or(0, version);
            let last = view.known().map(|known| known.position);
            let mut next = self.counting(before, version(&view), last);
            next.journal = Some(view);
            return next;
        }
        Held::folded(view).map_or_else(|| self.clone(), |held| self.holding(held))
    }

    /// The views with another stream of a convention.
    pub(super) fn holding(&self, held: Held) -> Self {
        let before = self.extent(held.convention()).map_or(0, |it| it.version);
        let Extent { version, position, since, .. } = held.extent();
        let mut next = self.counting(before, version, Some(position));
        next.since = self.since.into_iter().chain([since]).min();
        next.conventions.insert(held.convention().clone(), Arc::new(held));
        next
    }

    /// How far a convention goes; `None` if it is not recorded.
    pub(super) fn extent(&self, convention: &ConventionId) -> Option<Extent> {
        self.conventions.get(convention).map(|it| it.extent())
    }

    /// How far each convention goes.
    pub(super) fn extents(&self) -> impl Iterator<Item = (&ConventionId, Extent)> {
        self.conventions.iter().map(|(id, held)| (id, held.extent()))
    }

    /// Each convention as it is held.
    #[cfg(test)]
    pub(super) fn held(&self) -> impl Iterator<Item = &Held> {
        self.conventions.values().map(|it| &**it)
    }

    /// The view of a stream: a convention's, or the journal's.
    pub(super) fn stream(&self, id: &ConventionId) -> Result<Option<Arc<View>>, LoadError> {
        if id.as_str() == JOURNAL { Ok(self.journal.clone()) } else { self.get(id.as_str()) }
    }

    /// The view of the register's own stream.
    pub(super) fn journal(&self) -> Option<&Arc<View>> {
        self.journal.as_ref()
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

    fn counting(&self, before: u64, now: u64, last: Option<u64>) -> Self {
        let mut next = self.clone();
        next.events = self.events + now - before;
        next.position = self.position.max(last);
        next
    }
}
