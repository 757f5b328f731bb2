use chancery_meetings::Event as Meetings;
use chancery_register::Event;

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
    words,
};
use crate::documents::DocumentAt;

impl Telling<'_> {
    /// The documents, and what was done with them.
    pub(super) fn documents(&self) -> Vec<Statement> {
        self.at.documents().iter().flat_map(|it| self.document(it)).collect()
    }

    fn document(&self, it: &DocumentAt) -> Vec<Statement> {
        let symbol = &it.symbol;
        let index = self.at.view.by_document.get(symbol);
        let issued = Statement::new(ChangeKind::DocumentIssued, Family::Document, symbol)
            .said(format!("{symbol}, “{}”, was issued {}", it.title, words::on(it.issued)))
            .value("title", Some(it.title.clone()))
            .value("issued", Some(it.issued))
            .rests_on(self.counting(index));
        let considered = it.considered_by.iter().map(|meeting| {
            let events = self.at.events_of(meeting).filter(|recorded| {
                matches!(&recorded.envelope.event, Event::Meetings(Meetings::Considered(of))
                    if of.documents.contains(symbol))
            });
            Statement::new(ChangeKind::DocumentConsidered, Family::Consideration, symbol)
                .keyed(format!("{symbol} {meeting}"))
                .said(format!("{symbol} was considered by {}", self.meeting(meeting)))
                .value("by", Some(meeting.to_string()))
                .rests_on(events.cloned())
        });
        let adopted = it.adopted_by.iter().map(|id| {
            let decision = self.at.decision(id);
            let meeting = decision.and_then(|it| it.meeting);
            let by = meeting.map_or_else(
                || "between meetings".to_owned(),
                |meeting| format!("by {}", self.meeting(&meeting)),
            );
            Statement::new(ChangeKind::DocumentAdopted, Family::Adoption, symbol)
                .keyed(format!("{symbol} {id}"))
                .said(format!("{symbol}, “{}”, was adopted {by}", it.title))
                .value("decision", Some(id.to_string()))
                .rests_on(self.counting(self.at.view.by_decision.get(id)))
        });
        let adopted: Vec<Statement> = adopted.collect();
        std::iter::once(issued).chain(considered).chain(adopted).collect()
    }
}
