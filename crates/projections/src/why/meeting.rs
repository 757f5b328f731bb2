use std::sync::Arc;

use chancery_kernel::{Calendar as _, MeetingId, When};
use chancery_meetings::Event as Meetings;
use chancery_register::{Event, Recorded};

use super::{Figure, Why};
use crate::{at::At, meetings::MeetingAt};

impl At<'_> {
    /// Why a meeting is when and where it is.
    pub fn why_meeting(&self, it: &MeetingAt) -> Why {
        let days = match (it.opens_on, it.closes_on) {
            (Some(first), Some(last)) => Some(format!("{first} to {last}")),
            (first, last) => first.or(last).map(|on| on.to_string()),
        };
        let of_its_days = |recorded: &&Arc<Recorded>| {
            matches!(
                recorded.envelope.event,
                Event::Meetings(
                    Meetings::Scheduled(_)
                        | Meetings::Rescheduled(_)
                        | Meetings::Convened(_)
                        | Meetings::Opened(_)
                        | Meetings::PlenaryHeld(_)
                        | Meetings::Closed(_)
                )
            )
        };
        Why::new(
            Figure::Meeting(it.id.clone()),
            "a meeting's days and venue are those that were set last; what a later act does not name stays",
        )
        .value_known(days)
        .with("title", &it.title)
        .with_known("opens on", it.opens_on)
        .with_known("closes on", it.closes_on)
        .with_known("venue", it.venue.as_ref())
        .with_known("opened on", it.opened_on)
        .with_known("closed on", it.closed_on)
        .with_known("plenary meetings", it.plenaries)
        .rests_on(self, self.events_of(&it.id).filter(of_its_days).cloned())
    }

    /// A moment as it was said, what it comes to, and the meeting that it hangs on.
    pub(super) fn with_moment(&self, why: Why, name: &str, when: &When) -> Why {
        let comes_to = match when.resolve(self) {
            Ok(range) => range.to_string(),
            Err(unresolved) => format!("no date: {unresolved}"),
        };
        let said = when.to_string();
        let why = why.with(name, &said);
        let why =
            if comes_to == said { why } else { why.with(format!("{name}, as a date"), comes_to) };
        match when.meeting() {
            Some(meeting) => self.with_days(why, meeting),
            None => why,
        }
    }

    /// The days of a meeting, and the events that set them.
    pub(super) fn with_days(&self, why: Why, meeting: &MeetingId) -> Why {
        let days = self.days(meeting);
        let days = days.map(|days| format!("{} to {}", days.opening, days.end));
        let why = why.rests_on(self, self.counting(self.view.days_of.get(meeting)).cloned());
        if why.inputs.iter().any(|input| input.name == meeting.as_str()) {
            return why;
        }
        why.with(meeting.as_str(), days.unwrap_or_else(|| "no dates yet".to_owned()))
    }
}
