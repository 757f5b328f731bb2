//! One process at a time, and a name for the one that is there.
//!
//! sled locks its own `db` file, but can only say that it failed to.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::Path,
};

use jiff::{Timestamp, Unit};

use super::folder::io_error;
use crate::OpenError;

/// The file in the data folder that is locked and names the process that did.
pub(super) const LOCK_FILE: &str = "chancery.lock";

/// Held as long as the store is open. The operating system takes it back when the process ends,
/// however it ends, so the file may stay.
#[derive(Debug)]
pub(super) struct FolderLock {
    file: File,
}

impl Drop for FolderLock {
    /// Not left to the closing of the file: a process that is just being started has it open too,
    /// until it has become another program.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the lock file could not be unlocked");
        }
    }
}

impl FolderLock {
    /// Takes the lock. It is the first thing written to a folder, so one that cannot be written
    /// stays as it is.
    pub(super) fn take(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(LOCK_FILE);
        // Not truncated: until it is locked, what it says is about someone else.
        let opened =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file =
            opened.map_err(|source| OpenError::NotWritable { path: folder.to_owned(), source })?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = holder(&mut file);
                return Err(OpenError::InUse { path: folder.to_owned(), holder });
            }
            Err(TryLockError::Error(error)) => {
                return Err(io_error(folder, "locking chancery.lock", &error));
            }
        }
        sign(&mut file).map_err(|error| io_error(folder, "writing chancery.lock", &error))?;
        Ok(Self { file })
    }
}

fn sign(file: &mut File) -> io::Result<()> {
    let program = std::env::current_exe().ok();
    let program = program.as_deref().and_then(Path::file_name).unwrap_or_default();
    let since = Timestamp::now();
    let since = since.round(Unit::Second).unwrap_or(since);
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "pid {}", std::process::id())?;
    writeln!(file, "program {}", program.display())?;
    writeln!(file, "since {since}")
}

/// Who the lock file says has it: a program that has only just taken it may not have signed yet.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let _unreadable = file.read_to_string(&mut text);
    let field =
        |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    match (field("pid"), field("program"), field("since")) {
        (Some(pid), Some(program), Some(since)) => {
            let own =
                if pid == std::process::id().to_string() { ", which is this one" } else { "" };
            format!("process {pid} ({program}, since {since}){own}")
        }
        _ => "another process".into(),
    }
}
