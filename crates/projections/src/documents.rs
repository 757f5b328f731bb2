use std::collections::BTreeMap;

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
        let links = self.links();
        let issued = self.view.state().meetings.documents();
        let mut documents: Vec<DocumentAt> = issued
            .iter()
            .filter(|(_, document)| self.counts(document.issued))
            .map(|(symbol, document)| self.document_at(symbol, document, &links))
            .collect();
        documents.sort_by_cached_key(|document| natural(document.symbol.as_str()));
        documents
    }

    /// One document; `None` if it was not issued by the day.
    pub fn document(&self, symbol: &DocumentSymbol) -> Option<DocumentAt> {
        let document = self.view.state().meetings.documents().get(symbol)?;
        self.counts(document.issued).then(|| self.document_at(symbol, document, &self.links()))
    }

    fn document_at(
        &self,
        symbol: &DocumentSymbol,
        document: &Document,
        links: &Links<'_>,
    ) -> DocumentAt {
        let state = self.view.state();
        let source = self.view.by_document.get(symbol).and_then(|index| self.source(*index));
        let considered = state.meetings.considered(symbol).filter(|(_, on)| self.counts(**on));
        DocumentAt {
            symbol: symbol.clone(),
            title: document.title.to_string(),
            meeting: document.meeting.clone(),
            states: document.states.iter().map(|state| self.state(*state)).collect(),
            issued: document.issued,
            revises: revised(symbol).filter(|base| state.meetings.documents().contains_key(base)),
            revised_by: listed(&links.revised_by, symbol),
            considered_by: considered.map(|(meeting, _)| meeting.clone()).collect(),
            adopted_by: listed(&links.adopted_by, symbol),
            issued_after: listed(&links.issued_after, symbol),
            source: source.cloned(),
        }
    }

    /// What refers to which document, gathered in one pass.
    fn links(&self) -> Links<'_> {
        let state = self.view.state();
        let mut links = Links::default();
        for (later, document) in state.meetings.documents() {
            if let Some(base) = revised(later).filter(|_| self.counts(document.issued)) {
                links.revised_by.entry(base).or_default().push(later);
            }
        }
        for (id, decision) in state.decisions.decisions() {
            if !self.counts(decision.on) {
                continue;
            }
            for document in decision.documents.iter().filter(|_| decision.adopts) {
                links.adopted_by.entry(document.clone()).or_default().push(id);
            }
            if let Some(document) = &decision.to_be_issued_as {
                links.issued_after.entry(document.clone()).or_default().push(id);
            }
        }
        links
    }
}

#[derive(Default)]
struct Links<'a> {
    revised_by: BTreeMap<DocumentSymbol, Vec<&'a DocumentSymbol>>,
    adopted_by: BTreeMap<DocumentSymbol, Vec<&'a DecisionId>>,
    issued_after: BTreeMap<DocumentSymbol, Vec<&'a DecisionId>>,
}

fn listed<T: Clone>(links: &BTreeMap<DocumentSymbol, Vec<&T>>, to: &DocumentSymbol) -> Vec<T> {
    links.get(to).into_iter().flatten().map(|it| (*it).clone()).collect()
}

/// The document that a symbol says it is a revision of.
fn revised(symbol: &DocumentSymbol) -> Option<DocumentSymbol> {
    match symbol.base() {
        Some((base, Modifier::Revision)) => Some(base),
        _ => None,
    }
}

/// A symbol cut into words and numbers, so that /2 comes before /10.
fn natural(symbol: &str) -> Vec<(u32, String)> {
    symbol
        .split(['/', '.'])
        .map(|part| part.parse().map_or_else(|_| (0, part.to_owned()), |n| (n, String::new())))
        .collect()
}
