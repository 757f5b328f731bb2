//! What holds whatever is asked, in whatever order.

use chancery_kernel::{Calendar, Decider, testing::live};
use chancery_meetings::{Category, Command, Event, Meetings, State};
use proptest::prelude::*;

use crate::{chance::commands, words::start};

fn after(commands: Vec<Command>) -> State {
    live::<Meetings>(start(), commands).0
}

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
        let (_, recorded, refused) = live::<Meetings>(start(), commands);
        prop_assert_eq!(recorded.len() + refused.len(), asked);
        for message in refused {
            prop_assert!(message.contains("; ") && !message.ends_with('.'), "{message}");
        }
    }

    #[test]
    fn the_log_read_again_gives_the_live_state(commands in commands()) {
        let (state, recorded, _) = live::<Meetings>(start(), commands);
        let replayed: Vec<Event> = recorded.iter().map(read_back).collect();
        prop_assert_eq!(&recorded, &replayed);
        prop_assert_eq!(state, Meetings::fold(start(), &replayed));
    }

    #[test]
    fn a_meeting_ends_after_it_begins(commands in commands()) {
        for meeting in after(commands).meetings().values() {
            if let (Some(opens), Some(closes)) = (meeting.opens_on, meeting.closes_on) {
                prop_assert!(opens.earliest() <= closes.latest());
            }
            prop_assert!(meeting.opened.is_some() || meeting.closed.is_none());
        }
    }

    #[test]
    fn plenaries_are_numbered_within_their_count(commands in commands()) {
        for meeting in after(commands).meetings().values() {
            let most = meeting.plenary_count.unwrap_or(u32::MAX);
            for number in meeting.plenaries.keys() {
                prop_assert!((1..=most).contains(number), "{number} of {most}");
            }
        }
    }

    #[test]
    fn states_attend_as_states(commands in commands()) {
        for meeting in after(commands).meetings().values() {
            prop_assert!(meeting.states.values().all(|it| *it != Category::Organisation));
        }
    }

    #[test]
    fn documents_belong_to_meetings_that_are_known(commands in commands()) {
        let state = after(commands);
        for document in state.documents().values() {
            if let Some(meeting) = &document.meeting {
                prop_assert!(state.meetings().contains_key(meeting));
            }
        }
    }

    #[test]
    fn only_dated_meetings_are_in_the_calendar(commands in commands()) {
        let state = after(commands);
        for (id, meeting) in state.meetings() {
            let days = state.days(id);
            prop_assert_eq!(days.map(|days| days.opening), meeting.opens_on);
        }
    }
}
