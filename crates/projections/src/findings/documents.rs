//! Symbols that no document bears, and documents considered before they were issued.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chancery_decisions::{Adoption, Event as Decisions, Verb};
use chancery_kernel::{Citation, DocumentSymbol, MeetingId, SymbolForm, nearest};
use chancery_meetings::Event as Meetings;
use chancery_register::{Event, Recorded};

use super::{Contradiction, FindingRule};
use crate::{named::documents, view::View};

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let mut symbols = Symbols::of(view);
    let mut found = Vec::new();
    for recorded in view.events() {
        let event = &recorded.envelope.event;
        let cited: BTreeSet<&DocumentSymbol> = documents(event).into_iter().collect();
        found.extend(cited.into_iter().filter_map(|it| symbols.unknown(recorded, it)));
        if let Some((meeting, before_it)) = considered(event) {
            let early = |it| symbols.not_yet_issued(recorded, meeting, it);
            found.extend(before_it.iter().filter_map(early));
        }
    }
    found
}

/// What is known of the symbols of a convention's own bodies: those that issued something here.
struct Symbols<'a> {
    view: &'a View,
    bodies: BTreeSet<String>,
    /// Well-formed ones, each with the events that name it.
    known: BTreeMap<&'a DocumentSymbol, Vec<&'a Arc<Recorded>>>,
    /// Those that are, or are to be, issued, by body and session.
    issued: BTreeMap<(String, String), BTreeSet<&'a DocumentSymbol>>,
    /// The adoptions by which a document is yet to be issued.
    ordered: BTreeMap<&'a DocumentSymbol, Vec<(&'a Arc<Recorded>, &'a Adoption)>>,
    /// Which symbol is cited where.
    cited_at: BTreeSet<(&'a DocumentSymbol, &'a Citation)>,
    /// The nearest to each symbol that cannot be right.
    near: BTreeMap<&'a DocumentSymbol, Option<&'a DocumentSymbol>>,
}

impl<'a> Symbols<'a> {
    fn of(view: &'a View) -> Self {
        let mut it = Self {
            view,
            bodies: BTreeSet::new(),
            known: BTreeMap::new(),
            issued: BTreeMap::new(),
            ordered: BTreeMap::new(),
            cited_at: BTreeSet::new(),
            near: BTreeMap::new(),
        };
        view.events().iter().for_each(|recorded| it.note(recorded));
        it
    }

    fn note(&mut self, recorded: &'a Arc<Recorded>) {
        let event = &recorded.envelope.event;
        for symbol in documents(event) {
            self.cited_at.insert((symbol, &recorded.envelope.source));
            if let SymbolForm::Session(_) = symbol.form() {
                self.known.entry(symbol).or_default().push(recorded);
            }
        }
        match event {
            Event::Meetings(Meetings::Issued(it)) => self.note_issued(&it.document, true),
            Event::Decisions(Decisions::Adopted(it)) => {
                if let Some(document) = &it.to_be_issued_as {
                    self.note_issued(document, false);
                    self.ordered.entry(document).or_default().push((recorded, it));
                }
            }
            _ => {}
        }
    }

    fn note_issued(&mut self, document: &'a DocumentSymbol, is_there: bool) {
        let SymbolForm::Session(form) = document.form() else { return };
        if is_there {
            self.bodies.insert(form.body.clone());
        }
        self.issued.entry((form.body, form.session)).or_default().insert(document);
    }

