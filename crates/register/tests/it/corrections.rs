//! What is corrected, what cannot be, and what a correction would break.

use chancery_kernel::Decider;
use chancery_register::{Register, State};

use crate::register::{after, history, tried};

const HEAD: &str =
    "convention: example\nsource: a corrigendum\nrecorded_by: isu\non: 2011-01-01\nfacts:\n";

fn said(facts: &str) -> String {
    format!("{HEAD}{facts}")
}

fn rectified(event: &str, what: &str) -> String {
    rectified_at(1, event, what)
}

/// The place tells corrections apart that say the same.
fn rectified_at(para: u32, event: &str, what: &str) -> String {
    format!(
        "  - {{ para: {para}, rectified: {{ event: {event}, {what}, reason: a slip, authority: {{ body: the ISU }} }} }}\n"
    )
}

const OPENED: &str = "{ para: 3, fact: opened }";
const ACCEDED_BEL: &str = "{ version: 3 }";

#[track_caller]
fn check(facts: &str, why: &str) {
    let (_, _, mistakes) = tried(history(), &said(facts));
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].what.contains(why), "{:?}", mistakes[0]);
    assert!(mistakes[0].right.is_some(), "what would be right? {:?}", mistakes[0]);
}

fn opened(state: &State) -> String {
    let meeting = state.meetings.meetings().get("1msp").unwrap();
    meeting.opened.map_or_else(|| "not".to_owned(), |on| on.to_string())
}

#[test]
fn a_field_is_corrected_and_both_values_are_kept() {
    let (plan, state, mistakes) =
        tried(history(), &said(&rectified(OPENED, "correct: { on: 2010-06-02 }")));
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(opened(&history()), "2010-06-01");
    assert_eq!(opened(&state), "2010-06-02");
    let data = plan.decided[0].events[0].data().unwrap();
    assert_eq!(data["event"]["version"], 7);
    assert_eq!(data["event"]["type"], "meetings.opened");
    assert_eq!(data["printed"]["on"], "2010-06-01");
    assert_eq!(data["correct"]["on"], "2010-06-02");
}

#[test]
fn an_event_is_annulled() {
    let state = after(history(), &said(&rectified(OPENED, "annulled: true")));
    assert_eq!(opened(&state), "not");
}

#[test]
fn values_are_written_as_in_the_facts_own_entry() {
    // A number, one item for a list, and a field that falls away.
    let facts = rectified_at(1, "{ para: 2 }", "correct: { ordinal: 2, opens_on: null }")
        + &rectified_at(2, "{ version: 9 }", "correct: { state: CHE }");
    let state = after(history(), &said(&facts));
    let meeting = state.meetings.meetings().get("1msp").unwrap();
    assert_eq!((meeting.ordinal, meeting.opens_on), (Some(2), None));
    assert!(meeting.states.contains_key(&"CHE".parse::<chancery_kernel::StateCode>().unwrap()));
    assert!(!meeting.states.contains_key(&"DEU".parse::<chancery_kernel::StateCode>().unwrap()));
}

#[test]
fn corrections_are_corrected() {
    let first = said(&rectified(OPENED, "correct: { on: 2010-06-02 }"));
    let first = after(history(), &first);
    // Another value for its value.
    let other =
        rectified("{ para: 1, fact: rectified }", "correct: { correct: { on: 2010-06-03 } }");
    let other = after(first.clone(), &said(&other));
    assert_eq!(opened(&other), "2010-06-03");
    // It counts for nothing: the printed value is back.
    let annulled = rectified("{ version: 11 }", "annulled: true");
    let annulled = after(first, &said(&annulled));
    assert_eq!(opened(&annulled), "2010-06-01");
    // And the annulment is annulled in its turn.
    let again = after(annulled, &said(&rectified("{ version: 12 }", "annulled: true")));
    assert_eq!(opened(&again), "2010-06-02");
}

