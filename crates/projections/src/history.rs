use std::sync::Arc;

use chancery_kernel::{MeetingId, StateCode};
use chancery_register::{Event, Recorded};

use crate::{at::At, corrections::Standing};

/// Which events to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    /// Only of this type: `offices.elected`, or a whole domain: `offices`.
    pub kind: Option<String>,
    /// Only of this meeting.
    pub meeting: Option<MeetingId>,
    /// Only treaty actions of this State.
    pub state: Option<StateCode>,
}

impl At<'_> {
    /// Every event that counts on the day, in the order of recording, as it was recorded: also one
    /// that was corrected or annulled later ([`View::entry`](crate::View::entry) tells).
    pub fn history(&self, filter: &HistoryFilter) -> impl Iterator<Item = &Arc<Recorded>> {
        self.view
            .log()
            .iter()
            .filter(|recorded| self.counts_now_or_as_recorded(recorded))
            .filter(|recorded| filter.takes(&recorded.envelope.event))
    }

    /// A corrected date counts beside the one that was recorded: history shows both. A correction
    /// says what was so all along, so it counts as soon as what it is about.
    fn counts_now_or_as_recorded(&self, recorded: &Arc<Recorded>) -> bool {
        let mut recorded = recorded;
        while let Event::Corrections(it) = &recorded.envelope.event {
            let about = it.about().version;
            match self.view.recorded(about).filter(|_| about < recorded.envelope.version) {
                Some(about) => recorded = about,
                None => break,
            }
        }
        self.counts(recorded.envelope.effective)
            || matches!(self.view.standing(recorded), Standing::Corrected(now)
                if self.counts(now.envelope.effective))
    }
}

impl HistoryFilter {
    fn takes(&self, event: &Event) -> bool {
        let kind = self.kind.as_deref().is_none_or(|wanted| {
            let rest = event.kind().strip_prefix(wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        let meeting = self.meeting.as_ref().is_none_or(|wanted| event.meeting() == Some(wanted));
        let state = self
            .state
            .is_none_or(|wanted| matches!(event, Event::Membership(it) if it.state() == wanted));
        kind && meeting && state
    }
}
