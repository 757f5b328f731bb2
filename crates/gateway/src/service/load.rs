use std::{
    collections::BTreeMap,
    future::{Future as _, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use arc_swap::ArcSwap;
use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::{Envelope, Recorded};
use chancery_store::{Commit, EventStore, Position, StreamName};
use futures_util::future::maybe_done;
use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
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
        let mut next = maybe_done(store.read(from, BATCH));
        loop {
            (&mut next).await;
            let commits = Pin::new(&mut next).take_output().transpose()?.unwrap_or_default();
            let Some(last) = commits.last() else { break };
            from = last.next();
            // The next ones are read while these are decoded, on all cores.
            next = maybe_done(store.read(from, BATCH));
            let _begun = poll_fn(|context| Poll::Ready(Pin::new(&mut next).poll(context))).await;
            let decoded: Vec<Result<Decoded, LoadError>> =
                commits.par_iter().map(|commit| decode(commit)).collect();
            for decoded in decoded {
                take(&mut logs, decoded?, &mut last_stamp);
            }
            progress(from.get(), total.max(from.get()));
        }
        drop(next);
        // Corrections stand behind what they correct: a log is folded when all of it is there.
        let folded = |(id, log)| Arc::new(View::folded(id, log));
        let views: Vec<Arc<View>> = logs.into_par_iter().map(folded).collect();
        let ledger = Ledger::open(store.clone()).await?;
        Ok(Self {
            store,
            views: ArcSwap::from_pointee(views.into_iter().collect()),
            writers: std::sync::Mutex::default(),
            appending: Arc::default(),
            last_stamp: Mutex::new(last_stamp),
            clock: now,
            appends: std::sync::Mutex::default(),
            ledger,
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
        let known = self.views().events();
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
                    take(&mut logs, decode(commit)?, &mut last_stamp);
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

/// The events of a commit.
type Decoded = Vec<Arc<Recorded>>;

fn take(logs: &mut Logs, decoded: Decoded, last_stamp: &mut Timestamp) {
    let Some(last) = decoded.last() else { return };
    *last_stamp = (*last_stamp).max(last.envelope.recorded_at);
    let id = &last.envelope.convention;
    match logs.get_mut(id) {
        Some(log) => log.extend(decoded),
        None => drop(logs.insert(id.clone(), decoded)),
    }
}

fn decode(commit: &Commit) -> Result<Decoded, LoadError> {
    let mut decoded: Decoded = Vec::with_capacity(commit.events.len());
    for (position, version, body) in commit.iter() {
        let envelope = Envelope::decode(position.get(), body)?;
        let id = &envelope.convention;
        if id.as_str() != commit.stream.as_str() || envelope.version != version.get() {
            return Err(LoadError::Misplaced {
                position,
                stream: commit.stream.to_string(),
                version: version.get(),
                said: id.clone(),
                said_version: envelope.version,
            });
        }
        let envelope = match decoded.last() {
            Some(before) => envelope.sharing(&before.envelope),
            None => envelope,
        };
        decoded.push(Arc::new(Recorded { position: position.get(), envelope }));
    }
    Ok(decoded)
}
