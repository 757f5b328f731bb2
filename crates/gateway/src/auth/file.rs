//! The file of keys: beside the log, for its owner alone. It is replaced as a whole, so that a
//! server that reads it meanwhile finds the old keys or the new ones.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Key, KeyError, Secret, others_may};

/// The file's name within the data folder.
pub const FILE: &str = "writers.json";

/// Why the file of keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read.
    #[error("the keys in {} cannot be read: {source}; put a copy of the file in its place, or remove it and make new keys", .path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It holds something else.
    #[error("{} holds no keys: {source}; put a copy of the file in its place, or remove it and make new keys", .path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// Others may read or change it.
    #[error("others may read or change {} (mode {mode:04o}); look whether all of its keys are yours, then `chmod 600` it", .path.display())]
    Open {
        /// Which file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It cannot be written.
    #[error("the keys cannot be written to {}: {source}; nothing was changed", .path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The keys of a register, read anew whenever the file changes.
#[derive(Debug)]
pub struct KeyFile {
    path: PathBuf,
    read: RwLock<(Stamp, Arc<[Key]>)>,
}

/// What tells one state of the file from another. A file that is put in its place is another one,
/// whatever its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    length: u64,
    number: u64,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    keys: Vec<Key>,
}

impl KeyFile {
    /// The keys in a file; `None` if it is not there.
    ///
    /// # Errors
    /// A file that cannot be read, that others may read, or that holds something else.
    pub fn open(path: &Path) -> Result<Option<Self>, KeyFileError> {
        let failed = |source| KeyFileError::Read { path: path.to_owned(), source };
        let Some(stamp) = Stamp::of(path).map_err(failed)? else { return Ok(None) };
        let read = RwLock::new((stamp, read(path)?.into()));
        Ok(Some(Self { path: path.to_owned(), read }))
    }

    /// The key that a secret belongs to, and that counts now.
    ///
    /// # Errors
    /// [`KeyFileError`]: nobody is let in while the file cannot be read. Within, why the key does
    /// not count.
    pub fn key(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Result<Key, KeyError>, KeyFileError> {
        let keys = self.current()?;
        let Some(key) = Key::find(&keys, secret) else { return Ok(Err(KeyError::Unknown)) };
        Ok(key.refusal(now).map_or_else(|| Ok(key.clone()), Err))
    }

    /// Every key that there ever was, in the order of making.
    ///
    /// # Errors
    /// As [`KeyFile::open`].
    pub fn list(path: &Path) -> Result<Vec<Key>, KeyFileError> {
        if path.exists() { read(path) } else { Ok(Vec::new()) }
    }

    /// Changes the keys in a file, which is made where there is none. Two that change it at a time
    /// wait for one another.
    ///
    /// # Errors
    /// As [`KeyFile::open`], a file that cannot be written, or what `change` says; the file is then
    /// as it was.
    pub fn change<T, E: From<KeyFileError>>(
        path: &Path,
        change: impl FnOnce(&mut Vec<Key>) -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = |source| KeyFileError::Write { path: path.to_owned(), source };
        let folder = path.parent().unwrap_or(Path::new("."));
        // Given back when it is dropped.
        let folder = File::open(folder).map_err(failed)?;
        folder.lock().map_err(failed)?;
        let mut keys = Self::list(path)?;
        let done = change(&mut keys)?;
        write(path, &Form { keys }).and_then(|()| folder.sync_all()).map_err(failed)?;
        Ok(done)
    }

    fn current(&self) -> Result<Arc<[Key]>, KeyFileError> {
        let stamp = Stamp::of(&self.path)
            .map_err(|source| KeyFileError::Read { path: self.path.clone(), source })?;
        let Some(stamp) = stamp else { return Ok(Arc::new([])) };
        {
            let seen = self.read.read().unwrap_or_else(PoisonError::into_inner);
            if seen.0 == stamp {
                return Ok(seen.1.clone());
            }
        }
        // The stamp is older than what is read, never newer: a change in between is seen next time.
        let keys: Arc<[Key]> = read(&self.path)?.into();
        tracing::info!(keys = keys.len(), "the file of keys changed and was read anew");
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = (stamp, keys.clone());
        Ok(keys)
    }
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Option<Self>> {
        let found = match fs::metadata(path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&found);
        #[cfg(not(unix))]
        let number = 0;
        Ok(Some(Self { modified: found.modified()?, length: found.len(), number }))
    }
}

fn read(path: &Path) -> Result<Vec<Key>, KeyFileError> {
    let failed = |source| KeyFileError::Read { path: path.to_owned(), source };
    if let Some(mode) = others_may(path).map_err(failed)? {
        return Err(KeyFileError::Open { path: path.to_owned(), mode });
    }
    let bytes = fs::read(path).map_err(failed)?;
    let form: Form = serde_json::from_slice(&bytes)
        .map_err(|source| KeyFileError::Form { path: path.to_owned(), source })?;
    Ok(form.keys)
}

fn write(path: &Path, form: &Form) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // Only its owner may read what `tempfile` makes.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer_pretty(&mut file, form)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::key::tests::key, *};

    fn add(path: &Path, key: Key) {
        KeyFile::change::<_, KeyFileError>(path, |keys| {
            keys.push(key);
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn a_change_counts_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert!(KeyFile::open(&path).unwrap().is_none());
        add(&path, key("a", 1));
        let file = KeyFile::open(&path).unwrap().unwrap();
        let asked = |number| file.key(&Secret::new([number; 32]), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(asked(1).unwrap().name.as_str(), "a");
        assert_eq!(asked(2), Err(KeyError::Unknown));
        add(&path, key("b", 2));
        assert_eq!(asked(2).unwrap().name.as_str(), "b");
        KeyFile::change::<_, KeyFileError>(&path, |keys| {
            keys[0].revoked = Some(Timestamp::UNIX_EPOCH);
            Ok(())
        })
        .unwrap();
        assert!(matches!(asked(1), Err(KeyError::Revoked { .. })));
        fs::remove_file(&path).unwrap();
        assert_eq!(asked(2), Err(KeyError::Unknown), "without the file nobody is let in");
    }

    #[test]
    fn nobody_is_let_in_by_a_file_that_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        add(&path, key("a", 1));
        let file = KeyFile::open(&path).unwrap().unwrap();
        let broken = tempfile::NamedTempFile::new_in(&folder).unwrap();
        fs::write(broken.path(), "{\"keys\": [").unwrap();
        broken.persist(&path).unwrap();
        let error = file.key(&Secret::new([1; 32]), Timestamp::UNIX_EPOCH).unwrap_err();
        assert!(error.to_string().contains("holds no keys"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        add(&path, key("a", 1));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = KeyFile::open(&path).unwrap_err().to_string();
        assert!(error.contains("mode 0640") && error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn changes_at_one_time_all_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let path = &path;
                scope.spawn(move || add(path, key("a", number)));
            }
        });
        assert_eq!(KeyFile::list(&path).unwrap().len(), 8);
    }
}
