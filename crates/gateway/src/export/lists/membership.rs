use chancery_kernel::StateCode;
use chancery_projections::{ParticipantAt, StateAt};

use crate::export::{
    cell::{joined, maybe, maybe_word, text, word},
    list::{Kind, ListOf, column},
};

pub(super) static STATES: ListOf<StateAt> = ListOf {
    name: "states",
    view: "State",
    table: "states",
    about: "Every State that the register knows, under the name that it bears on the day, whether it has a part in the convention or not.",
    key: Some(&["code"]),
    items: |at| StateCode::all().map(|code| at.state(code)).collect(),
    columns: &[
        column("code", Kind::Text, "The ISO 3166-1 alpha-3 code.", |it| text(it.code)),
        column("name", Kind::Text, "The name on the day, as the depositary lists it.", |it| {
            text(&it.name)
        }),
    ],
};

pub(super) static PARTICIPANTS: ListOf<ParticipantAt> = ListOf {
    name: "participants",
    view: "Participant",
    table: "participants",
    about: "The States that have a part in the convention, by name: signatories, bound States, and those that withdrew.",
    key: Some(&["state_code"]),
    items: |at| at.participants(),
    columns: &[
        column("state_code", Kind::State, "Which State.", |it| text(it.state.code)),
        column("state_name", Kind::StateName, "Its name on the day.", |it| text(&it.state.name)),
        column(
            "standing",
            Kind::Word,
            "How it stands: signatory, pending (bound, not yet in force), in_force or withdrawn. Bound are pending and in_force.",
            |it| word(&it.standing),
        ),
        column("signed_on", Kind::Day, "The day of its signature.", |it| maybe(it.signed_on)),
        column("bound_on", Kind::Day, "The day of its deposit.", |it| maybe(it.bound_on)),
        column(
            "act",
            Kind::Word,
            "By which act it is bound: ratification, acceptance, approval, accession or succession.",
            |it| maybe_word(it.act.as_ref()),
        ),
        column(
            "in_force_from",
            Kind::Day,
            "The day from which the convention is in force for it, also when that lies ahead.",
            |it| maybe(it.in_force_from),
        ),
        column(
            "withdrawal_notified_on",
            Kind::Day,
            "The day on which its notice of withdrawal was received.",
            |it| maybe(it.withdrawal_notified_on),
        ),
        column(
            "withdrawn_on",
            Kind::Day,
            "The day from which it is, or will be, no longer bound.",
            |it| maybe(it.withdrawn_on),
        ),
        column(
            "provisional_application",
            Kind::Text,
            "The articles that it applies provisionally.",
            |it| maybe(it.provisional_application.as_ref()),
        ),
        column("sources", Kind::Several, "The places that prove its acts.", |it| {
            joined(&it.sources)
        }),
    ],
};
