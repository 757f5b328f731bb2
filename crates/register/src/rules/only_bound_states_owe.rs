//! Only a State that is bound on that day owes anything: one that has deposited its instrument, and
//! whose withdrawal has not taken effect.

use chancery_membership::Standing;

use crate::{Rejection, State, command::Command};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let Command::Obligations(it) = command else { return Ok(()) };
    let (who, obligation, _, on) = it.about();
    // Without a date the domain itself refuses it.
    let Some(on) = on else { return Ok(()) };
    let bound = |day| {
        let standing = state.membership.standing(who, day);
        matches!(standing, Some(Standing::InForce | Standing::Pending))
    };
    // Of a date known to the month or the year, some day of it may do.
    if bound(on.latest()) || bound(on.earliest()) {
        return Ok(());
    }
    Err(Rejection::OwesNothing { state: who, obligation: obligation.clone(), on })
}
