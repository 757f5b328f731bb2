use std::{io::BufRead, path::Path};

use chancery_gateway::{
    copy::{Head, Reading},
    service::verify::verify,
};
use chancery_store::{Append, EventStore, MemoryStore};
use serde_json::json;

use crate::{
    args::{Global, Restore},
    copies::{self, Unfinished},
    error::Error,
    key,
    print::{self, count},
    register,
};

pub(crate) async fn run(global: &Global, args: &Restore) -> Result<(), Error> {
    let head = if args.check {
        let reading = copies::open(&args.file)?;
        let store = MemoryStore::new();
        let head = fill(&store, reading, &args.file).await?;
        stands(&store, head, &args.file).await?;
        head
    } else {
        restore(args, &global.data).await?
    };
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

/// Whether what was stored can be verified, and is what the copy holds.
async fn stands(store: &dyn EventStore, head: Head, file: &Path) -> Result<(), Error> {
    let bar = register::bar("verifying", head.events);
    let verified = verify(store, &[], |done, _| bar.set_position(done)).await;
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
