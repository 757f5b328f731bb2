//! Commands by chance: few seats, few holders, few days.

use chancery_kernel::{Actor, MeetingId, OfficeId, PartialDate, StateCode, ThemeId, When};
use chancery_offices::{Appointment, Command, Ending, Manner, Succession};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
};

use crate::words::{date, meeting, state, text, when};

fn offices() -> impl Strategy<Value = OfficeId> {
    let ids = vec!["president", "vice_president", "coordinator", "coordinator", "rapporteur"];
    select(ids).prop_map(|id| id.parse().unwrap())
}

fn themes() -> impl Strategy<Value = Option<ThemeId>> {
    let ids = vec!["clearance", "victim_assistance", "universalization"];
    option::weighted(0.3, select(ids).prop_map(|id| id.parse().unwrap()))
}

fn meetings() -> impl Strategy<Value = Option<MeetingId>> {
    option::of(select(vec!["7msp", "8msp"]).prop_map(meeting))
}

fn holders() -> impl Strategy<Value = StateCode> {
    select(vec!["CHE", "DEU", "NIC"]).prop_map(state)
}

fn dates() -> impl Strategy<Value = PartialDate> {
    select(vec!["2017-09-04", "2017-09", "2017", "2018-09-03", "9999-12-31"]).prop_map(date)
}

fn moments() -> impl Strategy<Value = Option<When>> {
    let texts = vec!["2017-09-04", "the end of 7msp", "the day after the end of 8msp"];
    option::of(select(texts).prop_map(when))
}

fn appointments() -> impl Strategy<Value = Appointment> {
    let states = prop_oneof![
        4 => holders().prop_map(|one| vec![one]),
        2 => subsequence(["CHE", "DEU", "NIC"].map(state).to_vec(), 0..=3),
        1 => vec(holders(), 2..3),
    ];
    let who = (
        states,
        option::weighted(0.2, Just("isu")),
        option::weighted(0.3, Just(text("Ambassador First"))),
        option::weighted(0.2, Just(text("Permanent Representative"))),
    );
    let seat = (offices(), themes(), meetings(), meetings());
    let by = option::of(select(vec![Manner::Acclamation, Manner::SilenceProcedure]));
    (seat, who, by, moments(), moments(), dates()).prop_map(
        |(
            (office, theme, meeting, of),
            (states, organisation, person, capacity),
            by,
            from,
            until,
            on,
        )| {
            Appointment {
                office,
                theme,
                meeting,
                of,
                states,
                organisation: organisation.map(|id| id.parse().unwrap()),
                person,
                capacity,
                by,
                from,
                until,
                on,
            }
        },
    )
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    let succession = (offices(), themes(), meetings(), holders(), holders(), dates()).prop_map(
        |(office, theme, of, predecessor, successor, on)| Succession {
            office,
            theme,
            of,
            predecessor,
            successor: Actor::state(successor),
            on,
        },
    );
    let ending = (offices(), themes(), meetings(), holders(), dates()).prop_map(
        |(office, theme, of, state, on)| Ending { office, theme, of, state, reason: None, on },
    );
    vec(
        prop_oneof![
            3 => appointments().prop_map(Command::Elect),
            1 => appointments().prop_map(Command::Designate),
            1 => appointments().prop_map(Command::Confirm),
            2 => succession.prop_map(Command::Succeed),
            2 => ending.prop_map(Command::End),
        ],
        0..60,
    )
}
