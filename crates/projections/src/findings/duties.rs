//! Findings about duties: what was asked too late, granted beyond what was asked, or printed with
//! another date than the rule gives.

use std::sync::Arc;

use chancery_kernel::{Calendar, DateRange};
use chancery_obligations::{
    Declaration, DutyKey, Event as Obligations, ExtensionGrant, ExtensionRequest,
};
use chancery_register::{Event, Recorded};

use super::{Contradiction, FindingRule, dates::dates_of};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let found = view.events().iter().flat_map(|recorded| {
        let Event::Obligations(event) = &recorded.envelope.event else { return Vec::new() };
        let key = event.duty();
        match event {
            Obligations::Declared(it) => {
                deadline_differs(view, recorded, &key, it).into_iter().collect()
            }
            Obligations::ExtensionRequested(it) => {
                let late = requested_late(view, recorded, &key, it);
                late.into_iter().chain(requested_after_due(view, recorded, &key, it)).collect()
            }
            Obligations::ExtensionGranted(it) => {
                let beyond = granted_beyond(view, recorded, &key, it);
                beyond.into_iter().chain(granted_to_others(view, recorded, it)).collect()
            }
            _ => Vec::new(),
        }
    });
    found.collect()
}

fn deadline_differs<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    key: &DutyKey,
    it: &Declaration,
) -> Option<Contradiction<'a>> {
    let printed = it.due_as_printed?.range();
    let computed = view.state().obligations.due_by_rule(key)?;
    let apart = printed.latest() < computed.earliest() || computed.latest() < printed.earliest();
    apart.then(|| {
        let message = format!(
            "{}: the source prints {printed} as the date of {}; the rule gives {computed}",
            view.called(it.state, recorded),
            it.obligation
        );
        let law = view.law(recorded);
        Contradiction::new(FindingRule::DeadlineDiffers, recorded, law, message)
            .suggesting(Some(computed.to_string()))
    })
}

fn requested_late<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    key: &DutyKey,
    it: &ExtensionRequest,
) -> Option<Contradiction<'a>> {
    let rule = view.state().obligations.rules().obligation(&key.obligation)?;
    let lead = rule.extension.as_ref()?.lead.as_ref()?;
    let (meeting, on) = (it.to.as_ref()?, it.on?);
    let opening = view.state().meetings.days(meeting)?.opening;
    let last = lead.time.before(opening.latest())?;
    (on.earliest() > last).then(|| {
        let message = format!(
            "{}: the extension of {} was requested on {on}; article {} asks for {} before {meeting}, which opens on {opening}, that is by {last}",
            view.called(it.state, recorded),
            it.obligation,
            lead.article,
            lead.time
        );
        let dates = dates_of(view, meeting).unwrap_or(recorded);
        Contradiction::new(FindingRule::RequestedLate, recorded, dates, message)
    })
}

fn requested_after_due<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    key: &DutyKey,
    it: &ExtensionRequest,
) -> Option<Contradiction<'a>> {
    let rule = view.state().obligations.rules().obligation(&key.obligation)?;
    let extension = rule.extension.as_ref().filter(|extension| extension.before_due)?;
    let on = it.on?;
    let due: DateRange = view.state().obligations.due_at(key, on.earliest())?;
    (on.earliest() > due.latest()).then(|| {
        let message = format!(
            "{}: the extension of {} was requested on {on}, after its date, {due}; article {} asks for it before",
            view.called(it.state, recorded),
            it.obligation,
            extension.article
        );
        // The date is that of the duty, or of the last extension of it.
        let dated = before(view, key, recorded).find(|other| {
            matches!(
                &other.envelope.event,
                Event::Obligations(Obligations::Declared(_) | Obligations::ExtensionGranted(_))
            )
        });
        let against = dated.unwrap_or_else(|| view.law(recorded));
        Contradiction::new(FindingRule::RequestedAfterDue, recorded, against, message)
    })
}

fn granted_beyond<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    key: &DutyKey,
    it: &ExtensionGrant,
) -> Option<Contradiction<'a>> {
    // A request that was decided before is not what this decision is about.
    let (request, asked) =
        before(view, key, recorded).find_map(|other| match &other.envelope.event {
            Event::Obligations(Obligations::ExtensionRequested(asked)) => {
                Some(Some((other, asked)))
            }
            Event::Obligations(Obligations::ExtensionGranted(_)) => Some(None),
            _ => None,
        })??;
    let until = asked.until?;
    (it.until.earliest() > until.latest()).then(|| {
        let message = format!(
            "{}: {} was extended until {}, later than the {until} that was asked for",
            view.called(it.state, recorded),
            it.obligation,
            it.until
        );
        Contradiction::new(FindingRule::GrantedBeyondRequest, recorded, request, message)
    })
}

fn granted_to_others<'a>(
    view: &'a View,
    recorded: &'a Arc<Recorded>,
    it: &ExtensionGrant,
) -> Option<Contradiction<'a>> {
    let named = &view.state().decisions.decisions().get(&it.decision)?.states;
    // One that names nobody may be about anybody.
    if named.is_empty() || named.contains(&it.state) {
        return None;
    }
    let decision = view.events().get(*view.by_decision.get(&it.decision)?)?;
    let named: Vec<String> =
        named.iter().map(|it| view.called(*it, recorded).to_string()).collect();
    let message = format!(
        "{}: {} was extended by {}, which names {}",
        view.called(it.state, recorded),
        it.obligation,
        it.decision,
        named.join(", ")
    );
    Some(Contradiction::new(FindingRule::GrantedToOthers, recorded, decision, message))
}

/// The facts about a duty that were recorded before one of them, the last first.
fn before<'a>(
    view: &'a View,
    key: &DutyKey,
    recorded: &Recorded,
) -> impl Iterator<Item = &'a Arc<Recorded>> {
    let position = recorded.position;
    let indexes = view.by_duty.get(key).into_iter().flatten().rev();
    let events = indexes.filter_map(|index| view.events().get(*index));
    events.skip_while(move |other| other.position >= position)
}