    /// A symbol that cannot be right: not of the form, or of a session whose documents are recorded
    /// and not among them. One of another body, or of a session that is not recorded, may be right.
    fn unknown(
        &mut self,
        recorded: &'a Arc<Recorded>,
        symbol: &'a DocumentSymbol,
    ) -> Option<Contradiction<'a>> {
        match symbol.form() {
            SymbolForm::Other => {
                let (body, _) = symbol.as_str().split_once('/')?;
                self.bodies.get(body)?;
            }
            SymbolForm::Session(form) => {
                let issued = self.issued.get(&(form.body, form.session))?;
                if issued.contains(symbol) || !is_act_of_a_meeting(&recorded.envelope.event) {
                    return None;
                }
            }
            _ => return None,
        }
        let near = self.nearest(symbol)?;
        let naming = self.known.get(near)?;
        let issue = self.view.by_document.get(near);
        let issue = issue.and_then(|index| self.view.events().get(*index));
        // A place that prints both cannot speak for the one.
        let prints_it = |at: &Recorded| self.cited_at.contains(&(symbol, &at.envelope.source));
        let elsewhere = || naming.iter().find(|at| !prints_it(at)).copied();
        let against = issue.or_else(elsewhere).or(naming.first().copied())?;
        let message = format!("no document bears the symbol {symbol}; {near} is near it");
        let found = Contradiction::new(FindingRule::UnknownSymbol, recorded, against, message);
        Some(found.about(symbol).suggesting(Some(near.to_string())))
    }

    /// The symbol that may be meant: of one that has the form, in its own session.
    fn nearest(&mut self, symbol: &'a DocumentSymbol) -> Option<&'a DocumentSymbol> {
        if let Some(near) = self.near.get(symbol) {
            return *near;
        }
        let candidates: Vec<&DocumentSymbol> = match symbol.form() {
            SymbolForm::Session(form) => {
                self.issued.get(&(form.body, form.session)).into_iter().flatten().copied().collect()
            }
            _ => self.known.keys().copied().collect(),
        };
        let near = nearest(symbol.as_str(), candidates.iter().map(|it| it.as_str()));
        let near = near.and_then(|near| candidates.iter().find(|it| it.as_str() == near).copied());
        self.near.insert(symbol, near);
        near
    }

    /// A document that is considered before it was issued, or before that was ordered.
    fn not_yet_issued(
        &self,
        recorded: &'a Arc<Recorded>,
        meeting: &MeetingId,
        document: &DocumentSymbol,
    ) -> Option<Contradiction<'a>> {
        let on = recorded.envelope.effective;
        let ordered = self.ordered.get(document).into_iter().flatten();
        let ordered = ordered.copied().find(|(_, it)| on.latest() <= it.on.earliest());
        let issue = self.view.by_document.get(document);
        let issue = issue.and_then(|index| self.view.events().get(*index));
        let later = issue.filter(|it| on.latest() < it.envelope.effective.earliest());
        let (against, how, instead) = match (ordered, later) {
            // What was before the meeting is what it then adopted.
            (Some((event, it)), _) => (
                event,
                format!("only the adoption of {} ordered it to be issued", it.on),
                listed(it),
            ),
            (None, Some(it)) => (it, format!("it was issued on {}", it.envelope.effective), None),
            (None, None) => return None,
        };
        let message = format!("{meeting} considered {document} by {on}, and {how}");
        let found =
            Contradiction::new(FindingRule::ConsideredBeforeIssued, recorded, against, message);
        Some(found.about(document).suggesting(instead))
    }
}

/// Whether an event is what a meeting did about documents.
fn is_act_of_a_meeting(event: &Event) -> bool {
    let acts = matches!(
        event,
        Event::Meetings(Meetings::Considered(_)) | Event::Decisions(Decisions::Decided(_))
    );
    acts && event.meeting().is_some()
}

/// The documents that were adopted, under the symbols that they had.
fn listed(it: &Adoption) -> Option<String> {
    let documents: Vec<&str> = it.documents.iter().map(DocumentSymbol::as_str).collect();
    (!documents.is_empty()).then(|| documents.join(", "))
}

/// The documents that a meeting had before it.
fn considered(event: &Event) -> Option<(&MeetingId, &[DocumentSymbol])> {
    match event {
        Event::Meetings(Meetings::Considered(it)) => Some((&it.meeting, &it.documents)),
        Event::Decisions(Decisions::Adopted(it)) => Some((&it.meeting, &it.documents)),
        Event::Decisions(Decisions::Decided(it)) if it.verb == Verb::Considered => {
            Some((it.meeting.as_ref()?, &it.documents))
        }
        _ => None,
    }
}
