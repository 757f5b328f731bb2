use std::sync::Arc;

use chancery_projections::{Entry, Finding, HistoryFilter, Known, Standing, Status};
use chancery_register::Profile;
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
    items: |at| at.view().findings().to_vec(),
    columns: &[
        column("rule", Kind::Word, "Which rule found it.", |it| word(&it.rule)),
        column("message", Kind::Text, "What does not fit, in one sentence.", |it| {
            text(&it.message)
        }),
        column("position", Kind::Integer, "The position of the event that does not fit.", |it| {
            number(it.position)
        }),
        column("source_symbol", Kind::Text, "The document that does not fit.", |it| {
            symbol(Some(&it.places[0]))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(Some(&it.places[0]))),
        column("other_symbol", Kind::Text, "The document that it does not fit with.", |it| {
            symbol(Some(&it.places[1]))
        }),
        column("other_place", Kind::Text, "The place in it.", |it| place(Some(&it.places[1]))),
        column("suggestion", Kind::Text, "What would fit, where that can be said.", |it| {
            maybe(it.suggestion.as_ref())
        }),
        column("standing", Kind::Word, "How it stands: open, closed or dismissed.", |it| {
            word(&it.standing)
        }),
        column("reason", Kind::Text, "Why it was closed or set aside.", |it| {
            maybe(it.settled.as_ref().map(|it| &it.reason))
        }),
        column("key", Kind::Text, "Its name, the same for good.", |it| text(&it.key)),
    ],
};

pub(super) static HISTORY: ListOf<Entry> = ListOf {
    name: "history",
    view: "Event",
    table: "history",
    about: "Every event that counts on the day, as it was recorded, with its corrections.",
    key: Some(&["position"]),
    items: |at| {
        let all = HistoryFilter::default();
        let events = at.history(&all);
        events.filter_map(|it| at.view().entry(it.envelope.version)).collect()
    },
    columns: &[
        column(
            "position",
            Kind::Integer,
            "Its place in the log of all conventions, from 0.",
            |it| number(it.recorded.position),
        ),
        column("uuid", Kind::Text, "Its own UUID, of version 7 (RFC 9562).", |it| {
            text(it.recorded.envelope.id)
        }),
        column("version", Kind::Integer, "Its number in its convention, from 1.", |it| {
            number(it.recorded.envelope.version)
        }),
        column("type", Kind::Text, "Domain, full stop, past tense: `offices.elected`.", |it| {
            text(it.recorded.envelope.event.kind())
        }),
        column("schema", Kind::Integer, "The schema that `data` is written in.", |it| {
            number(it.recorded.envelope.event.schema())
        }),
        column("recorded_at", Kind::Moment, "When it was recorded.", |it| {
            text(it.recorded.envelope.recorded_at)
        }),
        column("recorded_by", Kind::Text, "Who recorded it.", |it| {
            text(&it.recorded.envelope.recorded_by)
        }),
        column("effective", Kind::Date, "When the act was done, as the source says.", |it| {
            text(it.recorded.envelope.effective)
        }),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(Some(&it.recorded.envelope.source))
        }),
        column("source_place", Kind::Text, "The place in it.", |it| {
            place(Some(&it.recorded.envelope.source))
        }),
        column("command", Kind::Text, "The command that it came from.", |it| {
            text(it.recorded.envelope.command)
        }),
        column("data", Kind::Json, "What was done, in the form of `type` and `schema`.", |it| {
            it.recorded.envelope.event.data().map_or(Cell::Empty, text)
        }),
        column("standing", Kind::Word, "as_recorded, corrected or annulled.", |it| {
            text(match it.standing {
                Standing::AsRecorded => "as_recorded",
                Standing::Corrected(_) => "corrected",
                Standing::Annulled => "annulled",
            })
        }),
        column("corrected_data", Kind::Json, "What counts in its place.", |it| {
            match &it.standing {
                Standing::Corrected(now) => now.envelope.event.data().map_or(Cell::Empty, text),
                Standing::AsRecorded | Standing::Annulled => Cell::Empty,
            }
        }),
        column("rectified_by", Kind::Several, "The positions of its corrections.", |it| {
            joined(it.rectified_by.iter().map(|it| it.position))
        }),
        column("rectifies", Kind::Integer, "The position of what it corrects or annuls.", |it| {
            it.rectifies.as_ref().map_or(Cell::Empty, |it| number(it.position))
        }),
    ],
};
