//! A convention's stream begins with its profile: the log alone explains every result.

use crate::{Rejection, State, command::Command, profile};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    match (command, &state.profile) {
        (Command::Profile(profile::Command::Record(it)), Some(known)) if it.profile == **known => {
            Err(Rejection::SameProfile)
        }
        // Acts were lawful by the rules of their day: another law on membership would rewrite them.
        (Command::Profile(profile::Command::Record(it)), Some(known))
            if it.profile.membership != known.membership
                && !state.membership.participants().is_empty() =>
        {
            Err(Rejection::AmendsMembership)
        }
        (Command::Profile(_), _) | (_, Some(_)) => Ok(()),
        (_, None) => Err(Rejection::NoProfile),
    }
}
