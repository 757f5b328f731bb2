use std::sync::Arc;

use chancery_kernel::{
    Calendar, Citation, DateRange, Days, Decider, MeetingId, PartialDate, StateCode, StateName,
    When,
};
use chancery_meetings::{Meeting, Meetings};
use chancery_register::{Event, Recorded};
use imbl::Vector;
use jiff::civil::Date;
use serde::Serialize;

use crate::view::View;

/// A convention on one day: everything beneath is evaluated there.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    pub(crate) view: &'a View,
    pub(crate) day: Date,
}

/// A moment as it was said, and the days that it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resolved {
    /// As it was said: `the end of 8msp`.
    pub said: When,
    /// The day, or the month or year where no more is known; `None` while it has no date.
    pub date: Option<PartialDate>,
}

impl<'a> At<'a> {
    pub(crate) fn new(view: &'a View, day: Date) -> Self {
        Self { view, day }
    }

    /// The view that is asked.
    pub fn view(&self) -> &'a View {
        self.view
    }

    /// The day that is asked about.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The name that a State bears on the day.
    pub fn name(&self, state: StateCode) -> StateName {
        self.view.state().membership.name_at(state, self.day)
    }

    /// Whether something that happened then counts on the day.
    pub(crate) fn counts(&self, on: PartialDate) -> bool {
        on.earliest() <= self.day
    }

    pub(crate) fn event(&self, index: usize) -> Option<&'a Arc<Recorded>> {
        self.view.events().get(index)
    }

    pub(crate) fn source(&self, index: usize) -> Option<&'a Citation> {
        self.event(index).map(|recorded| &recorded.envelope.source)
    }

    /// The events of a meeting that count on the day.
    pub(crate) fn events_of(&self, meeting: &MeetingId) -> impl Iterator<Item = &'a Arc<Recorded>> {
        self.counting(self.view.by_meeting.get(meeting))
    }

    pub(crate) fn counting(
        &self,
        indexes: Option<&'a Vector<usize>>,
    ) -> impl Iterator<Item = &'a Arc<Recorded>> {
        let at = *self;
        indexes
            .into_iter()
            .flatten()
            .filter_map(move |index| at.event(*index))
            .filter(move |recorded| at.counts(recorded.envelope.effective))
    }

    /// A meeting as it stood on the day: what was set or done later is left out.
    pub(crate) fn meeting_state(&self, id: &MeetingId) -> Option<Meeting> {
        self.meeting_after(id, self.events_of(id))
    }

    fn meeting_after(
        &self,
        id: &MeetingId,
        events: impl Iterator<Item = &'a Arc<Recorded>>,
    ) -> Option<Meeting> {
        let rules = self.view.state().meetings.rules.clone();
        let state = chancery_meetings::State::under(rules);
        let events = events.filter_map(|recorded| match &recorded.envelope.event {
            Event::Meetings(event) => Some(event),
            _ => None,
        });
        Meetings::fold(state, events).meetings().get(id).cloned()
    }

    pub(crate) fn range(&self, when: &When) -> Option<DateRange> {
        when.resolve(self).ok()
    }

    pub(crate) fn resolved(&self, when: &When) -> Resolved {
        Resolved { said: when.clone(), date: self.range(when).and_then(partial) }
    }
}

impl Calendar for At<'_> {
    /// Terms and deadlines ask for this again and again: who attended does not matter here.
    fn days(&self, meeting: &MeetingId) -> Option<Days> {
        let events = self.counting(self.view.days_of.get(meeting));
        self.meeting_after(meeting, events)?.days()
    }
}

/// A range as a date of some precision, if there is one that says the same.
pub(crate) fn partial(range: DateRange) -> Option<PartialDate> {
    let first = range.earliest();
    [PartialDate::Day(first), PartialDate::Month(first), PartialDate::Year(first)]
        .into_iter()
        .find(|date| date.range() == range)
}
