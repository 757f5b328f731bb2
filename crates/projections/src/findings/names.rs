//! Names as printed, against the register's own.

use std::sync::Arc;

use chancery_kernel::same_name;
use chancery_meetings::Event as Meetings;
use chancery_register::{
    Event, Recorded,
    sources::{Event as Sources, Naming},
};

use super::{Contradiction, FindingRule, attendance::last_act};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let found = view.events().iter().filter_map(|recorded| {
        let it = naming(recorded)?;
        let names = names(view, it);
        let right = names.first()?;
        if names.iter().any(|name| same_name(name, &it.printed)) {
            return None;
        }
        let (rule, message) = match it.state {
            Some(state) => {
                let message = format!("\"{}\" stands for {right} ({state})", it.printed);
                (FindingRule::NameIsAlias, message)
            }
            None => {
                let message = format!("\"{}\" stands for what is called {right}", it.printed);
                (FindingRule::NameDiffers, message)
            }
        };
        let against = named_rightly(view, recorded, it, &names)
            .or_else(|| mentioned(view, recorded, it))
            .unwrap_or_else(|| view.law(recorded));
        let found = Contradiction::new(rule, recorded, against, message);
        Some(found.suggesting(Some(right.clone())))
    });
    found.collect()
}

fn naming(recorded: &Recorded) -> Option<&Naming> {
    match &recorded.envelope.event {
        Event::Sources(Sources::Named(it)) => Some(it),
        _ => None,
    }
}

/// The names that are right: the register's own first.
fn names(view: &View, it: &Naming) -> Vec<String> {
    let (state, profile) = (view.state(), view.state().profile.as_ref());
    if let Some(code) = it.state {
        let day = it.on.latest();
        return vec![view.at(day).name(code).to_owned(), code.name_at(day).to_owned()];
    }
    if let Some(organisation) = it.organisation.as_ref().and_then(|id| profile?.organisation(id)) {
        let (name, short) = (&organisation.name, &organisation.short_name);
        let both = short.iter().map(|short| format!("{name} ({short})"));
        let short = short.iter().map(ToString::to_string);
        return std::iter::once(name.to_string()).chain(short).chain(both).collect();
    }
    if let Some(office) = it.office.as_ref().and_then(|id| state.offices.rules.office(id)) {
        return vec![office.name.to_string()];
    }
    let meeting = it.meeting.as_ref().and_then(|id| Some((id, state.meetings.meetings().get(id)?)));
    meeting.map_or_else(Vec::new, |(id, meeting)| {
        vec![meeting.title.to_string(), id.as_str().to_uppercase()]
    })
}

/// Another place that calls it by a right name: of the same source, if there is one.
fn named_rightly<'a>(
    view: &'a View,
    recorded: &Recorded,
    it: &Naming,
    names: &[String],
) -> Option<&'a Arc<Recorded>> {
    let bearer =
        |it: &Naming| (it.state, it.organisation.clone(), it.office.clone(), it.meeting.clone());
    let (wanted, source) = (bearer(it), &recorded.envelope.source.symbol);
    let right = view.events().iter().filter(|other| {
        naming(other).is_some_and(|other| {
            bearer(other) == wanted && names.iter().any(|name| same_name(name, &other.printed))
        })
    });
    right.min_by_key(|other| other.envelope.source.symbol != *source)
}

/// Where else it is spoken of: a State or an organisation where the same source lists it, a meeting
/// where it was scheduled, and its offices there, too.
fn mentioned<'a>(view: &'a View, recorded: &Recorded, it: &Naming) -> Option<&'a Arc<Recorded>> {
    let source = &recorded.envelope.source.symbol;
    let listed = view.events().iter().find(|other| match &other.envelope.event {
        Event::Meetings(Meetings::Attended(list)) if other.envelope.source.symbol == *source => {
            it.state.is_some_and(|state| list.states.contains(&state))
                || it.organisation.as_ref().is_some_and(|id| list.organisations.contains(id))
        }
        Event::Meetings(Meetings::Scheduled(other)) => {
            it.meeting.as_ref().or(it.of.as_ref()) == Some(&other.meeting)
        }
        _ => false,
    });
    listed.or_else(|| last_act(view, it.state?))
}
