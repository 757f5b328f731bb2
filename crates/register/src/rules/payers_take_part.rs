//! An invoice goes to a State that is bound in the budget's year; a contribution comes from, and
//! arrears are of, a State that has at least signed or attended.

use chancery_finance::{Command as Finance, Year};
use chancery_kernel::{PartialDate, StateCode};
use chancery_membership::Standing;
use jiff::civil::Date;

use crate::{Rejection, State, command::Command};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let (states, on): (Vec<StateCode>, PartialDate) = match command {
        Command::Finance(Finance::Invoice(it)) => return bound(state, it.state, it.year),
        Command::Finance(Finance::Contribute(it)) => (it.state.into_iter().collect(), it.on),
        Command::Finance(Finance::ReportArrears(it)) => {
            (it.owed.iter().map(|owed| owed.state).collect(), it.on)
        }
        _ => return Ok(()),
    };
    match states.into_iter().find(|who| !takes_part(state, *who, on)) {
        Some(who) => Err(Rejection::NotAPayer { state: who, on }),
        None => Ok(()),
    }
}

fn bound(state: &State, who: StateCode, year: Year) -> Result<(), Rejection> {
    let number = i16::try_from(year.number()).unwrap_or(i16::MAX);
    // One that joins or leaves within the year may be asked for its part of it.
    let days = [(1, 1), (12, 31)].map(|(month, day)| Date::new(number, month, day).ok());
    let bound = |day: Date| {
        let standing = state.membership.standing(who, day);
        matches!(standing, Some(Standing::InForce | Standing::Pending))
    };
    if days.into_iter().flatten().any(bound) {
        Ok(())
    } else {
        Err(Rejection::NotAParty { state: who, year })
    }
}

fn takes_part(state: &State, who: StateCode, on: PartialDate) -> bool {
    let acted = state.membership.standing(who, on.latest()).is_some();
    acted || state.meetings.meetings().values().any(|meeting| meeting.states.contains_key(&who))
}
