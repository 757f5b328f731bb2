//! What only the register can know of duties and mandates: who is bound, what was decided, which
//! names there are.

use chancery_kernel::StateCode;

use crate::register::{after, facts, history, lawful, rejected};

/// Austria owes clearance since the convention entered into force for it, on 1 February 2009.
const OWES: &str =
    "  - { para: 8, obligation_declared: { state: AUT, obligation: clearance, on: 2009-02-01 } }\n";
const DECIDED: &str = "  - { para: 8, decided: { id: by-silence, verb: decided, summary: more time for AUT, on: 2018-02 } }\n";

/// Facts of which the last is rejected, for this reason.
#[track_caller]
fn rejected_after(before: &str, fact: &str, why: &str) {
    let (plan, mistakes) = facts(&format!("{before}  - {{ para: 9, {fact} }}\n"));
    assert_eq!(plan.decided.len(), before.lines().count(), "{mistakes:?}");
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].what.contains(why), "{:?}", mistakes[0]);
    assert!(mistakes[0].right.is_some(), "what would be right? {:?}", mistakes[0]);
}

#[track_caller]
fn lawful_after(before: &str, fact: &str) {
    let (_, mistakes) = facts(&format!("{before}  - {{ para: 9, {fact} }}\n"));
    assert!(mistakes.is_empty(), "{mistakes:?}");
}

#[test]
fn dates_are_counted_from_the_entry_into_force_for_each_state() {
    let state = history();
    for (code, from) in
        [("AUT", "2009-02-01"), ("BEL", "2009-02-01"), ("CHE", "2009-07-01"), ("DEU", "2010-07-01")]
    {
        let code: StateCode = code.parse().unwrap();
        assert_eq!(state.obligations.in_force_from(code), Some(from.parse().unwrap()), "{code}");
    }
    // A deposit found later that came first: the convention entered into force earlier.
    let earlier = after(
        state,
        "convention: example\nsource: x\nrecorded_by: isu\nfacts:\n  - { para: 1, acceded: { state: FRA, on: 2008-03-01 } }\n",
    );
    let from = |code: &str| earlier.obligations.in_force_from(code.parse().unwrap());
    assert_eq!(from("FRA"), Some("2009-02-01".parse().unwrap()));
    assert_eq!(from("DEU"), Some("2010-07-01".parse().unwrap()));
}

#[test]
fn only_a_bound_state_owes() {
    lawful("obligation_declared: { state: AUT, obligation: clearance, on: 2009-02-01 }");
    rejected(
        "obligation_declared: { state: FRA, obligation: clearance, on: 2009-02-01 }",
        "FRA was not bound on 2009-02-01, so it owed no `clearance`",
    );
    rejected(
        "reported: { state: DEU, obligation: annual_report, year: 2009, on: 2010-04-30 }",
        "DEU was not bound on 2010-04-30",
    );
    rejected_after(
        "  - { para: 8, withdrew: { state: AUT, takes_effect: 2015-01-01 } }\n",
        "reported: { state: AUT, obligation: annual_report, year: 2014, on: 2015-04-30 }",
        "AUT was not bound on 2015-04-30",
    );
    // Bound in some of the months that may be meant.
    lawful("obligation_declared: { state: DEU, obligation: clearance, on: 2010 }");
}

#[test]
fn no_report_is_for_a_time_before_entry_into_force() {
    rejected(
        "reported: { state: DEU, obligation: annual_report, year: 2009, on: 2010-06-15 }",
        "DEU owes no `annual_report` for 2009",
    );
    rejected(
        "reported: { state: DEU, obligation: initial_report, on: 2010-06-15 }",
        "DEU owes no `initial_report` for 2010-06-15",
    );
    lawful("reported: { state: DEU, obligation: annual_report, year: 2010, on: 2011-04-30 }");
}

#[test]
fn an_extension_needs_a_decision_that_exists() {
    let granted = "extension_granted: { state: AUT, obligation: clearance, until: 2021-02-01, decision: by-silence, on: 2018-02 }";
    rejected_after(OWES, granted, "no decision `by-silence` is recorded");
    lawful_after(&format!("{OWES}{DECIDED}"), granted);
    rejected_after(
        &format!("{OWES}{DECIDED}"),
        "extension_granted: { state: AUT, obligation: clearance, until: 2021-02-01, decision: by-silence, on: 2018-01-31 }",
        "`by-silence` was taken on 2018-02, so it cannot have extended anything on 2018-01-31",
    );
    rejected_after(
        &format!("{OWES}{DECIDED}"),
        "extension_granted: { state: AUT, obligation: clearance, until: 2021-02-01, decision: by-silense, on: 2018-02 }",
        "no decision `by-silense` is recorded",
    );
    rejected_after(
        &format!("{OWES}{DECIDED}"),
        "extension_granted: { state: AUT, obligation: clearance, until: 2021-02-02, decision: by-silence, on: 2018-02 }",
        "until 2021-02-02 is too long",
    );
}

#[test]
fn a_request_goes_to_a_meeting_that_is_recorded() {
    lawful_after(
        OWES,
        "extension_requested: { state: AUT, obligation: clearance, to: 1msp, on: 2010-01 }",
    );
    rejected_after(
        OWES,
        "extension_requested: { state: AUT, obligation: clearance, to: 2msp, on: 2010-01 }",
        "no meeting `2msp` is recorded",
    );
}

#[test]
fn a_states_own_acts_bear_their_own_dates() {
    let (_, mistakes) =
        facts("  - { para: 9, reported: { state: AUT, obligation: initial_report } }\n");
    assert!(mistakes[0].what.contains("`on` is missing"), "{mistakes:?}");
}

#[test]
fn a_mandate_names_what_the_profile_knows() {
    lawful_after(
        DECIDED,
        "mandated: { id: m, decision: by-silence, action: x, organisation: icrc, office: president, due: at 9msp }",
    );
    rejected_after(
        DECIDED,
        "mandated: { id: m, decision: by-silence, action: x, organisation: icrk }",
        "no organisation `icrk`",
    );
    rejected_after(
        DECIDED,
        "mandated: { id: m, decision: by-silence, action: x, office: king }",
        "the profile knows no office `king`",
    );
}
