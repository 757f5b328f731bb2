//! sled, kept at arm's length: it panics on damaged files, and on a failed sync as it is dropped.

use std::{
    any::Any,
    cell::Cell,
    fmt, io,
    panic::{self, AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Once,
    thread,
    time::{Duration, Instant},
};

/// Memory for pages, in bytes. The log is read along, so more would buy little.
const CACHE_BYTES: u64 = 16 << 20;

/// How long sled's own lock may outlive the handle that was dropped: its I/O threads hold the file
/// until they are done with their last write.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// What sled did instead of what it was asked for.
#[derive(Debug)]
pub(super) enum EngineError {
    /// It says that its files are damaged, or panicked over them.
    Damaged(String),
    /// The operating system refused it something.
    Io(String),
    /// Someone has opened its files without taking `chancery.lock`.
    Locked,
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(detail) | Self::Io(detail) => f.write_str(detail),
            Self::Locked => f.write_str("its db file is locked"),
        }
    }
}

/// Calls sled and turns what it throws into what it returns.
///
/// sled's locks do not poison and its pages are replaced whole, so a panic in one call leaves the
/// others as they were.
pub(super) fn guarded<T>(call: impl FnOnce() -> sled::Result<T>) -> Result<T, EngineError> {
    keep_quiet();
    let outside = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    GUARDED.set(outside);
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.into()),
        Err(panic) => Err(EngineError::Damaged(format!("sled gave up: {}", message(&*panic)))),
    }
}

thread_local! {
    /// Whether this thread is in a call whose panic becomes an error.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Sees to it that a panic which becomes an error is not announced on standard error as well.
/// All others are announced as before.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let announce = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // A thread that is being taken down has no such flag any more.
            if !GUARDED.try_with(Cell::get).unwrap_or(false) {
                announce(panic);
            }
        }));
    });
}

/// Opens sled's files in a folder, or makes them.
pub(super) fn open(folder: &Path) -> Result<sled::Db, EngineError> {
    let start = Instant::now();
    loop {
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(CACHE_BYTES)
            .mode(sled::Mode::HighThroughput)
            .use_compression(false)
            // No thread of its own, which would write at times that the writer does not know of
            // and only log that a sync failed (`flusher.rs`).
            .flush_every_ms(None);
        match guarded(|| config.open()) {
            Err(EngineError::Locked) if start.elapsed() < LOCK_PATIENCE => {
                thread::sleep(Duration::from_millis(10));
            }
            opened => return opened,
        }
    }
}

/// Lets go of a handle. The last one writes what is left and syncs it.
pub(super) fn close<T>(handle: T) -> Result<(), EngineError> {
    guarded(|| {
        drop(handle);
        Ok(())
    })
}

/// The failure of one of sled's I/O threads, which it keeps and returns from every later write.
pub(super) fn background_failure(db: &sled::Db) -> Option<String> {
    db.context.global_error().err().map(|error| EngineError::from(error).to_string())
}

impl From<sled::Error> for EngineError {
    fn from(error: sled::Error) -> Self {
        match error {
            sled::Error::Io(error) => match error.kind() {
                // Bytes that should be there are not.
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::NotFound
                | io::ErrorKind::InvalidData => Self::Damaged(error.to_string()),
                // sled wraps the refusal in a text.
                _ if error.to_string().starts_with("could not acquire lock") => Self::Locked,
                _ => Self::Io(error.to_string()),
            },
            sled::Error::Corruption { at: Some(at), .. } => {
                Self::Damaged(format!("sled finds its file damaged at {at:?}"))
            }
            sled::Error::Corruption { at: None, .. } => {
                Self::Damaged("sled finds its files damaged".into())
            }
            other => Self::Damaged(other.to_string()),
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    // Some of its messages print whole pages.
    text.unwrap_or("no reason given").chars().take(200).collect()
}
