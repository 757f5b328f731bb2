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
    /// Kept apart from the documents: a meeting may consider what is recorded as issued later.
    pub(crate) considered: OrdMap<DocumentSymbol, OrdMap<MeetingId, PartialDate>>,
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
    /// How many days it shall last.
    pub length: Option<u32>,
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
}

impl State {
    /// No meetings yet, under these rules.
    pub fn under(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Every meeting, by id.
    pub fn meetings(&self) -> &OrdMap<MeetingId, Meeting> {
        &self.meetings
    }

    /// Every document, by symbol as printed.
    pub fn documents(&self) -> &OrdMap<DocumentSymbol, Document> {
        &self.documents
    }

    /// The meetings that considered a document, and when.
    pub fn considered(
        &self,
        document: &DocumentSymbol,
    ) -> impl Iterator<Item = (&MeetingId, &PartialDate)> {
        self.considered.get(document).into_iter().flatten()
    }
}

impl Meeting {
    /// Its first and last day, once the first is set. The last is the one that was set, else the
    /// day of its closing, else what follows from its length.
    pub fn days(&self) -> Option<Days> {
        let opening = self.opens_on?;
        let by_length = || {
            let more = i64::from(self.length.unwrap_or(1)).checked_sub(1)?;
            let last = opening.day()?.checked_add(jiff::Span::new().try_days(more).ok()?).ok()?;
            Some(PartialDate::Day(last))
        };
        let end = self.closes_on.or(self.closed).or_else(by_length).unwrap_or(opening);
        Some(Days { opening, end })
    }

    /// Whether the meeting was in session on a day: opened by then for certain or possibly, not
    /// closed before it, and within the days that were set. What is printed of its opening may
    /// contradict these: that is for a finding, and widens nothing.
    pub fn in_session(&self, on: PartialDate) -> bool {
        let within = self.days().is_none_or(|days| {
            days.opening.earliest() <= on.latest() && on.earliest() <= days.end.latest()
        });
        let opened = self.opened.is_some_and(|opened| opened.earliest() <= on.latest());
        let closed = self.closed.is_some_and(|closed| closed.latest() < on.earliest());
        opened && !closed && within
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
        }
    }
}
