use std::sync::Arc;

use chancery_decisions::Decisions;
use chancery_finance::Finance;
use chancery_kernel::Decider;
use chancery_meetings::Meetings;
use chancery_membership::Membership;
use chancery_offices::Offices;

use crate::{command::Command, error::Rejection, event::Event, profile, rules, state::State};

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
                    profile::Event::Adopted(it)
                } else {
                    profile::Event::Amended(it)
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
                state.profile = Some(Arc::new(it.profile.clone()));
            }
            Event::Membership(it) => state.membership = Membership::evolve(state.membership, it),
            Event::Meetings(it) => state.meetings = Meetings::evolve(state.meetings, it),
            Event::Offices(it) => state.offices = Offices::evolve(state.offices, it),
            Event::Decisions(it) => state.decisions = Decisions::evolve(state.decisions, it),
            Event::Finance(it) => state.finance = Finance::evolve(state.finance, it),
        }
        state
    }
}

fn wrap<E>(events: Vec<E>, wrap: impl Fn(E) -> Event) -> Vec<Event> {
    events.into_iter().map(wrap).collect()
}
