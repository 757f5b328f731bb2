//! A document that is adopted has been issued, or is to be issued as another symbol.

use chancery_decisions::Command as Decisions;

use crate::{Rejection, State, command::Command};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let Command::Decisions(Decisions::Adopt(it)) = command else {
        return Ok(());
    };
    if it.to_be_issued_as.is_some() {
        return Ok(());
    }
    let issued = state.meetings.documents();
    match it.documents.iter().find(|document| !issued.contains_key(*document)) {
        Some(document) => Err(Rejection::NotIssued { document: document.clone() }),
        None => Ok(()),
    }
}
