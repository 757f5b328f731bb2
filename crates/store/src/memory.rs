//! A store that lives as long as the process, for tests and trials.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use tokio::sync::watch;

use crate::{
    Append, AppendError, CloseError, Commit, EventStore, Head, KeepError, KeptName, LogReader,
    Position, ReadError, StoreFigures, StreamName, Subscription, Version,
};

/// A log in memory. It keeps the whole contract but durability.
#[derive(Debug)]
pub struct MemoryStore {
    log: Arc<Log>,
    head: watch::Receiver<Position>,
}

#[derive(Debug)]
struct Log(Mutex<State>);

#[derive(Debug)]
struct State {
    commits: Vec<Arc<Commit>>,
    versions: HashMap<StreamName, Version>,
    kept: HashMap<KeptName, Vec<u8>>,
    /// `None` once closed, which ends the subscriptions.
    head: Option<watch::Sender<Position>>,
}

impl MemoryStore {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        let (sender, head) = watch::channel(Position::START);
        let state = State {
            commits: Vec::new(),
            versions: HashMap::new(),
            kept: HashMap::new(),
            head: Some(sender),
        };
        Self { log: Arc::new(Log(Mutex::new(state))), head }
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl EventStore for MemoryStore {
    async fn append(&self, append: Append) -> Result<Arc<Commit>, AppendError> {
        append.check_sizes()?;
        self.log.state().append(append)
    }

    async fn read(&self, from: Position, max_events: usize) -> Result<Vec<Arc<Commit>>, ReadError> {
        self.log.read(from, max_events).await
    }

    fn read_stream(
        &self,
        stream: &StreamName,
        below: Version,
    ) -> Result<Vec<Arc<Commit>>, ReadError> {
        let state = self.log.state();
        state.open()?;
        let own = state.commits.iter().filter(|commit| commit.stream == *stream);
        Ok(own.take_while(|commit| commit.first_version < below).cloned().collect())
    }

    async fn head(&self) -> Result<Head, ReadError> {
        let state = self.log.state();
        state.open()?;
        Ok(Head { next: state.next() })
    }

    async fn version(&self, stream: &StreamName) -> Result<Version, ReadError> {
        let state = self.log.state();
        state.open()?;
        Ok(state.versions.get(stream).copied().unwrap_or_default())
    }

    fn subscribe(&self, from: Position) -> Subscription {
        Subscription::new(self.log.clone(), self.head.clone(), from)
    }

    async fn keep(&self, name: &KeptName, bytes: Vec<u8>) -> Result<(), KeepError> {
        let mut state = self.log.state();
        state.open().map_err(|_| KeepError::Closed)?;
        state.kept.insert(name.clone(), bytes);
        Ok(())
    }

    async fn kept(&self, name: &KeptName) -> Result<Option<Vec<u8>>, KeepError> {
        let state = self.log.state();
        state.open().map_err(|_| KeepError::Closed)?;
        Ok(state.kept.get(name).cloned())
    }

    async fn forget_kept(&self, below: &KeptName) -> Result<(), KeepError> {
        let mut state = self.log.state();
        state.open().map_err(|_| KeepError::Closed)?;
        let below = format!("{below}/");
        state.kept.retain(|name, _| !name.as_str().starts_with(&below));
        Ok(())
    }

    /// Nothing is ever durable, and nothing can fail.
    fn figures(&self) -> StoreFigures {
        StoreFigures::default()
    }

    async fn close(&self) -> Result<(), CloseError> {
        self.log.state().head = None;
        Ok(())
    }
}

#[async_trait]
impl LogReader for Log {
    async fn read(&self, from: Position, max_events: usize) -> Result<Vec<Arc<Commit>>, ReadError> {
        let state = self.state();
        state.open()?;
        let start = state.commits.partition_point(|commit| commit.next() <= from);
        let mut events = 0;
        let enough = |commit: &&Arc<Commit>| {
            let before = events;
            events += commit.events.len();
            before < max_events.max(1)
        };
        Ok(state.commits[start..].iter().take_while(enough).cloned().collect())
    }
}

impl Log {
    /// A panic elsewhere cannot leave the state half changed: see [`State::append`].
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn append(&mut self, append: Append) -> Result<Arc<Commit>, AppendError> {
        let next = self.next();
        let Some(head) = &self.head else {
            return Err(AppendError::Closed);
        };
        let Append { stream, expected, events } = append;
        let current = self.versions.get(&stream).copied().unwrap_or_default();
        if current != expected {
            return Err(AppendError::Conflict { stream, expected, current });
        }
        let commit = Arc::new(Commit { stream, first: next, first_version: current, events });
        self.versions.insert(commit.stream.clone(), commit.version());
        self.commits.push(commit.clone());
        head.send_replace(commit.next());
        Ok(commit)
    }

    fn next(&self) -> Position {
        self.commits.last().map_or(Position::START, |commit| commit.next())
    }

    fn open(&self) -> Result<(), ReadError> {
        if self.head.is_some() { Ok(()) } else { Err(ReadError::Closed) }
    }
}
