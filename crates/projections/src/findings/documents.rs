//! Symbols that no document bears, and documents considered before they were issued.

use std::{collections::BTreeSet, sync::Arc};

use chancery_decisions::{Event as Decisions, Verb};
use chancery_finance::Event as Finance;
use chancery_kernel::{Citation, DocumentSymbol, MeetingId, PartialDate, SymbolForm, nearest};
use chancery_meetings::Event as Meetings;
use chancery_obligations::Event as Obligations;
use chancery_register::{Event, Recorded};

use super::{Contradiction, FindingRule};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let symbols = Symbols::of(view);
    let mut found = Vec::new();
    for recorded in view.events() {
        let event = &recorded.envelope.event;
        let cited: BTreeSet<&DocumentSymbol> = cited(event).into_iter().collect();
        found.extend(cited.into_iter().filter_map(|it| symbols.unknown(recorded, it)));
        if let Some((meeting, documents)) = considered(event) {
            found.extend(
                documents.iter().filter_map(|it| not_yet_issued(view, recorded, meeting, it)),
            );
        }
    }
    found
}

/// Every symbol that an event names, apart from the source that proves it.
fn cited(event: &Event) -> Vec<&DocumentSymbol> {
    match event {
        Event::Meetings(Meetings::Issued(it)) => vec![&it.document],
        Event::Meetings(Meetings::Considered(it)) => it.documents.iter().collect(),
        Event::Decisions(Decisions::Adopted(it)) => {
            it.documents.iter().chain(&it.to_be_issued_as).collect()
        }
        Event::Decisions(Decisions::Decided(it)) => it.documents.iter().collect(),
        Event::Decisions(Decisions::Voted(it)) => it.document.iter().collect(),
        Event::Decisions(Decisions::Fulfilled(it)) => it.documents.iter().collect(),
        Event::Finance(Finance::ProceduresAdopted(it)) => it.authority.document.iter().collect(),
        Event::Finance(Finance::BudgetApproved(it)) => it.authority.document.iter().collect(),
        Event::Finance(Finance::ReserveTargetSet(it)) => it.authority.document.iter().collect(),
        Event::Finance(Finance::CostsEstimated(it)) => it.authority.document.iter().collect(),
        Event::Obligations(Obligations::Reported(it)) => it.document.iter().collect(),
        _ => Vec::new(),
    }
}

/// What is known of the symbols of a convention's own bodies: those that issued something here.
struct Symbols<'a> {
    view: &'a View,
    bodies: BTreeSet<String>,
    /// Well-formed ones, each with an event that names it.
    known: Vec<(&'a DocumentSymbol, &'a Arc<Recorded>)>,
    /// Those that are, or are to be, issued.
    issued: BTreeSet<&'a DocumentSymbol>,
    /// Which symbol is cited where.
    cited_at: BTreeSet<(&'a DocumentSymbol, &'a Citation)>,
}

impl<'a> Symbols<'a> {
    fn of(view: &'a View) -> Self {
        let (mut bodies, mut known, mut issued) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        let mut cited_at = BTreeSet::new();
        for recorded in view.events() {
            let event = &recorded.envelope.event;
            for symbol in cited(event) {
                cited_at.insert((symbol, &recorded.envelope.source));
                let SymbolForm::Session(form) = symbol.form() else { continue };
                known.push((symbol, recorded));
                if let Event::Meetings(Meetings::Issued(_)) = event {
                    bodies.insert(form.body);
                    issued.insert(symbol);
                }
            }
            if let Event::Decisions(Decisions::Adopted(it)) = event {
                issued.extend(&it.to_be_issued_as);
            }
        }
        Self { view, bodies, known, issued, cited_at }
    }

    /// A symbol that cannot be right: not of the form, or of a session whose documents are recorded
    /// and not among them. One of another body, or of a session that is not recorded, may be right.
    fn unknown(
        &self,
        recorded: &'a Arc<Recorded>,
        symbol: &DocumentSymbol,
    ) -> Option<Contradiction<'a>> {
        let candidates: Vec<&(&DocumentSymbol, &'a Arc<Recorded>)> = match symbol.form() {
            SymbolForm::Other => {
                let (body, _) = symbol.as_str().split_once('/')?;
                self.bodies.get(body)?;
                self.known.iter().collect()
            }
            SymbolForm::Session(form) if self.acts_on(recorded, symbol) => {
                let same = |other: &DocumentSymbol| {
                    matches!(other.form(), SymbolForm::Session(it)
                        if (&it.body, &it.session) == (&form.body, &form.session))
                };
                self.known.iter().filter(|(it, _)| self.issued.contains(it) && same(it)).collect()
            }
            _ => return None,
        };
        let near = nearest(symbol.as_str(), candidates.iter().map(|(it, _)| it.as_str()))?;
        let of_near = || candidates.iter().filter(|(it, _)| it.as_str() == near);
        let issue = of_near().find(|(it, _)| self.view.by_document.contains_key(*it));
        let issue =
            issue.and_then(|(it, _)| self.view.events().get(*self.view.by_document.get(*it)?));
        // A place that prints both cannot speak for the one.
        let prints_it = |at: &Recorded| self.cited_at.contains(&(symbol, &at.envelope.source));
        let elsewhere = || of_near().find(|(_, at)| !prints_it(at));
        let (_, first) = of_near().next()?;
        let against = issue.unwrap_or_else(|| elsewhere().map_or(*first, |(_, at)| *at));
        let message = format!("no document bears the symbol {symbol}; {near} is near it");
        let found = Contradiction::new(FindingRule::UnknownSymbol, recorded, against, message);
        Some(found.about(symbol).suggesting(Some(near.to_owned())))
    }

    /// Whether an event is an act of the meeting for whose session the symbol would be, and that
    /// session's documents do not have it.
    fn acts_on(&self, recorded: &Recorded, symbol: &DocumentSymbol) -> bool {
        let event = &recorded.envelope.event;
        let acts = matches!(
            event,
            Event::Meetings(Meetings::Considered(_)) | Event::Decisions(Decisions::Decided(_))
        );
        acts && event.meeting().is_some() && !self.issued.contains(symbol)
    }
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

fn not_yet_issued<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    meeting: &MeetingId,
    document: &DocumentSymbol,
) -> Option<Contradiction<'a>> {
    let on = recorded.envelope.effective;
    let ordered = view.events().iter().find_map(|it| ordered(it, document, on));
    let issue = view.by_document.get(document).and_then(|index| view.events().get(*index));
    let later = issue.filter(|it| on.latest() < it.envelope.effective.earliest());
    let (against, how) = match (ordered, later) {
        (Some(it), _) => {
            (it, format!("only the adoption of {} ordered it to be issued", it.envelope.effective))
        }
        (None, Some(it)) => (it, format!("it was issued on {}", it.envelope.effective)),
        (None, None) => return None,
    };
    let message = format!("{meeting} considered {document} by {on}, and {how}");
    let found = Contradiction::new(FindingRule::ConsideredBeforeIssued, recorded, against, message);
    Some(found.about(document))
}

/// The adoption by which a document is yet to be issued, if that was not before a day.
fn ordered<'a>(
    recorded: &'a Arc<Recorded>,
    document: &DocumentSymbol,
    on: PartialDate,
) -> Option<&'a Arc<Recorded>> {
    let Event::Decisions(Decisions::Adopted(it)) = &recorded.envelope.event else { return None };
    let ordered = it.to_be_issued_as.as_ref() == Some(document);
    (ordered && on.latest() <= it.on.earliest()).then_some(recorded)
}
