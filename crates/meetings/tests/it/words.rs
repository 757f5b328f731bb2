//! Short words for what happens to meetings. The meeting is the eighth, unless another is named.

use chancery_kernel::{Actor, MeetingId, PartialDate, StateCode, Text, testing::Given};
use chancery_meetings::{
    Attendance, Category, Closing, Convocation, Event, Issue, MeetingKind, Meetings, Opening,
    Plenary, Rescheduling, Rules, Scheduling, Speech, SpeechForm, State, Venue,
};

/// Nothing yet, under rules that know Meetings of States Parties and Review Conferences.
pub(crate) fn start() -> State {
    let mut state = State::default();
    state.rules = rules();
    state
}

pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given<Meetings> {
    Given::events(start(), events)
}

/// What happened to the eighth meeting after it had been scheduled.
pub(crate) fn given_8msp(events: impl IntoIterator<Item = Event>) -> Given<Meetings> {
    let scheduled = Event::Scheduled(scheduling("8msp").into());
    given([scheduled].into_iter().chain(events))
}

fn rules() -> Rules {
    let kind =
        |id, name, article| MeetingKind { id: text(id), name: text(name), article: text(article) };
    Rules {
        kinds: vec![
            kind("msp", "Meeting of States Parties", "11"),
            kind("rc", "Review Conference", "12"),
        ],
    }
}

pub(crate) fn text(text: &str) -> Text {
    text.try_into().unwrap()
}

pub(crate) fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

/// A date; empty is none.
pub(crate) fn known(text: &str) -> Option<PartialDate> {
    (!text.is_empty()).then(|| date(text))
}

pub(crate) fn meeting(id: &str) -> MeetingId {
    id.parse().unwrap()
}

pub(crate) fn states(codes: &[&str]) -> Vec<StateCode> {
    codes.iter().map(|code| code.parse().unwrap()).collect()
}

pub(crate) fn scheduling(id: &str) -> Scheduling {
    Scheduling {
        meeting: meeting(id),
        kind: text("msp"),
        ordinal: None,
        title: text("A Meeting of States Parties"),
        days: Some(3),
        opens_on: known("2018-09-03"),
        closes_on: known("2018-09-05"),
        venue: Some(venue("Geneva", "CHE")),
        alternative_venue: None,
        on: date("2017-09-06"),
    }
}

pub(crate) fn venue(city: &str, state: &str) -> Venue {
    Venue { city: text(city), state: state.parse().unwrap() }
}

/// New days of the eighth meeting; an empty one stays.
pub(crate) fn rescheduling(opens_on: &str, closes_on: &str) -> Rescheduling {
    Rescheduling {
        meeting: meeting("8msp"),
        opens_on: known(opens_on),
        closes_on: known(closes_on),
        venue: None,
        reason: None,
        on: date("2018-01-15"),
    }
}

pub(crate) fn convocation() -> Convocation {
    Convocation {
        meeting: meeting("8msp"),
        by: Actor::state("NIC".parse().unwrap()),
        invited: vec![text("all States")],
        on: date("2018-06-01"),
    }
}

pub(crate) fn opening(on: &str) -> Opening {
    Opening { meeting: meeting("8msp"), by: None, on: date(on) }
}

pub(crate) fn closing(on: &str) -> Closing {
    Closing { meeting: meeting("8msp"), on: date(on) }
}

pub(crate) fn attendance(
    category: Category,
    state_codes: &[&str],
    organisations: &[&str],
) -> Attendance {
    Attendance {
        meeting: meeting("8msp"),
        category,
        states: states(state_codes),
        organisations: organisations.iter().map(|id| id.parse().unwrap()).collect(),
        rule: None,
        on: date("2018-09-03"),
    }
}

pub(crate) fn plenary(number: u32, of: Option<u32>) -> Plenary {
    Plenary { meeting: meeting("8msp"), number, of, on: date("2018-09-03") }
}

pub(crate) fn speech() -> Speech {
    Speech {
        meeting: meeting("8msp"),
        plenary: Some(1),
        form: SpeechForm::Statement,
        by: Actor::state("NIC".parse().unwrap()),
        on_behalf_of: None,
        summary: None,
        on: date("2018-09-03"),
    }
}

pub(crate) fn issue(symbol: &str) -> Issue {
    Issue {
        document: symbol.parse().unwrap(),
        title: text("Provisional agenda"),
        meeting: Some(meeting("8msp")),
        states: Vec::new(),
        on: date("2018"),
    }
}
