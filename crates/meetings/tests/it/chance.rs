//! Commands by chance: few meetings, States and documents, so that rules meet each other.

use chancery_kernel::{Actor, MeetingId, PartialDate, StateCode};
use chancery_meetings::{
    Attendance, Category, Closing, Command, Consideration, Convocation, Issue, Opening, Plenary,
    Rescheduling, Scheduling, Speech, SpeechForm,
};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
};

use crate::words::{date, meeting, states, text, venue};

fn meetings() -> impl Strategy<Value = MeetingId> {
    select(vec!["7msp", "8msp", "2rc"]).prop_map(meeting)
}

fn dates() -> impl Strategy<Value = PartialDate> {
    let texts = vec![
        "2017-09-04",
        "2017-09-06",
        "2017-09",
        "2017",
        "2018-09-03",
        "2018-09-05",
        "2018-09",
        "2018",
        "9999-12-31",
        "1000",
    ];
    select(texts).prop_map(date)
}

fn some_states() -> impl Strategy<Value = Vec<StateCode>> {
    let codes = || states(&["CHE", "CRI", "DEU", "HRV", "NIC"]);
    prop_oneof![
        4 => subsequence(codes(), 0..=3),
        1 => vec(select(codes()), 0..4),
    ]
}

fn attendance() -> impl Strategy<Value = Attendance> {
    let of_states = vec![
        Category::StateParty,
        Category::NotYetInForce,
        Category::Signatory,
        Category::OtherState,
    ];
    let organisations = || vec(select(vec!["icrc", "gichd", "cmc"]), 0..3);
    let who = prop_oneof![
        4 => (select(of_states.clone()), some_states(), Just(Vec::new())),
        4 => (Just(Category::Organisation), Just(Vec::new()), organisations()),
        1 => (select(of_states), some_states(), organisations()),
        1 => (Just(Category::Organisation), some_states(), organisations()),
    ];
    (meetings(), who, dates()).prop_map(|(meeting, (category, states, organisations), on)| {
        Attendance {
            meeting,
            category,
            states,
            organisations: organisations.iter().map(|id| id.parse().unwrap()).collect(),
            rule: None,
            on,
        }
    })
}

fn symbol() -> impl Strategy<Value = chancery_kernel::DocumentSymbol> {
    select(vec!["CCM/MSP/2017/1", "CCM/MSP/2017/1/Rev.1", "CCM/MSP/2017/2", "A/RES/71/45"])
        .prop_map(|it| it.parse().unwrap())
}

fn calling() -> impl Strategy<Value = Command> {
    let days = || (option::of(dates()), option::of(dates()));
    let moved = option::of(Just(venue("Vienna", "AUT")));
    prop_oneof![
        3 => (meetings(), select(vec!["msp", "rc", "csp"]), days(), dates()).prop_map(
            |(meeting, kind, (opens_on, closes_on), on)| Command::Schedule(Scheduling {
                meeting,
                kind: text(kind),
                ordinal: None,
                title: text("A meeting"),
                days: None,
                opens_on,
                closes_on,
                venue: None,
                alternative_venue: None,
                on,
            })
        ),
        2 => (meetings(), days(), moved, dates()).prop_map(
            |(meeting, (opens_on, closes_on), venue, on)| Command::Reschedule(Rescheduling {
                meeting,
                opens_on,
                closes_on,
                venue,
                reason: None,
                on,
            })
        ),
        1 => (meetings(), dates()).prop_map(|(meeting, on)| Command::Convene(Convocation {
            meeting,
            by: Actor::state("NIC".parse().unwrap()),
            invited: vec![text("all States")],
            on,
        })),
    ]
}

fn holding() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => (meetings(), dates()).prop_map(|(meeting, on)| Command::Open(Opening {
            meeting,
            by: None,
            on,
        })),
        3 => attendance().prop_map(Command::Attend),
        3 => (meetings(), 0..5u32, option::of(0..5u32), dates()).prop_map(
            |(meeting, number, of, on)| Command::HoldPlenary(Plenary { meeting, number, of, on })
        ),
        1 => (meetings(), option::of(0..5u32), dates()).prop_map(|(meeting, plenary, on)| {
            Command::Speak(Speech {
                meeting,
                plenary,
                form: SpeechForm::Message,
                by: Actor::state("NIC".parse().unwrap()),
                on_behalf_of: None,
                summary: None,
                on,
            })
        }),
        1 => (meetings(), dates()).prop_map(|(meeting, on)| Command::Close(Closing { meeting, on })),
    ]
}

fn papers() -> impl Strategy<Value = Command> {
    prop_oneof![
        (symbol(), option::of(meetings()), some_states(), dates()).prop_map(
            |(document, meeting, states, on)| Command::IssueDocument(Issue {
                document,
                title: text("A paper"),
                meeting,
                states,
                on,
            })
        ),
        (meetings(), vec(symbol(), 0..3), dates()).prop_map(|(meeting, documents, on)| {
            Command::Consider(Consideration { meeting, documents, as_printed: None, on })
        }),
    ]
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    vec(prop_oneof![3 => calling(), 4 => holding(), 2 => papers()], 0..60)
}
