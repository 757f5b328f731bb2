//! Short words for duties under rules of the kind that disarmament conventions have. The convention
//! is in force for Mozambique since 1 September 2011 and for Bulgaria since 1 October 2011; for
//! Zambia it has no date.

use chancery_kernel::{PartialDate, StateCode, testing::Given};
use chancery_obligations::{
    Completion, Declaration, Event, ExtensionGrant, ExtensionRequest, Obligations, Owed, Reopening,
    Report, Rules, State,
};
use jiff::civil::Date;
use serde_json::json;

pub(crate) fn rules() -> Rules {
    serde_json::from_value(json!([
        {
            "id": "stockpile", "name": "Destruction of stockpiles",
            "owed_by": "declared", "done_by": "completion", "kept": "complete",
            "clocks": [{ "article": "3(2)", "starts": "entry_into_force", "due": { "within": { "years": 8 } } }],
            "extension": { "article": "3(3)", "longest": { "years": 4 },
                "lead": { "article": "3(5)", "time": { "months": 9 } } },
        },
        {
            "id": "clearance", "name": "Clearance",
            "owed_by": "declared", "done_by": "completion", "kept": "complete",
            "clocks": [
                { "article": "4(1)(a)", "starts": "entry_into_force", "due": { "within": { "years": 10 } } },
                { "article": "4(1)(b)", "due": { "within": { "years": 10 } },
                  "starts": { "event": { "id": "end_of_hostilities", "name": "the end of active hostilities",
                      "after_entry_into_force": true } } },
            ],
            "extension": { "article": "4(5)", "longest": { "years": 5 }, "times": 2, "before_due": true },
        },
        {
            "id": "mines", "name": "Destruction of mines",
            "owed_by": "declared", "done_by": "completion",
            "clocks": [{ "article": "4", "starts": "entry_into_force", "due": { "within": { "years": 4 } } }],
        },
        {
            "id": "initial_report", "name": "Initial report",
            "owed_by": "every_party", "done_by": "report", "kept": "complete",
            "clocks": [{ "article": "7(1)", "starts": "entry_into_force", "due": { "within": { "days": 180 } } }],
        },
        {
            "id": "first_report", "name": "Report of the first year",
            "owed_by": "declared", "done_by": "report",
            "clocks": [{ "article": "13(1)", "starts": "entry_into_force", "due": { "within_first": { "years": 1 } } }],
        },
        {
            "id": "annual_report", "name": "Annual report",
            "owed_by": "every_party", "done_by": "report", "kept": "complete",
            "clocks": [{ "article": "7(2)", "starts": "entry_into_force",
                "due": { "each_year": { "month": 4, "day": 30, "after": "initial_report" } } }],
        },
        {
            "id": "retention_report", "name": "Report on what is retained",
            "owed_by": "declared", "done_by": "report",
            "clocks": [{ "article": "3(8)", "starts": "entry_into_force",
                "due": { "each_year": { "month": 4, "day": 30 } } }],
        },
    ]))
    .unwrap()
}

pub(crate) fn empty() -> State {
    let mut state = State::default().under(rules());
    state.enter_into_force(who("MOZ"), day("2011-09-01"));
    state.enter_into_force(who("BGR"), day("2011-10-01"));
    state
}

pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given<Obligations> {
    Given::events(empty(), events)
}

/// What a State owes of one obligation on a day.
pub(crate) fn owed(
    events: impl IntoIterator<Item = Event>,
    state: &str,
    what: &str,
    on: &str,
) -> Vec<Owed> {
    let after = given(events).state();
    let in_force = after.in_force_from(who(state)).unwrap();
    let mut owed = after.owed(who(state), in_force, day(on));
    owed.retain(|it| it.obligation.as_str() == what);
    owed
}

pub(crate) fn who(code: &str) -> StateCode {
    code.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

/// A date that is not known is empty.
pub(crate) fn known(text: &str) -> Option<PartialDate> {
    (!text.is_empty()).then(|| date(text))
}

pub(crate) fn declaration(state: &str, what: &str, on: &str) -> Declaration {
    Declaration {
        state: who(state),
        obligation: what.parse().unwrap(),
        clock: None,
        started: None,
        due_as_printed: None,
        on: date(on),
    }
}

/// On the clock that the end of active hostilities starts.
pub(crate) fn after_hostilities(state: &str, started: &str, on: &str) -> Declaration {
    Declaration {
        clock: Some("end_of_hostilities".parse().unwrap()),
        started: known(started),
        ..declaration(state, "clearance", on)
    }
}

pub(crate) fn report(state: &str, what: &str, year: Option<i16>, on: &str) -> Report {
    Report {
        state: who(state),
        obligation: what.parse().unwrap(),
        year,
        document: None,
        on: date(on),
    }
}

pub(crate) fn request(state: &str, what: &str, until: &str, on: &str) -> ExtensionRequest {
    ExtensionRequest {
        state: who(state),
        obligation: what.parse().unwrap(),
        clock: None,
        until: known(until),
        to: None,
        on: known(on),
        seen_on: None,
    }
}

pub(crate) fn grant(state: &str, what: &str, until: &str, on: &str) -> ExtensionGrant {
    ExtensionGrant {
        state: who(state),
        obligation: what.parse().unwrap(),
        clock: None,
        until: date(until),
        decision: "by-silence".parse().unwrap(),
        on: date(on),
    }
}

pub(crate) fn completion(state: &str, what: &str, on: &str, declared_on: &str) -> Completion {
    Completion {
        state: who(state),
        obligation: what.parse().unwrap(),
        clock: None,
        on: known(on),
        declared_on: known(declared_on),
    }
}

pub(crate) fn reopening(state: &str, what: &str, due: &str, on: &str) -> Reopening {
    Reopening {
        state: who(state),
        obligation: what.parse().unwrap(),
        clock: None,
        due: known(due),
        reason: None,
        on: date(on),
    }
}
