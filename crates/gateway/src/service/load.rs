use std::{collections::BTreeMap, sync::Arc};

use arc_swap::{ArcSwap, ArcSwapOption};
use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::{Envelope, Recorded, journal::JOURNAL};
use chancery_store::{Commit, EventStore, Position, StreamName};
use imbl::OrdMap;
use jiff::Timestamp;
use tokio::sync::{Mutex, watch};

use super::{LoadError, Service, ledger::Ledger, past::PastViews};

/// How many events are read at a time: a few large values.
const BATCH: usize = 4096;

impl Service {
    /// Folds every convention of a store. `progress` is told how many events are done, of how many.
    ///
    /// # Errors
    /// A store that cannot be read, or events that this program does not know.
    pub async fn open(
        store: Arc<dyn EventStore>,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Self, LoadError> {
        let total = store.head().await?.next.get();
        let mut logs: Logs = BTreeMap::new();
        let mut last_stamp = Timestamp::UNIX_EPOCH;
        let mut from = Position::default();
        loop {
            let commits = store.read(from, BATCH).await?;
            let Some(last) = commits.last() else { break };
            from = last.next();
            for commit in &commits {
                decode(&mut logs, commit, &mut last_stamp)?;
            }
            progress(from.get(), total.max(from.get()));
        }
        // Corrections stand behind what they correct: a log is folded when all of it is there.
        let folded = |(id, log): (ConventionId, _)| (id.clone(), Arc::new(View::folded(id, log)));
        let mut views: OrdMap<ConventionId, Arc<View>> = logs.into_iter().map(folded).collect();
        let journal = JOURNAL.parse().ok().and_then(|id: ConventionId| views.remove(&id));
        let ledger = Ledger::open(store.clone()).await?;
        Ok(Self {
            store,
            views: ArcSwap::from_pointee(views),
            writers: std::sync::Mutex::default(),
            appending: Arc::default(),
            last_stamp: Mutex::new(last_stamp),
            clock: now,
            appends: std::sync::Mutex::default(),
            ledger,
            journal: ArcSwapOption::from(journal),
            published: watch::Sender::new(()),
            opened_at: from,
            past: Arc::new(PastViews::new()),
            forgot_begun: std::sync::Mutex::default(),
        })
    }

    /// Takes in what the store holds of a convention beyond its view. There is something when the
    /// caller of an earlier append went away before its answer: the append is durable all the same.
    pub(super) async fn catch_up(&self, convention: &ConventionId) -> Result<(), LoadError> {
        let Ok(stream) = convention.as_str().parse::<StreamName>() else { return Ok(()) };
        let view = self.stream_view(convention);
        let known = view.as_ref().map_or(0, |view| view.state().version);
        if self.store.version(&stream).await?.get() == known {
            return Ok(());
        }
        let from = view
            .as_ref()
            .and_then(|view| view.known())
            .map_or(Position::default(), |known| Position::new(known.position + 1));
        self.take_in(from, |it| *it == stream).await
    }

    /// As [`catch_up`](Self::catch_up), with every stream. The caller has seen to it that nobody
    /// appends.
    pub(super) async fn catch_up_with_all(&self) -> Result<(), LoadError> {
        let journal = self.journal.load().as_ref().map_or(0, |view| view.state().version);
        let known = self.views().values().fold(journal, |sum, view| sum + view.state().version);
        if self.store.head().await?.next.get() == known {
            return Ok(());
        }
        self.take_in(Position::START, |_| true).await
    }

    /// Takes in the commits of some streams, from a position on, that their views do not have.
    async fn take_in(
        &self,
        mut from: Position,
        is_wanted: impl Fn(&StreamName) -> bool,
    ) -> Result<(), LoadError> {
        let mut logs: Logs = BTreeMap::new();
        let mut last_stamp = self.last_stamp.lock().await;
        loop {
            let commits = self.store.read(from, BATCH).await?;
            let Some(last) = commits.last() else { break };
            from = last.next();
            for commit in commits.iter().filter(|commit| is_wanted(&commit.stream)) {
                let view = commit.stream.as_str().parse().ok().and_then(|id| self.stream_view(&id));
                if view.map_or(0, |view| view.state().version) <= commit.first_version.get() {
                    decode(&mut logs, commit, &mut last_stamp)?;
                }
            }
        }
        for (id, log) in logs {
            let view = self.stream_view(&id).map(|view| (*view).clone());
            self.publish(view.unwrap_or_else(|| View::empty(id)).after_all(log));
        }
        Ok(())
    }
}

/// The time to the microsecond: all that a reader of the log can use.
fn now() -> Timestamp {
    Timestamp::from_microsecond(Timestamp::now().as_microsecond()).unwrap_or_default()
}

/// The events of each convention, in the order of recording.
type Logs = BTreeMap<ConventionId, Vec<Arc<Recorded>>>;

fn decode(logs: &mut Logs, commit: &Commit, last_stamp: &mut Timestamp) -> Result<(), LoadError> {
    for (position, version, body) in commit.iter() {
        let envelope = Envelope::decode(position.get(), body)?;
        let id = envelope.convention.clone();
        if id.as_str() != commit.stream.as_str() || envelope.version != version.get() {
            return Err(LoadError::Misplaced {
                position,
                stream: commit.stream.to_string(),
                version: version.get(),
                said: id,
                said_version: envelope.version,
            });
        }
        *last_stamp = (*last_stamp).max(envelope.recorded_at);
        let recorded = Arc::new(Recorded { position: position.get(), envelope });
        logs.entry(id).or_default().push(recorded);
    }
    Ok(())
}
