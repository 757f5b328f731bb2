//! What holds whatever is asked, in whatever order.

use chancery_kernel::{Actor, Decider, testing::live};
use chancery_offices::{Event, Offices, Seat, State};
use proptest::prelude::*;

use crate::{chance::commands, words::start};

/// The event as it comes out of a log.
fn read_back(event: &Event) -> Event {
    let json = event.data().unwrap().to_string();
    let mut reader = serde_json::Deserializer::from_str(&json);
    let read = Event::read(event.kind(), event.schema(), &mut reader);
    read.unwrap().unwrap()
}

fn running(state: &State) -> usize {
    state.terms().iter().filter(|term| term.ended.is_none()).count()
}

proptest! {
    #[test]
    fn every_command_is_answered_and_every_refusal_says_why(commands in commands()) {
        let asked = commands.len();
        let (_, recorded, refused) = live::<Offices>(start(), commands);
        prop_assert_eq!(recorded.len() + refused.len(), asked);
        for message in refused {
            prop_assert!(message.contains("; ") && !message.ends_with('.'), "{message}");
        }
    }

    #[test]
    fn the_log_read_again_gives_the_live_state(commands in commands()) {
        let (state, recorded, _) = live::<Offices>(start(), commands);
        let replayed: Vec<Event> = recorded.iter().map(read_back).collect();
        prop_assert_eq!(&recorded, &replayed);
        prop_assert_eq!(state, Offices::fold(start(), &replayed));
    }

    #[test]
    fn every_act_shows_in_the_terms(commands in commands()) {
        let mut state = start();
        for command in commands {
            let Ok(events) = Offices::decide(&state, command) else { continue };
            let (terms, still_running) = (state.terms().len(), running(&state));
            for event in &events {
                state = Offices::evolve(state, event);
            }
            let (began, ended) = match &events[0] {
                Event::Elected(it) | Event::Designated(it) | Event::Confirmed(it) => (it.states.len().max(1), 0),
                Event::Succeeded(_) => (1, 1),
                Event::Ended(_) => (0, 1),
                other => panic!("{other:?}"),
            };
            prop_assert_eq!(state.terms().len(), terms + began);
            prop_assert_eq!(running(&state), still_running + began - ended);
        }
    }

    #[test]
    fn every_term_is_in_a_seat_that_the_profile_knows(commands in commands()) {
        let (state, ..) = live::<Offices>(start(), commands);
        for term in state.terms() {
            let seat = state.rules.office(&term.office).unwrap().seat;
            prop_assert_eq!(term.of.is_some(), seat == Seat::Meeting);
            prop_assert!(term.theme.as_ref().is_none_or(|it| state.rules.theme(it).is_some()));
        }
    }

    #[test]
    fn every_holder_is_somebody(commands in commands()) {
        let (state, ..) = live::<Offices>(start(), commands);
        for term in state.terms() {
            let written = serde_json::to_string(&term.holder).unwrap();
            let read: Result<Actor, _> = serde_json::from_str(&written);
            prop_assert_eq!(read.ok(), Some(term.holder.clone()), "{}", written);
        }
    }
}
