//! What can be seen from outside: files, rights, room, and who is at work there.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use chancery_store::SledStore;
use rustix::fs::{Access, access, statvfs};

use super::{Diagnosis, State, size};
use crate::print::count;

/// Less room than this is worth a word: a large record file and what sled makes of it.
const LITTLE_ROOM: u64 = 256 << 20;

/// A folder that nobody else uses as long as this lives.
pub(super) struct Held {
    pub(super) files: Vec<PathBuf>,
    pub(super) bytes: u64,
    /// Locked, if it is there. It is not made: nothing is.
    _lock: Option<File>,
}

/// Looks at a folder. `None` if there is nothing to open, or somebody else has it open.
pub(super) fn look(data: &Path, diagnosis: &mut Diagnosis) -> Option<Held> {
    let (files, bytes) = match files(data) {
        Ok(found) => found,
        Err(error) => {
            let text = format!("{} cannot be read: {error}", data.display());
            diagnosis.add("folder", State::Wrong, text);
            diagnosis
                .advise("Name the data folder with --data, and see that this user may read it.");
            return None;
        }
    };
    let text = format!("{}: {}, {}", data.display(), count(files.len(), "file"), size(bytes));
    if !SledStore::is_in(data) {
        diagnosis.add(
            "folder",
            State::Wrong,
            format!("{text}, but no chancery.head, so it is no register, or has lost what says so"),
        );
        diagnosis.advise("Name the data folder with --data; without that file it cannot be told whether the log is whole.");
        return None;
    }
    diagnosis.add("folder", State::Well, text);
    if let Err(error) = SledStore::check_files(data) {
        diagnosis.add("files", State::Wrong, error.to_string());
        return None;
    }
    rights(data, &files, diagnosis);
    room(data, diagnosis);
    let lock = lock(data, diagnosis)?;
    Some(Held { files, bytes, _lock: lock })
}

/// Every file of the folder, and how much they hold. Pipes, devices and broken links are none; where
/// one stands in place of a file of the log, [`SledStore::check_files`] says so.
fn files(data: &Path) -> io::Result<(Vec<PathBuf>, u64)> {
    let (mut files, mut bytes) = (Vec::new(), 0);
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            // A link counts as what it leads to.
            let found = fs::metadata(&path).or_else(|_| entry.metadata())?;
            if found.is_dir() {
                folders.push(path);
            } else if found.is_file() {
                bytes += found.len();
                files.push(path);
            }
        }
    }
    files.sort();
    Ok((files, bytes))
}

fn rights(data: &Path, files: &[PathBuf], diagnosis: &mut Diagnosis) {
    let all = files.iter().map(PathBuf::as_path).chain([data]);
    let refused: Vec<String> = all
        .filter_map(|path| {
            let error = access(path, Access::READ_OK | Access::WRITE_OK).err()?;
            Some(format!("{} ({})", path.display(), io::Error::from(error)))
        })
        .collect();
    if refused.is_empty() {
        diagnosis.add("rights", State::Well, "this user may read and write all of it");
        return;
    }
    let text = format!("this user may not read and write {}", refused.join(", "));
    diagnosis.add("rights", State::Wrong, text);
    diagnosis.advise("Give this user the right to read and write the folder and all its files, or run chancery as the user who has it; nothing is lost.");
}

fn room(data: &Path, diagnosis: &mut Diagnosis) {
    let Ok(disk) = statvfs(data) else { return };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let text = format!("{} free", size(free));
    if free < LITTLE_ROOM {
        diagnosis.add("disk", State::Wrong, format!("only {text}"));
        diagnosis.advise("Make room on the disk and start again: recording stops for good where a write fails, and what was acknowledged is kept.");
    } else {
        diagnosis.add("disk", State::Well, text);
    }
}

/// Takes the lock that a program at work would have. The file is opened to read, and left as it is.
fn lock(data: &Path, diagnosis: &mut Diagnosis) -> Option<Option<File>> {
    let path = data.join("chancery.lock");
    let Ok(file) = File::open(&path) else {
        diagnosis.add(
            "in use",
            State::Well,
            "by no program, as far as can be told: it has no lock file that can be read",
        );
        return Some(None);
    };
    match file.try_lock() {
        Ok(()) => {
            diagnosis.add("in use", State::Well, "by no program");
            Some(Some(file))
        }
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(path).unwrap_or_default();
            let holder = holder.lines().collect::<Vec<_>>().join(", ");
            diagnosis.add(
                "in use",
                State::Unknown,
                format!("by another program ({holder}), so the log was not looked at"),
            );
            diagnosis.advise("Stop that program and look again; or, if it serves, ask it for a backup, for which every event is read and checked: chancery backup DIR --from http://127.0.0.1:8017");
            None
        }
        Err(TryLockError::Error(error)) => {
            diagnosis.add("in use", State::Unknown, format!("it cannot be told: {error}"));
            Some(None)
        }
    }
}
