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
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for person in people {
        *times.entry(&person.bare).or_default() += 1;
    }
    let mut found = Vec::new();
    for (index, person) in people.iter().enumerate() {
        // What is spelt so more often is what the other does not fit with; else what came first.
        let more_usual = |(other_index, other): &(usize, &Person<'a>)| {
            let rank =
                |at: usize, it: &Person<'_>| (times.get(it.bare.as_str()), std::cmp::Reverse(at));
            other.for_whom == person.for_whom
                && nearly(&other.bare, &person.bare)
                && rank(*other_index, other) > rank(index, person)
        };
        let Some((_, other)) = people.iter().enumerate().find(more_usual) else { continue };
        let message = format!("the name {} is spelt {} elsewhere", person.name, other.name);
        let usual = times.get(other.bare.as_str()) > times.get(person.bare.as_str());
        let found_here = Contradiction::new(
            FindingRule::PersonSpeltOtherwise,
            person.recorded,
            other.recorded,
            message,
        );
        found.push(found_here.suggesting(usual.then(|| other.name.to_owned())));
    }
    found
}

/// Functions of one person at one meeting that are nearly the same. One that is put quite otherwise
/// may be a short form, or another function.
fn capacities<'a>(people: &[Person<'a>]) -> Vec<Contradiction<'a>> {
    let mut found = Vec::new();
    for (index, person) in people.iter().enumerate() {
        let Some(capacity) = person.capacity else { continue };
        let same = |other: &&Person<'a>| {
            let theirs = other.capacity.unwrap_or_default();
            other.bare == person.bare
                && other.for_whom == person.for_whom
                && other.meeting == person.meeting
                && nearly(&alphabetical(theirs), &alphabetical(capacity))
        };
        let Some(other) = people[..index].iter().find(same) else { continue };
        let (here, elsewhere) = differing(capacity, other.capacity.unwrap_or_default());
        let message = format!(
            "the function of {} has \"{here}\" here, \"{elsewhere}\" elsewhere",
            person.name
        );
        found.push(Contradiction::new(
            FindingRule::CapacityDiffers,
            person.recorded,
            other.recorded,
            message,
        ));
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
