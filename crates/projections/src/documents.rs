use chancery_kernel::{Citation, DecisionId, DocumentSymbol, MeetingId, Modifier, PartialDate};
use chancery_meetings::Document;
use serde::Serialize;

use crate::{at::At, participants::StateAt};

/// A document that had been issued by the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentAt {
    /// Its symbol as printed.
    pub symbol: DocumentSymbol,
    /// Its title.
    pub title: String,
    /// The meeting that it was issued for.
    pub meeting: Option<MeetingId>,
    /// The States that prepared or submitted it.
    pub states: Vec<StateAt>,
    /// When it was issued, as precisely as that is known.
    pub issued: PartialDate,
    /// The document that it supersedes: the one whose symbol it extends by `/Rev.n`.
    pub revises: Option<DocumentSymbol>,
    /// Later versions of it that had been issued.
    pub revised_by: Vec<DocumentSymbol>,
    /// The meetings that considered it.
    pub considered_by: Vec<MeetingId>,
    /// The decisions that adopted it.
    pub adopted_by: Vec<DecisionId>,
    /// The decisions that adopted another text to be issued as this one.
    pub issued_after: Vec<DecisionId>,
    /// The place that proves it.
    pub source: Option<Citation>,
}

impl At<'_> {
    /// Every document, by symbol: numbers in symbols count as numbers.
    pub fn documents(&self) -> Vec<DocumentAt> {
        let issued = self.view.state().meetings.documents();
        let mut documents: Vec<DocumentAt> = issued
            .iter()
            .filter(|(_, document)| self.counts(document.issued))
            .map(|(symbol, document)| self.document_at(symbol, document))
            .collect();
        documents.sort_by_cached_key(|document| natural(document.symbol.as_str()));
        documents
    }

    /// One document; `None` if it was not issued by the day.
    pub fn document(&self, symbol: &DocumentSymbol) -> Option<DocumentAt> {
        let document = self.view.state().meetings.documents().get(symbol)?;
        self.counts(document.issued).then(|| self.document_at(symbol, document))
    }

    fn document_at(&self, symbol: &DocumentSymbol, document: &Document) -> DocumentAt {
        let issued = self.view.state().meetings.documents();
        let revises = |symbol: &DocumentSymbol| match symbol.base() {
            Some((base, Modifier::Revision)) => Some(base),
            _ => None,
        };
        let decided = |which: &dyn Fn(&chancery_decisions::Decision) -> bool| {
            let decisions = self.view.state().decisions.decisions().iter();
            let counted = decisions.filter(|(_, it)| self.counts(it.on) && which(it));
            counted.map(|(id, _)| id.clone()).collect()
        };
        DocumentAt {
            symbol: symbol.clone(),
            title: document.title.to_string(),
            meeting: document.meeting.clone(),
            states: document.states.iter().map(|state| self.state(*state)).collect(),
            issued: document.issued,
            revises: revises(symbol).filter(|base| issued.contains_key(base)),
            revised_by: issued
                .iter()
                .filter(|(later, it)| {
                    self.counts(it.issued) && revises(later).as_ref() == Some(symbol)
                })
                .map(|(later, _)| later.clone())
                .collect(),
            considered_by: self
                .view
                .state()
                .meetings
                .considered(symbol)
                .filter(|(_, on)| self.counts(**on))
                .map(|(meeting, _)| meeting.clone())
                .collect(),
            adopted_by: decided(&|it| it.adopts && it.documents.contains(symbol)),
            issued_after: decided(&|it| it.to_be_issued_as.as_ref() == Some(symbol)),
            source: self
                .view
                .by_document
                .get(symbol)
                .and_then(|index| self.source(*index))
                .cloned(),
        }
    }
}

/// A symbol cut into words and numbers, so that /2 comes before /10.
fn natural(symbol: &str) -> Vec<(u32, String)> {
    symbol
        .split(['/', '.'])
        .map(|part| part.parse().map_or_else(|_| (0, part.to_owned()), |n| (n, String::new())))
        .collect()
}
