//! Who attended as what, against who stood how.

use std::sync::Arc;

use chancery_kernel::{Calendar, StateCode};
use chancery_meetings::{Attendance, Category, Event as Meetings};
use chancery_membership::{Event as Membership, Standing};
use chancery_register::{Event, Recorded};
use jiff::civil::Date;

use super::{Contradiction, FindingRule};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let found = view.events().iter().flat_map(|recorded| match &recorded.envelope.event {
        Event::Meetings(Meetings::Attended(it)) => categories(view, recorded, it),
        _ => Vec::new(),
    });
    found.collect()
}

fn categories<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &Attendance,
) -> Vec<Contradiction<'a>> {
    let membership = &view.state().membership;
    // Categories are those of the opening; without dates, those of the day of attendance.
    let opening = view.state().meetings.days(&it.meeting).map_or(it.on, |days| days.opening);
    let day = opening.latest();
    let differing = it.states.iter().filter_map(|state| {
        let right = category(membership.standing(*state, day));
        (right != it.category).then(|| {
            let message = format!(
                "{} is listed as {} at {}; on {day} it stood as {right}",
                view.called(*state, recorded),
                it.category,
                it.meeting
            );
            let act = last_act(view, *state, day);
            let against = act.unwrap_or_else(|| view.first_law(recorded));
            Contradiction::new(FindingRule::CategoryDiffers, recorded, against, message)
                .about(state)
                .suggesting(Some(right.to_string()))
        })
    });
    differing.collect()
}

/// The act by which a State stands as it does on a day: its last one but for those that leave its
/// standing as it is.
pub(super) fn last_act(view: &View, state: StateCode, day: Date) -> Option<&Arc<Recorded>> {
    let acts = view.by_state.get(&state)?.iter().rev();
    let mut acts = acts.filter_map(|index| view.events().get(*index));
    acts.find(|it| {
        let moves = matches!(
            it.envelope.event,
            Event::Membership(
                Membership::Signed(_)
                    | Membership::Ratified(_)
                    | Membership::Accepted(_)
                    | Membership::Approved(_)
                    | Membership::Acceded(_)
                    | Membership::Succeeded(_)
                    | Membership::Withdrew(_)
            )
        );
        moves && it.envelope.effective.earliest() <= day
    })
}

fn category(standing: Option<Standing>) -> Category {
    match standing {
        Some(Standing::InForce) => Category::StateParty,
        Some(Standing::Pending) => Category::NotYetInForce,
        Some(Standing::Signatory) => Category::Signatory,
        Some(Standing::Withdrawn) | None => Category::OtherState,
    }
}
