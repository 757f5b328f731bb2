//! What contradicts what. A finding never blocks: the source is recorded as printed, and both
//! places are named.

use chancery_kernel::{Calendar, Citation, Days, PartialDate};
use chancery_meetings::{Category, Event as Meetings};
use chancery_membership::{Event as Membership, Standing};
use chancery_offices::Event as Offices;
use chancery_register::{Event, Recorded};
use serde::Serialize;

use crate::view::View;

/// Two places that do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which rule found it.
    pub rule: FindingRule,
    /// What does not fit, in one sentence.
    pub message: String,
    /// The position of the event that does not fit.
    pub position: u64,
    /// The place that does not fit, then the one that it does not fit with, if that is recorded.
    pub places: Vec<Citation>,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingRule {
    /// Something in a meeting bears a date outside the meeting's own.
    DateOutsideMeeting,
    /// A printed entry into force is not what the profile's rule gives.
    EntryIntoForceDiffers,
    /// A State attended in a category in which it did not stand on that day.
    CategoryDiffers,
    /// A printed deadline is not what the profile's rule gives.
    DeadlineDiffers,
    /// An extension was asked for too shortly before the meeting that decides.
    RequestedLate,
    /// An extension was asked for when its date had passed.
    RequestedAfterDue,
    /// An extension is longer than what was asked for.
    GrantedBeyondRequest,
}

impl View {
    /// Every contradiction, in the order of recording.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for recorded in self.events() {
            match &recorded.envelope.event {
                Event::Membership(
                    Membership::Ratified(it)
                    | Membership::Accepted(it)
                    | Membership::Approved(it)
                    | Membership::Acceded(it),
                ) => findings.extend(self.entry_into_force_differs(recorded, it)),
                Event::Meetings(Meetings::Attended(it)) => {
                    findings.extend(self.date_outside_meeting(recorded));
                    findings.extend(self.categories_differ(recorded, it));
                }
                Event::Obligations(it) => findings.extend(self.duty_findings(recorded, it)),
                Event::Meetings(
                    Meetings::Opened(_)
                    | Meetings::PlenaryHeld(_)
                    | Meetings::Spoke(_)
                    | Meetings::Considered(_)
                    | Meetings::Closed(_),
                )
                | Event::Decisions(_)
                | Event::Offices(Offices::Elected(_) | Offices::Confirmed(_)) => {
                    findings.extend(self.date_outside_meeting(recorded));
                }
                _ => {}
            }
        }
        findings
    }

    fn date_outside_meeting(&self, recorded: &Recorded) -> Option<Finding> {
        let event = &recorded.envelope.event;
        let meeting = event.meeting()?;
        let days = self.state().meetings.days(meeting)?;
        let on = event.on();
        if within(on, days) {
            return None;
        }
        let dates = self.events().iter().rev().find(|other| {
            other.envelope.event.meeting() == Some(meeting)
                && match &other.envelope.event {
                    Event::Meetings(Meetings::Rescheduled(it)) => it.opens_on.is_some(),
                    Event::Meetings(Meetings::Scheduled(it)) => it.opens_on.is_some(),
                    _ => false,
                }
        });
        let mut places = vec![recorded.envelope.source.clone()];
        places.extend(dates.map(|dates| dates.envelope.source.clone()));
        let what = event.kind().rsplit('.').next().unwrap_or_default().replace('_', " ");
        Some(Finding {
            rule: FindingRule::DateOutsideMeeting,
            message: format!(
                "{meeting} ({what}): {on} lies outside the meeting's dates, {} to {}",
                days.opening, days.end
            ),
            position: recorded.position,
            places,
        })
    }

    fn entry_into_force_differs(
        &self,
        recorded: &Recorded,
        it: &chancery_membership::Deposit,
    ) -> Option<Finding> {
        let printed = it.in_force_as_printed?;
        let computed = self.state().membership.in_force_after(it.on)?;
        (printed != computed).then(|| Finding {
            rule: FindingRule::EntryIntoForceDiffers,
            message: format!(
                "{}: the source prints entry into force on {printed}; the rule gives {computed} for a deposit on {}",
                it.state, it.on
            ),
            position: recorded.position,
            places: vec![recorded.envelope.source.clone()],
        })
    }

    fn categories_differ(
        &self,
        recorded: &Recorded,
        it: &chancery_meetings::Attendance,
    ) -> Vec<Finding> {
        let membership = &self.state().membership;
        // Categories are those of the opening; without dates, those of the day of attendance.
        let opening = self.state().meetings.days(&it.meeting).map_or(it.on, |days| days.opening);
        let day = opening.latest();
        let differing = it.states.iter().filter_map(|state| {
            let standing = membership.standing(*state, day);
            let right = category(standing);
            (right != it.category).then(|| Finding {
                rule: FindingRule::CategoryDiffers,
                message: format!(
                    "{state} is listed as {} at {}; on {day} it stood as {right}",
                    it.category, it.meeting
                ),
                position: recorded.position,
                places: std::iter::once(recorded.envelope.source.clone())
                    .chain(self.last_act(*state))
                    .collect(),
            })
        });
        differing.collect()
    }

    fn last_act(&self, state: chancery_kernel::StateCode) -> Option<Citation> {
        let index = self.by_state.get(&state)?.last()?;
        self.events().get(*index).map(|recorded| recorded.envelope.source.clone())
    }
}

/// Whether a date may lie within a meeting's days: what is not known for certain is no finding.
fn within(on: PartialDate, days: Days) -> bool {
    on.latest() >= days.opening.earliest() && on.earliest() <= days.end.latest()
}

fn category(standing: Option<Standing>) -> Category {
    match standing {
        Some(Standing::InForce) => Category::StateParty,
        Some(Standing::Pending) => Category::NotYetInForce,
        Some(Standing::Signatory) => Category::Signatory,
        Some(Standing::Withdrawn) | None => Category::OtherState,
    }
}
