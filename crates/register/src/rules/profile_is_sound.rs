//! A profile can be applied: its numbers are not nought, and no id stands for two things.

use std::collections::BTreeSet;

use chancery_membership::Delay;

use crate::{Rejection, State, command::Command, profile};

pub(super) fn check(_: &State, command: &Command) -> Result<(), Rejection> {
    let Command::Profile(profile::Command::Record(it)) = command else { return Ok(()) };
    let (profile, rules) = (&it.profile, &it.profile.membership);
    let unsound = |what: String| Err(Rejection::UnsoundProfile(what));
    if rules.entry_into_force.instruments == 0 || rules.entry_into_force.counted.is_empty() {
        return unsound("entry into force takes at least one counted instrument".to_owned());
    }
    let notice = rules.withdrawal.as_ref().map(|rule| rule.notice);
    let delays = [Some(rules.entry_into_force.delay), Some(rules.later_states.delay), notice];
    if delays.contains(&Some(Delay::FirstDayOfMonth(0))) {
        return unsound("`first_day_of_month` counts from 1, the month after".to_owned());
    }
    let doubled = doubled(profile.meetings.kinds.iter().map(|it| &*it.id))
        .or_else(|| doubled(profile.offices.offices.iter().map(|it| it.id.as_str())))
        .or_else(|| doubled(profile.offices.themes.iter().map(|it| it.id.as_str())))
        .or_else(|| doubled(profile.organisations.iter().map(|it| it.id.as_str())));
    match doubled {
        Some(id) => unsound(format!("the id `{id}` stands for two things")),
        None => Ok(()),
    }
}

fn doubled<'a>(mut ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = BTreeSet::new();
    ids.find(|id| !seen.insert(*id))
}
