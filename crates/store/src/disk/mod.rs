//! The backend for one machine's disk, on sled.
//!
//! Why it is made as it is, with the places in sled's source that made it so, stands in
//! `docs/decisions/0002-sled-used-well.md`.

mod at_hand;
mod blob;
mod engine;
mod folder;
mod head;
mod kept;
mod lock;
mod open;
mod pace;
mod packing;
mod part;
mod shared;
mod streams;
mod survey;
#[cfg(test)]
mod tests;
mod walk;
mod writer;

use std::{
    fmt,
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use tokio::{
    sync::{Semaphore, mpsc, oneshot, watch},
    time::timeout,
};

use crate::{
    Append, AppendError, CloseError, Commit, EventStore, Head, KeepError, KeptName, LogReader,
    OpenError, Position, ReadError, StoreFigures, StreamName, Subscription, Version,
};
use kept::KeptFiles;
use shared::Shared;
use survey::Survey;
use writer::{Closed, Job, Room, Sync, Writer};

/// How much may wait to be written: 256 MiB, counted in KiB. An append takes at least one, so it
/// limits their number too.
const QUEUE_KIB: usize = 256 << 10;

/// What a commit has besides its events and their lengths, at the most: the stream's name, a version,
/// checksums.
const COMMIT_BYTES: usize = 128;

/// How often one who waits asks whether the writer still can.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a write may take before the disk is given up. A sync of what a group holds takes
/// milliseconds, or seconds on a disk that is overrun.
const WRITE_PATIENCE: Duration = Duration::from_secs(60);

/// How long a store that is dropped, or closed after it stopped, waits for its writer.
const CLOSE_PATIENCE: Duration = Duration::from_secs(10);

/// A log in a folder of its own, for one process at a time.
///
/// Dropping it closes it, and waits for what is being written. [`close`](EventStore::close) says
/// how that went.
pub struct SledStore {
    path: PathBuf,
    shared: Arc<Shared>,
    /// `None` only while it is dropped.
    jobs: Option<mpsc::UnboundedSender<Job>>,
    /// What is left of the queue, in KiB. The queue itself is without bound, since an append must
    /// have its place when it is first polled: the turn that a bounded channel of tokio gives to
    /// those who wait is the turn to send, and another may send first.
    room: Arc<Semaphore>,
    closed: watch::Receiver<Closed>,
    writer: Option<JoinHandle<()>>,
}

impl SledStore {
    /// Opens the log in a folder, which is made if it does not exist, and reads every part of it
    /// once: a damaged log is found now and not by a reader. Blocks for as long as that takes.
    ///
    /// What a crash left unfinished is discarded, what it left finished is kept, acknowledged or
    /// not.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: the folder is in use, cannot be written, is not a folder, holds something
    /// else, or is damaged.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, |data| Box::new(move || data.sync_data()))
    }

    /// Whether a folder holds a log of this kind, to go by the file that every one has.
    pub fn is_in(path: &Path) -> bool {
        path.join(head::HEAD_FILE).exists()
    }

    /// Looks whether files stand in a folder where those of the log belong, and opens none. That
    /// one is missing is for opening to judge.
    ///
    /// # Errors
    ///
    /// [`OpenError::OutOfPlace`], or a folder that cannot be listed.
    pub fn check_files(path: &Path) -> Result<(), OpenError> {
        folder::check_files(path)
    }

    /// Opens with a sync of the test's choosing.
    fn open_with(path: &Path, sync: impl FnOnce(File) -> Sync) -> Result<Self, OpenError> {
        let opened = open::open(path)?;
        let Survey { streams, seen, at_hand, .. } = opened.survey;
        let (head_sender, head) = watch::channel(seen.next);
        let (closed_sender, closed) = watch::channel(None);
        let (jobs, waiting) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared::new(opened.db.clone(), streams, at_hand, head));
        let writer = Writer {
            jobs: waiting,
            held_back: None,
            path: path.to_owned(),
            seen,
            packer: packing::Packer::new(),
            pace: pace::Pace::new(),
            shared: shared.clone(),
            db: opened.db,
            sync: sync(opened.data),
            head_file: opened.head,
            head: head_sender,
            closed: closed_sender,
            lock: opened.lock,
        };
        let writer = thread::Builder::new()
            .name("chancery-store".into())
            .spawn(move || writer.run())
            .map_err(|error| folder::io_error(path, "starting its writer", &error))?;
        let (jobs, writer) = (Some(jobs), Some(writer));
        Ok(Self {
            path: path.to_owned(),
            shared,
            jobs,
            room: Arc::new(Semaphore::new(QUEUE_KIB)),
            closed,
            writer,
        })
    }

    /// The data folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Works on what is kept beside the log, where blocking harms nobody.
    async fn with_kept<T: Send + 'static>(
        &self,
        work: impl FnOnce(&KeptFiles) -> Result<T, KeepError> + Send + 'static,
    ) -> Result<T, KeepError> {
        self.shared.check_open().map_err(|_| KeepError::Closed)?;
        let files = KeptFiles::in_folder(&self.path);
        let done = tokio::task::spawn_blocking(move || work(&files)).await;
        // The runtime is being shut down.
        done.unwrap_or(Err(KeepError::Closed))
    }

    /// Puts a job at the end of the queue.
    fn send(&self, job: Job) -> Result<(), AppendError> {
        let jobs = self.jobs.as_ref().ok_or(AppendError::Closed)?;
        jobs.send(job).map_err(|_| AppendError::Closed)
    }

    /// Takes room in the queue for an append.
    fn room_for(&self, append: &Append) -> Result<Room, AppendError> {
        let kib = append.bytes().div_ceil(1024).max(1);
        // A commit has at most 64 MiB, so the number fits.
        let room = self.room.clone().try_acquire_many_owned(kib as u32);
        room.map_err(|_| AppendError::Overloaded { stream: append.stream.clone() })
    }

    /// Gives up on a writer that will not come back: sled waits forever for an I/O thread that
    /// failed at the wrong moment (`pagecache/logger.rs`, `exit_reservation` wakes nobody).
    fn check_writer(&self) -> Result<(), AppendError> {
        if self.shared.stopped().is_none() {
            let failed = self.shared.db().and_then(|db| engine::background_failure(&db));
            let late = self.shared.busy_for().is_some_and(|time| time > WRITE_PATIENCE);
            if let Some(failed) = failed {
                self.shared.stop(format!("writing to the log failed: {failed}"));
            } else if late {
                let seconds = WRITE_PATIENCE.as_secs();
                self.shared.stop(format!("the disk has not answered for {seconds} seconds"));
            }
        }
        self.check_stopped()
    }

    fn check_stopped(&self) -> Result<(), AppendError> {
        match self.shared.stopped() {
            None => Ok(()),
            Some(reason) => Err(AppendError::Stopped { reason: reason.to_owned() }),
        }
    }
}

