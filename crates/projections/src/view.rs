use std::sync::{Arc, OnceLock};

use chancery_finance::{Year, Years};
use chancery_kernel::{
    ConventionId, Decider, DecisionId, DocumentSymbol, MandateId, MeetingId, StateCode,
};
use chancery_obligations::DutyKey;
use chancery_register::{
    Event, Recorded, Register, State,
    corrections::{self, corrected, effective},
};
use imbl::{OrdMap, Vector};
use jiff::{Timestamp, civil::Date};

use crate::{
    at::At,
    decisions::DecisionFound,
    finances::Budgets,
    findings::Finding,
    memo::{ByCount, Memo},
    named::Named,
    parts::Parts,
};

/// One convention, folded up to one position of the log. Immutable: the next event gives the next
/// view, and the two share what did not change.
#[derive(Debug, Clone)]
pub struct View {
    convention: ConventionId,
    state: State,
    /// The events as they count; uncorrected ones are shared with the log.
    events: Vector<Arc<Recorded>>,
    pub(crate) by_state: OrdMap<StateCode, Vector<usize>>,
    pub(crate) by_meeting: OrdMap<MeetingId, Vector<usize>>,
    /// Of these, the events that set or close a meeting's days.
    pub(crate) days_of: OrdMap<MeetingId, Vector<usize>>,
    pub(crate) by_decision: OrdMap<DecisionId, usize>,
    /// Decisions in the order of recording.
    pub(crate) decided: Vector<DecisionId>,
    pub(crate) by_document: OrdMap<DocumentSymbol, usize>,
    /// The events about each duty.
    pub(crate) by_duty: OrdMap<DutyKey, Vector<usize>>,
    /// The event that gave each mandate.
    pub(crate) by_mandate: OrdMap<MandateId, usize>,
    /// The events that fulfilled each mandate.
    pub(crate) fulfilments: OrdMap<MandateId, Vector<usize>>,
    /// The event behind each term of office, in the order of the terms.
    pub(crate) by_term: Vector<usize>,
    /// The event that ended a term before its time, by the term's number.
    pub(crate) ends: OrdMap<usize, usize>,
    /// The events that recorded the profile, and amended it.
    pub(crate) by_profile: Vector<usize>,
    /// The event behind each vote, in the order of the votes.
    pub(crate) by_vote: Vector<usize>,
    /// The events about money.
    pub(crate) by_finance: Vector<usize>,
    /// Of these, the events about the budget of each year.
    pub(crate) by_budget: OrdMap<Year, Vector<usize>>,
    /// What the log names.
    pub(crate) named: Named,
    /// What contradicts what.
    pub(crate) findings: Memo<Vec<Finding>>,
    /// Every decision in the order of recording, once somebody looks for them.
    pub(crate) decisions: Arc<OnceLock<Box<[DecisionFound]>>>,
    /// How the States stand on any day, once that is asked for.
    pub(crate) parts: Arc<Parts>,
    /// The money as it stood on a day, once it is asked for.
    pub(crate) money: Arc<ByCount<Arc<chancery_finance::State>>>,
    /// Budgets in sum, as they stood on a day, once they are asked for.
    pub(crate) budgets: Arc<Budgets>,
}

