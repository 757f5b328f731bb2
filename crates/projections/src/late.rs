//! Findings about duties: what was asked too late, granted beyond what was asked, or printed with
//! another date than the rule gives.

use chancery_kernel::{Calendar, DateRange};
use chancery_obligations::{
    Declaration, DutyKey, Event as Obligations, ExtensionGrant, ExtensionRequest,
};
use chancery_register::{Event, Recorded};

use crate::{
    findings::{Finding, FindingRule},
    view::View,
};

impl View {
    /// What does not fit about a fact on a duty.
    pub(crate) fn duty_findings(&self, recorded: &Recorded, event: &Obligations) -> Vec<Finding> {
        let key = event.duty();
        match event {
            Obligations::Declared(it) => {
                self.deadline_differs(recorded, &key, it).into_iter().collect()
            }
            Obligations::ExtensionRequested(it) => {
                let late = self.requested_late(recorded, &key, it);
                late.into_iter().chain(self.requested_after_due(recorded, &key, it)).collect()
            }
            Obligations::ExtensionGranted(it) => {
                self.granted_beyond(recorded, &key, it).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn deadline_differs(
        &self,
        recorded: &Recorded,
        key: &DutyKey,
        it: &Declaration,
    ) -> Option<Finding> {
        let printed = it.due_as_printed?.range();
        let computed = self.state().obligations.due_by_rule(key)?;
        let apart =
            printed.latest() < computed.earliest() || computed.latest() < printed.earliest();
        apart.then(|| Finding {
            rule: FindingRule::DeadlineDiffers,
            message: format!(
                "{}: the source prints {printed} as the date of {}; the rule gives {computed}",
                it.state, it.obligation
            ),
            position: recorded.position,
            places: vec![recorded.envelope.source.clone()],
        })
    }

    fn requested_late(
        &self,
        recorded: &Recorded,
        key: &DutyKey,
        it: &ExtensionRequest,
    ) -> Option<Finding> {
        let rule = self.state().obligations.rules().obligation(&key.obligation)?;
        let lead = rule.extension.as_ref()?.lead.as_ref()?;
        let (meeting, on) = (it.to.as_ref()?, it.on?);
        let opening = self.state().meetings.days(meeting)?.opening;
        let last = lead.time.before(opening.latest())?;
        let scheduled = self.events().iter().rev().find(|other| {
            use chancery_meetings::Event::{Rescheduled, Scheduled};
            other.envelope.event.meeting() == Some(meeting)
                && matches!(other.envelope.event, Event::Meetings(Scheduled(_) | Rescheduled(_)))
        });
        let mut places = vec![recorded.envelope.source.clone()];
        places.extend(scheduled.map(|it| it.envelope.source.clone()));
        (on.earliest() > last).then(|| Finding {
            rule: FindingRule::RequestedLate,
            message: format!(
                "{}: the extension of {} was requested on {on}; article {} asks for {} before {meeting}, which opens on {opening}, that is by {last}",
                it.state, it.obligation, lead.article, lead.time
            ),
            position: recorded.position,
            places,
        })
    }

    fn requested_after_due(
        &self,
        recorded: &Recorded,
        key: &DutyKey,
        it: &ExtensionRequest,
    ) -> Option<Finding> {
        let rule = self.state().obligations.rules().obligation(&key.obligation)?;
        let extension = rule.extension.as_ref().filter(|extension| extension.before_due)?;
        let on = it.on?;
        let due: DateRange = self.state().obligations.due_at(key, on.earliest())?;
        (on.earliest() > due.latest()).then(|| Finding {
            rule: FindingRule::RequestedAfterDue,
            message: format!(
                "{}: the extension of {} was requested on {on}, after its date, {due}; article {} asks for it before",
                it.state, it.obligation, extension.article
            ),
            position: recorded.position,
            places: vec![recorded.envelope.source.clone()],
        })
    }

    fn granted_beyond(
        &self,
        recorded: &Recorded,
        key: &DutyKey,
        it: &ExtensionGrant,
    ) -> Option<Finding> {
        let indexes = self.by_duty.get(key)?;
        let before = indexes.iter().rev().filter_map(|index| self.events().get(*index));
        let mut before = before.skip_while(|other| other.position >= recorded.position);
        // A request that was decided before is not what this decision is about.
        let (request, asked) = before.find_map(|other| match &other.envelope.event {
            Event::Obligations(Obligations::ExtensionRequested(asked)) => {
                Some(Some((other, asked)))
            }
            Event::Obligations(Obligations::ExtensionGranted(_)) => Some(None),
            _ => None,
        })??;
        let until = asked.until?;
        (it.until.earliest() > until.latest()).then(|| Finding {
            rule: FindingRule::GrantedBeyondRequest,
            message: format!(
                "{}: {} was extended until {}, later than the {until} that was asked for",
                it.state, it.obligation, it.until
            ),
            position: recorded.position,
            places: vec![recorded.envelope.source.clone(), request.envelope.source.clone()],
        })
    }
}
