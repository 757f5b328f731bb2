use chancery_kernel::{
    Calendar, Days, DocumentSymbol, MeetingId, OrganisationId, PartialDate, StateCode, Text,
};
use imbl::OrdMap;

use crate::{
    event::{AlternativeVenue, Category, Issue, Venue},
    rules::Rules,
};

/// What is known of every meeting and document of one convention.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The kinds of meetings, from the profile.
    pub rules: Rules,
    pub(crate) meetings: OrdMap<MeetingId, Meeting>,
    pub(crate) documents: OrdMap<DocumentSymbol, Document>,
}

/// One meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its kind in the profile.
    pub kind: Text,
    /// Its number among those of its kind.
    pub ordinal: Option<u32>,
    /// Its title.
    pub title: Text,
    /// The first day that was set.
    pub opens_on: Option<PartialDate>,
    /// The last day that was set.
    pub closes_on: Option<PartialDate>,
    /// Where.
    pub venue: Option<Venue>,
    /// Where instead, on a condition.
    pub alternative_venue: Option<AlternativeVenue>,
    /// When it was opened, as printed.
    pub opened: Option<PartialDate>,
    /// When it was closed, as printed.
    pub closed: Option<PartialDate>,
    /// Its plenary meetings, as printed.
    pub plenaries: OrdMap<u32, PartialDate>,
    /// How many plenary meetings the source says there were.
    pub plenary_count: Option<u32>,
    /// The States that attended, each with its category.
    pub states: OrdMap<StateCode, Category>,
    /// The organisations that attended, each with the rule of procedure.
    pub organisations: OrdMap<OrganisationId, Option<Text>>,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: Text,
    /// The meeting that it was issued for.
    pub meeting: Option<MeetingId>,
    /// The States that prepared or submitted it.
    pub states: Vec<StateCode>,
    /// When it was issued, as far as it is known.
    pub issued: PartialDate,
    /// The meetings that considered it, and when.
    pub considered: OrdMap<MeetingId, PartialDate>,
}

impl State {
    /// No meetings yet, under these rules.
    pub fn under(rules: Rules) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }

    /// Every meeting, by id.
    pub fn meetings(&self) -> &OrdMap<MeetingId, Meeting> {
        &self.meetings
    }

    /// Every document, by symbol as printed.
    pub fn documents(&self) -> &OrdMap<DocumentSymbol, Document> {
        &self.documents
    }
}

impl Meeting {
    /// Its first and last day, once the first is set.
    pub fn days(&self) -> Option<Days> {
        let opening = self.opens_on?;
        Some(Days {
            opening,
            end: self.closes_on.or(self.closed).unwrap_or(opening),
        })
    }

    /// Whether the meeting was in session on a day: opened by then for certain or possibly, and
    /// not closed before it.
    pub fn in_session(&self, on: PartialDate) -> bool {
        let opened = self
            .opened
            .is_some_and(|opened| opened.earliest() <= on.latest());
        let closed = self
            .closed
            .is_some_and(|closed| closed.latest() < on.earliest());
        opened && !closed
    }
}

impl Calendar for State {
    fn days(&self, meeting: &MeetingId) -> Option<Days> {
        self.meetings.get(meeting)?.days()
    }
}

impl From<&Issue> for Document {
    fn from(issue: &Issue) -> Self {
        Self {
            title: issue.title.clone(),
            meeting: issue.meeting.clone(),
            states: issue.states.clone(),
            issued: issue.on,
            considered: OrdMap::new(),
        }
    }
}
