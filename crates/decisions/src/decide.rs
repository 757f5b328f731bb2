use std::sync::Arc;

use chancery_kernel::{Decider, DecisionId, nearest};
use imbl::Vector;

use crate::{
    command::Command,
    error::Rejection,
    event::{Adoption, AdoptionVerb, Decided, Dissociation, Event, Vote},
    mandate,
    state::{Decision, State},
    verb::Verb,
};

/// The decider of decisions.
#[derive(Debug, Clone, Copy)]
pub struct Decisions;

impl Decider for Decisions {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Adopt(it) => {
                free(state, &it.id)?;
                if it.documents.is_empty() {
                    return Err(Rejection::NothingAdopted(it.id));
                }
                Event::Adopted(it.into())
            }
            Command::Decide(it) => {
                free(state, &it.id)?;
                Event::Decided(it.into())
            }
            Command::Dissociate(it) => {
                dissociate(known(state, &it.decision)?, &it)?;
                Event::Dissociated(it.into())
            }
            Command::Vote(it) => {
                vote(state, &it)?;
                Event::Voted(it.into())
            }
            Command::Mandate(it) => {
                known(state, &it.decision)?;
                mandate::give(state, &it)?;
                Event::Mandated(it.into())
            }
            Command::Fulfil(it) => {
                mandate::fulfil(state, &it)?;
                Event::Fulfilled(it.into())
            }
        };
        Ok(vec![event])
    }

    fn evolve(mut state: State, event: &Event) -> State {
        match event {
            Event::Adopted(it) => {
                state.decisions.insert(it.id.clone(), Arc::new(adopted(it)));
            }
            Event::Decided(it) => {
                state.decisions.insert(it.id.clone(), Arc::new(decided(it)));
            }
            Event::Dissociated(it) => {
                if let Some(decision) = state.decisions.get_mut(&it.decision) {
                    Arc::make_mut(decision).dissociations.push_back(it.clone());
                }
            }
            Event::Voted(it) => state.votes.push_back(it.clone()),
            Event::Mandated(it) => mandate::given(&mut state, it),
            Event::Fulfilled(it) => {
                if let Some(mandate) = state.mandates.get_mut(&it.mandate) {
                    mandate.fulfilments.push_back(it.clone());
                }
            }
        }
        state
    }
}

fn free(state: &State, id: &DecisionId) -> Result<(), Rejection> {
    if state.decisions.contains_key(id) { Err(Rejection::IdTaken(id.clone())) } else { Ok(()) }
}

fn known<'a>(state: &'a State, id: &DecisionId) -> Result<&'a Decision, Rejection> {
    state.decisions.get(id).map(|it| &**it).ok_or_else(|| Rejection::UnknownDecision {
        decision: id.clone(),
        help: match nearest(id.as_str(), state.decisions.keys().map(DecisionId::as_str)) {
            Some(near) => format!("`{near}` is"),
            None => "record it first".to_owned(),
        },
    })
}

fn dissociate(decision: &Decision, it: &Dissociation) -> Result<(), Rejection> {
    if it.states.is_empty() {
        return Err(Rejection::NobodyDissociates(it.decision.clone()));
    }
    if it.on < decision.on {
        return Err(Rejection::DissociatesTooSoon {
            decision: it.decision.clone(),
            on: it.on,
            decided: decision.on,
        });
    }
    let before = |state| decision.dissociations.iter().any(|d| d.states.contains(state));
    for (index, state) in it.states.iter().enumerate() {
        if before(state) || it.states[..index].contains(state) {
            let decision = it.decision.clone();
            return Err(Rejection::DissociatedAlready { state: *state, decision });
        }
    }
    Ok(())
}

fn vote(state: &State, it: &Vote) -> Result<(), Rejection> {
    if let Some(decision) = &it.decision {
        known(state, decision)?;
    } else if it.document.is_none() {
        return Err(Rejection::VoteOnNothing);
    }
    Ok(())
}

fn adopted(it: &Adoption) -> Decision {
    Decision {
        id: it.id.clone(),
        meeting: Some(it.meeting.clone()),
        verb: match it.verb {
            AdoptionVerb::Adopted => Verb::Adopted,
            AdoptionVerb::Approved => Verb::Approved,
            AdoptionVerb::Confirmed => Verb::Confirmed,
        },
        summary: it.summary.clone(),
        themes: it.themes.clone(),
        documents: it.documents.clone(),
        adopts: true,
        as_orally_amended: it.as_orally_amended,
        to_be_issued_as: it.to_be_issued_as.clone(),
        states: Vec::new(),
        organisations: Vec::new(),
        on: it.on,
        dissociations: Vector::new(),
    }
}

fn decided(it: &Decided) -> Decision {
    Decision {
        id: it.id.clone(),
        meeting: it.meeting.clone(),
        verb: it.verb,
        summary: it.summary.clone(),
        themes: it.themes.clone(),
        documents: it.documents.clone(),
        adopts: false,
        as_orally_amended: false,
        to_be_issued_as: None,
        states: it.states.clone(),
        organisations: it.organisations.clone(),
        on: it.on,
        dissociations: Vector::new(),
    }
}
