//! A meeting adopts only while it is in session.

use chancery_decisions::Command as Decisions;

use crate::{Rejection, State, command::Command};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let Command::Decisions(Decisions::Adopt(it)) = command else {
        return Ok(());
    };
    let Some(meeting) = state.meetings.meetings().get(&it.meeting) else {
        return Ok(());
    };
    if meeting.in_session(it.on) {
        return Ok(());
    }
    let help = match (meeting.opened, meeting.days()) {
        (None, _) => "record `opened` first".to_owned(),
        (Some(opened), None) => format!("it was opened on {opened}"),
        (_, Some(days)) => format!("its days are {} to {}", days.opening, days.end),
    };
    Err(Rejection::NotInSession { meeting: it.meeting.clone(), on: it.on, help })
}
