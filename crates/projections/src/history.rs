use std::sync::Arc;

use chancery_kernel::{MeetingId, StateCode};
use chancery_register::{Event, Recorded};

use crate::at::At;

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
    /// Every event that counts on the day, in the order of recording.
    pub fn history(&self, filter: &HistoryFilter) -> impl Iterator<Item = &Arc<Recorded>> {
        self.view
            .events()
            .iter()
            .filter(|recorded| self.counts(recorded.envelope.effective))
            .filter(|recorded| filter.takes(&recorded.envelope.event))
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
