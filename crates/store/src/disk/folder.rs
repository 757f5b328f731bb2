//! The data folder: making it, trying it, and what sled leaves in it.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::{head::HEAD_FILE, lock::LOCK_FILE};
use crate::OpenError;

/// sled's log.
pub(super) const DB: &str = "db";

/// Where sled puts values that are too large for its log: of ours, none is.
const BLOBS: &str = "blobs";

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

/// Refuses a folder in which something else stands where a file of the log belongs: opening a pipe
/// would wait for ever, and what the system says of a folder or a broken link helps nobody.
pub(super) fn check_files(path: &Path) -> Result<(), OpenError> {
    let files = [HEAD_FILE, LOCK_FILE, DB, CONF].map(|name| path.join(name));
    let snapshots = snapshots(path).map_err(|error| io_error(path, "listing it", &error))?;
    for file in files.into_iter().chain(snapshots) {
        let found = kind(&file);
        if ![Kind::File, Kind::Missing].contains(&found) {
            return Err(out_of_place(file, found, "a file"));
        }
    }
    let blobs = path.join(BLOBS);
    match kind(&blobs) {
        Kind::Folder | Kind::Missing => Ok(()),
        found => Err(out_of_place(blobs, found, "a folder")),
    }
}

/// What stands at a path, links followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    BrokenLink,
    Other,
    /// Or not to be looked at: whoever opens it says more.
    Missing,
}

fn kind(path: &Path) -> Kind {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Kind::File,
        Ok(found) if found.is_dir() => Kind::Folder,
        Ok(_) => Kind::Other,
        Err(_) if path.is_symlink() => Kind::BrokenLink,
        Err(_) => Kind::Missing,
    }
}

fn out_of_place(path: PathBuf, found: Kind, right: &'static str) -> OpenError {
    let found = match found {
        Kind::File | Kind::Missing => "no folder",
        Kind::Folder => "a folder",
        Kind::BrokenLink => "a link that leads nowhere",
        Kind::Other => "a pipe or a device",
    };
    OpenError::OutOfPlace { path, found, right }
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
