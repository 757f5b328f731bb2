//! Rules that cross domains: what cannot be true of several of them at once. One small file each.

mod adopted_documents_are_issued;
mod adoption_in_session;
mod authorities_exist;
mod elected_states_attend;
mod extensions_are_decided;
mod names_are_known;
mod office_holders_are_bound;
mod only_bound_states_owe;
mod payers_take_part;
mod profile_comes_first;
mod profile_is_sound;

use crate::{command::Command, error::Rejection, state::State};

/// Every rule, in the order in which a person would ask.
///
/// # Errors
/// The first rule that the command breaks.
pub fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    // The journal is no convention's: it has rules of its own.
    if let Command::Journal(_) = command {
        return Ok(());
    }
    profile_comes_first::check(state, command)?;
    profile_is_sound::check(state, command)?;
    names_are_known::check(state, command)?;
    elected_states_attend::check(state, command)?;
    office_holders_are_bound::check(state, command)?;
    adoption_in_session::check(state, command)?;
    adopted_documents_are_issued::check(state, command)?;
    only_bound_states_owe::check(state, command)?;
    extensions_are_decided::check(state, command)?;
    authorities_exist::check(state, command)?;
    payers_take_part::check(state, command)
}
