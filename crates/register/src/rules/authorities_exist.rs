//! What rests on the authority of a decision or a meeting rests on one that is recorded.

use chancery_finance::{Authority, Command as Finance};
use chancery_kernel::{DecisionId, nearest};

use crate::{Rejection, State, command::Command, corrections::Command as Corrections};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let Some(decision) = authority(command).and_then(|it| it.decision.as_ref()) else {
        return Ok(());
    };
    let known = state.decisions.decisions();
    if known.contains_key(decision) {
        return Ok(());
    }
    let help = match nearest(decision.as_str(), known.keys().map(DecisionId::as_str)) {
        Some(near) => format!("`{near}` is recorded"),
        None => "record it first, or name the body in words".to_owned(),
    };
    Err(Rejection::UnknownAuthority { decision: decision.clone(), help })
}

/// On whose word a fact about money, or a correction, rests.
pub(super) fn authority(command: &Command) -> Option<&Authority> {
    match command {
        Command::Finance(Finance::AdoptProcedures(it)) => Some(&it.authority),
        Command::Finance(Finance::ApproveBudget(it)) => Some(&it.authority),
        Command::Finance(Finance::SetTarget(it)) => Some(&it.authority),
        Command::Finance(Finance::Estimate(it)) => Some(&it.authority),
        Command::Corrections(Corrections::Rectify(it)) => Some(&it.authority),
        Command::Corrections(Corrections::Dismiss(it)) => Some(&it.authority),
        _ => None,
    }
}
