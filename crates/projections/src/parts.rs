//! How the States stand on any day: found, instead of computed anew for each day.
//!
//! A State's part in a convention changes on a few days: it signs, deposits, the convention enters
//! into force for it, it withdraws. Once somebody asks, its part is computed for those days, and is
//! the same from each of them until the next.

use std::sync::{Arc, OnceLock};

use chancery_kernel::{StateCode, StateName};
use chancery_membership::{Instrument, Participant, Standing, State as Membership};
use jiff::civil::Date;
use serde::Serialize;

use crate::{memo::ByCount, participants::alphabetical, status::Status};

/// What holds from each of some days until the next, in their order.
type Since<T> = Box<[(Date, T)]>;

/// A State's part in the convention on a day, but for what its acts say in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    /// How it stands.
    pub standing: Standing,
    /// The day of its signature.
    pub signed_on: Option<Date>,
    /// The day of its deposit.
    pub bound_on: Option<Date>,
    /// By which act it is bound.
    pub act: Option<Instrument>,
    /// The day from which the convention is in force for it, also when that lies ahead.
    pub in_force_from: Option<Date>,
    /// The day on which its notice of withdrawal was received.
    pub withdrawal_notified_on: Option<Date>,
    /// The day from which it is, or will be, no longer bound.
    pub withdrawn_on: Option<Date>,
}

/// The parts of all States that ever acted, as far as they have been asked for. It follows from the
/// membership of a view, and is of no use for another's.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    states: OnceLock<Box<[Changes]>>,
    counts: OnceLock<Since<Status>>,
    by_name: ByCount<Arc<[(usize, StateName)]>>,
}

/// One State, and what its part is from each of some days until the next; `None` until it has one.
#[derive(Debug)]
struct Changes {
    state: StateCode,
    parts: OnceLock<Since<Option<Part>>>,
}

impl Part {
    /// A State's part on a day, computed from its acts; `None` if it has none.
    pub(crate) fn of(membership: &Membership, state: StateCode, day: Date) -> Option<Self> {
        let standing = membership.standing(state, day)?;
        let participant = membership.participants().get(&state)?;
        let bond = participant.bond_at(day);
        let known = |on: &Date| *on <= day;
        let withdrawal =
            bond.filter(|it| it.withdrawal_notified.or(it.withdrawn).as_ref().is_some_and(known));
        // Before the last instrument is deposited nobody can know the day.
        let force = membership.last_instrument_on().filter(known).and(bond);
        Some(Self {
            standing,
            signed_on: participant.signed.filter(known),
            bound_on: bond.map(|bond| bond.deposited),
            act: bond.map(|bond| bond.instrument),
            in_force_from: force.and_then(|bond| membership.in_force_from(bond)),
            withdrawal_notified_on: withdrawal.and_then(|bond| bond.withdrawal_notified),
            withdrawn_on: withdrawal.and_then(|bond| bond.withdrawn),
        })
    }
}

impl Parts {
    /// A State's part on a day; `None` if it has none.
    pub(crate) fn part(&self, of: &Membership, state: StateCode, day: Date) -> Option<Part> {
        let states = self.states(of);
        let index = states.binary_search_by_key(&state, |it| it.state).ok()?;
        states.get(index)?.on(of, day)
    }

    /// The part of every State that has one on a day, by code.
    pub(crate) fn all(
        &self,
        of: &Membership,
        day: Date,
    ) -> impl Iterator<Item = (StateCode, Part)> {
        self.states(of).iter().filter_map(move |it| Some((it.state, it.on(of, day)?)))
    }

    /// The part of every State that has one on a day, under the name of the day and in the order of
    /// the names.
    pub(crate) fn by_name(&self, of: &Membership, day: Date) -> Vec<(StateCode, StateName, Part)> {
        let states = self.states(of);
        let renamed = || of.participants().iter().flat_map(|(state, it)| names_from(*state, it));
        let by_name = self.by_name.get(day, renamed, || named(of, states, day));
        let found = by_name.iter().filter_map(|(index, name)| {
            let it = states.get(*index)?;
            Some((it.state, name.clone(), it.on(of, day)?))
        });
        found.collect()
    }

    /// How many States stand how on a day.
    pub(crate) fn status(&self, of: &Membership, day: Date) -> Status {
        let counts = self.counts.get_or_init(|| counts(of, self.states(of)));
        value_on(counts, day).unwrap_or_default()
    }

    fn states(&self, of: &Membership) -> &[Changes] {
        self.states.get_or_init(|| {
            let changes = |state: &StateCode| Changes { state: *state, parts: OnceLock::new() };
            of.participants().keys().map(changes).collect()
        })
    }
}

impl Changes {
    fn on(&self, of: &Membership, day: Date) -> Option<Part> {
        value_on(self.parts(of), day).flatten()
    }

    fn parts(&self, of: &Membership) -> &[(Date, Option<Part>)] {
        self.parts.get_or_init(|| {
            let participant = of.participants().get(&self.state);
            let mut days: Vec<Date> =
                participant.into_iter().flat_map(|it| changes_from(of, it)).collect();
            days.sort_unstable();
            let mut parts: Vec<_> =
                days.iter().map(|day| (*day, Part::of(of, self.state, *day))).collect();
            parts.dedup_by_key(|(_, part)| *part);
            parts.into()
        })
    }
}

/// What holds on a day, of what holds from each day until the next.
fn value_on<T: Copy>(from: &[(Date, T)], day: Date) -> Option<T> {
    let until = from.partition_point(|(from, _)| *from <= day);
    from.get(until.checked_sub(1)?).map(|(_, value)| *value)
}

/// Every day on which a State's part may become another.
fn changes_from(of: &Membership, it: &Participant) -> impl Iterator<Item = Date> {
    let bonds = it.bonds.iter().flat_map(|bond| {
        let own = [bond.withdrawal_notified, bond.withdrawn, of.in_force_from(bond)];
        own.into_iter().flatten().chain([bond.start()])
    });
    it.signed.into_iter().chain(of.last_instrument_on()).chain(bonds)
}

/// The first day of each name of a State, but for its first one.
fn names_from(state: StateCode, it: &Participant) -> impl Iterator<Item = Date> {
    it.names.keys().copied().chain(state.renamed_on())
}

/// Every State that ever acted, by its place and under the name of the day, in the order of the
/// names.
fn named(of: &Membership, states: &[Changes], day: Date) -> Arc<[(usize, StateName)]> {
    let name = |(index, it): (usize, &Changes)| (index, of.name_at(it.state, day));
    let mut named: Vec<_> = states.iter().enumerate().map(name).collect();
    named.sort_by_cached_key(|(_, name)| alphabetical(name));
    named.into()
}

/// How many States stand how from each day until the next.
fn counts(of: &Membership, states: &[Changes]) -> Since<Status> {
    let mut changes = Vec::new();
    for state in states {
        let mut before = None;
        for (from, part) in state.parts(of) {
            let now = part.map(|it| it.standing);
            changes.push((*from, std::mem::replace(&mut before, now), now));
        }
    }
    changes.sort_by_key(|(from, ..)| *from);
    let mut status = Status::default();
    let of_a_day = changes.chunk_by(|(one, ..), (other, ..)| one == other).filter_map(|changes| {
        changes.iter().for_each(|(_, before, now)| status.change(*before, *now));
        changes.first().map(|(from, ..)| (*from, status))
    });
    of_a_day.collect()
}
