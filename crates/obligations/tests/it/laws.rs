//! What holds whatever is asked, in whatever order.

use chancery_kernel::{Decider, testing::live};
use chancery_obligations::{Event, Kept, Obligations, Standing};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::{
    chance::{commands, dates},
    words::{empty, who},
};

/// The event as it comes out of a log.
fn read_back(event: &Event) -> Event {
    let json = event.data().unwrap().to_string();
    let mut reader = serde_json::Deserializer::from_str(&json);
    let read = Event::read(event.kind(), event.schema(), &mut reader);
    read.unwrap().unwrap()
}

fn in_force() -> Date {
    "2011-09-01".parse().unwrap()
}

proptest! {
    #[test]
    fn every_command_is_answered_and_every_refusal_says_why(commands in commands()) {
        let asked = commands.len();
        let (_, recorded, refused) = live::<Obligations>(empty(), commands);
        prop_assert_eq!(recorded.len() + refused.len(), asked);
        for message in refused {
            prop_assert!(message.contains("; ") && !message.ends_with('.'), "{message}");
        }
    }

    #[test]
    fn the_log_read_again_gives_the_live_state(commands in commands()) {
        let (state, recorded, _) = live::<Obligations>(empty(), commands);
        let replayed: Vec<Event> = recorded.iter().map(read_back).collect();
        prop_assert_eq!(&recorded, &replayed);
        prop_assert_eq!(state, Obligations::fold(empty(), &replayed));
    }

    #[test]
    fn nothing_that_was_recorded_is_lost(commands in commands()) {
        let (state, recorded, _) = live::<Obligations>(empty(), commands);
        let steps: usize = state.duties().values().map(|duty| duty.steps().count()).sum();
        let reports = state.reports().values().flatten().count();
        prop_assert_eq!(steps + reports, recorded.len());
    }

    #[test]
    fn an_event_bears_a_date_that_was_written(commands in commands()) {
        let (_, recorded, _) = live::<Obligations>(empty(), commands);
        for event in recorded {
            prop_assert!(event.on().earliest().year() >= 2010, "{event:?}");
        }
    }

    #[test]
    fn how_it_stands_fits_its_date(commands in commands(), on in dates()) {
        let (state, ..) = live::<Obligations>(empty(), commands);
        let day = on.earliest();
        for it in state.owed(who("MOZ"), in_force(), day) {
            let past = it.due.latest() < day;
            match it.standing {
                Standing::Overdue | Standing::NotRecorded => {
                    let complete = it.standing == Standing::Overdue;
                    let rule = state.rules().obligation(&it.obligation);
                    prop_assert_eq!(rule.map(|it| it.kept == Kept::Complete), Some(complete));
                    prop_assert!(past && it.done.is_none() && it.requested.is_none());
                }
                Standing::Requested => {
                    prop_assert!(past && it.done.is_none() && it.requested.is_some());
                }
                Standing::Due | Standing::Extended => prop_assert!(!past && it.done.is_none()),
                Standing::Fulfilled => prop_assert!(it.done.is_some_and(|on| on.earliest() <= day)),
            }
            prop_assert_eq!(it.timing.is_some(), it.done.is_some());
        }
    }

    #[test]
    fn what_was_done_later_does_not_change_the_past(commands in commands(), on in dates()) {
        let (state, recorded, _) = live::<Obligations>(empty(), commands);
        let day = on.earliest();
        let by_then = recorded.iter().filter(|event| event.on().earliest() <= day);
        let then = Obligations::fold(empty(), by_then);
        prop_assert_eq!(
            state.owed(who("MOZ"), in_force(), day),
            then.owed(who("MOZ"), in_force(), day)
        );
    }

    #[test]
    fn yearly_reports_are_owed_for_each_year_once(commands in commands(), on in dates()) {
        let (state, ..) = live::<Obligations>(empty(), commands);
        let owed = state.owed(who("MOZ"), in_force(), on.earliest());
        let years: Vec<i16> = owed
            .iter()
            .filter(|it| it.obligation.as_str() == "annual_report")
            .filter_map(|it| it.year)
            .collect();
        prop_assert!(years.windows(2).all(|pair| pair[1] == pair[0] + 1), "{years:?}");
        prop_assert!(owed.iter().all(|it| it.year.is_none_or(|year| year >= in_force().year())));
    }
}
