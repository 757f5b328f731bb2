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
use chancery_register::{Envelope, Recorded, journal::JOURNAL};
use chancery_store::{Commit, EventStore, Position, StreamName};
use futures_util::future::maybe_done;
use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tokio::sync::{Mutex, watch};

use super::{
    LoadError, Service, Views,
    held::{Extent, Held},
    ledger::Ledger,
    past::PastViews,
    snapshot::Snapshot,
};

/// How many events are read at a time: a few large values.
const BATCH: usize = 4096;

impl Service {
    /// Opens the register of a store. What was recorded since the last snapshot is read, and every
    /// event of it decoded; conventions are folded when they are first asked for. `progress` is
    /// told how many events are done, of how many.
    ///
    /// # Errors
    /// A store that cannot be read, or events that this program does not know.
    pub async fn open(
        store: Arc<dyn EventStore>,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Self, LoadError> {
        let total = store.head().await?.next.get();
        let mut progress = |done: u64| progress(done, total.max(done));
        let ledger = Ledger::open(store.clone()).await?;
        let snapshot = Snapshot::kept(&*store, &ledger).await.unwrap_or_default();
        let (mut snapshot_at, mut streams) = (snapshot.size(), snapshot.into_streams());
        let mut from = read_on(&*store, snapshot_at, &mut streams, &mut progress).await?;
        // Neither damage nor another log comes so far: whoever wrote it was wrong.
        if snapshot_at > 0 && !are_so_long(&*store, &streams).await? {
            tracing::warn!("what is kept of the log is not so; the log is read whole");
            (snapshot_at, streams) = (0, BTreeMap::new());
            from = read_on(&*store, 0, &mut streams, &mut progress).await?;
        }
        let last_stamp = last_stamp(&*store, from).await?;
        let mut views = Views::default();
        for (id, extent) in streams {
            let held = Held::stored(id, extent, store.clone());
            // The journal is short, and what it says of keys is wanted at once.
            views = if held.convention().as_str() == JOURNAL {
                views.with(held.view()?)
            } else {
                views.holding(held)
            };
        }
        let service = Self {
            store,
            views: ArcSwap::from_pointee(views),
            writers: std::sync::Mutex::default(),
            appending: Arc::default(),
            last_stamp: Mutex::new(last_stamp),
            clock: now,
            appends: std::sync::Mutex::default(),
            ledger,
            published: watch::Sender::new(()),
            opened_at: from,
            snapshot_at,
            past: Arc::new(PastViews::new()),
            forgot_begun: std::sync::Mutex::default(),
        };
        service.keep_snapshot().await;
        Ok(service)
    }

    /// Takes in what the store holds of a convention beyond its view. There is something when the
    /// caller of an earlier append went away before its answer: the append is durable all the same.
    pub(super) async fn catch_up(&self, convention: &ConventionId) -> Result<(), LoadError> {
        let Ok(stream) = convention.as_str().parse::<StreamName>() else { return Ok(()) };
        let view = self.stream_view(convention)?;
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
        let mut logs: BTreeMap<StreamName, Vec<Arc<Recorded>>> = BTreeMap::new();
        let mut last_stamp = self.last_stamp.lock().await;
        loop {
            let commits = self.store.read(from, BATCH).await?;
            let Some(last) = commits.last() else { break };
            from = last.next();
            for commit in commits.iter().filter(|commit| is_wanted(&commit.stream)) {
                let id = commit.stream.as_str().parse().ok();
                let view = id.map(|id| self.stream_view(&id)).transpose()?.flatten();
                if view.map_or(0, |view| view.state().version) <= commit.first_version.get() {
                    let log = logs.entry(commit.stream.clone()).or_default();
                    decode(commit, log)?;
                    let recorded_at = log.last().map(|it| it.envelope.recorded_at);
                    *last_stamp = recorded_at.map_or(*last_stamp, |it| last_stamp.max(it));
                }
            }
        }
        for log in logs.into_values() {
            let Some(id) = log.first().map(|it| it.envelope.convention.clone()) else { continue };
            let view = self.stream_view(&id)?.map(|view| (*view).clone());
            self.publish(view.unwrap_or_else(|| View::empty(id)).after_all(log));
        }
        Ok(())
    }
}

/// The time to the microsecond: all that a reader of the log can use.
fn now() -> Timestamp {
    Timestamp::from_microsecond(Timestamp::now().as_microsecond()).unwrap_or_default()
}

/// Streams by name, with how far each goes.
type Streams = BTreeMap<ConventionId, Extent>;

/// Reads a log from a place on, decodes all of it, and says where it ends. `progress` is told how
/// many events are done.
async fn read_on(
    store: &dyn EventStore,
    from: u64,
    streams: &mut Streams,
    mut progress: impl FnMut(u64),
) -> Result<Position, LoadError> {
    let mut from = Position::new(from);
    let mut next = maybe_done(store.read(from, BATCH));
    loop {
        (&mut next).await;
        let commits = Pin::new(&mut next).take_output().transpose()?.unwrap_or_default();
        let Some(last) = commits.last() else { return Ok(from) };
        from = last.next();
        // The next ones are read while these are decoded, on all cores.
        next = maybe_done(store.read(from, BATCH));
        let _begun = poll_fn(|context| Poll::Ready(Pin::new(&mut next).poll(context))).await;
        let looked: Vec<Result<_, LoadError>> =
            commits.par_iter().map(|commit| extent(commit)).collect();
        for looked in looked {
            let (id, extent) = looked?;
            let extent = extent.after(streams.get(&id));
            streams.insert(id, extent);
        }
        progress(from.get());
    }
}

/// Whether each stream has as many events as the store says.
async fn are_so_long(store: &dyn EventStore, streams: &Streams) -> Result<bool, LoadError> {
    for (id, extent) in streams {
        if store.version(&id.as_str().parse()?).await?.get() != extent.version {
            return Ok(false);
        }
    }
    Ok(true)
}

/// When the last event before a place was recorded.
async fn last_stamp(store: &dyn EventStore, end: Position) -> Result<Timestamp, LoadError> {
    let Some(last) = end.get().checked_sub(1).map(Position::new) else {
        return Ok(Timestamp::UNIX_EPOCH);
    };
    let commits = store.read(last, 1).await?;
    let recorded_at = commits.first().map(|it| extent(it).map(|(_, extent)| extent.recorded_at));
    Ok(recorded_at.transpose()?.unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Which convention a commit is of, and how far it takes it. Every event of it is decoded.
fn extent(commit: &Commit) -> Result<(ConventionId, Extent), LoadError> {
    let mut events = Vec::with_capacity(commit.events.len());
    decode(commit, &mut events)?;
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return Err(LoadError::Empty { position: commit.first });
    };
    let Recorded { position, envelope } = &**last;
    let (version, recorded_at) = (envelope.version, envelope.recorded_at);
    let since = first.envelope.recorded_at;
    Ok((envelope.convention.clone(), Extent { version, position: *position, recorded_at, since }))
}

/// The events of a commit, behind those before it.
pub(super) fn decode(commit: &Commit, log: &mut Vec<Arc<Recorded>>) -> Result<(), LoadError> {
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
        let envelope = match log.last() {
            Some(before) => envelope.sharing(&before.envelope),
            None => envelope,
        };
        log.push(Arc::new(Recorded { position: position.get(), envelope }));
    }
    Ok(())
}
