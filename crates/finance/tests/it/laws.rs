//! What holds whatever is asked, in whatever order.

use chancery_finance::{Event, Finance};
use chancery_kernel::{Decider, Decimal, testing::live};
use proptest::prelude::*;

use crate::{chance::commands, words::rules};

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
        let (_, recorded, refused) = live::<Finance>(rules(), commands);
        prop_assert_eq!(recorded.len() + refused.len(), asked);
        for message in refused {
            prop_assert!(message.contains("; ") && !message.ends_with('.'), "{message}");
        }
    }

    #[test]
    fn the_log_read_again_gives_the_live_state(commands in commands()) {
        let (state, recorded, _) = live::<Finance>(rules(), commands);
        let replayed: Vec<Event> = recorded.iter().map(read_back).collect();
        prop_assert_eq!(&recorded, &replayed);
        prop_assert_eq!(state, Finance::fold(rules(), &replayed));
    }

    #[test]
    fn the_reserve_never_goes_below_nought(commands in commands()) {
        let (state, recorded, _) = live::<Finance>(rules(), commands);
        let drawn = recorded.iter().any(|event| matches!(event, Event::ReserveDrawn(_)));
        prop_assert!(!drawn || state.reserve().balance().is_some());
    }

    #[test]
    fn percentages_and_rates_stay_parts_of_a_whole(commands in commands()) {
        let (state, ..) = live::<Finance>(rules(), commands);
        let parts = state.procedures().categories.values().filter_map(|it| it.category.percentage);
        let sum: Decimal = parts.map(chancery_kernel::Percent::number).sum();
        prop_assert!(sum <= Decimal::ONE_HUNDRED);
    }
}
