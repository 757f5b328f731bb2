//! Commands by chance: few States and crowded dates, so that rules meet each other.

use chancery_kernel::{ClockId, PartialDate};
use chancery_obligations::Command;
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::words::{completion, date, declaration, grant, reopening, report, request};

fn states() -> impl Strategy<Value = &'static str> {
    select(vec!["MOZ", "BGR", "ZMB"])
}

fn obligations() -> impl Strategy<Value = &'static str> {
    select(vec![
        "stockpile",
        "clearance",
        "clearance",
        "mines",
        "initial_report",
        "annual_report",
        "retention_report",
        "nothing",
    ])
}

fn clocks() -> impl Strategy<Value = Option<ClockId>> {
    option::weighted(0.2, Just("end_of_hostilities".parse().unwrap()))
}

pub(crate) fn dates() -> impl Strategy<Value = PartialDate> {
    (2010..2035u16, 1..13u8, 1..29u8, 0..4u8).prop_map(|(year, month, day, precision)| {
        date(&match precision {
            0 => format!("{year}"),
            1 => format!("{year}-{month:02}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        })
    })
}

fn command() -> impl Strategy<Value = Command> {
    let what = (states(), obligations(), clocks());
    let when = (dates(), option::of(dates()), option::of(2009..2030i16));
    (what, when, 0..12u8).prop_map(|((who, what, clock), (on, other, year), which)| {
        let (on, other) = (on.to_string(), other.map_or_else(String::new, |it| it.to_string()));
        match which {
            0..=3 => {
                let mut it = declaration(who, what, &on);
                it.started = (!other.is_empty()).then(|| date(&other));
                it.started = it.started.filter(|_| clock.is_some());
                Command::Declare(chancery_obligations::Declaration { clock, ..it })
            }
            4..=5 => Command::Report(report(who, what, year, &on)),
            6 => {
                let it = request(who, what, &other, &on);
                Command::RequestExtension(chancery_obligations::ExtensionRequest { clock, ..it })
            }
            7..=8 => {
                let it = grant(who, what, &on, "2020");
                Command::GrantExtension(chancery_obligations::ExtensionGrant { clock, ..it })
            }
            9..=10 => {
                let it = completion(who, what, &other, &on);
                Command::Complete(chancery_obligations::Completion { clock, ..it })
            }
            _ => {
                let it = reopening(who, what, &other, &on);
                Command::Reopen(chancery_obligations::Reopening { clock, ..it })
            }
        }
    })
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    vec(command(), 0..60)
}
