use chancery_obligations::Timing;
use chancery_projections::{DeadlineAt, MandateAt};

use crate::export::{
    Cell,
    cell::{
        codes, joined, maybe, maybe_number, names, number, place, said, symbol, text, truth, word,
    },
    list::{ColumnOf, Kind, ListOf, column},
};

pub(super) static DEADLINES: ListOf<DeadlineAt> = ListOf {
    name: "deadlines",
    view: "Deadline",
    table: "deadlines",
    about: "What every bound State owes or has done, by date and name; of a yearly report the last that fell due and the next.",
    key: Some(KEY),
    items: |at| at.deadlines(),
    columns: COLUMNS,
};

pub(super) static REPORTS: ListOf<DeadlineAt> = ListOf {
    name: "reports",
    view: "Report",
    table: "reports",
    about: "Every report that bound States owe or have handed in, by date and name.",
    key: Some(KEY),
    items: |at| at.reports(),
    columns: COLUMNS,
};

const KEY: &[&str] = &["state_code", "obligation", "clock", "year"];

const COLUMNS: &[ColumnOf<DeadlineAt>] = &[
    column("state_code", Kind::State, "Which State.", |it| text(it.state.code)),
    column("state_name", Kind::StateName, "Its name on the day.", |it| text(&it.state.name)),
    column("obligation", Kind::Text, "What it owes, by its code in the profile.", |it| {
        text(&it.obligation)
    }),
    column("obligation_name", Kind::Text, "Its name in the profile.", |it| {
        text(&it.obligation_name)
    }),
    column("clock", Kind::Text, "The clock, where an event started it.", |it| {
        maybe(it.clock.as_ref())
    }),
    column("year", Kind::Integer, "The calendar year that a yearly report covers.", |it| {
        maybe_number(it.year)
    }),
    column("due_on", Kind::Date, "The last day on which it is in time.", |it| text(it.due_on)),
    column("standing", Kind::Word, "How it stands on the day.", |it| word(&it.standing)),
    column("done_on", Kind::Date, "When it was done; empty while nothing is recorded.", |it| {
        maybe(it.done_on)
    }),
    column("declared_on", Kind::Date, "When completion was declared.", |it| maybe(it.declared_on)),
    column("on_time", Kind::Truth, "Whether it was done in time; empty where unknown.", |it| {
        match it.timing {
            Some(Timing::OnTime) => truth(true),
            Some(Timing::Late { .. }) => truth(false),
            Some(Timing::Unknown) | None => Cell::Empty,
        }
    }),
    column("days_late", Kind::Integer, "By how many days it was late, at least.", |it| {
        match it.timing {
            Some(Timing::Late { at_least, .. }) => number(at_least),
            _ => Cell::Empty,
        }
    }),
    column("extension_requested", Kind::Truth, "Whether one is asked for, undecided.", |it| {
        truth(it.extension_requested)
    }),
    column("requested_until", Kind::Date, "Until when.", |it| maybe(it.requested_until)),
    column("rule", Kind::Text, "The rule that gave the date, with its article.", |it| {
        text(&it.rule)
    }),
    column("sources", Kind::Several, "The places that prove it.", |it| joined(&it.sources)),
    column("days_late_at_most", Kind::Integer, "By how many days it was late, at most.", |it| {
        match it.timing {
            Some(Timing::Late { at_most, .. }) => number(at_most),
            _ => Cell::Empty,
        }
    }),
];

pub(super) static MANDATES: ListOf<MandateAt> = ListOf {
    name: "mandates",
    view: "Mandate",
    table: "mandates",
    about: "What decisions gave somebody to do: those with a date first, by date.",
    key: Some(&["code"]),
    items: |at| at.mandates(),
    columns: &[
        column("code", Kind::Text, "Its code.", |it| text(&it.id)),
        column("decision", Kind::Decision, "The decision that gave it.", |it| text(&it.decision)),
        column("action", Kind::Text, "What is to be done, in short.", |it| text(&it.action)),
        column("responsible", Kind::Text, "Who is to do it, in one line.", |it| {
            text(&it.responsible)
        }),
        column("state_codes", Kind::Several, "The States among them.", |it| codes(&it.states)),
        column("state_names", Kind::Several, "Their names on the day.", |it| names(&it.states)),
        column("organisations", Kind::Several, "The organisations among them.", |it| {
            joined(it.organisations.iter().map(|it| &it.name))
        }),
        column("office", Kind::Text, "The office whose holder is to do it.", |it| {
            maybe(it.office.as_ref())
        }),
        column("due_said", Kind::Text, "By when, as it was said.", |it| said(it.due.as_ref())),
        column(
            "due_on",
            Kind::Date,
            "The day that this comes to; it moves with its meeting.",
            |it| maybe(it.due_on),
        ),
        column("due_as_said", Kind::Text, "By when, in the words of the source.", |it| {
            maybe(it.due_as_said.as_ref())
        }),
        column("recurs", Kind::Truth, "Whether it recurs.", |it| truth(it.recurs)),
        column("standing", Kind::Word, "How it stands on the day.", |it| word(&it.standing)),
        column("fulfilled_on", Kind::Several, "When it was fulfilled: once, or each time.", |it| {
            joined(it.fulfilments.iter().map(|done| done.on))
        }),
        column("superseded_by", Kind::Text, "The mandate that took its place.", |it| {
            maybe(it.superseded_by.as_ref())
        }),
        column("given_on", Kind::Date, "When it was given.", |it| text(it.on)),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(it.source.as_ref())
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(it.source.as_ref())),
        column("documents", Kind::Several, "Documents that came of it.", |it| {
            joined(it.fulfilments.iter().flat_map(|done| &done.documents))
        }),
    ],
};
