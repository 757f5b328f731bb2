//! Looking at a data folder that gives trouble, without changing it.

mod backups;
mod folder;
mod trial;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::Error;

/// What is looked at and with how much patience.
pub(crate) struct Examination<'a> {
    pub(crate) data: &'a Path,
    /// Where a copy may be made.
    pub(crate) scratch: PathBuf,
    /// How long the trial may take, in seconds; it follows from the size if nothing is said.
    pub(crate) time_limit: Option<u64>,
    /// Where backups are looked for.
    pub(crate) backups: Option<PathBuf>,
}

/// What was found and what to do about it.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Diagnosis {
    pub(crate) findings: Vec<Finding>,
    pub(crate) advice: Vec<String>,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
pub(crate) struct Finding {
    pub(crate) topic: &'static str,
    pub(crate) state: State,
    pub(crate) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Well,
    /// It could not be looked at.
    Unknown,
    Wrong,
}

impl Diagnosis {
    /// The worst that was found.
    pub(crate) fn state(&self) -> State {
        self.findings.iter().map(|finding| finding.state).max().unwrap_or(State::Well)
    }

    fn add(&mut self, topic: &'static str, state: State, text: impl Into<String>) {
        self.findings.push(Finding { topic, state, text: text.into() });
    }

    fn advise(&mut self, text: impl Into<String>) {
        self.advice.push(text.into());
    }
}

/// Looks at everything, as far as one thing allows the next.
pub(crate) fn examine(examination: &Examination) -> Result<Diagnosis, Error> {
    let mut diagnosis = Diagnosis::default();
    if let Some(held) = folder::look(examination.data, &mut diagnosis) {
        trial::open_a_copy(examination, &held, &mut diagnosis)?;
    }
    if diagnosis.state() == State::Wrong {
        backups::look(examination.backups.as_deref(), &mut diagnosis);
    }
    Ok(diagnosis)
}

/// Bytes, for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..0x40_0000 => format!("{} KiB", bytes.div_ceil(1 << 10)),
        0x40_0000..0x1_0000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}
