//! Holders who were not there, and terms without an end.

use chancery_projections::FindingRule::{StateAbsent, TermWithoutEnd};

use super::found;

const ATTENDED: &str = "  - { para: 1, attended: { meeting: 2lm, as: state_party, states: [AND, LIE], on: 2005-06-06 } }\n";

#[test]
fn a_state_in_an_office_of_a_meeting_that_it_did_not_attend() {
    // Monaco was designated at the First Meeting, for the Second.
    assert_eq!(found(StateAbsent, ATTENDED), ["¶20 against ¶1"]);
    let and = |fact: &str| {
        let mut found = found(StateAbsent, &format!("{ATTENDED}  - {fact}\n"));
        found.retain(|it| !it.starts_with("¶20"));
        found
    };
    let confirmed = |state: &str| {
        format!(
            "{{ para: 2, confirmed: {{ office: secretary, meeting: 2lm, state: {state}, until: the end of 2lm, on: 2005-06-06 }} }}"
        )
    };
    assert_eq!(and(&confirmed("SMR")), ["¶2 against ¶1"]);
    assert_eq!(and(&confirmed("AND")), [""; 0]);
    let spoke = |state: &str| {
        format!(
            "{{ para: 2, spoke: {{ meeting: 2lm, form: statement, by: {{ state: {state} }}, on: 2005-06-06 }} }}"
        )
    };
    assert_eq!(and(&spoke("SMR")), ["¶2 against ¶1"]);
    assert_eq!(and(&spoke("LIE")), [""; 0]);
    // Without a list nobody is known to have been away.
    assert_eq!(found(StateAbsent, &format!("  - {}\n", confirmed("SMR"))), [""; 0]);
    // Whoever handed the office on need not be there.
    let handed_on = "{ para: 0, office_succeeded: { office: president, of: 2lm, predecessor: MCO, successor: { state: AND }, on: 2005-01-10 } }";
    assert_eq!(found(StateAbsent, &format!("{ATTENDED}  - {handed_on}\n")), [""; 0]);
}

#[test]
fn a_term_without_an_end() {
    let elected = |more: &str| {
        let facts = format!(
            "  - {{ para: 1, elected: {{ office: coordinator, theme: lamps, state: LIE, from: the end of 2lm{more}, on: 2004-01-01 }} }}\n"
        );
        found(TermWithoutEnd, &facts)
    };
    assert_eq!(elected(""), ["¶1 against ¶12"]);
    assert_eq!(elected(", until: the end of 3lm"), [""; 0]);
    // Where no term of an office has an end, none is to be expected.
    let open =
        "  - { para: 1, confirmed: { office: keeper, organisation: office, on: 2004-01-01 } }\n";
    let profile = chancery_tests::text("fixtures/example/profile.yaml");
    let keeper =
        "    offices:\n      - { id: keeper, name: Keeper, seat: convention, holder: anybody }\n";
    let profile = profile.replacen("    offices:\n", keeper, 1);
    let view = chancery_tests::record(
        chancery_projections::View::empty("example".parse().unwrap()),
        &chancery_tests::file_of("profile.yaml", &profile),
    );
    let head = "convention: example\nsource: a letter\nrecorded_by: example\nfacts:\n";
    let file = chancery_tests::file_of("given.yaml", &format!("{head}{open}"));
    assert_eq!(chancery_tests::record(view, &file).findings(), []);
}

#[test]
fn a_term_that_was_ended_has_an_end() {
    let facts = "  - { para: 1, elected: { office: coordinator, theme: lamps, state: LIE, from: 2004-02-01, on: 2004-01-01 } }
  - { para: 2, ended: { office: coordinator, theme: lamps, state: LIE, on: 2004-03-01 } }\n";
    assert_eq!(found(TermWithoutEnd, facts), [""; 0]);
}
