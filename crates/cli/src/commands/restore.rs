use std::{
    collections::VecDeque,
    future::{poll_fn, ready},
    io::BufRead,
    path::Path,
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use chancery_gateway::{
    copy::{Head, Reading},
    service::verify::{Trust, Verifying, verify},
};
use chancery_store::{Append, AppendError, Commit, EventStore};
use serde_json::json;

use crate::{
    args::{Global, Restore},
    copies::{self, Unfinished},
    error::Error,
    key,
    print::{self, count},
    register,
};

/// How many appends wait at the most, and how many bytes: far less than the store would take.
const MOST_WAITING: usize = 1024;
const MOST_BYTES_WAITING: usize = 32 << 20;

pub(crate) async fn run(global: &Global, args: &Restore) -> Result<(), Error> {
    let head = if args.check { check(&args.file)? } else { restore(args, &global.data).await? };
    if global.json {
        return print::json(&json!({ "events": head.events, "root": head.root.to_string() }));
    }
    let events = count(usize::try_from(head.events).unwrap_or(usize::MAX), "event");
    let done = if args.check {
        "whole and verified; nothing was restored".to_owned()
    } else {
        format!("restored into {} and verified there", global.data.display())
    };
    print::line(&format!("{events}, root {}: {done}", head.root))?;
    if args.check || args.signing_key.is_some() {
        return Ok(());
    }
    print::line(
        "It has no signing key: put the `ledger.key` of the register that was beside its log before it is used, or it gets a new one.",
    )
}

/// Makes a data folder from a copy: beside its place, which it takes once all of it is there and
/// has been verified from the disk.
async fn restore(args: &Restore, data: &Path) -> Result<Head, Error> {
    let file = &args.file;
    if !register::is_empty(data) {
        return Err(Error::Rejected(format!(
            "`{}` holds files already, and nothing is written over them; name a folder that is new or empty with --data",
            data.display()
        )));
    }
    // Before anything is made: a file that is none of ours leaves no trace.
    let reading = copies::open(file)?;
    let failed = |source| Error::Write { what: data.display().to_string(), source };
    std::fs::create_dir_all(copies::folder_of(data)).map_err(failed)?;
    let unfinished = Unfinished::beside(data)?;
    let store = register::store(unfinished.path()).await?;
    if let Some(key) = &args.signing_key {
        key::take(key, unfinished.path())?;
    }
    let head = fill(&store, reading, file).await?;
    store.close().await?;
    // Its lock is let go with it.
    drop(store);
    let store = register::store(unfinished.path()).await?;
    stands(&store, head, file).await?;
    store.close().await?;
    drop(store);
    unfinished.put(data)?;
    Ok(head)
}

/// Goes over a copy as restoring it would, commit by commit.
fn check(file: &Path) -> Result<Head, Error> {
    let mut reading = copies::open(file)?;
    let bar = register::bar("verifying", reading.head().events);
    let unlawful = |source| Error::Unlawful { file: copies::name_of(file), source };
    let mut verifying = Verifying::default();
    while let Some(commit) = reading.commit().map_err(copies::refused(file))? {
        verifying.commit(&commit).map_err(unlawful)?;
        bar.set_position(commit.next().get());
    }
    // The root was compared on reading.
    verifying.end().map_err(unlawful)?;
    bar.finish_and_clear();
    Ok(reading.head())
}

/// Appends every commit of a copy to an empty store.
async fn fill(
    store: &dyn EventStore,
    mut reading: Reading<impl BufRead>,
    file: &Path,
) -> Result<Head, Error> {
    let bar = register::bar("reading the copy", reading.head().events);
    let mut begun = Begun::default();
    while let Some(commit) = reading.commit().map_err(copies::refused(file))? {
        let append =
            Append { stream: commit.stream, expected: commit.first_version, events: commit.events };
        begun.append(store, append).await?;
        bar.set_position(commit.first.get());
    }
    while begun.end_one().await? {}
    bar.finish_and_clear();
    Ok(reading.head())
}

/// Appends that were begun in their order, so that many are made durable at once.
#[derive(Default)]
struct Begun<'a> {
    waiting: VecDeque<Waiting<'a>>,
    bytes: usize,
}

/// An append, and how many bytes it has.
type Waiting<'a> = (usize, Pin<Box<dyn Future<Output = Appended> + Send + 'a>>);

type Appended = Result<Arc<Commit>, AppendError>;

impl<'a> Begun<'a> {
    async fn append(&mut self, store: &'a dyn EventStore, append: Append) -> Result<(), Error> {
        let bytes = append.bytes();
        while !self.waiting.is_empty()
            && (self.waiting.len() >= MOST_WAITING || self.bytes + bytes > MOST_BYTES_WAITING)
        {
            self.end_one().await?;
        }
        // Its place in the log is that of its first poll.
        let mut append = store.append(append);
        let append = match poll_fn(|context| Poll::Ready(append.as_mut().poll(context))).await {
            Poll::Ready(done) => Box::pin(ready(done)),
            Poll::Pending => append,
        };
        self.waiting.push_back((bytes, append));
        self.bytes += bytes;
        Ok(())
    }

    /// Waits for the first. False if none waits.
    async fn end_one(&mut self) -> Result<bool, Error> {
        let Some((bytes, append)) = self.waiting.pop_front() else { return Ok(false) };
        append.await.map_err(Error::Append)?;
        self.bytes -= bytes;
        Ok(true)
    }
}

/// Whether what was stored can be verified, and is what the copy holds.
async fn stands(store: &dyn EventStore, head: Head, file: &Path) -> Result<(), Error> {
    let bar = register::bar("verifying", head.events);
    let verified = verify(store, &Trust::default(), |done, _| bar.set_position(done)).await;
    bar.finish_and_clear();
    let file = copies::name_of(file);
    let verified = verified.map_err(|source| Error::Unlawful { file: file.clone(), source })?;
    if (verified.size, verified.root) == (head.events, head.root) {
        return Ok(());
    }
    Err(Error::Rejected(format!(
        "{file} was stored otherwise than it was read: root {}, not {}; nothing was restored, try again on another disk",
        verified.root, head.root
    )))
}
