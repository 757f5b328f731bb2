use std::sync::Arc;

use chancery_decisions::Decisions;
use chancery_finance::Finance;
use chancery_kernel::{Decider, StateCode};
use chancery_meetings::Meetings;
use chancery_membership::Membership;
use chancery_obligations::Obligations;
use chancery_offices::Offices;

use crate::{
    command::Command, corrections, error::Rejection, event::Event, journal, profile, rules,
    sources, state::State,
};

/// The decider of the whole register of one convention.
#[derive(Debug, Clone, Copy)]
pub struct Register;

impl Decider for Register {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        rules::check(state, &command)?;
        Ok(match command {
            Command::Profile(profile::Command::Record(it)) => {
                vec![Event::Profile(if state.profile.is_none() {
                    profile::Event::Adopted(it.into())
                } else {
                    profile::Event::Amended(it.into())
                })]
            }
            Command::Membership(it) => {
                wrap(Membership::decide(&state.membership, it)?, Event::Membership)
            }
            Command::Meetings(it) => wrap(Meetings::decide(&state.meetings, it)?, Event::Meetings),
            Command::Offices(it) => wrap(Offices::decide(&state.offices, it)?, Event::Offices),
            Command::Decisions(it) => {
                wrap(Decisions::decide(&state.decisions, it)?, Event::Decisions)
            }
            Command::Finance(it) => wrap(Finance::decide(&state.finance, it)?, Event::Finance),
            Command::Obligations(it) => {
                wrap(Obligations::decide(&state.obligations, it)?, Event::Obligations)
            }
            Command::Sources(sources::Command::Name(it)) => {
                vec![Event::Sources(sources::Event::Named(it.into()))]
            }
            Command::Corrections(it) => {
                vec![Event::Corrections(corrections::decide(state, it)?)]
            }
            Command::Journal(it) => vec![Event::Journal(journal::decide(&state.journal, it)?)],
        })
    }

    fn evolve(mut state: State, event: &Event) -> State {
        state.version += 1;
        match event {
            Event::Profile(profile::Event::Adopted(it) | profile::Event::Amended(it)) => {
                state.membership = state.membership.under(it.profile.membership.clone());
                state.meetings.rules = it.profile.meetings.clone();
                state.offices.rules = it.profile.offices.clone();
                state.finance.rules = (*it.profile.finance).clone();
                state.obligations = state.obligations.under(it.profile.obligations.clone());
                state.profile = Some(Arc::new(it.profile.clone()));
                everybody_enters(&mut state);
            }
            Event::Membership(it) => {
                let before = state.membership.last_instrument_on();
                state.membership = Membership::evolve(state.membership, it);
                if before == state.membership.last_instrument_on() {
                    enters(&mut state, it.state());
                } else {
                    everybody_enters(&mut state);
                }
            }
            Event::Meetings(it) => state.meetings = Meetings::evolve(state.meetings, it),
            Event::Offices(it) => state.offices = Offices::evolve(state.offices, it),
            Event::Decisions(it) => state.decisions = Decisions::evolve(state.decisions, it),
            Event::Finance(it) => state.finance = Finance::evolve(state.finance, it),
            Event::Obligations(it) => {
                state.obligations = Obligations::evolve(state.obligations, it);
            }
            // What is printed changes nothing of what is so.
            Event::Sources(_) => {}
            // What it corrects was folded before it: see `State::after`.
            Event::Corrections(_) => {}
            Event::Journal(it) => state.journal = journal::evolve(state.journal, it),
        }
        state
    }
}

/// Tells obligations from which day they count a State's dates: the entry into force by its last
/// deposit.
fn enters(state: &mut State, who: StateCode) {
    let membership = &state.membership;
    let last = membership.participants().get(&who).and_then(|it| it.bonds.back());
    if let Some(day) = last.and_then(|bond| membership.in_force_from(bond)) {
        state.obligations.enter_into_force(who, day);
    }
}

/// The convention's own entry into force moved, and with it that of every State.
fn everybody_enters(state: &mut State) {
    let everybody: Vec<StateCode> = state.membership.participants().keys().copied().collect();
    everybody.into_iter().for_each(|who| enters(state, who));
}

fn wrap<E>(events: Vec<E>, wrap: impl Fn(E) -> Event) -> Vec<Event> {
    events.into_iter().map(wrap).collect()
}
