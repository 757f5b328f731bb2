//! What is kept beside the log, in files of its own.
//!
//! Not in sled: what can be made again must neither grow the log nor take part in how it comes
//! through a crash. Nothing here is synced: a file that power loss has torn is found by its
//! checksum and counts as not kept.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{KeepError, KeptName};

/// The folder within the data folder.
const FOLDER: &str = "kept";

/// What a file begins with, before the checksum of its name and content.
const MAGIC: &[u8; 4] = b"kpt1";

/// Ends the name of a file that is being written; no kept name can have it.
const UNFINISHED: &str = "~";

#[derive(Debug, Clone)]
pub(super) struct KeptFiles(PathBuf);

impl KeptFiles {
    pub(super) fn in_folder(data: &Path) -> Self {
        Self(data.join(FOLDER))
    }

    /// Replaces what was kept under the name. A reader finds the old or the new.
    pub(super) fn write(&self, name: &KeptName, bytes: &[u8]) -> Result<(), KeepError> {
        let path = self.path(name);
        let unfinished = self.0.join(format!("{name}{UNFINISHED}"));
        let write = || {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            // What stands there is of a write that was cut off, or nothing that can be written to.
            match fs::remove_file(&unfinished) {
                Err(error) if !absent(&error) => return Err(error),
                _ => {}
            }
            let mut file = fs::File::create_new(&unfinished)?;
            file.write_all(MAGIC)?;
            file.write_all(&checksum(name, bytes).to_be_bytes())?;
            file.write_all(bytes)?;
            fs::rename(&unfinished, &path)
        };
        write().map_err(|error| failed(name, "kept", &error))
    }

    /// What was kept under the name; `None` if nothing was, or if it is damaged.
    pub(super) fn read(&self, name: &KeptName) -> Result<Option<Vec<u8>>, KeepError> {
        let path = self.path(name);
        // A pipe or a device in its place could be read for ever.
        let mut bytes = match fs::metadata(&path)
            .and_then(|it| it.is_file().then(|| fs::read(&path)).transpose())
        {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(None),
            Err(error) if absent(&error) => return Ok(None),
            Err(error) => return Err(failed(name, "read", &error)),
        };
        let sum = match bytes.get(..8).map(|head| head.split_at(4)) {
            Some((magic, sum)) if magic == MAGIC => sum.to_vec(),
            _ => return Ok(None),
        };
        bytes.drain(..8);
        Ok((sum == checksum(name, &bytes).to_be_bytes()).then_some(bytes))
    }

    /// Forgets everything that was kept below a part of the names.
    pub(super) fn clear(&self, below: &KeptName) -> Result<(), KeepError> {
        match fs::remove_dir_all(self.path(below)) {
            Err(error) if !absent(&error) => Err(failed(below, "removed", &error)),
            _ => Ok(()),
        }
    }

    fn path(&self, name: &KeptName) -> PathBuf {
        self.0.join(name.as_str())
    }
}

/// Of name and content, so that a file in another's place is found out.
fn checksum(name: &KeptName, bytes: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(name.as_str().as_bytes());
    sum.update(bytes);
    sum.finalize()
}

/// Whether there is nothing: a part of the name may be a file, which something else left there.
fn absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn failed(name: &KeptName, doing: &'static str, error: &io::Error) -> KeepError {
    KeepError::Io { name: name.clone(), doing, detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_counts_as_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let files = KeptFiles::in_folder(folder.path());
        let name: KeptName = "a/b".parse().unwrap();
        files.write(&name, b"content").unwrap();
        let path = files.path(&name);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                fs::write(&path, &bytes).unwrap();
                assert_eq!(files.read(&name), Ok(None), "byte {at}, bit {bit}");
            }
            fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(files.read(&name), Ok(None), "cut at {at}");
        }
        fs::write(&path, &whole).unwrap();
        assert_eq!(files.read(&name), Ok(Some(b"content".to_vec())));
        fs::copy(&path, files.path(&"a/c".parse().unwrap())).unwrap();
        assert_eq!(files.read(&"a/c".parse().unwrap()), Ok(None), "in another's place");
    }
}
