use chancery_meetings::Event as Meetings;
use chancery_register::Event;

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
    words,
};
use crate::meetings::MeetingAt;

impl Telling<'_> {
    /// The meetings, with their days and places.
    pub(super) fn meetings(&self) -> Vec<Statement> {
        let meetings = self.at.meetings();
        meetings.iter().map(|it| self.meeting_said(it)).collect()
    }

    fn meeting_said(&self, it: &MeetingAt) -> Statement {
        let held = it.opened_on.is_some() || it.closed_on.is_some();
        let kind = if held { ChangeKind::MeetingHeld } else { ChangeKind::MeetingScheduled };
        let mut text = format!("The {} {}", it.title, if held { "was held" } else { "is set" });
        match it.opens_on {
            Some(first) => text += &format!(" for {}", words::days(first, it.closes_on)),
            None if held => {}
            None => text += " without a date yet",
        }
        if held {
            text = text.replace("held for", "held on");
        }
        if let Some(venue) = &it.venue {
            text += &format!(" in {venue}");
        }
        if let Some(venue) = &it.alternative_venue {
            text += &format!(", or in {venue}");
        }
        let events = self.at.events_of(&it.id).filter(|recorded| {
            matches!(
                &recorded.envelope.event,
                Event::Meetings(
                    Meetings::Scheduled(_)
                        | Meetings::Rescheduled(_)
                        | Meetings::Opened(_)
                        | Meetings::PlenaryHeld(_)
                        | Meetings::Closed(_)
                )
            )
        });
        Statement::new(kind, Family::Meeting, &it.id)
            .moved(ChangeKind::MeetingMoved)
            .said(text)
            .moving("opens_on", it.opens_on)
            .moving("closes_on", it.closes_on)
            .moving("venue", it.venue.clone())
            .moving("alternative_venue", it.alternative_venue.clone())
            .value("title", Some(it.title.clone()))
            .value("opened_on", it.opened_on)
            .value("closed_on", it.closed_on)
            .value("plenary_meetings", it.plenaries.map(|number| number.to_string()))
            .rests_on(events.cloned())
    }
}