#[async_trait]
impl EventStore for SledStore {
    async fn append(&self, append: Append) -> Result<Arc<Commit>, AppendError> {
        append.check_sizes()?;
        let (reply, mut answer) = oneshot::channel();
        // Nothing may wait before this: the first poll decides the order.
        let room = self.room_for(&append)?;
        self.send(Job::Append(append, room, reply))?;
        loop {
            match timeout(PATIENCE, &mut answer).await {
                Ok(answered) => return answered.unwrap_or(Err(AppendError::Closed)),
                Err(_) => self.check_writer()?,
            }
        }
    }

    async fn read(&self, from: Position, max_events: usize) -> Result<Vec<Arc<Commit>>, ReadError> {
        self.shared.read(from, max_events).await
    }

    fn read_stream(
        &self,
        stream: &StreamName,
        below: Version,
    ) -> Result<Vec<Arc<Commit>>, ReadError> {
        self.shared.read_stream(stream, below)
    }

    async fn head(&self) -> Result<Head, ReadError> {
        self.shared.check_open()?;
        Ok(Head { next: self.shared.head() })
    }

    async fn version(&self, stream: &StreamName) -> Result<Version, ReadError> {
        self.shared.check_open()?;
        Ok(self.shared.version(stream))
    }

    fn subscribe(&self, from: Position) -> Subscription {
        Subscription::new(self.shared.clone(), self.shared.head_updates(), from)
    }

    async fn keep(&self, name: &KeptName, bytes: Vec<u8>) -> Result<(), KeepError> {
        let name = name.clone();
        self.with_kept(move |files| files.write(&name, &bytes)).await
    }

    async fn kept(&self, name: &KeptName) -> Result<Option<Vec<u8>>, KeepError> {
        let name = name.clone();
        self.with_kept(move |files| files.read(&name)).await
    }

    async fn forget_kept(&self, below: &KeptName) -> Result<(), KeepError> {
        let below = below.clone();
        self.with_kept(move |files| files.clear(&below)).await
    }

    fn figures(&self) -> StoreFigures {
        // Found out here if nobody has written since.
        let stopped = self.check_writer().err().map(|error| match error {
            AppendError::Stopped { reason } => reason,
            error => error.to_string(),
        });
        StoreFigures { durable: self.shared.syncs(), stopped }
    }

    async fn close(&self) -> Result<(), CloseError> {
        let mut closed = self.closed.clone();
        // It fails if someone else has closed: then there is only to wait.
        let _closed_already = self.send(Job::Close);
        let start = Instant::now();
        loop {
            if let Ok(closed) = timeout(PATIENCE, closed.wait_for(Option::is_some)).await {
                let ended = || CloseError::Unclean { reason: "its writer has ended".into() };
                return closed
                    .ok()
                    .and_then(|closed| closed.clone())
                    .unwrap_or_else(|| Err(ended()));
            }
            if let Err(AppendError::Stopped { reason }) = self.check_writer()
                && start.elapsed() > CLOSE_PATIENCE
            {
                return Err(CloseError::Unclean { reason });
            }
        }
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        self.jobs = None;
        let start = Instant::now();
        while let Some(writer) = &self.writer
            && !writer.is_finished()
            && start.elapsed() < CLOSE_PATIENCE
        {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl fmt::Debug for SledStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SledStore").field("path", &self.path).finish_non_exhaustive()
    }
}
