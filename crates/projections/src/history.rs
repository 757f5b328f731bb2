use std::{str::FromStr, sync::Arc};

use chancery_kernel::{DocumentSymbol, MeetingId, RecorderId, StateCode, nearest};
use chancery_register::{Event, Recorded};
use imbl::OrdSet;
use jiff::{Timestamp, civil::Date};

use crate::{at::At, corrections::Standing, named::Named, view::View};

/// A type of events, `offices.elected`, or a whole domain of them, `offices`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind(String);

/// No type or domain of events has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no type of events `{text}`; {help}")]
pub struct UnknownEventKind {
    text: String,
    help: String,
}

impl EventKind {
    /// The domain of what was done about earlier events.
    pub fn corrections() -> Self {
        Self("register".to_owned())
    }
}

impl FromStr for EventKind {
    type Err = UnknownEventKind;

    fn from_str(text: &str) -> Result<Self, UnknownEventKind> {
        let types = || Event::types().map(|(kind, _)| kind);
        let domains = types().filter_map(|kind| kind.split_once('.').map(|(domain, _)| domain));
        let mut known: Vec<&str> = types().chain(domains).collect();
        if known.contains(&text) {
            return Ok(Self(text.to_owned()));
        }
        known.sort_unstable();
        known.dedup();
        let help = nearest(text, known.iter().copied()).map_or_else(
            || "write one as `offices.elected`, or a domain as `offices`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Err(UnknownEventKind { text: text.chars().take(80).collect(), help })
    }
}

/// Which events to show: those that meet all that is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    /// Only of these types or domains. All if there are none.
    pub kinds: Vec<EventKind>,
    /// Only of this meeting, or about its offices.
    pub meeting: Option<MeetingId>,
    /// Only those that name this State, and corrections of them.
    pub state: Option<StateCode>,
    /// Only those that name this document, and corrections of them.
    pub document: Option<DocumentSymbol>,
    /// Only what was recorded by this one.
    pub recorded_by: Option<RecorderId>,
    /// Only acts that were, or may have been, done on this day or later.
    pub effective_from: Option<Date>,
    /// Only acts that were, or may have been, done on this day or before.
    pub effective_until: Option<Date>,
    /// Only what was recorded at this moment or later.
    pub recorded_from: Option<Timestamp>,
    /// Only what was recorded at this moment or before.
    pub recorded_until: Option<Timestamp>,
    /// Only what was corrected or annulled, or only what was not.
    pub corrected: Option<bool>,
}

impl<'a> At<'a> {
    /// Every event that counts on the day, in the order of recording, as it was recorded: also one
    /// that was corrected or annulled later ([`View::entry`](crate::View::entry) tells).
    pub fn history(&self, filter: &HistoryFilter) -> impl Iterator<Item = &'a Arc<Recorded>> {
        let (view, at) = (self.view, *self);
        let named = self.named(filter);
        let everything = named.is_none().then(|| view.log().iter()).into_iter().flatten();
        let by_name = named.into_iter().flatten();
        let by_name = by_name.filter_map(|version| view.recorded(version));
        everything
            .chain(by_name)
            .filter(move |recorded| at.counts_now_or_as_recorded(recorded))
            .filter(move |recorded| filter.takes(recorded))
            .filter(move |recorded| {
                let corrected = || view.standing(recorded) != Standing::AsRecorded;
                filter.corrected.is_none_or(|wanted| wanted == corrected())
            })
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The numbers of the events that name all that the filter names; `None` where it names nothing.
    fn named(&self, filter: &HistoryFilter) -> Option<OrdSet<u64>> {
        let named = &self.view.named;
        let of = |found: Option<&OrdSet<u64>>| found.cloned().unwrap_or_default();
        let state = filter.state.as_ref().map(|it| of(named.states.get(it)));
        let meeting = filter.meeting.as_ref().map(|it| of(named.meetings.get(it)));
        let document = filter.document.as_ref().map(|it| of(named.documents.get(it)));
        [state, meeting, document].into_iter().flatten().reduce(OrdSet::intersection)
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

impl View {
    /// Whether a filter takes an event as it was recorded, on any day and whatever became of the
    /// event afterwards ([`HistoryFilter::corrected`] is not asked): who follows the log is told
    /// the same now or later. A correction is taken also for what it is about.
    pub fn takes(&self, filter: &HistoryFilter, recorded: &Recorded) -> bool {
        if !filter.takes(recorded) {
            return false;
        }
        let HistoryFilter { state, meeting, document, .. } = filter;
        if state.is_none() && meeting.is_none() && document.is_none() {
            return true;
        }
        let (version, event) = (recorded.envelope.version, &recorded.envelope.event);
        let mut own = Named::default();
        own.note_as(version, event);
        let named = if let Event::Corrections(_) = event { &self.named } else { &own };
        let holds = |found: Option<&OrdSet<u64>>| found.is_some_and(|it| it.contains(&version));
        state.is_none_or(|it| holds(named.states.get(&it)))
            && meeting.as_ref().is_none_or(|it| holds(named.meetings.get(it)))
            && document.as_ref().is_none_or(|it| holds(named.documents.get(it)))
    }
}

impl HistoryFilter {
    fn takes(&self, recorded: &Recorded) -> bool {
        let it = &recorded.envelope;
        let of_kind = |EventKind(wanted): &EventKind| {
            let rest = it.event.kind().strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        (self.kinds.is_empty() || self.kinds.iter().any(of_kind))
            && self.recorded_by.as_ref().is_none_or(|by| *by == it.recorded_by)
            && self.effective_from.is_none_or(|day| it.effective.latest() >= day)
            && self.effective_until.is_none_or(|day| it.effective.earliest() <= day)
            && self.recorded_from.is_none_or(|moment| it.recorded_at >= moment)
            && self.recorded_until.is_none_or(|moment| it.recorded_at <= moment)
    }
}
