//! Entries into force: printed ones that the rule does not give, and those that the text leaves open.

use std::sync::Arc;

use chancery_membership::{Deposit, Event as Membership, ForceBy};
use chancery_register::{Event, Recorded};

use super::{Contradiction, FindingRule};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let found = view.events().iter().filter_map(|recorded| match &recorded.envelope.event {
        Event::Membership(
            Membership::Ratified(it)
            | Membership::Accepted(it)
            | Membership::Approved(it)
            | Membership::Acceded(it),
        ) => entry_into_force(view, recorded, it),
        _ => None,
    });
    found.collect()
}

fn entry_into_force<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &Deposit,
) -> Option<Contradiction<'a>> {
    let membership = &view.state().membership;
    let (computed, later) = (membership.force_after(it.on)?, &membership.rules()?.later_states);
    let (who, deposited, on) = (it.state, it.on, computed.on);
    let read = computed.by == ForceBy::Reading;
    let finding = |rule, message| Contradiction::new(rule, recorded, view.law(recorded), message);
    match it.in_force_as_printed {
        Some(printed) if printed != on => {
            let by = if read { "the profile's reading" } else { "the rule" };
            let message = format!(
                "{who}: the source prints entry into force on {printed}; {by} gives {on} for a deposit on {deposited}"
            );
            let found = finding(FindingRule::EntryIntoForceDiffers, message);
            Some(found.suggesting(Some(on.to_string())))
        }
        // What the source prints confirms the reading.
        None if read => {
            let message = format!(
                "{who} deposited on {deposited}, after the last instrument that was needed and before the entry into force, of which article {} says nothing; by the profile's reading it is in force for it from {on}",
                later.article
            );
            Some(finding(FindingRule::EntryIntoForceUnsettled, message))
        }
        _ => None,
    }
}
