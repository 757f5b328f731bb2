//! Copies of the whole log, as files: made beside their place, checked, and only then put there.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use chancery_gateway::copy::{CopyError, Head, Reading};

use crate::error::Error;

/// How long a program that serves may take for its answer to begin or to go on.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file or folder that is not yet what it is to be: gone again unless it is put in its place.
pub(crate) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// A path beside `target`, hidden, of this process's own, where nothing is.
    pub(crate) fn beside(target: &Path) -> Result<Self, Error> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = folder_of(target).join(format!(".{name}.unfinished-{}", std::process::id()));
        if path.exists() {
            let path = path.display();
            return Err(Error::Rejected(format!(
                "`{path}` is in the way; remove it and try again"
            )));
        }
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, for good.
    pub(crate) fn put(self, target: &Path) -> Result<(), Error> {
        fs::rename(&self.path, target)
            .and_then(|()| File::open(folder_of(target))?.sync_all())
            .map_err(|source| Error::Write { what: target.display().to_string(), source })
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // One of the two, or neither once it has been put in its place.
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A copy as a file, or from standard input.
pub(crate) fn open(path: &Path) -> Result<Reading<Box<dyn io::BufRead + Send>>, Error> {
    let input: Box<dyn io::BufRead + Send> = if path == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let file = File::open(path).map_err(|error| refused(path)(error.into()))?;
        Box::new(BufReader::with_capacity(1 << 20, file))
    };
    Reading::begin(input).map_err(refused(path))
}

/// Reads a copy to its end and says what it holds.
pub(crate) fn check(path: &Path) -> Result<Head, Error> {
    let mut reading = open(path)?;
    while reading.commit().map_err(refused(path))?.is_some() {}
    Ok(reading.head())
}

/// What is wrong with which file.
pub(crate) fn refused(path: &Path) -> impl FnOnce(CopyError) -> Error + use<> {
    let file = name_of(path);
    |source| Error::Copy { file, source }
}

/// How messages call a file.
pub(crate) fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// Asks a program that serves for a copy of its log.
pub(crate) fn ask(address: &str) -> Result<impl Read, Error> {
    let failed = |detail: String| Error::Ask { address: address.to_owned(), detail };
    if !address.starts_with("http://") {
        let message = format!(
            "--from `{address}` is no address of a served register; write it as http://127.0.0.1:8017 (fetch `/log/export` by other means where it is behind TLS: it is the same file)"
        );
        return Err(Error::Misuse(message));
    }
    let config = ureq::Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .timeout_per_read(Some(PATIENCE));
    let agent: ureq::Agent = config.build().into();
    let url = format!("{}/log/export", address.trim_end_matches('/'));
    let answer = agent.get(url).call().map_err(|error| failed(error.to_string()))?;
    Ok(answer.into_body().into_reader())
}

/// The folder that a path stands in.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}
