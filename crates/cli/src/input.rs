//! Files and folders to record, read with care: what is too large, not text or not there is said
//! before anything is recorded.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use chancery_gateway::service::Input;
use chancery_kernel::{ConventionId, RecorderId};
use chancery_register::record::{MAX_FILE_BYTES, TableContext, convention_of, is_profile};

use crate::{args::Global, error::Error, register};

/// What tables that stand alone belong to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) convention: Option<ConventionId>,
    pub(crate) recorded_by: Option<RecorderId>,
}

impl Context {
    /// What the arguments say. Where they do not say who records a table, it is whoever keeps the
    /// convention's record.
    pub(crate) async fn new(
        global: &Global,
        paths: &[PathBuf],
        convention: Option<&ConventionId>,
        recorded_by: Option<&RecorderId>,
    ) -> Result<Self, Error> {
        let keeper = match (recorded_by, convention) {
            (None, Some(convention)) if paths.iter().any(|path| is_table(path)) => {
                register::keeper(global, convention).await?
            }
            _ => None,
        };
        let recorded_by = recorded_by.cloned().or(keeper);
        Ok(Self { convention: convention.cloned(), recorded_by })
    }

    /// Takes the recorder from the convention's profile, if that is in a file of the same call.
    fn learn(&mut self, found: &Found) {
        if self.recorded_by.is_some() || found.table.is_some() || !is_profile(&found.text) {
            return;
        }
        let of = convention_of(&found.text);
        self.recorded_by = of.filter(|(id, _)| Some(id) == self.convention.as_ref()).map(|of| of.1);
    }
}

/// Reads everything that was named, in the order in which it is recorded.
///
/// All files are read before the first error is reported, so that one run shows every mistake.
pub(crate) fn read(paths: &[PathBuf], mut context: Context) -> Result<Vec<Input>, Error> {
    let mut inputs = Vec::new();
    let mut mistakes = Vec::new();
    for path in paths {
        let found =
            if path.is_dir() { folder(path, &context)? } else { vec![file(path, &context)?] };
        for text in found {
            context.learn(&text);
            match text.input() {
                Ok(input) => inputs.push(input),
                Err(Error::Mistakes(of_it)) => mistakes.extend(of_it),
                Err(error) => return Err(error),
            }
        }
    }
    if mistakes.is_empty() { Ok(inputs) } else { Err(Error::Mistakes(mistakes)) }
}

/// The text of a file, whole and bounded.
pub(crate) fn text(path: &Path) -> Result<String, Error> {
    let name = path.display();
    let unreadable = |error: std::io::Error| {
        Error::Misuse(format!("{name} cannot be read: {error}; nothing was recorded"))
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Error::Misuse(format!("{name} is not a file; nothing was recorded")));
    }
    let too_large = |bytes: u64| {
        Error::Rejected(format!(
            "{name} has {bytes} bytes, and a file may have {MAX_FILE_BYTES} at most; write one file for each source. Nothing was recorded"
        ))
    };
    if metadata.len() > MAX_FILE_BYTES {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    let mut bounded = File::open(path).map_err(unreadable)?.take(MAX_FILE_BYTES + 1);
    bounded.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::Rejected(format!(
            "{name} is not UTF-8 text: byte {at} (line {line}) is {:#04x}; save it as UTF-8. Nothing was recorded",
            error.as_bytes()[at]
        ))
    })
}

struct Found {
    name: String,
    text: String,
    table: Option<TableContext>,
}

impl Found {
    fn input(self) -> Result<Input, Error> {
        match &self.table {
            Some(context) => Input::table(&self.name, self.text, context),
            None => Input::file(&self.name, self.text),
        }
        .map_err(|mistakes| Error::Mistakes(vec![mistakes]))
    }
}

fn file(path: &Path, context: &Context) -> Result<Found, Error> {
    let text = text(path)?;
    let name = path.display().to_string();
    if !is_table(path) {
        return Ok(Found { name, text, table: None });
    }
    let missing = |what: &str| Error::Misuse(format!("a table does not say {what}"));
    let convention = context
        .convention
        .clone()
        .ok_or_else(|| missing("which convention it belongs to; add --convention ID"))?;
    let recorded_by = context
        .recorded_by
        .clone()
        .ok_or_else(|| missing("who records it; add --recorded-by ID"))?;
    Ok(Found { name, text, table: Some(TableContext { convention, recorded_by }) })
}

/// A folder: the profile first, then tables, then record files, each in name order; its
/// subfolder `records` last. The profile says which convention the tables belong to. A second
/// profile amends the first, and keeps its place among the record files.
fn folder(path: &Path, context: &Context) -> Result<Vec<Found>, Error> {
    let mut profile = None;
    let mut tables = Vec::new();
    let mut records = Vec::new();
    let mut paths = entries(path)?;
    records_below(&path.join("records"), 0, &mut paths)?;
    for path in paths {
        if is_table(&path) {
            tables.push(path);
        } else if is_record(&path) {
            let text = text(&path)?;
            let found = Found { name: path.display().to_string(), text, table: None };
            if profile.is_none() && is_profile(&found.text) {
                profile = Some(found);
            } else {
                records.push(found);
            }
        }
    }
    if profile.is_none() && tables.is_empty() && records.is_empty() {
        return Err(Error::Misuse(format!(
            "there are no record files (.yaml) or tables (.csv) in {}",
            path.display()
        )));
    }
    let named = profile.as_ref().and_then(|profile| convention_of(&profile.text));
    let (convention, recorded_by) = named.unzip();
    let context = Context {
        convention: convention.or_else(|| context.convention.clone()),
        recorded_by: recorded_by.or_else(|| context.recorded_by.clone()),
    };
    let tables = tables.iter().map(|path| file(path, &context)).collect::<Result<Vec<_>, _>>()?;
    Ok(profile.into_iter().chain(tables).chain(records).collect())
}

/// The files of the folder `records`, and of the folders in it, if there is one.
fn records_below(path: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    if depth > MAX_DEPTH || !path.exists() {
        return Ok(());
    }
    for entry in entries(path)? {
        if entry.is_dir() {
            records_below(&entry, depth + 1, paths)?;
        } else {
            paths.push(entry);
        }
    }
    Ok(())
}

/// Folders in folders in `records`: deeper than this only a ring of links goes.
const MAX_DEPTH: usize = 8;

fn entries(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error| Error::Misuse(format!("{} cannot be read: {error}", path.display()));
    let entries = std::fs::read_dir(path).map_err(unreadable)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "csv")
}

fn is_record(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}