#[test]
fn the_last_correction_of_a_field_holds_and_others_stay() {
    let facts = rectified_at(1, "{ para: 2 }", "correct: { title: A, ordinal: 4 }")
        + &rectified_at(2, "{ para: 2 }", "correct: { title: B }");
    let state = after(history(), &said(&facts));
    let meeting = state.meetings.meetings().get("1msp").unwrap();
    assert_eq!((&*meeting.title, meeting.ordinal), ("B", Some(4)));
}

#[test]
fn a_fact_of_the_same_file_is_corrected() {
    let facts = "  - { para: 8, spoke: { meeting: 1msp, form: statement, by: { state: AUT } } }\n"
        .to_owned()
        + &rectified("{ para: 8 }", "correct: { by: { state: BEL } }");
    let state = after(history(), &said(&facts));
    assert_eq!(state.version, 12);
}

#[test]
fn recording_a_correction_again_changes_nothing() {
    let text = said(&rectified(OPENED, "correct: { on: 2010-06-02 }"));
    let (plan, _, mistakes) = tried(after(history(), &text), &text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!((plan.decided.len(), plan.known), (0, 1));
}

#[test]
fn what_is_named_exists_and_is_one() {
    check(&rectified("{ version: 99 }", "annulled: true"), "no event 99");
    check(
        &rectified("{ para: 33, fact: opened }", "annulled: true"),
        "no opened is recorded from ¶33",
    );
    check(
        &rectified("{ para: 3, fact: closed }", "annulled: true"),
        "no closed is recorded from ¶3",
    );
    check(&rectified("{ para: 3, fact: opend }", "annulled: true"), "there is no fact `opend`");
    check(
        &rectified("{ para: 4 }", "annulled: true"),
        "several such facts: attended of 2010-06-02 (version 8",
    );
    check(
        &rectified("{ id: 01a20a08-d592-7116-a079-2b758b9b27e5 }", "annulled: true"),
        "no event with the id",
    );
    check(&rectified("{ para: 3, version: 7 }", "annulled: true"), "named in two ways");
    check(&rectified("{ fact: opened }", "annulled: true"), "no event is named");
    check(
        &rectified("{ source: another report, para: 3 }", "annulled: true"),
        "no fact is recorded from ¶3",
    );
}

#[test]
fn fields_exist_and_their_values_fit() {
    check(&rectified(OPENED, "correct: { onn: 2010-06-02 }"), "in `opened`, there is no key `onn`");
    check(&rectified(OPENED, "correct: { on: yesterday }"), "in `opened`, `on`: `yesterday`");
    check(&rectified(OPENED, "correct: { on: null }"), "`on` is missing");
    check(
        &rectified("{ para: 2 }", "correct: { ordinal: second }"),
        "`ordinal`: `second` is not a count",
    );
    check(&rectified(OPENED, "correct: { on: 2010-06-01 }"), "says so already");
    check(&rectified(OPENED, "correct: {}"), "nothing is corrected");
    check(
        &rectified(OPENED, "annulled: true, correct: { on: 2010-06-02 }"),
        "nothing left to correct",
    );
    check(&rectified("{ version: 1 }", "annulled: true"), "without its profile");
}

#[test]
fn a_reason_and_an_authority_are_given() {
    let without = |what: &str| rectified(OPENED, "annulled: true").replace(what, "");
    check(&without(", reason: a slip"), "`reason` is missing");
    check(&without(", authority: { body: the ISU }"), "`authority` is missing");
    check(&without("body: the ISU"), "nobody is named who decided this");
    check(
        &rectified(OPENED, "annulled: true").replace("body: the ISU", "decision: 1msp-7"),
        "no decision `1msp-7` is recorded",
    );
}

#[test]
fn a_value_that_breaks_a_rule_is_refused_in_that_rules_words() {
    check(&rectified(ACCEDED_BEL, "correct: { state: AUT }"), "AUT");
    check(&rectified("{ para: 2 }", "correct: { kind: summit }"), "summit");
    check(&rectified("{ version: 8 }", "correct: { organisations: [icrc] }"), "goes with `states`");
}

#[test]
fn a_correction_that_makes_a_later_event_impossible_is_refused_and_names_it() {
    check(
        &rectified("{ para: 2 }", "annulled: true"),
        "event 7, `meetings.opened` of a report, ¶3, could not have been recorded then: no meeting `1msp`",
    );
    let elected =
        "  - { para: 6, elected: { meeting: 1msp, office: vice_president, states: [BEL] } }\n";
    let state = after(history(), &said(elected));
    let (_, _, mistakes) =
        tried(state.clone(), &said(&rectified("{ version: 8 }", "correct: { states: [AUT] }")));
    assert!(mistakes[0].what.contains("event 11, `offices.elected`"), "{mistakes:?}");
    // The other way round it is lawful: first the election, then the attendance.
    let facts = rectified_at(1, "{ version: 11 }", "correct: { states: [AUT] }")
        + &rectified_at(2, "{ version: 8 }", "correct: { states: [AUT] }");
    after(state, &said(&facts));
}

#[test]
fn annulling_a_correction_is_checked_as_well() {
    let facts = rectified_at(1, "{ version: 8 }", "correct: { states: [AUT, BEL, CHE] }")
        + "  - { para: 6, elected: { meeting: 1msp, office: vice_president, states: [CHE] } }\n";
    let state = after(history(), &said(&facts));
    let (_, _, mistakes) = tried(state, &said(&rectified("{ version: 11 }", "annulled: true")));
    assert!(mistakes[0].what.contains("event 12, `offices.elected`"), "{mistakes:?}");
}

#[test]
fn what_is_annulled_is_not_corrected() {
    let facts = rectified_at(1, OPENED, "annulled: true")
        + &rectified_at(2, OPENED, "correct: { on: 2010-06-02 }");
    check(&facts, "event 7 is annulled already by event 11");
}

#[test]
fn what_a_correction_is_about_stays() {
    let facts = rectified_at(1, OPENED, "correct: { on: 2010-06-02 }")
        + &rectified_at(2, "{ version: 11 }", "correct: { event: { version: 6 } }");
    check(&facts, "`event` cannot change");
}

#[test]
fn a_finding_is_dismissed_once() {
    let dismissed = |para: u32| {
        format!(
            "  - {{ para: {para}, dismissed: {{ rule: date_outside_meeting, event: {OPENED}, reason: as printed, authority: {{ body: the ISU }} }} }}\n"
        )
    };
    let state = after(history(), &said(&dismissed(1)));
    assert_eq!(state.version, 11);
    check(&(dismissed(1) + &dismissed(2)), "dismissed already by event 11");
    // Annulled, it may be dismissed again, for another reason.
    let facts =
        dismissed(1) + &rectified_at(2, "{ version: 11 }", "annulled: true") + &dismissed(3);
    after(history(), &said(&facts));
}

#[test]
fn the_state_after_corrections_is_the_log_folded_with_them() {
    let facts = rectified_at(1, OPENED, "correct: { on: 2010-06-02 }")
        + &rectified_at(2, "{ version: 11 }", "annulled: true")
        + &rectified_at(3, "{ para: 5 }", "annulled: true")
        + &rectified_at(4, ACCEDED_BEL, "correct: { on: 2009-02-01 }");
    let live = after(history(), &said(&facts));
    let standing = chancery_register::corrections::effective(&live.log);
    let events = standing.iter().flatten().map(|it| &it.envelope.event);
    let folded = Register::fold(State::default(), events).with_log_of(live.clone());
    assert!(folded == live);
    let replayed = live.log.iter().cloned().fold(State::default(), State::after);
    assert!(replayed == live);
}

#[test]
fn a_file_has_so_many_corrections_at_most() {
    let dismissed = |rule: u32| {
        format!(
            "  - {{ para: 1, dismissed: {{ rule: r{rule}, event: {OPENED}, reason: as printed, authority: {{ body: the ISU }} }} }}\n"
        )
    };
    let facts: String = (0..1_001).map(dismissed).collect();
    check(&facts, "1,000 corrections, as many as one may");
}
