//! A profile can be applied: its numbers are not nought, and no id stands for two things.

use std::collections::BTreeSet;

use chancery_membership::Delay;
use chancery_obligations::{Clock, DoneBy, Due, Obligation};

use crate::{
    Rejection, State,
    command::Command,
    profile::{self, Profile},
};

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
        .or_else(|| doubled(profile.organisations.iter().map(|it| it.id.as_str())))
        .or_else(|| doubled(profile.obligations.obligations.iter().map(|it| it.id.as_str())));
    let duties = &profile.obligations.obligations;
    if let Some(what) = duties.iter().find_map(|it| unsound_duty(profile, it)) {
        return unsound(what);
    }
    if let Some(on) = profile.finance.budget_costs.as_ref().and_then(|it| it.parties_on)
        // A leap year has every day that any year has.
        && jiff::civil::Date::new(2024, on.month, on.day).is_err()
    {
        let (month, day) = (on.month, on.day);
        return unsound(format!(
            "`parties_on` names day {day} of month {month}, which no year has"
        ));
    }
    if let Some(costs) = &profile.finance.meeting_costs
        && let (Some(floor), Some(cap)) = (costs.floor, costs.cap)
        && cap.covers(floor) != Some(true)
    {
        return unsound(format!(
            "the costs of a meeting have the floor {floor} and the cap {cap}, so nobody can pay"
        ));
    }
    match doubled {
        Some(id) => unsound(format!("the id `{id}` stands for two things")),
        None => Ok(()),
    }
}

/// What of an obligation could never be counted.
fn unsound_duty(profile: &Profile, it: &Obligation) -> Option<String> {
    let id = &it.id;
    if it.clocks.is_empty() {
        return Some(format!("`{id}` has no clock, so it would never be due"));
    }
    let mut clocks = it.clocks.iter().map(Clock::id);
    if (1..it.clocks.len()).any(|_| clocks.next().is_some_and(|id| clocks.clone().any(|o| o == id)))
    {
        return Some(format!("`{id}` has two clocks of one name"));
    }
    for clock in &it.clocks {
        let Due::EachYear(each) = &clock.due else { continue };
        // A leap year has every day that any year has.
        if jiff::civil::Date::new(2024, each.month, each.day).is_err() {
            let (month, day) = (each.month, each.day);
            return Some(format!("`{id}` names day {day} of month {month}, which no year has"));
        }
        if it.extension.is_some() || it.done_by == DoneBy::Completion {
            return Some(format!(
                "`{id}` is due every year, so it is a report and has no extension"
            ));
        }
        let first = each.after.as_ref().map(|first| profile.obligations.obligation(first));
        let once = |first: &Obligation| {
            first
                .clock(None)
                .is_some_and(|clock| matches!(clock.due, Due::Within(_) | Due::WithinFirst(_)))
        };
        if first.is_some_and(|first| !first.is_some_and(once)) {
            return Some(format!("what `{id}` comes after is not due once from entry into force"));
        }
    }
    None
}

fn doubled<'a>(mut ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = BTreeSet::new();
    ids.find(|id| !seen.insert(*id))
}
