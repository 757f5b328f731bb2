//! Entries into force: printed ones that the rule does not give, and those that the text leaves open.

use std::sync::Arc;

use chancery_kernel::StateCode;
use chancery_membership::{Bond, Event as Membership, ForceBy};
use chancery_register::{Event, Recorded};
use jiff::civil::Date;

use super::{Contradiction, FindingRule};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let found = view.events().iter().filter_map(|recorded| match &recorded.envelope.event {
        Event::Membership(
            Membership::Ratified(it)
            | Membership::Accepted(it)
            | Membership::Approved(it)
            | Membership::Acceded(it),
        ) => match it.in_force_as_printed {
            Some(printed) => differs(view, recorded, it.state, it.on, printed),
            None => unsettled(view, recorded, it.state, it.on),
        },
        Event::Membership(Membership::EntryIntoForcePrinted(it)) => {
            differs(view, recorded, it.state, it.on, it.in_force_as_printed)
        }
        _ => None,
    });
    found.collect()
}

/// A printed entry into force that is not the computed one.
fn differs<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    who: StateCode,
    deposited: Date,
    printed: Date,
) -> Option<Contradiction<'a>> {
    let force = view.state().membership.force(bond(view, who, deposited)?)?;
    if force.on == printed {
        return None;
    }
    let by = if force.by == ForceBy::Reading { "the profile's reading" } else { "the rule" };
    let message = format!(
        "the source prints {printed} as the entry into force for {}; {by} gives {} for a deposit on {deposited}",
        view.called(who, recorded),
        force.on
    );
    let law = view.first_law(recorded);
    let found = Contradiction::new(FindingRule::EntryIntoForceDiffers, recorded, law, message);
    Some(found.suggesting(Some(force.on.to_string())))
}

/// A deposit of which the text says nothing, as long as no source prints a day.
fn unsettled<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    who: StateCode,
    deposited: Date,
) -> Option<Contradiction<'a>> {
    let (membership, bond) = (&view.state().membership, bond(view, who, deposited)?);
    let (force, later) = (membership.force(bond)?, &membership.rules()?.later_states);
    if force.by != ForceBy::Reading || bond.in_force_as_printed.is_some() {
        return None;
    }
    let message = format!(
        "{} deposited on {deposited}, after the last instrument that was needed and before the entry into force, of which article {} says nothing; by the profile's reading it is in force for it from {}",
        view.called(who, recorded),
        later.article,
        force.on
    );
    let law = view.first_law(recorded);
    Some(Contradiction::new(FindingRule::EntryIntoForceUnsettled, recorded, law, message))
}

fn bond(view: &View, who: StateCode, deposited: Date) -> Option<&Bond> {
    view.state().membership.participants().get(&who)?.of(deposited)
}
