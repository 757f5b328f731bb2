//! A State is elected in a meeting, or designated for it, only if it attends it. A designation for a
//! later meeting is exempt: whoever presides next need not be in the room.

use chancery_offices::Command as Offices;

use crate::{Rejection, State, command::Command};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let it = match command {
        Command::Offices(Offices::Elect(it)) => it,
        Command::Offices(Offices::Designate(it)) if it.of.is_none() || it.of == it.meeting => it,
        _ => return Ok(()),
    };
    let Some(id) = &it.meeting else { return Ok(()) };
    let meeting = state.meetings.meetings().get(id);
    let absent = it
        .states
        .iter()
        .find(|who| !meeting.is_some_and(|meeting| meeting.states.contains_key(*who)));
    match absent {
        Some(who) => Err(Rejection::NotAttending { state: *who, meeting: id.clone() }),
        None => Ok(()),
    }
}
