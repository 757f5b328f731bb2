use chancery_kernel::MeetingId;
use chancery_projections::{AttendanceAt, DocumentAt, MeetingAt, Participation};

use crate::export::{
    cell::{codes, joined, maybe, maybe_number, names, place, symbol, text, word},
    list::{Kind, ListOf, column},
};

pub(super) static MEETINGS: ListOf<MeetingAt> = ListOf {
    name: "meetings",
    view: "Meeting",
    table: "meetings",
    about: "Every meeting that was at least scheduled, by its first day; those without one last.",
    key: Some(&["code"]),
    items: |at| at.meetings(),
    columns: &[
        column("code", Kind::Text, "Its code: `7msp`.", |it| text(&it.id)),
        column("kind", Kind::Text, "Its kind in the profile.", |it| text(&it.kind)),
        column("ordinal", Kind::Integer, "Its number among those of its kind.", |it| {
            maybe_number(it.ordinal)
        }),
        column("title", Kind::Text, "Its title.", |it| text(&it.title)),
        column("opens_on", Kind::Date, "The first day that was set.", |it| maybe(it.opens_on)),
        column("closes_on", Kind::Date, "The last day that was set.", |it| maybe(it.closes_on)),
        column("venue", Kind::Text, "City and State.", |it| maybe(it.venue.as_ref())),
        column("alternative_venue", Kind::Text, "Where instead, and on what condition.", |it| {
            maybe(it.alternative_venue.as_ref())
        }),
        column("opened_on", Kind::Date, "When it was opened.", |it| maybe(it.opened_on)),
        column("closed_on", Kind::Date, "When it was closed.", |it| maybe(it.closed_on)),
        column("plenaries", Kind::Integer, "How many plenary meetings it held.", |it| {
            maybe_number(it.plenaries)
        }),
        column("sources", Kind::Several, "The places that prove it.", |it| joined(&it.sources)),
    ],
};

pub(super) static ATTENDANCE: ListOf<(MeetingId, AttendanceAt)> = ListOf {
    name: "attendance",
    view: "Attendance",
    table: "attendances",
    about: "Who attended which meeting: States by category and name, then organisations by name.",
    key: None,
    items: |at| {
        let of = |id: MeetingId| at.attendance(&id).into_iter().map(move |it| (id.clone(), it));
        at.meetings().into_iter().flat_map(|meeting| of(meeting.id)).collect()
    },
    columns: &[
        column("meeting", Kind::Meeting, "The code of the meeting.", |(id, _)| text(id)),
        column("state_code", Kind::State, "Which State; empty for an organisation.", |(_, it)| {
            maybe(state(it).map(|state| state.code))
        }),
        column("state_name", Kind::StateName, "Its name on the day.", |(_, it)| {
            maybe(state(it).map(|state| &state.name))
        }),
        column(
            "organisation",
            Kind::Text,
            "The code of the organisation in the profile; empty for a State.",
            |(_, it)| match &it.participant {
                Participation::Organisation(it) => text(&it.id),
                Participation::State(_) => crate::export::Cell::Empty,
            },
        ),
        column("organisation_name", Kind::Text, "Its name in the profile.", |(_, it)| {
            match &it.participant {
                Participation::Organisation(it) => text(&it.name),
                Participation::State(_) => crate::export::Cell::Empty,
            }
        }),
        column(
            "category",
            Kind::Word,
            "How the source lists it: state_party, not_yet_in_force, signatory, other_state or organisation.",
            |(_, it)| word(&it.category),
        ),
        column("rule", Kind::Text, "The rule of procedure under which it took part.", |(_, it)| {
            maybe(it.rule.as_ref())
        }),
        column("source_symbol", Kind::Text, "The document that says so.", |(_, it)| {
            symbol(Some(&it.source))
        }),
        column("source_place", Kind::Text, "The place in it: `¶17`.", |(_, it)| {
            place(Some(&it.source))
        }),
    ],
};

pub(super) static DOCUMENTS: ListOf<DocumentAt> = ListOf {
    name: "documents",
    view: "Document",
    table: "documents",
    about: "Every document that had been issued, by symbol.",
    key: Some(&["symbol"]),
    items: |at| at.documents(),
    columns: &[
        column("symbol", Kind::Text, "Its symbol.", |it| text(&it.symbol)),
        column("title", Kind::Text, "Its title.", |it| text(&it.title)),
        column("meeting", Kind::Meeting, "The meeting that it was issued for.", |it| {
            maybe(it.meeting.as_ref())
        }),
        column("state_codes", Kind::Several, "The States that prepared or submitted it.", |it| {
            codes(&it.states)
        }),
        column("state_names", Kind::Several, "Their names on the day.", |it| names(&it.states)),
        column("issued_on", Kind::Date, "When it was issued.", |it| text(it.issued)),
        column("revises", Kind::Text, "The document that it supersedes.", |it| {
            maybe(it.revises.as_ref())
        }),
        column("revised_by", Kind::Several, "Later versions of it.", |it| joined(&it.revised_by)),
        column("considered_by", Kind::Several, "The meetings that considered it.", |it| {
            joined(&it.considered_by)
        }),
        column("adopted_by", Kind::Several, "The decisions that adopted it.", |it| {
            joined(&it.adopted_by)
        }),
        column(
            "issued_after",
            Kind::Several,
            "The decisions that adopted another text to be issued as this one.",
            |it| joined(&it.issued_after),
        ),
        column("source_symbol", Kind::Text, "The document that proves it.", |it| {
            symbol(it.source.as_ref())
        }),
        column("source_place", Kind::Text, "The place in it.", |it| place(it.source.as_ref())),
    ],
};

fn state(it: &AttendanceAt) -> Option<&chancery_projections::StateAt> {
    match &it.participant {
        Participation::State(state) => Some(state),
        Participation::Organisation(_) => None,
    }
}