/// Up to where a view knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The position of the last event.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl View {
    /// A convention of which nothing is recorded.
    pub fn empty(convention: ConventionId) -> Self {
        Self {
            convention,
            state: State::default(),
            events: Vector::new(),
            by_state: OrdMap::new(),
            by_meeting: OrdMap::new(),
            days_of: OrdMap::new(),
            by_decision: OrdMap::new(),
            decided: Vector::new(),
            by_document: OrdMap::new(),
            by_duty: OrdMap::new(),
            by_mandate: OrdMap::new(),
            fulfilments: OrdMap::new(),
            by_term: Vector::new(),
            ends: OrdMap::new(),
            by_profile: Vector::new(),
            by_vote: Vector::new(),
            by_finance: Vector::new(),
            by_budget: OrdMap::new(),
            named: Named::default(),
            findings: Memo::default(),
            decisions: Arc::default(),
            parts: Arc::default(),
            money: Arc::default(),
            budgets: Arc::default(),
        }
    }

    /// The view of a convention after all of these events, from its first on: corrections among
    /// them are applied at once, and the log is folded once.
    pub fn folded(convention: ConventionId, log: impl IntoIterator<Item = Arc<Recorded>>) -> Self {
        Self::empty(convention).after_all(log)
    }

    /// The view after one more event of this convention.
    #[must_use]
    pub fn after(self, recorded: Arc<Recorded>) -> Self {
        self.after_all([recorded])
    }

    /// The view after some more events of this convention, in the order of recording.
    ///
    /// A rectification leads to the view that the whole log comes to with it; views that were taken
    /// before know nothing of it.
    #[must_use]
    pub fn after_all(mut self, log: impl IntoIterator<Item = Arc<Recorded>>) -> Self {
        let log: Vec<Arc<Recorded>> = log.into_iter().collect();
        self.forget(&log);
        if !log.iter().any(rectifies) {
            for recorded in log {
                self = self.with(recorded.clone());
                self.note(recorded);
            }
            return self;
        }
        log.into_iter().for_each(|recorded| self.note(recorded));
        let standing = effective(self.log()).into_iter().flatten();
        let mut view = standing.fold(Self::empty(self.convention), Self::with);
        view.state = view.state.with_log_of(self.state);
        view.named = self.named;
        view
    }

    /// Lets go of what was computed when it was asked for, as far as these events may change it.
    fn forget(&mut self, log: &[Arc<Recorded>]) {
        self.findings = Memo::default();
        let any = |is: fn(&Event) -> bool| log.iter().any(|it| is(&it.envelope.event));
        let of_rules = any(|it| matches!(it, Event::Profile(_)));
        let of_states = of_rules || any(|it| matches!(it, Event::Membership(_)));
        let of_money = of_rules || any(|it| matches!(it, Event::Finance(_)));
        if any(|it| matches!(it, Event::Decisions(_))) {
            self.decisions = Arc::default();
        }
        if of_states {
            self.parts = Arc::default();
        }
        if of_money {
            self.money = Arc::default();
        }
        if of_states || of_money {
            // A part of the States parties in words is set against their number.
            self.budgets = Arc::default();
        }
    }

    /// Keeps an event for corrections and for history, without its effect on anything else.
    fn note(&mut self, recorded: Arc<Recorded>) {
        self.named.note(&recorded);
        self.name_corrected(&recorded);
        self.state.note(recorded);
    }

    /// This view as if nothing had ever been corrected.
    #[must_use]
    pub fn as_printed(&self) -> Self {
        self.corrected_before(0)
    }

    /// This view as if nothing had been corrected by an event of this number or a higher one.
    pub(crate) fn corrected_before(&self, version: u64) -> Self {
        let known = |it: &&Arc<Recorded>| !rectifies(it) || it.envelope.version < version;
        let log: Vector<Arc<Recorded>> = self.log().iter().filter(known).cloned().collect();
        let standing = effective(&log).into_iter().flatten();
        let mut view = standing.fold(Self::empty(self.convention.clone()), Self::with);
        view.state = view.state.with_log_of(self.state.clone());
        view.named = self.named.clone();
        view
    }

    /// Lets a correction be found by what it is about, as printed and as it puts it; and what it is
    /// about, by both. What other corrections make of it has no part in this, so it is the same
    /// whenever it is asked.
    fn name_corrected(&mut self, correction: &Arc<Recorded>) {
        let version = correction.envelope.version;
        let mut corrects = Some(correction.clone());
        // Each is about an earlier one, so this ends.
        while let Some(it) = corrects.take() {
            let Event::Corrections(of) = &it.envelope.event else { break };
            let about = of.about().version;
            if about >= it.envelope.version {
                break;
            }
            let Some(printed) = self.recorded(about).cloned() else { break };
            self.named.note_as(version, &printed.envelope.event);
            // What it makes of a correction is a correction again.
            corrects = match of {
                corrections::Event::Rectified(_) => corrected(&printed, std::slice::from_ref(&it)),
                _ => Some(printed),
            };
            if let Some(now) = &corrects {
                self.named.note_as(version, &now.envelope.event);
                self.named.note_as(about, &now.envelope.event);
            }
        }
    }

    /// Takes in an event as it counts.
    fn with(mut self, recorded: Arc<Recorded>) -> Self {
        let index = self.events.len();
        let event = &recorded.envelope.event;
        match event {
            Event::Membership(it) => {
                self.by_state.entry(it.state()).or_default().push_back(index);
            }
            Event::Meetings(chancery_meetings::Event::Issued(it)) => {
                self.by_document.insert(it.document.clone(), index);
            }
            Event::Decisions(chancery_decisions::Event::Adopted(it)) => {
                self.by_decision.insert(it.id.clone(), index);
                self.decided.push_back(it.id.clone());
            }
            Event::Decisions(chancery_decisions::Event::Decided(it)) => {
                self.by_decision.insert(it.id.clone(), index);
                self.decided.push_back(it.id.clone());
            }
            Event::Decisions(chancery_decisions::Event::Voted(_)) => self.by_vote.push_back(index),
            Event::Finance(it) => {
                self.by_finance.push_back(index);
                for year in it.budgets().into_iter().flat_map(Years::each) {
                    self.by_budget.entry(year).or_default().push_back(index);
                }
            }
            Event::Decisions(chancery_decisions::Event::Mandated(it)) => {
                self.by_mandate.insert(it.id.clone(), index);
            }
            Event::Decisions(chancery_decisions::Event::Fulfilled(it)) => {
                self.fulfilments.entry(it.mandate.clone()).or_default().push_back(index);
            }
            Event::Profile(_) => self.by_profile.push_back(index),
            Event::Obligations(it) => {
                self.by_duty.entry(it.duty()).or_default().push_back(index);
            }
            _ => {}
        }
        if let Event::Meetings(
            chancery_meetings::Event::Scheduled(_)
            | chancery_meetings::Event::Rescheduled(_)
            | chancery_meetings::Event::Closed(_),
        ) = event
            && let Some(meeting) = event.meeting()
        {
            self.days_of.entry(meeting.clone()).or_default().push_back(index);
        }
        if let Some(meeting) = event.meeting() {
            self.by_meeting.entry(meeting.clone()).or_default().push_back(index);
        }
        let terms = self.state.offices.terms().clone();
        self.state = Register::evolve(self.state, event);
        if matches!(event, Event::Offices(_)) {
            let now = self.state.offices.terms().iter();
            let ended =
                now.zip(&terms).enumerate().filter(|(_, (now, then))| now.ended != then.ended);
            self.ends.extend(ended.map(|(term, _)| (term, index)));
        }
        for _ in self.by_term.len()..self.state.offices.terms().len() {
            self.by_term.push_back(index);
        }
        self.events.push_back(recorded);
        self
    }

    /// The convention.
    pub fn convention(&self) -> &ConventionId {
        &self.convention
    }

    /// The state that deciding needs.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Every event as it counts, in the order of recording: with the values of its corrections,
    /// and without those that were annulled. This is what everything is computed from; what was
    /// recorded is [`View::log`].
    pub fn events(&self) -> &Vector<Arc<Recorded>> {
        &self.events
    }

    /// Every event as it was recorded, in the order of recording. The first has the version 1.
    pub fn log(&self) -> &Vector<Arc<Recorded>> {
        &self.state.log
    }

    /// Up to where this view knows; `None` when nothing is recorded.
    pub fn known(&self) -> Option<Known> {
        self.log()
            .last()
            .map(|last| Known { position: last.position, recorded_at: last.envelope.recorded_at })
    }

    /// What was in legal effect on a day, as far as this view knows.
    pub fn at(&self, day: Date) -> At<'_> {
        At::new(self, day)
    }
}

/// Whether an event changes how others count.
fn rectifies(it: &Arc<Recorded>) -> bool {
    matches!(it.envelope.event, Event::Corrections(corrections::Event::Rectified(_)))
}
