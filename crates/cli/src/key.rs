//! The key that signs the log's checkpoints: a file beside the log, for its owner alone.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use chancery_gateway::auth::others_may;
use chancery_ledger::{Checkpoint, SigningKey};

use crate::error::Error;

/// The file within the data folder.
pub(crate) const FILE: &str = "ledger.key";

/// The key that is to follow, while a rotation is under way.
pub(crate) const NEXT: &str = "ledger.key.next";

/// The setting that names the log where a key is made without being asked for.
pub(crate) const ORIGIN: &str = "CHANCERY_ORIGIN";

/// The key of a register; `None` if it has none.
///
/// # Errors
/// A file that cannot be read, that others may read, or that holds no key.
pub(crate) fn load(data: &Path) -> Result<Option<SigningKey>, Error> {
    read(&path(data))
}

/// Gives a register the key that another one had.
///
/// # Errors
/// A file that cannot be read, that others may read, that holds no key, or that cannot be written.
pub(crate) fn take(file: &Path, data: &Path) -> Result<(), Error> {
    let key = read(file)?.ok_or_else(|| unusable(file, "there is no such file"))?;
    write(&path(data), &key).map_err(|error| unwritten(&path(data), error))
}

fn read(path: &Path) -> Result<Option<SigningKey>, Error> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => return Err(unusable(path, "it is no file")),
        Err(error) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) => {
            let is_link = fs::symlink_metadata(path).is_ok();
            let dangling = || Err(unusable(path, "it is a link that leads nowhere"));
            return if is_link { dangling() } else { Ok(None) };
        }
        _ => {}
    }
    let text = fs::read_to_string(path).map_err(|error| unusable(path, &error.to_string()))?;
    check_private(path)?;
    let key = text.parse().map_err(|error: chancery_ledger::NoteError| error.to_string());
    key.map(Some).map_err(|error| unusable(path, &error))
}

/// Makes the key of a register.
///
/// # Errors
/// There is one already, the origin cannot name a log, or the file cannot be written.
pub(crate) fn make(data: &Path, origin: &str) -> Result<SigningKey, Error> {
    let path = path(data);
    let key = new(origin)?;
    fs::create_dir_all(data).map_err(|error| unwritten(&path, error))?;
    match write(&path, &key) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Error::Rejected(format!(
            "`{}` is there already, and nothing is written over it; `chancery key rotate` changes keys",
            path.display()
        ))),
        Err(error) => Err(unwritten(&path, error)),
        Ok(()) => Ok(key),
    }
}

/// Makes the key of a register at its first use.
///
/// # Errors
/// As [`load`] and [`make`].
pub(crate) fn make_if_none(data: &Path) -> Result<(), Error> {
    if load(data)?.is_some() {
        return Ok(());
    }
    let origin = std::env::var(ORIGIN).ok().filter(|origin| !origin.is_empty());
    let key = make(data, &origin.map_or_else(some_origin, Ok)?)?;
    eprintln!(
        "made the key that signs this register's log, {}; its public key, for those who verify: {}",
        path(data).display(),
        key.public()
    );
    Ok(())
}

/// Removes a key that never came to sign.
///
/// # Errors
/// The file cannot be removed.
pub(crate) fn unmake(data: &Path) -> Result<(), Error> {
    fs::remove_file(path(data)).map_err(|error| unwritten(&path(data), error))
}

/// The key that signed is gone.
pub(crate) fn lost(data: &Path, last: &Checkpoint) -> Error {
    Error::LostKey { path: path(data), origin: last.origin.clone(), size: last.size }
}

/// Makes the key that is to follow the present one, beside it. It signs nothing until
/// [`take_next`].
///
/// # Errors
/// The file cannot be written.
pub(crate) fn make_next(data: &Path, origin: &str) -> Result<SigningKey, Error> {
    let path = data.join(NEXT);
    let key = new(origin)?;
    drop_next(data)?;
    write(&path, &key).map_err(|error| unwritten(&path, error))?;
    Ok(key)
}

/// Puts the next key in the place of the present one.
///
/// # Errors
/// The file cannot be moved.
pub(crate) fn take_next(data: &Path) -> Result<(), Error> {
    let next = data.join(NEXT);
    let moved = fs::rename(&next, path(data)).and_then(|()| File::open(data)?.sync_all());
    moved.map_err(|error| unwritten(&next, error))
}

/// Removes a next key that never came to sign.
///
/// # Errors
/// The file cannot be removed.
pub(crate) fn drop_next(data: &Path) -> Result<(), Error> {
    let next = data.join(NEXT);
    match fs::remove_file(&next) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unwritten(&next, error)),
        _ => Ok(()),
    }
}

/// Ends a rotation that was cut off: the journal says which key signs.
///
/// # Errors
/// The files cannot be read or moved.
pub(crate) fn settle(data: &Path, named: Option<&str>) -> Result<(), Error> {
    let next = data.join(NEXT);
    let Ok(text) = fs::read_to_string(&next) else { return Ok(()) };
    let key: Option<SigningKey> = text.parse().ok();
    match (key, named) {
        (Some(key), Some(named)) if key.public().to_string() == named => take_next(data),
        _ => drop_next(data),
    }
}

/// A name for a log that was given none: no other log has it.
pub(crate) fn some_origin() -> Result<String, Error> {
    let [a, b, c, d, ..] = random()?;
    Ok(format!("localhost/chancery-{:08x}", u32::from_be_bytes([a, b, c, d])))
}

fn new(origin: &str) -> Result<SigningKey, Error> {
    SigningKey::new(origin, &random()?).map_err(|error| Error::Misuse(error.to_string()))
}

/// Bytes that nobody can guess.
pub(crate) fn random() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Rejected(format!("the system gives no random bytes: {error}")))?;
    Ok(bytes)
}

/// Writes a key into a new file that only its owner may read, and makes it durable.
fn write(path: &Path, key: &SigningKey) -> std::io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{}", key.secret())?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// Refuses a key that others may read: it may have been copied.
fn check_private(path: &Path) -> Result<(), Error> {
    let mode = others_may(path).map_err(|error| unusable(path, &error.to_string()))?;
    let Some(mode) = mode else { return Ok(()) };
    let message = format!(
        "others may read it (mode {mode:04o}); `chmod 600` it, and rotate it if somebody may have copied it"
    );
    Err(unusable(path, &message))
}

fn path(data: &Path) -> PathBuf {
    data.join(FILE)
}

fn unusable(path: &Path, why: &str) -> Error {
    Error::Key { path: path.to_owned(), why: why.to_owned() }
}

fn unwritten(path: &Path, source: std::io::Error) -> Error {
    Error::Write { what: path.display().to_string(), source }
}
