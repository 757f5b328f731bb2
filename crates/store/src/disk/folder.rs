//! The data folder: making it, trying it, and what sled leaves in it.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use crate::OpenError;

/// sled's log.
pub(super) const DB: &str = "db";

/// sled's settings.
const CONF: &str = "conf";

/// Begins the name of a file that was moved out of sled's way.
const SET_ASIDE: &str = "set-aside.";

/// Makes the folder if there is none. Nothing is written into one that is there.
pub(super) fn make(path: &Path) -> Result<(), OpenError> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(OpenError::NotADirectory { path: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let not_writable = |source| OpenError::NotWritable { path: path.to_owned(), source };
            fs::create_dir_all(path).map_err(not_writable)?;
            // The folder's own entry must last as long as what is in it.
            path.canonicalize()
                .and_then(|path| path.parent().map_or(Ok(()), sync))
                .map_err(|error| io_error(path, "syncing the folder above it", &error))
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(OpenError::NotADirectory { path: path.to_owned() })
        }
        Err(source) => Err(OpenError::NotWritable { path: path.to_owned(), source }),
    }
}

/// Tries whether files can be made in the folder. A lock file that was there already says nothing
/// about that.
pub(super) fn try_writing(path: &Path) -> Result<(), OpenError> {
    let trial = path.join("chancery.trial");
    File::create(&trial)
        .and_then(|_| fs::remove_file(&trial))
        .map_err(|source| OpenError::NotWritable { path: path.to_owned(), source })
}

/// Makes the names in a folder durable.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Removes snapshots that sled had not finished writing. sled takes the last `snap.*` by name,
/// which such a one is, and fails on it (`pagecache/snapshot.rs`, `read_snapshot`).
pub(super) fn remove_unfinished_snapshots(path: &Path) -> io::Result<()> {
    for snapshot in snapshots(path)? {
        if snapshot.extension().is_some_and(|extension| extension == "generating") {
            fs::remove_file(snapshot)?;
        }
    }
    Ok(())
}

/// Moves out of sled's way what it can make again: its snapshots, in whose place it reads its
/// whole log, and its settings, which are always the same. Returns how many files that were.
pub(super) fn set_aside(path: &Path) -> io::Result<usize> {
    let mut files = snapshots(path)?;
    files.extend(Some(path.join(CONF)).filter(|conf| conf.exists()));
    for file in &files {
        let name = file.file_name().unwrap_or_default();
        let aside = [SET_ASIDE.as_ref(), name].join("".as_ref());
        fs::rename(file, path.join(aside))?;
    }
    Ok(files.len())
}

/// Makes sled's settings durable, which it does not do itself: half of them would keep it from
/// opening.
pub(super) fn sync_settings(path: &Path) -> io::Result<()> {
    File::open(path.join(CONF))?.sync_all()
}

/// Whether sled has been at work in the folder.
pub(super) fn has_sled_files(path: &Path) -> bool {
    [DB, CONF].iter().any(|name| path.join(name).exists())
}

/// An [`OpenError::Io`] that says what was being done.
pub(super) fn io_error(path: &Path, doing: &str, error: &io::Error) -> OpenError {
    OpenError::Io { path: path.to_owned(), detail: format!("{doing}: {error}") }
}

fn snapshots(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut snapshots = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b"snap.") {
            snapshots.push(entry.path());
        }
    }
    Ok(snapshots)
}
