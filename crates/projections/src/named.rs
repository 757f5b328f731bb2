//! What events name: the way from a State, a meeting or a document to its history.

use std::sync::Arc;

use chancery_decisions::Event as Decisions;
use chancery_finance::Event as Finance;
use chancery_kernel::{DocumentSymbol, MeetingId, StateCode};
use chancery_meetings::Event as Meetings;
use chancery_offices::Event as Offices;
use chancery_register::{Event, Recorded, sources::Event as Sources};
use imbl::{OrdMap, OrdSet};

/// The numbers of the events of a log that name something, in the order of recording. A clone is
/// cheap and shares what has not changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    pub(crate) states: OrdMap<StateCode, OrdSet<u64>>,
    pub(crate) meetings: OrdMap<MeetingId, OrdSet<u64>>,
    pub(crate) documents: OrdMap<DocumentSymbol, OrdSet<u64>>,
}

impl Named {
    /// Takes in an event under its own number.
    pub(crate) fn note(&mut self, recorded: &Arc<Recorded>) {
        self.note_as(recorded.envelope.version, &recorded.envelope.event);
    }

    /// Takes in what an event names under the number of another: a correction has to do with
    /// everything that what it corrects names, as printed and as corrected.
    pub(crate) fn note_as(&mut self, version: u64, event: &Event) {
        for state in states(event) {
            self.states.entry(state).or_default().insert(version);
        }
        for document in documents(event) {
            self.documents.entry(document.clone()).or_default().insert(version);
        }
        let of = match event {
            Event::Offices(
                Offices::Elected(it) | Offices::Designated(it) | Offices::Confirmed(it),
            ) => it.of.as_ref(),
            _ => None,
        };
        for meeting in event.meeting().into_iter().chain(of) {
            self.meetings.entry(meeting.clone()).or_default().insert(version);
        }
    }
}

fn states(event: &Event) -> Vec<StateCode> {
    match event {
        Event::Membership(it) => vec![it.state()],
        Event::Obligations(it) => vec![it.duty().state],
        Event::Meetings(it) => match it {
            Meetings::Scheduled(it) => {
                let venue = it.venue.iter().map(|venue| venue.state);
                venue.chain(it.alternative_venue.iter().map(|venue| venue.state)).collect()
            }
            Meetings::Rescheduled(it) => it.venue.iter().map(|venue| venue.state).collect(),
            Meetings::Convened(it) => it.by.state.into_iter().collect(),
            Meetings::Opened(it) => it.by.iter().filter_map(|by| by.state).collect(),
            Meetings::Attended(it) => it.states.clone(),
            Meetings::Spoke(it) => it.by.state.into_iter().collect(),
            Meetings::Issued(it) => it.states.clone(),
            _ => Vec::new(),
        },
        Event::Offices(it) => match it {
            Offices::Elected(it) | Offices::Designated(it) | Offices::Confirmed(it) => {
                it.states.clone()
            }
            Offices::Succeeded(it) => {
                it.successor.state.into_iter().chain([it.predecessor]).collect()
            }
            Offices::Ended(it) => vec![it.state],
            _ => Vec::new(),
        },
        Event::Decisions(it) => match it {
            Decisions::Decided(it) => it.states.clone(),
            Decisions::Dissociated(it) => it.states.clone(),
            Decisions::Mandated(it) => it.states.clone(),
            _ => Vec::new(),
        },
        Event::Finance(it) => match it {
            Finance::ScaleAdopted(it) => it.rates.keys().copied().collect(),
            Finance::Invoiced(it) => vec![it.state],
            Finance::Contributed(it) => it.state.into_iter().collect(),
            Finance::ArrearsReported(it) => it.owed.iter().map(|owed| owed.state).collect(),
            _ => Vec::new(),
        },
        Event::Sources(Sources::Named(it)) => it.state.into_iter().collect(),
        Event::Profile(_) | Event::Corrections(_) | Event::Journal(_) | Event::Sources(_) => {
            Vec::new()
        }
    }
}

/// Every symbol that an event names, apart from the source that proves it.
pub(crate) fn documents(event: &Event) -> Vec<&DocumentSymbol> {
    match event {
        Event::Meetings(Meetings::Issued(it)) => vec![&it.document],
        Event::Meetings(Meetings::Considered(it)) => it.documents.iter().collect(),
        Event::Decisions(it) => match it {
            Decisions::Adopted(it) => it.documents.iter().chain(&it.to_be_issued_as).collect(),
            Decisions::Decided(it) => it.documents.iter().collect(),
            Decisions::Voted(it) => it.document.iter().collect(),
            Decisions::Fulfilled(it) => it.documents.iter().collect(),
            _ => Vec::new(),
        },
        Event::Finance(it) => match it {
            Finance::ProceduresAdopted(it) => it.authority.document.iter().collect(),
            Finance::BudgetApproved(it) => it.authority.document.iter().collect(),
            Finance::ReserveTargetSet(it) => it.authority.document.iter().collect(),
            Finance::CostsEstimated(it) => it.authority.document.iter().collect(),
            _ => Vec::new(),
        },
        Event::Obligations(chancery_obligations::Event::Reported(it)) => {
            it.document.iter().collect()
        }
        _ => Vec::new(),
    }
}
