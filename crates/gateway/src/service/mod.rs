//! Every convention of a store, folded once, when it is first asked for, and kept current. All
//! writing goes through [`Service::record`], all reading through [`Service::view`].

mod check;
mod commit;
mod dials;
mod error;
mod follow;
mod held;
mod journal;
mod ledger;
mod load;
mod once;
mod past;
mod record;
mod snapshot;
mod state_root;
mod stored;
mod suppose;
pub mod verify;
mod views;

use std::{collections::BTreeMap, sync::Arc};

use arc_swap::ArcSwap;
use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_store::{EventStore, Position};
use jiff::{Timestamp, civil::Date};
use tokio::sync::{Mutex, RwLock, watch};

use self::past::PastViews;

pub use commit::AppendFigures;
pub use dials::{Asked, DialError, Dials, Knowledge, Moment};
pub use error::{CommitError, JournalError, LoadError, ProofError, RecordError};
pub use ledger::{ProvedEntry, Signed};
pub use once::{Done, Terms};
pub use record::{Input, Receipt};
pub use state_root::{FORM as STATE_ROOT_FORM, StateRoot};
pub use suppose::Supposed;
pub use views::Views;

/// The conventions of a store. A reader takes the current view and never waits; a writer makes the
/// next one and swaps it in once it is durable.
pub struct Service {
    store: Arc<dyn EventStore>,
    views: ArcSwap<Views>,
    /// Tells whenever a view was swapped in.
    published: watch::Sender<()>,
    /// Where the log ended when it was opened.
    opened_at: Position,
    /// How many events the snapshot was of that it was opened with.
    snapshot_at: u64,
    /// One writer a convention: two conventions never wait for one another.
    writers: std::sync::Mutex<BTreeMap<ConventionId, Arc<Mutex<()>>>>,
    /// Held by all who append, and by one alone who must know what stands before what it appends.
    appending: Arc<RwLock<()>>,
    /// The time of the last event that was sent to the store.
    last_stamp: Mutex<Timestamp>,
    clock: fn() -> Timestamp,
    appends: std::sync::Mutex<AppendFigures>,
    ledger: ledger::Ledger,
    /// Views of what was known earlier.
    past: Arc<PastViews>,
    /// The last day on which idempotency keys were forgotten.
    forgot_begun: std::sync::Mutex<Option<Date>>,
}

impl Service {
    /// The current view of a convention; `None` if it is not recorded. The first time it is asked
    /// for, it is folded.
    ///
    /// # Errors
    /// A store that cannot be read, or events that this program does not know.
    pub fn view(&self, convention: &str) -> Result<Option<Arc<View>>, LoadError> {
        self.views.load().get(convention)
    }

    /// The current views.
    pub fn views(&self) -> Arc<Views> {
        self.views.load_full()
    }

    /// With a clock of a test's own.
    #[cfg(test)]
    pub(crate) fn with_clock(self, clock: fn() -> Timestamp) -> Self {
        Self { clock, ..self }
    }

    /// How many events of the log the views have taken in, all streams together.
    pub fn folded(&self) -> u64 {
        self.views.load().position().map_or(0, |last| last + 1)
    }

    /// The store behind it.
    pub fn store(&self) -> &Arc<dyn EventStore> {
        &self.store
    }

    /// Finishes what was begun, signs a checkpoint if there is a key, keeps a snapshot for the next
    /// start, and closes the store.
    ///
    /// # Errors
    /// The store's own.
    pub async fn close(&self) -> Result<(), chancery_store::CloseError> {
        self.ledger.settle().await;
        self.keep_snapshot().await;
        self.store.close().await
    }

    fn writer(&self, convention: &ConventionId) -> Arc<Mutex<()>> {
        // A poisoned lock guards a map that is never left half-written.
        let mut writers = self.writers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        writers.entry(convention.clone()).or_default().clone()
    }

    /// The view of a stream: a convention's, or the journal's.
    fn stream_view(&self, id: &ConventionId) -> Result<Option<Arc<View>>, LoadError> {
        self.views.load().stream(id)
    }

    fn publish(&self, view: View) {
        let view = Arc::new(view);
        self.views.rcu(|views| views.with(view.clone()));
        self.published.send_replace(());
    }
}
