//! Some offices are open only to a State for which the convention is in force on that day: the
//! profile says which.

use chancery_membership::Standing;
use chancery_offices::{Command as Offices, Holder};

use crate::{Rejection, State, command::Command};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let (office, states, on) = match command {
        Command::Offices(Offices::Elect(it) | Offices::Designate(it) | Offices::Confirm(it)) => {
            (&it.office, it.states.as_slice(), it.on)
        }
        Command::Offices(Offices::Succeed(it)) => {
            (&it.office, it.successor.state.as_slice(), it.on)
        }
        _ => return Ok(()),
    };
    let rule = state.offices.rules.office(office);
    if !rule.is_some_and(|rule| rule.holder == Holder::StateParty) {
        return Ok(());
    }
    let in_force = |who| state.membership.standing(who, on.latest()) == Some(Standing::InForce);
    match states.iter().find(|who| !in_force(**who)) {
        Some(who) => Err(Rejection::NotAStateParty { state: *who, office: office.clone(), on }),
        None => Ok(()),
    }
}
