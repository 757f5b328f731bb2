use std::ops::Range;

use chancery_kernel::{Citation, ConventionId, DocumentSymbol, RecorderId, Text};

use super::mistake::{Mistake, Mistakes};
use crate::command::Command;

/// One source, as facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// The convention.
    pub convention: ConventionId,
    /// Where the file names it: what to underline when it is not known.
    pub convention_span: Range<usize>,
    /// Who records.
    pub recorded_by: RecorderId,
    /// The source that the file is about; a table may have many.
    pub source: Option<DocumentSymbol>,
    /// Whether the source is a list that says everything anew each time it appears: what it
    /// repeats is known, not done twice.
    pub is_list: bool,
    /// What the source says, place by place.
    pub entries: Vec<Entry>,
}

/// What could be read of a file, and what could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What could be read; `None` when not even the head could.
    pub file: Option<RecordFile>,
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
    /// Where the entries stand that could not be read.
    pub broken: Vec<Range<usize>>,
}

impl Reading {
    /// The file, if nothing in it is wrong.
    ///
    /// # Errors
    /// Every mistake, under the file's name and with its text.
    pub fn whole(self, name: &str, text: &str) -> Result<RecordFile, Mistakes> {
        match self.file {
            Some(file) if self.mistakes.is_empty() => Ok(file),
            _ => Err(Mistakes::new(name, text, self.mistakes)),
        }
    }
}

/// What one place of the source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What to underline: the fact's key, or the cell that it comes from.
    pub span: Range<usize>,
    /// Where the whole entry stands in the file.
    pub whole: Range<usize>,
    /// The place in the source.
    pub citation: Citation,
    /// What it says.
    pub content: Content,
}

/// What a place of a source comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A fact to record.
    Fact(Box<Command>),
    /// Nothing to record, and why.
    NoFact(Text),
}

impl RecordFile {
    /// Whether the file records the convention's profile.
    pub fn has_profile(&self) -> bool {
        self.facts().any(|command| matches!(command, Command::Profile(_)))
    }

    /// The facts among the entries.
    pub fn facts(&self) -> impl Iterator<Item = &Command> {
        self.entries.iter().filter_map(|entry| match &entry.content {
            Content::Fact(command) => Some(&**command),
            _ => None,
        })
    }
}
