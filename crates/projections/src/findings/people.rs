//! People: one name spelt in two ways, one function given in two ways.

use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::{Actor, MeetingId, OrganisationId, StateCode};
use chancery_meetings::Event as Meetings;
use chancery_offices::Event as Offices;
use chancery_register::{Event, Recorded};
use strsim::damerau_levenshtein;

use super::{Contradiction, FindingRule};
use crate::{participants::alphabetical, view::View};

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let people: Vec<Person<'_>> = view.events().iter().filter_map(Person::named).collect();
    let mut found = spelt_otherwise(&people);
    found.extend(capacities(&people));
    found
}

/// A person as an event names them.
struct Person<'a> {
    recorded: &'a Arc<Recorded>,
    for_whom: (Option<StateCode>, Option<&'a OrganisationId>),
    meeting: Option<&'a MeetingId>,
    /// As printed.
    name: &'a str,
    /// Without what is added to a name, in the form in which two spellings are compared.
    bare: String,
    capacity: Option<&'a str>,
}

impl<'a> Person<'a> {
    fn named(recorded: &'a Arc<Recorded>) -> Option<Self> {
        let event = &recorded.envelope.event;
        let of = |it: &'a Actor| {
            (it.person.as_deref(), it.capacity.as_deref(), it.state, it.organisation.as_ref())
        };
        let (name, capacity, state, organisation) = match event {
            Event::Meetings(Meetings::Convened(it)) => of(&it.by),
            Event::Meetings(Meetings::Opened(it)) => of(it.by.as_ref()?),
            Event::Meetings(Meetings::Spoke(it)) => of(&it.by),
            Event::Offices(Offices::Succeeded(it)) => of(&it.successor),
            Event::Offices(
                Offices::Elected(it) | Offices::Designated(it) | Offices::Confirmed(it),
            ) => (
                it.person.as_deref(),
                it.capacity.as_deref(),
                it.states.first().copied(),
                it.organisation.as_ref(),
            ),
            _ => return None,
        };
        let name = name?;
        let (for_whom, meeting) = ((state, organisation), event.meeting());
        Some(Self { recorded, for_whom, meeting, name, bare: bare(name), capacity })
    }
}

/// Names of the same State's or organisation's people that differ by a letter or two.
fn spelt_otherwise<'a>(people: &[Person<'a>]) -> Vec<Contradiction<'a>> {
    let mut delegations: BTreeMap<_, Delegation<'a, '_>> = BTreeMap::new();
    for person in people {
        let delegation = delegations.entry(person.for_whom).or_default();
        delegation.entry(&person.bare).or_default().push(person);
    }
    delegations.values().flat_map(spelt_otherwise_in).collect()
}

/// The people of one State or organisation, by name.
type Delegation<'a, 'b> = BTreeMap<&'b str, Vec<&'b Person<'a>>>;

fn spelt_otherwise_in<'a>(delegation: &Delegation<'a, '_>) -> Vec<Contradiction<'a>> {
    let mut found = Vec::new();
    for (name, bearers) in delegation {
        let near: Vec<_> =
            delegation.iter().filter(|(other, _)| nearly(other, name)).map(|(_, it)| it).collect();
        for person in bearers {
            // What is spelt so more often is what the other does not fit with; else what came first.
            let rank = |so_often: usize, it: &Person<'_>| {
                (so_often, std::cmp::Reverse(it.recorded.position))
            };
            let mine = rank(bearers.len(), person);
            let others = near.iter().filter_map(|of| Some((of.len(), *of.first()?)));
            let more_usual = others.filter(|(so_often, other)| rank(*so_often, other) > mine);
            let first = more_usual.min_by_key(|(_, other)| other.recorded.position);
            let Some((so_often, other)) = first else { continue };
            let message = format!("the name {} is spelt {} elsewhere", person.name, other.name);
            let found_here = Contradiction::new(
                FindingRule::PersonSpeltOtherwise,
                person.recorded,
                other.recorded,
                message,
            );
            let usual = so_often > bearers.len();
            found.push(found_here.suggesting(usual.then(|| other.name.to_owned())));
        }
    }
    found
}

/// Functions of one person at one meeting that are nearly the same. One that is put quite otherwise
/// may be a short form, or another function.
fn capacities<'a>(people: &[Person<'a>]) -> Vec<Contradiction<'a>> {
    let mut before: BTreeMap<_, Vec<(&Person<'a>, &str)>> = BTreeMap::new();
    let mut found = Vec::new();
    for person in people {
        let Some(capacity) = person.capacity else { continue };
        let so_far =
            before.entry((person.meeting, person.for_whom, person.bare.as_str())).or_default();
        let same = |(_, theirs): &&(&Person<'a>, &str)| {
            nearly(&alphabetical(theirs), &alphabetical(capacity))
        };
        let other = so_far.iter().find(same).copied();
        so_far.push((person, capacity));
        let Some((other, theirs)) = other else { continue };
        let (here, elsewhere) = differing(capacity, theirs);
        let message = format!(
            "the function of {} has \"{here}\" here, \"{elsewhere}\" elsewhere",
            person.name
        );
        let found_here = Contradiction::new(
            FindingRule::CapacityDiffers,
            person.recorded,
            other.recorded,
            message,
        );
        // What is put so of somebody else, too, is likelier right.
        let of_others = |part: &str| {
            let mut others = people.iter().filter(|it| it.bare != person.bare);
            others.any(|it| it.capacity.is_some_and(|capacity| capacity.contains(part)))
        };
        let right = of_others(&elsewhere) && !of_others(&here);
        found.push(found_here.suggesting(right.then(|| theirs.to_owned())));
    }
    found
}

/// The words in which two texts differ, with the ones before and behind them.
fn differing(one: &str, other: &str) -> (String, String) {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split_whitespace().collect(), other.split_whitespace().collect());
    let shorter = one.len().min(other.len());
    let alike = |n: &usize| one[..*n] == other[..*n];
    let before = (0..=shorter).rev().find(alike).unwrap_or(0);
    let alike = |n: &usize| one[one.len() - n..] == other[other.len() - n..];
    let behind = (0..=shorter - before).rev().find(alike).unwrap_or(0);
    let part = |words: &[&str]| {
        let end = (words.len() - behind + 1).min(words.len());
        words[before.saturating_sub(1)..end].join(" ")
    };
    (part(&one), part(&other))
}

/// Whether two texts differ, and by no more than one letter in eight.
fn nearly(one: &str, other: &str) -> bool {
    let longest = one.chars().count().max(other.chars().count());
    one != other && damerau_levenshtein(one, other) * 8 <= longest
}

/// A name without title, marks and case: `Ms. Anja Kaspersen` is `anja kaspersen`.
fn bare(name: &str) -> String {
    let plain = alphabetical(name);
    let words =
        plain.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|it| !it.is_empty());
    words.filter(|word| !TITLES.contains(word)).collect::<Vec<_>>().join(" ")
}

/// What is put before a name in documents in English.
const TITLES: [&str; 14] = [
    "ambassador",
    "dr",
    "e",
    "excellency",
    "h",
    "her",
    "his",
    "madam",
    "miss",
    "mr",
    "mrs",
    "ms",
    "prof",
    "sir",
];
