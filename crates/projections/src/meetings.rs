use chancery_kernel::{Citation, MeetingId, OrganisationId, PartialDate};
use chancery_meetings::{AlternativeVenue, Category, Event as Meetings, Meeting};
use chancery_register::Event;
use serde::Serialize;

use crate::{
    at::At,
    documents::DocumentAt,
    offices::OfficeAt,
    participants::{StateAt, alphabetical},
};

/// A meeting as it stood on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeetingAt {
    /// Its id.
    pub id: MeetingId,
    /// Its kind in the profile.
    pub kind: String,
    /// Its number among those of its kind.
    pub ordinal: Option<u32>,
    /// Its title.
    pub title: String,
    /// The first day that was set.
    pub opens_on: Option<PartialDate>,
    /// The last day that was set.
    pub closes_on: Option<PartialDate>,
    /// City and State.
    pub venue: Option<String>,
    /// Where instead, and on what condition.
    pub alternative_venue: Option<String>,
    /// When it was opened, as printed.
    pub opened_on: Option<PartialDate>,
    /// When it was closed, as printed.
    pub closed_on: Option<PartialDate>,
    /// How many plenary meetings it held, as far as that is recorded.
    pub plenaries: Option<u32>,
    /// What proves it: the places of its scheduling, calling, opening and closing.
    pub sources: Vec<Citation>,
}

/// Who attended, and where that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttendanceAt {
    /// Who.
    pub participant: Participation,
    /// In which category the source lists them.
    pub category: Category,
    /// The rule of procedure under which they took part, as printed.
    pub rule: Option<String>,
    /// The place that says so.
    pub source: Citation,
    /// The number in its convention of the event that says so, from 1: with the participant it names
    /// the attendance for good.
    #[serde(skip)]
    pub version: u64,
}

/// A participant of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Participation {
    /// A State, under the name of the day.
    State(StateAt),
    /// An organisation.
    Organisation(OrganisationAt),
}

/// An organisation, by its name in the profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationAt {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
}

impl At<'_> {
    /// Every meeting that was at least scheduled on the day, by its first day; those without one
    /// last.
    pub fn meetings(&self) -> Vec<MeetingAt> {
        let ids = self.view.state().meetings.meetings().keys();
        let mut meetings: Vec<MeetingAt> = ids.filter_map(|id| self.meeting(id)).collect();
        meetings.sort_by_key(|meeting| {
            let first = meeting.opens_on.map(|on| on.earliest());
            (first.is_none(), first, meeting.id.clone())
        });
        meetings
    }

    /// A meeting; `None` if nothing of it was decided by the day.
    pub fn meeting(&self, id: &MeetingId) -> Option<MeetingAt> {
        let meeting = self.meeting_state(id)?;
        Some(MeetingAt {
            id: id.clone(),
            kind: meeting.kind.to_string(),
            ordinal: meeting.ordinal,
            title: meeting.title.to_string(),
            opens_on: meeting.opens_on,
            closes_on: meeting.closes_on,
            venue: meeting
                .venue
                .as_ref()
                .map(|venue| format!("{}, {}", venue.city, self.name(venue.state))),
            alternative_venue: meeting.alternative_venue.as_ref().map(|it| self.alternative(it)),
            opened_on: meeting.opened,
            closed_on: meeting.closed,
            plenaries: plenaries(&meeting),
            sources: self.sources_of_meeting(id),
        })
    }

    /// Who attended a meeting: States by category and name, then organisations by name.
    pub fn attendance(&self, id: &MeetingId) -> Vec<AttendanceAt> {
        let mut attendance = Vec::new();
        for recorded in self.events_of(id) {
            let Event::Meetings(Meetings::Attended(it)) = &recorded.envelope.event else {
                continue;
            };
            let entry = |participant| AttendanceAt {
                participant,
                category: it.category,
                rule: it.rule.as_ref().map(ToString::to_string),
                source: recorded.envelope.source.clone(),
                version: recorded.envelope.version,
            };
            attendance.extend(
                it.states.iter().map(|state| entry(Participation::State(self.state(*state)))),
            );
            attendance.extend(
                it.organisations
                    .iter()
                    .map(|id| entry(Participation::Organisation(self.organisation(id)))),
            );
        }
        attendance.sort_by_cached_key(|it| (it.category, alphabetical(it.participant.name())));
        attendance
    }

    /// Who held an office of a meeting, by acts done until the day.
    pub fn officers(&self, id: &MeetingId) -> Vec<OfficeAt> {
        self.terms().filter(|term| term.of.as_ref() == Some(id)).collect()
    }

    /// The documents issued for a meeting, by symbol.
    pub fn documents_of(&self, id: &MeetingId) -> Vec<DocumentAt> {
        self.documents().into_iter().filter(|it| it.meeting.as_ref() == Some(id)).collect()
    }

    /// An organisation with its name in the profile.
    pub fn organisation(&self, id: &OrganisationId) -> OrganisationAt {
        let profile = self.view.state().profile.as_deref();
        let name = profile
            .and_then(|profile| profile.organisation(id))
            .map_or_else(|| id.to_string(), |organisation| organisation.name.to_string());
        OrganisationAt { id: id.clone(), name }
    }

    fn alternative(&self, it: &AlternativeVenue) -> String {
        format!("{}, {}: {}", it.city, self.name(it.state), it.condition)
    }

    fn sources_of_meeting(&self, id: &MeetingId) -> Vec<Citation> {
        self.events_of(id)
            .filter(|recorded| {
                matches!(
                    recorded.envelope.event,
                    Event::Meetings(
                        Meetings::Scheduled(_)
                            | Meetings::Rescheduled(_)
                            | Meetings::Convened(_)
                            | Meetings::Opened(_)
                            | Meetings::Closed(_)
                    )
                )
            })
            .map(|recorded| recorded.envelope.source.clone())
            .collect()
    }
}

impl Participation {
    /// The participant's name.
    pub fn name(&self) -> &str {
        match self {
            Self::State(state) => &state.name,
            Self::Organisation(it) => &it.name,
        }
    }
}

fn plenaries(meeting: &Meeting) -> Option<u32> {
    meeting.plenary_count.or_else(|| meeting.plenaries.get_max().map(|(number, _)| *number))
}
