//! One source as a record file that was read already.

use chancery_kernel::{Citation, ConventionId, DocumentSymbol, Place, RecorderId, Text};
use chancery_register::{
    Command,
    record::{Content, Entry, RecordFile},
};

use crate::error::MakeError;

/// A record file in the making: each fact gets the next paragraph.
#[derive(Debug)]
pub(crate) struct Source {
    symbol: DocumentSymbol,
    file: RecordFile,
}

impl Source {
    pub(crate) fn new(
        convention: &ConventionId,
        recorded_by: &RecorderId,
        symbol: &str,
    ) -> Result<Self, MakeError> {
        let symbol: DocumentSymbol = symbol.parse()?;
        let file = RecordFile {
            convention: convention.clone(),
            convention_span: 0..0,
            recorded_by: recorded_by.clone(),
            source: Some(symbol.clone()),
            is_list: false,
            entries: Vec::new(),
        };
        Ok(Self { symbol, file })
    }

    /// Adds a fact, and tells where it stands.
    pub(crate) fn fact(&mut self, command: Command) -> Result<Citation, MakeError> {
        let number = self.file.entries.len();
        let place = Place::Paragraph(Text::try_from((number + 1).to_string())?);
        let citation = Citation { symbol: self.symbol.clone(), place };
        self.file.entries.push(Entry {
            // What is refused is told by the number of its entry.
            span: number..number,
            whole: number..number,
            citation: citation.clone(),
            content: Content::Fact(Box::new(command)),
        });
        Ok(citation)
    }

    /// The file.
    pub(crate) fn into_file(self) -> RecordFile {
        self.file
    }

    /// The file; `None` if it says nothing.
    pub(crate) fn finish(self) -> Option<RecordFile> {
        Some(self.file).filter(|file| !file.entries.is_empty())
    }
}
