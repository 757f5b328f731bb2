//! Names as printed, against the register's own.

use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::{
    DocumentSymbol, MeetingId, OfficeId, OrganisationId, StateCode, ThemeId, same_name,
};
use chancery_meetings::{Attendance, Event as Meetings};
use chancery_register::{
    Event, Recorded,
    sources::{Event as Sources, Naming},
};

use super::{Contradiction, FindingRule, attendance::last_act, dates::scheduled};
use crate::view::View;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let places = Places::of(view);
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
        let against = places
            .named_rightly(recorded, it, &names)
            .or_else(|| places.mentioned(recorded, it))
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
        return vec![view.at(day).name(code).to_string(), code.name_at(day).to_owned()];
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
    if let Some(theme) = it.theme.as_ref().and_then(|id| state.offices.rules.theme(id)) {
        return vec![theme.name.to_string()];
    }
    let meeting = it.meeting.as_ref().and_then(|id| Some((id, state.meetings.meetings().get(id)?)));
    meeting.map_or_else(Vec::new, |(id, meeting)| {
        vec![meeting.title.to_string(), id.as_str().to_uppercase()]
    })
}

/// Who or what is named.
type Bearer<'a> = (
    Option<StateCode>,
    Option<&'a OrganisationId>,
    Option<&'a OfficeId>,
    Option<&'a ThemeId>,
    Option<&'a MeetingId>,
);

fn bearer(it: &Naming) -> Bearer<'_> {
    let (theme, meeting) = (it.theme.as_ref(), it.meeting.as_ref());
    (it.state, it.organisation.as_ref(), it.office.as_ref(), theme, meeting)
}

/// Where else somebody or something is spoken of.
struct Places<'a> {
    view: &'a View,
    namings: BTreeMap<Bearer<'a>, Vec<(&'a Arc<Recorded>, &'a Naming)>>,
    /// Lists of who attended, by their source.
    lists: BTreeMap<&'a DocumentSymbol, Vec<(&'a Arc<Recorded>, &'a Attendance)>>,
}

impl<'a> Places<'a> {
    fn of(view: &'a View) -> Self {
        let mut it = Self { view, namings: BTreeMap::new(), lists: BTreeMap::new() };
        for recorded in view.events() {
            if let Some(naming) = naming(recorded) {
                it.namings.entry(bearer(naming)).or_default().push((recorded, naming));
            }
            if let Event::Meetings(Meetings::Attended(list)) = &recorded.envelope.event {
                let of_source = it.lists.entry(&recorded.envelope.source.symbol).or_default();
                of_source.push((recorded, list));
            }
        }
        it
    }

    /// Another place that calls it by a right name: of the same source, if there is one.
    fn named_rightly(
        &self,
        recorded: &Recorded,
        it: &Naming,
        names: &[String],
    ) -> Option<&'a Arc<Recorded>> {
        let source = &recorded.envelope.source.symbol;
        let others = self.namings.get(&bearer(it)).into_iter().flatten();
        let right = others
            .filter(|(_, other)| names.iter().any(|name| same_name(name, &other.printed)))
            .map(|(other, _)| *other);
        right.min_by_key(|other| other.envelope.source.symbol != *source)
    }

    /// Where else it is spoken of: a State or an organisation where the same source lists it, a
    /// meeting where it was scheduled, and its offices there, too.
    fn mentioned(&self, recorded: &Recorded, it: &Naming) -> Option<&'a Arc<Recorded>> {
        if let Some(meeting) = it.meeting.as_ref().or(it.of.as_ref()) {
            return scheduled(self.view, meeting);
        }
        let mut lists = self.lists.get(&recorded.envelope.source.symbol).into_iter().flatten();
        let listed = lists.find(|(_, list)| {
            it.state.is_some_and(|state| list.states.contains(&state))
                || it.organisation.as_ref().is_some_and(|id| list.organisations.contains(id))
        });
        let listed = listed.map(|(event, _)| *event);
        listed.or_else(|| last_act(self.view, it.state?, it.on.latest()))
    }
}
