//! When a convention enters into force, and for whom when: four texts with days that came true.

mod apmbc;
mod att;
mod ccm;
mod recording;
mod tpnw;

use chancery_membership::{Event, Event::Ratified, Rules, State};

use crate::words::{day, deposit, given_under, others_ratify};

/// Some States on an earlier day, then the named ones on the day that may be the last one's.
pub(crate) fn deposits(before: usize, named: &[&str], on: &str) -> Vec<Event> {
    let mut events = others_ratify(before, "1998-01-01");
    events.extend(named.iter().map(|who| Ratified(deposit(who, on).into())));
    events
}

pub(crate) fn under(rules: Rules, events: Vec<Event>) -> State {
    given_under(rules, events).state()
}

/// The convention's day: of the last instrument, and of entry into force.
#[track_caller]
pub(crate) fn check(state: &State, last_instrument: &str, in_force: &str) {
    assert_eq!(state.last_instrument_on(), Some(day(last_instrument)));
    assert_eq!(state.entry_into_force(), Some(day(in_force)));
}

/// For a State that deposits on the one day it is in force from the other.
#[track_caller]
pub(crate) fn check_each(state: &State, deposits: &[(&str, &str)]) {
    for (deposit, in_force) in deposits {
        let computed = state.force_after(day(deposit)).map(|force| force.on);
        assert_eq!(computed, Some(day(in_force)), "deposit of {deposit}");
    }
}
