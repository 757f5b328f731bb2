//! Opening a data folder: what is checked, in which order, and what is mended.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use super::{
    engine::{self, EngineError, guarded},
    folder::{self, io_error},
    head::{FORMAT, HEAD_FILE, HeadError, HeadFile},
    lock::FolderLock,
    part,
    survey::Survey,
    walk::Flaw,
};
use crate::{OpenError, Position};

/// A folder that has been opened and found whole.
pub(super) struct Opened {
    pub(super) db: sled::Db,
    pub(super) head: HeadFile,
    pub(super) survey: Survey,
    /// sled's log file through a handle of our own. Errors of writing back are reported once to
    /// each handle, so what sled has seen and dropped is still seen here.
    pub(super) data: File,
    pub(super) lock: FolderLock,
}

/// Opens the folder, makes it if there is none, and reads the whole log once.
pub(super) fn open(path: &Path) -> Result<Opened, OpenError> {
    folder::make(path)?;
    folder::check_files(path)?;
    refuse_foreign(path)?;
    let lock = FolderLock::take(path)?;
    folder::try_writing(path)?;
    let mut head = open_head(path)?;

    // From here on the folder is ours.
    let db = open_sled(path)?;
    let settled = settle(path, &db, &mut head);
    match settled {
        Ok((survey, data)) => Ok(Opened { db, head, survey, data, lock }),
        Err(error) => {
            // It may panic over what it opened; the error says it better.
            let _closed = engine::close(db);
            Err(error)
        }
    }
}

/// Reads the log, discards what was never finished, and makes the rest durable.
fn settle(path: &Path, db: &sled::Db, head: &mut HeadFile) -> Result<(Survey, File), OpenError> {
    let data = File::options().read(true).write(true).open(path.join(folder::DB));
    let data = data.map_err(|error| io_error(path, "opening its file db", &error))?;
    let acknowledged = head.acknowledged();
    let mut survey = Survey::of(db, path);
    let next = survey.seen.next;
    let corrupt = |detail| OpenError::Corrupt { path: path.to_owned(), position: next, detail };
    let io = |detail| OpenError::Io { path: path.to_owned(), detail };
    match survey.flaw.take() {
        Some(Flaw::Damaged(detail)) => return Err(corrupt(detail)),
        Some(Flaw::Io(detail)) => return Err(io(detail)),
        None | Some(Flaw::Unfinished) if next < acknowledged => {
            return Err(corrupt(format!(
                "the log ends here, but the events before position {acknowledged} were acknowledged"
            )));
        }
        Some(Flaw::Unfinished) => discard_tail(db, &data, next).map_err(io)?,
        None => {}
    }

    // A commit that was written but never acknowledged is served from now on, so it has to last;
    // and so have the names of the files that sled has made.
    data.sync_data()
        .and_then(|()| folder::sync_settings(path))
        .and_then(|()| folder::sync(path))
        .map_err(|error| io_error(path, "syncing it", &error))?;
    if next > acknowledged {
        head.advance(next).map_err(|error| io_error(path, "writing chancery.head", &error))?;
    }
    Ok((survey, data))
}

/// Refuses a folder in which another program keeps a sled database, before anything is written.
fn refuse_foreign(path: &Path) -> Result<(), OpenError> {
    if path.join(HEAD_FILE).exists() || !folder::has_sled_files(path) {
        return Ok(());
    }
    let found = format!(
        "a sled database without the file {HEAD_FILE} (another program's, or that file was lost)"
    );
    Err(format_error(path, found))
}

/// Opens the record of the acknowledged head, which also says whose folder this is. sled is not
/// let near a folder that is not ours: it mends what it takes for damage.
fn open_head(path: &Path) -> Result<HeadFile, OpenError> {
    let again = match HeadFile::open(path) {
        Err(HeadError::Missing) => {
            HeadFile::create(path)
                .map_err(|error| io_error(path, "writing chancery.head", &error))?;
            HeadFile::open(path)
        }
        opened => opened,
    };
    again.map_err(|error| match error {
        HeadError::Format(found) => format_error(path, format!("a chancery log, {found}")),
        HeadError::Damaged(detail) => OpenError::Corrupt {
            path: path.to_owned(),
            position: Position::START,
            detail: format!("{detail}, so it cannot be told whether the log is whole"),
        },
        HeadError::Io(error) => io_error(path, "reading chancery.head", &error),
        HeadError::Missing => OpenError::Io {
            path: path.to_owned(),
            detail: format!("{HEAD_FILE} was removed as it was opened"),
        },
    })
}

/// Opens sled, and if it cannot, once more without the files that it can make again.
fn open_sled(path: &Path) -> Result<sled::Db, OpenError> {
    folder::remove_unfinished_snapshots(path)
        .map_err(|error| io_error(path, "removing unfinished snapshots", &error))?;
    let damaged = match engine::open(path) {
        Err(EngineError::Damaged(detail)) => detail,
        opened => return opened.map_err(|error| engine_error(path, error)),
    };
    let aside = folder::set_aside(path)
        .map_err(|error| io_error(path, "setting files of sled aside", &error))?;
    if aside == 0 {
        return Err(engine_error(path, EngineError::Damaged(damaged)));
    }
    tracing::warn!(folder = %path.display(), %damaged, "set sled's snapshot and settings aside");
    engine::open(path).map_err(|error| engine_error(path, error))
}

/// Removes the parts of a commit that was never finished, the last one first: should this be cut
/// off too, what is left is again a commit that was never finished.
fn discard_tail(db: &sled::Db, data: &File, next: Position) -> Result<(), String> {
    let keys = || db.range(part::key(next, 0)..).keys().collect::<Result<Vec<_>, _>>();
    let tail = guarded(keys).map_err(|error| error.to_string())?;
    tracing::info!(position = %next, parts = tail.len(), "discarding a commit that was cut off");
    // A few at a time, for the reason that `pace` gives.
    for keys in tail.rchunks(4) {
        let remove = || {
            keys.iter().rev().try_for_each(|key| db.remove(key).map(drop))?;
            db.flush()
        };
        guarded(remove).map_err(|error| error.to_string())?;
        data.sync_data().map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn format_error(path: &Path, found: String) -> OpenError {
    let supported = format!("a chancery log, {FORMAT}");
    OpenError::Format { path: path.to_owned(), found, supported }
}

fn engine_error(path: &Path, error: EngineError) -> OpenError {
    let path = PathBuf::from(path);
    match error {
        EngineError::Damaged(detail) => {
            OpenError::Corrupt { path, position: Position::START, detail }
        }
        EngineError::Io(detail) => OpenError::Io { path, detail },
        EngineError::Locked => OpenError::InUse {
            path,
            holder: "a program that opened its sled database by other means".into(),
        },
    }
}
