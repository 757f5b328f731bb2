//! What holds whatever is asked, in whatever order.

use std::collections::BTreeSet;

use chancery_decisions::{Decisions, Event, State};
use chancery_kernel::{Decider, testing::live};
use proptest::prelude::*;

use crate::chance::commands;

/// The event as it comes out of a log.
fn read_back(event: &Event) -> Event {
    let json = event.data().unwrap().to_string();
    let mut reader = serde_json::Deserializer::from_str(&json);
    let read = Event::read(event.kind(), event.schema(), &mut reader);
    read.unwrap().unwrap()
}

proptest! {
    #[test]
    fn every_command_is_answered_and_every_refusal_says_why(commands in commands()) {
        let asked = commands.len();
        let (_, recorded, refused) = live::<Decisions>(State::default(), commands);
        prop_assert_eq!(recorded.len() + refused.len(), asked);
        for message in refused {
            prop_assert!(message.contains("; ") && !message.ends_with('.'), "{message}");
        }
    }

    #[test]
    fn the_log_read_again_gives_the_live_state(commands in commands()) {
        let (state, recorded, _) = live::<Decisions>(State::default(), commands);
        let replayed: Vec<Event> = recorded.iter().map(read_back).collect();
        prop_assert_eq!(&recorded, &replayed);
        prop_assert_eq!(state, Decisions::fold(State::default(), &replayed));
    }

    #[test]
    fn nothing_that_was_recorded_is_lost(commands in commands()) {
        let (state, recorded, _) = live::<Decisions>(State::default(), commands);
        let dissociations = state.decisions().values().map(|it| it.dissociations.len());
        let kept = state.decisions().len() + state.votes().len() + dissociations.sum::<usize>();
        let fulfilled: usize = state.mandates().values().map(|it| it.fulfilments.len()).sum();
        prop_assert_eq!(kept + state.mandates().len() + fulfilled, recorded.len());
    }

    #[test]
    fn a_state_stands_apart_once(commands in commands()) {
        let (state, ..) = live::<Decisions>(State::default(), commands);
        for decision in state.decisions().values() {
            let mut apart = BTreeSet::new();
            for state in decision.dissociations.iter().flat_map(|it| &it.states) {
                prop_assert!(apart.insert(*state), "{state} twice");
            }
        }
    }

    #[test]
    fn what_does_not_recur_is_fulfilled_once(commands in commands()) {
        let (state, ..) = live::<Decisions>(State::default(), commands);
        for mandate in state.mandates().values() {
            prop_assert!(mandate.recurs() || mandate.fulfilments.len() <= 1);
            prop_assert!(state.decisions().contains_key(&mandate.given.decision));
        }
    }

    #[test]
    fn what_is_adopted_is_a_document(commands in commands()) {
        let (state, ..) = live::<Decisions>(State::default(), commands);
        for decision in state.decisions().values() {
            prop_assert!(!decision.adopts || !decision.documents.is_empty());
        }
    }
}
