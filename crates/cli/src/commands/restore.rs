use std::{io::BufRead, path::Path, sync::Arc};

use chancery_gateway::{
    copy::{Copying, Head, Reading},
    service::Service,
};
use chancery_store::{Append, EventStore, MemoryStore};
use serde_json::json;

use crate::{
    args::{Global, Restore},
    copies::{self, Unfinished},
    error::Error,
    print::{self, count},
    register,
};

pub(crate) async fn run(global: &Global, args: &Restore) -> Result<(), Error> {
    let head = if args.check {
        let reading = copies::open(&args.file)?;
        let store = Arc::new(MemoryStore::new());
        let head = fill(&*store, reading, &args.file).await?;
        same(&Service::open(store, |_, _| ()).await?, head, &args.file).await?;
        head
    } else {
        restore(&args.file, &global.data).await?
    };
    if global.json {
        return print::json(&json!({ "events": head.events, "root": head.root.to_string() }));
    }
    let events = count(usize::try_from(head.events).unwrap_or(usize::MAX), "event");
    let done = if args.check {
        "whole; nothing was restored".to_owned()
    } else {
        format!("restored into {} and found whole there", global.data.display())
    };
    print::line(&format!("{events}, root {}: {done}", head.root))
}

/// Makes a data folder from a copy: beside its place, which it takes once all of it is there and
/// has been read again.
async fn restore(file: &Path, data: &Path) -> Result<Head, Error> {
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
    let head = fill(&store, reading, file).await?;
    store.close().await?;
    let service = register::at(unfinished.path()).await?;
    same(&service, head, file).await?;
    service.close().await?;
    // Its lock is let go with it.
    drop(service);
    unfinished.put(data)?;
    Ok(head)
}

/// Appends every commit of a copy to an empty store.
async fn fill(
    store: &dyn EventStore,
    mut reading: Reading<impl BufRead>,
    file: &Path,
) -> Result<Head, Error> {
    let bar = register::bar("reading the copy", reading.head().events);
    while let Some(commit) = reading.commit().map_err(copies::refused(file))? {
        let append =
            Append { stream: commit.stream, expected: commit.first_version, events: commit.events };
        let done = store.append(append).await.map_err(Error::Append)?;
        bar.set_position(done.next().get());
    }
    bar.finish_and_clear();
    Ok(reading.head())
}

/// Whether what was stored is what the copy holds.
async fn same(service: &Service, head: Head, file: &Path) -> Result<(), Error> {
    let stored = Copying::begin(service).await?.head();
    if stored == head {
        return Ok(());
    }
    Err(Error::Rejected(format!(
        "{} was stored otherwise than it was read: root {}, not {}; nothing was restored, try again on another disk",
        file.display(),
        stored.root,
        head.root
    )))
}
