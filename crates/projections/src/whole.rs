use chancery_kernel::ConventionId;
use jiff::{civil::Date, tz::Offset};
use serde::Serialize;

use crate::{
    AttendanceAt, DeadlineAt, DecisionAt, DocumentAt, FinancesAt, Finding, MandateAt, MeetingAt,
    OfficeAt, ParticipantAt, Status, View, VoteAt,
};

/// Every projection of a convention, as one value: what a replay of the same events must come to
/// on every machine. Lists stand in the order in which they are answered.
#[derive(Debug, Serialize)]
pub struct Whole {
    /// The convention.
    pub convention: ConventionId,
    /// The day of legal effect: that of the last event's recording in UTC, so that it follows
    /// from the log and from no clock.
    pub day: Date,
    /// How many events it has.
    pub events: u64,
    status: Status,
    entry_into_force: Option<Date>,
    participants: Vec<ParticipantAt>,
    meetings: Vec<Meeting>,
    offices: Vec<OfficeAt>,
    decisions: Vec<DecisionAt>,
    votes: Vec<VoteAt>,
    documents: Vec<DocumentAt>,
    finances: FinancesAt,
    deadlines: Vec<DeadlineAt>,
    mandates: Vec<MandateAt>,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Meeting {
    meeting: MeetingAt,
    officers: Vec<OfficeAt>,
    attendance: Vec<AttendanceAt>,
}

impl View {
    /// Every projection of the convention; `None` while nothing is recorded.
    pub fn whole(&self) -> Option<Whole> {
        let day = Offset::UTC.to_datetime(self.known()?.recorded_at).date();
        let at = self.at(day);
        let meeting = |meeting: MeetingAt| {
            let (officers, attendance) = (at.officers(&meeting.id), at.attendance(&meeting.id));
            Meeting { meeting, officers, attendance }
        };
        Some(Whole {
            convention: self.convention().clone(),
            day,
            events: self.state().version,
            status: at.status(),
            entry_into_force: at.entry_into_force(),
            participants: at.participants(),
            meetings: at.meetings().into_iter().map(meeting).collect(),
            offices: at.offices(),
            decisions: at.decisions(),
            votes: at.votes(),
            documents: at.documents(),
            finances: at.finances(),
            deadlines: at.deadlines(),
            mandates: at.mandates(),
            findings: self.findings().to_vec(),
        })
    }
}
