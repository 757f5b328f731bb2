//! More time is granted by a decision that is recorded, and not before it was taken.

use chancery_kernel::{DecisionId, nearest};
use chancery_obligations::Command as Obligations;

use crate::{Rejection, State, command::Command};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let Command::Obligations(Obligations::GrantExtension(it)) = command else { return Ok(()) };
    let decisions = state.decisions.decisions();
    let Some(decision) = decisions.get(&it.decision) else {
        let known = decisions.keys().map(DecisionId::as_str);
        let help = nearest(it.decision.as_str(), known)
            .map_or_else(|| "record it first".to_owned(), |near| format!("`{near}` is"));
        return Err(Rejection::NotGranted { decision: it.decision.clone(), help });
    };
    if it.on.latest() < decision.on.earliest() {
        let (decision, taken) = (it.decision.clone(), decision.on);
        return Err(Rejection::GrantedBeforeDecided { decision, taken, on: it.on });
    }
    Ok(())
}
