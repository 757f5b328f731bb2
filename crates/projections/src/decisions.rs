use std::sync::Arc;

use chancery_decisions::{Decision, Event as Decisions, Verb, Weight};
use chancery_kernel::{
    Citation, DecisionId, DocumentSymbol, MeetingId, PartialDate, StateCode, Text, ThemeId,
};
use chancery_register::Event;
use serde::Serialize;

use crate::{at::At, meetings::OrganisationAt, participants::StateAt, view::View};

/// A decision that had been taken by the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionAt {
    /// Its id.
    pub id: DecisionId,
    /// The meeting; `None` for one taken between meetings.
    pub meeting: Option<MeetingId>,
    /// The source's verb.
    pub verb: Verb,
    /// How much the verb binds.
    pub weight: Weight,
    /// What, in short.
    pub summary: Text,
    /// What it is about.
    pub themes: Vec<ThemeId>,
    /// Documents that it names or adopts.
    pub documents: Vec<DocumentSymbol>,
    /// Whether it adopts them.
    pub adopts: bool,
    /// Whether the adopted text was changed in the room.
    pub as_orally_amended: bool,
    /// The symbol under which the adopted text is to be issued.
    pub to_be_issued_as: Option<DocumentSymbol>,
    /// States that it names.
    pub states: Vec<StateAt>,
    /// Organisations that it names.
    pub organisations: Vec<OrganisationAt>,
    /// When.
    pub on: PartialDate,
    /// Who stood apart, a State each.
    pub dissociations: Vec<DissociationAt>,
    /// The place that proves it.
    pub source: Option<Citation>,
}

/// A decision as it is looked for: a list is filtered and paged before anything is made of it. Cheap
/// to clone.
#[derive(Debug, Clone)]
pub struct DecisionFound {
    /// What is known of it.
    pub decision: Arc<Decision>,
    /// Its event.
    index: usize,
}

/// A State that stands apart from a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DissociationAt {
    /// Which State.
    pub state: StateAt,
    /// In what and why, in short.
    pub summary: Text,
}

/// A vote that had been taken by the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoteAt {
    /// The body that voted.
    pub body: Text,
    /// The text voted on.
    pub document: Option<DocumentSymbol>,
    /// The decision voted on.
    pub decision: Option<DecisionId>,
    /// What it is, in short.
    pub summary: Text,
    /// Votes in favour; `None` is not known.
    pub in_favour: Option<u32>,
    /// Votes against; `None` is not known.
    pub against: Option<u32>,
    /// Abstentions; `None` is not known.
    pub abstained: Option<u32>,
    /// When.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Option<Citation>,
    /// The number of the event in its convention, from 1: it names it for good.
    #[serde(skip)]
    pub version: u64,
}

impl<'a> At<'a> {
    /// Every decision, in the order of recording.
    pub fn decisions(&self) -> Vec<DecisionAt> {
        self.decisions_found().map(|found| self.shown(&found)).collect()
    }

    /// The decisions of a meeting, in the order of recording.
    pub fn decisions_of(&self, meeting: &MeetingId) -> Vec<DecisionAt> {
        self.decisions_found_of(meeting).map(|found| self.shown(&found)).collect()
    }

    /// Every decision as it is looked for, in the order of recording.
    pub fn decisions_found(&self) -> impl Iterator<Item = DecisionFound> {
        let (at, view) = (*self, self.view);
        let all = view
            .decisions
            .get_or_init(|| view.decided.iter().filter_map(|id| view.decision_found(id)).collect());
        all.iter().filter(move |found| at.counts(found.decision.on)).cloned()
    }

    /// The decisions of a meeting as they are looked for, in the order of recording.
    pub fn decisions_found_of(&self, meeting: &MeetingId) -> impl Iterator<Item = DecisionFound> {
        let at = *self;
        self.events_of(meeting).filter_map(move |recorded| match &recorded.envelope.event {
            Event::Decisions(Decisions::Adopted(it)) => at.decision_found(&it.id),
            Event::Decisions(Decisions::Decided(it)) => at.decision_found(&it.id),
            _ => None,
        })
    }

    /// One decision as it is looked for; `None` if it was not taken by the day.
    pub fn decision_found(&self, id: &DecisionId) -> Option<DecisionFound> {
        self.view.decision_found(id).filter(|found| self.counts(found.decision.on))
    }

    /// One decision; `None` if it was not taken by the day.
    pub fn decision(&self, id: &DecisionId) -> Option<DecisionAt> {
        self.decision_found(id).map(|found| self.shown(&found))
    }

    /// Every vote, in the order of recording.
    pub fn votes(&self) -> Vec<VoteAt> {
        let events = self.view.by_vote.iter().map(|index| self.event(*index));
        let votes = self.view.state().decisions.votes().iter().zip(events);
        votes
            .filter(|(vote, _)| self.counts(vote.on))
            .map(|(vote, event)| VoteAt {
                body: vote.body.clone(),
                document: vote.document.clone(),
                decision: vote.decision.clone(),
                summary: vote.summary.clone(),
                in_favour: vote.in_favour,
                against: vote.against,
                abstained: vote.abstained,
                on: vote.on,
                source: event.map(|it| it.envelope.source.clone()),
                version: event.map_or(0, |it| it.envelope.version),
            })
            .collect()
    }

    /// A decision that was found.
    pub fn shown(&self, found: &DecisionFound) -> DecisionAt {
        let decision = &found.decision;
        DecisionAt {
            id: decision.id.clone(),
            meeting: decision.meeting.clone(),
            verb: decision.verb,
            weight: decision.verb.weight(),
            summary: decision.summary.clone(),
            themes: decision.themes.clone(),
            documents: decision.documents.clone(),
            adopts: decision.adopts,
            as_orally_amended: decision.as_orally_amended,
            to_be_issued_as: decision.to_be_issued_as.clone(),
            states: decision.states.iter().map(|state| self.state(*state)).collect(),
            organisations: decision.organisations.iter().map(|id| self.organisation(id)).collect(),
            on: decision.on,
            dissociations: self.dissociations(found),
            source: self.decision_source(found).cloned(),
        }
    }

    /// Who had stood apart from a decision by the day, a State each.
    pub fn dissociations(&self, found: &DecisionFound) -> Vec<DissociationAt> {
        let known = found.decision.dissociations.iter().filter(|it| self.counts(it.on));
        let of_each = known.flat_map(|it| {
            let of_state = |who: &StateCode| DissociationAt {
                state: self.state(*who),
                summary: it.summary.clone(),
            };
            it.states.iter().map(of_state)
        });
        of_each.collect()
    }

    /// The place that proves a decision.
    pub fn decision_source(&self, found: &DecisionFound) -> Option<&'a Citation> {
        self.source(found.index)
    }
}

impl View {
    fn decision_found(&self, id: &DecisionId) -> Option<DecisionFound> {
        let decision = self.state().decisions.decisions().get(id)?.clone();
        Some(DecisionFound { decision, index: *self.by_decision.get(id)? })
    }
}
