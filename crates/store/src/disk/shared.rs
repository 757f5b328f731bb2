//! What the writer, the readers and the subscriptions share.

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use tokio::sync::watch;

use super::{
    at_hand::AtHand,
    engine,
    part::Key,
    streams::Streams,
    walk::{self, Flaw, Walk},
};
use crate::{Commit, LogReader, Position, ReadError, StreamName, Times, Version};

/// The log as far as it is acknowledged.
pub(super) struct Shared {
    /// `None` once closed. A reader takes a handle for as long as it reads.
    db: RwLock<Option<sled::Db>>,
    streams: RwLock<Streams>,
    at_hand: Mutex<AtHand>,
    /// The head that may be seen: moved only by the writer, after the sync.
    head: watch::Receiver<Position>,
    /// Why nothing is written any more.
    stopped: OnceLock<String>,
    /// How long each sync took.
    syncs: Mutex<Times>,
    /// Since when the writer has been at a write.
    busy: Mutex<Option<Instant>>,
}

/// Says that the writer is at a write, for as long as it lives.
pub(super) struct Busy(Arc<Shared>);

impl Drop for Busy {
    fn drop(&mut self) {
        *self.0.busy.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Shared {
    pub(super) fn new(
        db: sled::Db,
        streams: Streams,
        at_hand: AtHand,
        head: watch::Receiver<Position>,
    ) -> Self {
        Self {
            db: RwLock::new(Some(db)),
            streams: RwLock::new(streams),
            at_hand: Mutex::new(at_hand),
            head,
            stopped: OnceLock::new(),
            syncs: Mutex::default(),
            busy: Mutex::new(None),
        }
    }

    /// The head that may be seen.
    pub(super) fn head(&self) -> Position {
        *self.head.borrow()
    }

    pub(super) fn head_updates(&self) -> watch::Receiver<Position> {
        self.head.clone()
    }

    /// The acknowledged version of a stream.
    pub(super) fn version(&self, stream: &StreamName) -> Version {
        self.streams().version(stream)
    }

    /// What is acknowledged of each stream.
    pub(super) fn streams(&self) -> RwLockReadGuard<'_, Streams> {
        self.streams.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes commits visible.
    pub(super) fn publish<'a>(&self, commits: impl Iterator<Item = &'a Arc<Commit>>) {
        let mut streams = self.streams.write().unwrap_or_else(PoisonError::into_inner);
        commits.for_each(|it| streams.add(&it.stream, it.first, it.version()));
    }

    /// The commits of a stream that begin below a version.
    pub(super) fn read_stream(
        &self,
        stream: &StreamName,
        below: Version,
    ) -> Result<Vec<Arc<Commit>>, ReadError> {
        let db = self.db().ok_or(ReadError::Closed)?;
        let places = self.streams().commits(stream).to_vec();
        let read = self.read_each(&db, &places, stream, below);
        let _closed = engine::close(db);
        read
    }

    /// The commits at these places, which are a stream's, as long as they begin below a version.
    /// The first ones are at hand, if nobody read the stream before.
    fn read_each(
        &self,
        tree: &sled::Tree,
        places: &[Position],
        stream: &StreamName,
        below: Version,
    ) -> Result<Vec<Arc<Commit>>, ReadError> {
        let (near, parts) = self.take_at_hand(places);
        let mut at_hand = Walk::over(parts.into_iter().map(Ok));
        let mut commits = Vec::with_capacity(places.len());
        for (index, first) in places.iter().copied().enumerate() {
            let read = if index < near {
                at_hand.go_to(first);
                at_hand.commit()
            } else {
                Walk::new(tree, first, Position::new(u64::MAX)).and_then(|mut walk| walk.commit())
            };
            let read = read.map_err(|flaw| read_error(first, flaw))?;
            let commit = read.filter(|it| it.stream == *stream).ok_or_else(|| {
                let detail = "the commit that should be here is missing".to_owned();
                ReadError::Corrupt { position: first, detail }
            })?;
            if commit.first_version >= below {
                break;
            }
            commits.push(Arc::new(commit));
        }
        Ok(commits)
    }

    /// Takes what is at hand of the commits at these places: how many of the first ones, and their
    /// parts.
    pub(super) fn take_at_hand(&self, places: &[Position]) -> (usize, Vec<(Key, sled::IVec)>) {
        let mut at_hand = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        let mut parts = Vec::new();
        for (index, first) in places.iter().enumerate() {
            let before = parts.len();
            parts.extend(at_hand.take(*first));
            if parts.len() == before {
                return (index, parts);
            }
        }
        (places.len(), parts)
    }

    /// A handle to sled, unless closed.
    pub(super) fn db(&self) -> Option<sled::Db> {
        self.db.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets no one begin to read any more.
    pub(super) fn close(&self) -> Option<sled::Db> {
        self.db.write().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// An error once closed.
    pub(super) fn check_open(&self) -> Result<(), ReadError> {
        let db = self.db.read().unwrap_or_else(PoisonError::into_inner);
        if db.is_some() { Ok(()) } else { Err(ReadError::Closed) }
    }

    /// Notes that a write begins.
    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        *self.busy.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Busy(self.clone())
    }

    /// How long the write has taken that the writer is at.
    pub(super) fn busy_for(&self) -> Option<Duration> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).map(|since| since.elapsed())
    }

    /// Notes that a sync is done.
    pub(super) fn synced(&self, took: Duration) {
        self.syncs.lock().unwrap_or_else(PoisonError::into_inner).add(took);
    }

    /// How long each sync took.
    pub(super) fn syncs(&self) -> Times {
        self.syncs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why nothing is written any more, if so.
    pub(super) fn stopped(&self) -> Option<&str> {
        self.stopped.get().map(String::as_str)
    }

    /// Stops writing for good. The first reason stays.
    pub(super) fn stop(&self, reason: String) -> String {
        let first = || {
            tracing::error!(%reason, "the store stops writing");
            reason
        };
        self.stopped.get_or_init(first).clone()
    }
}

#[async_trait]
impl LogReader for Shared {
    async fn read(&self, from: Position, max_events: usize) -> Result<Vec<Arc<Commit>>, ReadError> {
        let db = self.db().ok_or(ReadError::Closed)?;
        let head = self.head();
        if from >= head {
            return Ok(Vec::new());
        }
        // A page that is not in sled's cache comes from the disk, which may take long: that is
        // not for the threads of the runtime, which have queries to answer.
        let reading = tokio::task::spawn_blocking(move || {
            let read = walk::read(&db, from, head, max_events);
            // The last handle, should the store have been closed meanwhile, writes and syncs.
            let _closed = engine::close(db);
            read
        });
        match reading.await {
            Ok((commits, Some((position, flaw)))) if commits.is_empty() => {
                Err(read_error(position, flaw))
            }
            Ok((commits, _)) => Ok(commits.into_iter().map(Arc::new).collect()),
            Err(error) => Err(ReadError::Io { position: from, detail: error.to_string() }),
        }
    }
}

fn read_error(position: Position, flaw: Flaw) -> ReadError {
    match flaw {
        Flaw::Damaged(detail) => ReadError::Corrupt { position, detail },
        Flaw::Unfinished => {
            ReadError::Corrupt { position, detail: "the end of the commit is missing".into() }
        }
        Flaw::Io(detail) => ReadError::Io { position, detail },
    }
}
