use std::sync::Arc;

use chancery_projections::{Finding, HistoryFilter, Known, Status};
use chancery_register::{Profile, Recorded};
use jiff::civil::Date;

use crate::export::{
    Cell,
    cell::{joined, maybe, number, place, symbol, text, word},
    list::{Kind, ListOf, column},
};

/// A convention and what stands behind its figures.
pub(super) struct Convention {
    profile: Option<Arc<Profile>>,
    status: Status,
    entry_into_force: Option<Date>,
    as_at: Date,
    known: Option<Known>,
}

pub(super) static CONVENTIONS: ListOf<Convention> = ListOf {
    name: "conventions",
    view: "Convention",
    table: "conventions",
    about: "The conventions with their status on the day, and up to where the register knows them.",
    key: Some(&[]),
    items: |at| {
        vec![Convention {
            profile: at.view().state().profile.clone(),
            status: at.status(),
            entry_into_force: at.entry_into_force(),
            as_at: at.day(),
            known: at.view().known(),
        }]
    },
    columns: &[
        column("name", Kind::Text, "Its name.", |it| maybe(it.profile.as_ref().map(|it| &it.name))),
        column("short_name", Kind::Text, "Its abbreviation.", |it| {
            maybe(it.profile.as_ref().map(|it| &it.short_name))
        }),
        column("depositary", Kind::Text, "Who keeps the original.", |it| {
            maybe(it.profile.as_ref().map(|it| &it.depositary))
        }),
        column("adopted_on", Kind::Day, "The day on which its text was adopted.", |it| {
            maybe(it.profile.as_ref().map(|it| it.adopted_on))
        }),
        column("entry_into_force", Kind::Day, "Its own entry into force.", |it| {
            maybe(it.entry_into_force)
        }),
        column("bound", Kind::Integer, "States that are bound: in force and pending.", |it| {
            number(it.status.bound)
        }),
        column("in_force", Kind::Integer, "States parties for which it is in force.", |it| {
            number(it.status.in_force)
        }),
        column("pending", Kind::Integer, "Bound States for which it is not yet in force.", |it| {
            number(it.status.pending)
        }),
        column("signatories_only", Kind::Integer, "States that have only signed.", |it| {
            number(it.status.signatories_only)
        }),
        column("withdrawn", Kind::Integer, "States that have withdrawn.", |it| {
            number(it.status.withdrawn)
        }),
        column("as_at", Kind::Day, "The day on which everything is evaluated.", |it| {
            text(it.as_at)
        }),
        column("position", Kind::Integer, "The position of the last event that is known.", |it| {
            it.known.map_or(Cell::Empty, |known| number(known.position))
        }),
        column("recorded_at", Kind::Moment, "When that event was recorded.", |it| {
            maybe(it.known.map(|known| known.recorded_at))
        }),
    ],
};

pub(super) static FINDINGS: ListOf<Finding> = ListOf {
    name: "findings",
    view: "Finding",
    table: "findings",
    about: "What contradicts what, in the order of recording. It does not depend on the day.",
    key: None,
    items: |at| at.view().findings(),
    columns: &[
        column("rule", Kind::Word, "Which rule found it.", |it| word(&it.rule)),
        column("message", Kind::Text, "What does not fit, in one sentence.", |it| {
            text(&it.message)
        }),
        column("position", Kind::Integer, "The position of the event that does not fit.", |it| {
            number(it.position)
        }),
        column("source_symbol", Kind::Text, "The document that does not fit.", |it| {
            symbol(it.places.first())
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(it.places.first())),
        column("other_places", Kind::Several, "What it does not fit with, if recorded.", |it| {
            joined(it.places.iter().skip(1))
        }),
    ],
};

pub(super) static HISTORY: ListOf<Arc<Recorded>> = ListOf {
    name: "history",
    view: "Event",
    table: "history",
    about: "Every event that counts on the day, in the order of recording.",
    key: Some(&["position"]),
    items: |at| at.history(&HistoryFilter::default()).cloned().collect(),
    columns: &[
        column(
            "position",
            Kind::Integer,
            "Its place in the log of all conventions, from 0.",
            |it| number(it.position),
        ),
        column("id", Kind::Text, "Its own id, a version 7 UUID.", |it| text(it.envelope.id)),
        column("version", Kind::Integer, "Its number in its convention, from 1.", |it| {
            number(it.envelope.version)
        }),
        column("type", Kind::Text, "Domain, full stop, past tense: `offices.elected`.", |it| {
            text(it.envelope.event.kind())
        }),
        column("schema", Kind::Integer, "The schema that `data` is written in.", |it| {
            number(it.envelope.event.schema())
        }),
        column("recorded_at", Kind::Moment, "When it was recorded.", |it| {
            text(it.envelope.recorded_at)
        }),
        column("recorded_by", Kind::Text, "Who recorded it.", |it| text(&it.envelope.recorded_by)),
        column("effective", Kind::Date, "When the act was done, as the source says.", |it| {
            text(it.envelope.effective)
        }),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(Some(&it.envelope.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| {
            place(Some(&it.envelope.source))
        }),
        column("command", Kind::Text, "The command that it came from.", |it| {
            text(it.envelope.command)
        }),
        column("data", Kind::Json, "What was done, in the form of `type` and `schema`.", |it| {
            it.envelope.event.data().map_or(Cell::Empty, text)
        }),
    ],
};
