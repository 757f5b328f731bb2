//! The event that a person means.

use std::sync::Arc;

use chancery_kernel::{Citation, Place, Text, nearest};

use super::{command::Reference, error::Rejection};
use crate::{Command, Event, Recorded, State};

/// More than anybody wants to choose from.
const MAX_SHOWN: usize = 10;

/// The event that a reference names.
pub(super) fn find<'a>(
    state: &'a State,
    reference: &Reference,
) -> Result<&'a Arc<Recorded>, Rejection> {
    match reference {
        Reference::Version(version) => by_version(state, *version)
            .ok_or(Rejection::UnknownVersion { version: *version, last: state.log.len() as u64 }),
        Reference::Id(id) => {
            state.log.iter().find(|it| it.envelope.id == *id).ok_or(Rejection::UnknownId(*id))
        }
        Reference::Cited { source, place, fact } => {
            fact.as_ref().map_or(Ok(()), known)?;
            let at_place = |it: &Citation| {
                it.place == *place && source.as_ref().is_none_or(|source| *source == it.symbol)
            };
            let there = || state.log.iter().filter(|it| at_place(&it.envelope.source));
            let named = |it: &&Arc<Recorded>| match fact {
                Some(fact) => is(&it.envelope.event, fact),
                // Whoever names no fact means one of a source, not what was said about it.
                None => !matches!(it.envelope.event, Event::Corrections(_)),
            };
            let mut found = there().filter(named);
            match (found.next(), found.next()) {
                (Some(one), None) => Ok(one),
                (Some(_), Some(_)) => Err(Rejection::Ambiguous {
                    place: place.clone(),
                    found: list(there().filter(named)),
                }),
                (None, _) => Err(Rejection::NothingThere {
                    place: place.clone(),
                    fact: fact.clone(),
                    help: help(state, place, &list(there())),
                }),
            }
        }
    }
}

/// An event by its number in the convention.
pub(super) fn by_version(state: &State, version: u64) -> Option<&Arc<Recorded>> {
    let index = usize::try_from(version.checked_sub(1)?).ok()?;
    state.log.get(index)
}

fn is(event: &Event, fact: &Text) -> bool {
    event.key() == &**fact || event.kind() == &**fact
}

fn known(fact: &Text) -> Result<(), Rejection> {
    let known = || Command::keys().chain(Event::types().map(|(kind, _)| kind)).chain(["profile"]);
    if known().any(|it| it == &**fact) {
        return Ok(());
    }
    let help = nearest(fact, known()).map_or_else(
        || "write the key of its entry, `opened`".to_owned(),
        |near| format!("`{near}` is meant?"),
    );
    Err(Rejection::UnknownFact { fact: fact.clone(), help })
}

fn list<'a>(events: impl Iterator<Item = &'a Arc<Recorded>>) -> String {
    let mut events: Vec<String> = events
        .map(|it| {
            let it = &it.envelope;
            format!(
                "{} of {} (version {}, {})",
                it.event.key(),
                it.event.on(),
                it.version,
                it.source
            )
        })
        .collect();
    let more = events.len().saturating_sub(MAX_SHOWN);
    events.truncate(MAX_SHOWN);
    if more > 0 {
        events.push(format!("and {more} more"));
    }
    events.join(", ")
}

fn help(state: &State, place: &Place, there: &str) -> String {
    if !there.is_empty() {
        return format!("there is {there}");
    }
    let same_kind = |it: &Place| std::mem::discriminant(it) == std::mem::discriminant(place);
    let numbers = state
        .log
        .iter()
        .map(|it| &it.envelope.source.place)
        .filter(|it| same_kind(it))
        .map(Place::number);
    match nearest(place.number(), numbers) {
        Some(near) => format!("the nearest place that has one is `{near}`"),
        None => "check the place, or name the event by its `version`; `chancery history` shows it"
            .to_owned(),
    }
}
