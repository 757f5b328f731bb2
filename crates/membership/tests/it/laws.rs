//! What holds whatever is asked, in whatever order.

use chancery_kernel::{Decider, StateCode, testing::live};
use chancery_membership::{Bond, Event, Membership, Standing, State};
use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

use crate::{
    chance::{STATES, commands, days, rules},
    words::{day, deposit, state},
};

/// The event as it comes out of a log.
fn read_back(event: &Event) -> Event {
    let json = event.data().unwrap().to_string();
    let mut reader = serde_json::Deserializer::from_str(&json);
    let read = Event::read(event.kind(), event.schema(), &mut reader);
    read.unwrap().unwrap()
}

/// Whether a bond covers a day, read off its two ends.
fn covers(bond: &Bond, on: Date) -> bool {
    bond.start() <= on && bond.withdrawn.is_none_or(|out| on < out)
}

/// Each day on which something may have changed, with the days beside it.
fn days_of_change(state: &State) -> Vec<Date> {
    let mut changes = vec![day("2010-01-01")];
    changes.extend(state.entry_into_force());
    for participant in state.participants().values() {
        changes.extend(participant.signed);
        for bond in &participant.bonds {
            changes.extend([bond.start(), bond.deposited]);
            changes.extend(bond.withdrawn);
            changes.extend(state.in_force_from(bond));
        }
    }
    let beside = |on: &Date| [on.saturating_sub(1.day()), *on, on.saturating_add(1.day())];
    changes.iter().flat_map(beside).collect()
}

/// The day of the last instrument, counted one by one.
fn counted_by_hand(state: &State) -> Option<Date> {
    let rules = &state.rules()?.entry_into_force;
    let mut deposits: Vec<(Date, StateCode)> = Vec::new();
    for (who, participant) in state.participants() {
        let counts = |bond: &&Bond| rules.counted.contains(&bond.instrument);
        let bonds = participant.bonds.iter().filter(counts);
        deposits.extend(bonds.map(|bond| (bond.deposited, *who)));
    }
    deposits.sort_unstable();
    deposits.dedup();
    let last = (rules.instruments as usize).checked_sub(1)?;
    deposits.get(last).map(|(on, _)| *on)
}

proptest! {
    #[test]
    fn every_command_is_answered_and_every_refusal_says_why(rules in rules(), commands in commands()) {
        let asked = commands.len();
        let (_, recorded, refused) = live::<Membership>(State::default().under(rules), commands);
        prop_assert_eq!(recorded.len() + refused.len(), asked);
        for message in refused {
            prop_assert!(message.contains("; ") && !message.ends_with('.'), "{message}");
        }
    }

    #[test]
    fn the_log_read_again_gives_the_live_state(rules in rules(), commands in commands()) {
        let start = State::default().under(rules);
        let (state, recorded, _) = live::<Membership>(start.clone(), commands);
        let replayed: Vec<Event> = recorded.iter().map(read_back).collect();
        prop_assert_eq!(&recorded, &replayed);
        prop_assert_eq!(state, Membership::fold(start, &replayed));
    }

    #[test]
    fn rules_recorded_last_give_the_same_state(rules in rules(), commands in commands()) {
        let (state, recorded, _) = live::<Membership>(State::default().under(rules.clone()), commands);
        prop_assert_eq!(state, Membership::fold(State::default(), &recorded).under(rules));
    }

    #[test]
    fn bound_is_in_force_or_pending(rules in rules(), commands in commands()) {
        let (state, ..) = live::<Membership>(State::default().under(rules), commands);
        for on in days_of_change(&state) {
            for (who, participant) in state.participants() {
                let standing = state.standing(*who, on);
                let bonds = participant.bonds.iter().filter(|bond| covers(bond, on)).count();
                prop_assert!(bonds <= 1, "{who} is bound twice on {on}");
                let bound = matches!(standing, Some(Standing::InForce | Standing::Pending));
                prop_assert_eq!(bound, bonds == 1, "{} on {}: {:?}", who, on, standing);
            }
        }
    }

    #[test]
    fn a_state_is_in_force_only_when_the_convention_is(rules in rules(), commands in commands()) {
        let (state, ..) = live::<Membership>(State::default().under(rules), commands);
        let treaty = state.entry_into_force();
        for participant in state.participants().values() {
            for bond in &participant.bonds {
                prop_assert!(state.in_force_from(bond).is_none_or(|from| Some(from) >= treaty));
                prop_assert!(treaty.is_some() || state.in_force_from(bond).is_none());
            }
        }
    }

    #[test]
    fn withdrawals_follow_their_notice_and_the_deposit(rules in rules(), commands in commands()) {
        let (state, ..) = live::<Membership>(State::default().under(rules), commands);
        for participant in state.participants().values() {
            for bond in &participant.bonds {
                let Some(out) = bond.withdrawn else { continue };
                prop_assert!(bond.deposited <= out);
                prop_assert!(bond.withdrawal_notified.is_none_or(|on| on <= out));
            }
        }
    }

    #[test]
    fn counted_deposits_are_bonds(rules in rules(), commands in commands()) {
        let (state, ..) = live::<Membership>(State::default().under(rules), commands);
        prop_assert_eq!(state.last_instrument_on(), counted_by_hand(&state));
    }

    #[test]
    fn a_further_deposit_never_puts_entry_into_force_off(
        rules in rules(),
        commands in commands(),
        on in days(),
    ) {
        let (before, ..) = live::<Membership>(State::default().under(rules), commands);
        let after = Membership::evolve(before.clone(), &Event::Acceded(deposit("ZMB", &on.to_string()).into()));
        if let Some(was) = before.last_instrument_on() {
            prop_assert!(after.last_instrument_on().is_some_and(|is| is <= was));
        }
    }

    #[test]
    fn the_order_between_states_does_not_matter(
        rules in rules(),
        commands in commands(),
        order in Just(STATES.to_vec()).prop_shuffle(),
    ) {
        let start = State::default().under(rules);
        let (live, recorded, _) = live::<Membership>(start.clone(), commands);
        let by_state = order.iter().flat_map(|who| {
            let who = state(who);
            recorded.iter().filter(move |event| event.state() == who)
        });
        prop_assert_eq!(live, Membership::fold(start, by_state));
    }

    #[test]
    fn the_order_of_recording_within_a_day_does_not_matter(
        rules in rules(),
        days in [days(), days()],
        deposits in Just((0..40usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let states: Vec<StateCode> = StateCode::all().take(40).collect();
        let event = |index: usize| {
            let on = days[index % 2].to_string();
            Event::Ratified(deposit(states[index].as_str(), &on).into())
        };
        let start = State::default().under(rules);
        let fold = |order: &[usize]| {
            let events: Vec<Event> = order.iter().map(|index| event(*index)).collect();
            Membership::fold(start.clone(), &events)
        };
        let in_order: Vec<usize> = (0..40).collect();
        let (one, other) = (fold(&in_order), fold(&deposits));
        prop_assert_eq!(one.entry_into_force(), other.entry_into_force());
        prop_assert_eq!(one, other);
    }
}
