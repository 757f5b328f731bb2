use chancery_kernel::PartialDate;
use chancery_offices::{Accession, Event as Offices, Term};
use chancery_register::Event;

use super::{
    change::{ChangeKind, Worth},
    statement::{Family, Statement},
    telling::Telling,
    words,
};
use crate::{at::Resolved, offices::OfficeAt};

impl Telling<'_> {
    /// The terms of office: filled, held, over.
    pub(super) fn terms(&self) -> Vec<Statement> {
        let terms = self.at.view.state().offices.terms().iter();
        let behind = terms.zip(&self.at.view.by_term).enumerate();
        behind
            .filter(|(_, (term, _))| self.at.counts(term.on))
            .map(|(number, (term, index))| self.term(number, term, *index))
            .collect()
    }

    fn term(&self, number: usize, term: &Term, index: usize) -> Statement {
        let held = self.at.held(term);
        let event = self.at.event(index).map(|it| &**it);
        let it = self.at.office(number, term, event, held == Some(true));
        let ended = term.ended.filter(|on| self.at.counts(*on));
        let begun = it.from.date.is_some_and(|from| from.earliest() <= self.at.day);
        let kind = match held {
            Some(_) => ChangeKind::OfficeBegan,
            None if begun => ChangeKind::OfficeEnded,
            None => ChangeKind::OfficeFilled,
        };
        let mut events = self.counting([&index]);
        events.extend(self.days_behind(Some(&term.from)));
        events.extend(self.days_behind(term.until.as_ref()));
        if ended.is_some() {
            events.extend(self.at.counted().filter(|it| ends(&it.envelope.event, term)).cloned());
        }
        Statement::new(kind, Family::Term, &it.office)
            .keyed(format!("{} {:?}", it.version, term.holder))
            .moved(ChangeKind::OfficeMoved)
            .said(self.term_said(&it, kind, ended))
            .value("office", Some(self.seat(&it)))
            .value("holder", Some(holder(&it)))
            .moving("from", Some(moment(&it.from)))
            .moving("until", it.until.as_ref().map(moment))
            .moving("ended", ended)
            .rests_on(events)
    }

    fn term_said(&self, it: &OfficeAt, kind: ChangeKind, ended: Option<PartialDate>) -> String {
        let (who, seat) = (holder(it), self.seat(it));
        let undated = it.until.as_ref().is_some_and(|until| until.date.is_none());
        let from = self.moment(&it.from);
        let until = match (ended, &it.until) {
            (Some(on), _) => format!(" until {}", words::date(on)),
            (None, Some(until)) => format!(" until {}", self.moment(until)),
            (None, None) => String::new(),
        };
        match kind {
            // An end without a date says so itself.
            ChangeKind::OfficeBegan if it.certain || undated => {
                format!("{who} holds the office of {seat} from {from}{until}")
            }
            ChangeKind::OfficeBegan => {
                format!("{who} may hold the office of {seat}, from {from}{until}")
            }
            ChangeKind::OfficeEnded => format!("{who} was {seat} from {from}{until}"),
            _ => {
                let did = match it.accession {
                    Accession::Elected => "was elected",
                    Accession::Designated => "was designated",
                    Accession::Confirmed => "was confirmed as",
                    Accession::Succeeded => "succeeded as",
                };
                format!("{who} {did} {seat}, from {from}{until}")
            }
        }
    }

    /// `President of the Eighth Meeting of States Parties`, `Coordinator for Victim assistance`.
    fn seat(&self, it: &OfficeAt) -> String {
        let mut seat = it.office_name.clone();
        if let Some(theme) = &it.theme_name {
            seat += &format!(" for {theme}");
        }
        if let Some(of) = &it.of {
            let of = self.meeting(of);
            // Some offices say in their own names that they are of the meeting.
            seat = match seat.strip_suffix(" of the Meeting") {
                Some(bare) => format!("{bare} of {of}"),
                None => format!("{seat} of {of}"),
            };
        }
        seat
    }
}

fn holder(it: &OfficeAt) -> String {
    let name = it.state.as_ref().map(|state| state.name.to_string());
    let name = name.or_else(|| it.organisation.as_ref().map(|it| it.name.clone()));
    match (name, &it.person) {
        (Some(name), Some(person)) => format!("{name} ({person})"),
        (None, Some(person)) => person.clone(),
        (name, None) => name.unwrap_or_default(),
    }
}

/// The date, or the words while there is none.
fn moment(moment: &Resolved) -> Worth {
    moment.date.map_or_else(|| moment.said.to_string().into(), Worth::from)
}

/// Whether an event ended a term before its time.
fn ends(event: &Event, term: &Term) -> bool {
    let (office, theme, of, state) = match event {
        Event::Offices(Offices::Ended(it)) => (&it.office, &it.theme, &it.of, it.state),
        Event::Offices(Offices::Succeeded(it)) => (&it.office, &it.theme, &it.of, it.predecessor),
        _ => return false,
    };
    let seat = (office, theme, of) == (&term.office, &term.theme, &term.of);
    seat && term.holder.state == Some(state)
}
