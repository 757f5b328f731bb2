//! Rules that cross domains, each with a fact that breaks it and its lawful neighbour.

use crate::register::{lawful, rejected};

#[test]
fn a_state_is_elected_only_where_it_attends() {
    lawful("elected: { meeting: 1msp, office: vice_president, states: [AUT, BEL] }");
    rejected(
        "elected: { meeting: 1msp, office: vice_president, states: [AUT, CHE] }",
        "CHE is not recorded as attending 1msp",
    );
    lawful("designated: { meeting: 1msp, of: 2msp, office: president, state: CHE }");
    rejected(
        "designated: { meeting: 1msp, of: 1msp, office: president, state: CHE }",
        "CHE is not recorded as attending 1msp",
    );
    rejected(
        "elected: { meeting: 1msp, of: 2msp, office: president, state: CHE }",
        "CHE is not recorded as attending 1msp",
    );
    // A term that no meeting gave.
    lawful("elected: { office: coordinator, theme: clearance, state: CHE }");
}

#[test]
fn some_offices_are_for_states_parties_in_force() {
    rejected(
        "elected: { meeting: 1msp, office: vice_president, state: DEU }",
        "DEU is not a State party in force on 2010-06-02",
    );
    lawful("elected: { meeting: 1msp, office: president, state: DEU }");
    lawful("elected: { office: coordinator, theme: clearance, state: DEU, on: 2010-07-01 }");
    rejected(
        "elected: { office: coordinator, theme: clearance, state: DEU, on: 2010-06-30 }",
        "DEU is not a State party in force on 2010-06-30",
    );
    rejected(
        "designated: { meeting: 1msp, of: 2msp, office: vice_president, state: FRA }",
        "FRA is not a State party in force",
    );
}

#[test]
fn a_meeting_adopts_only_while_it_sits() {
    lawful("adopted: { id: a, meeting: 1msp, document: EC/MSP/2010/1, summary: agenda }");
    rejected(
        "adopted: { id: a, meeting: 1msp, document: EC/MSP/2010/1, summary: agenda, on: 2010-05-31 }",
        "1msp was not in session on 2010-05-31",
    );
    rejected(
        "adopted: { id: a, meeting: 1msp, document: EC/MSP/2010/1, summary: agenda, on: 2010-06-04 }",
        "1msp was not in session on 2010-06-04",
    );
}

#[test]
fn an_adopted_document_is_issued_or_to_be_issued() {
    rejected(
        "adopted: { id: a, meeting: 1msp, document: EC/MSP/2010/2, summary: report }",
        "EC/MSP/2010/2 has not been issued",
    );
    lawful(
        "adopted: { id: a, meeting: 1msp, document: EC/MSP/2010/CRP.1, summary: report, to_be_issued_as: EC/MSP/2010/2 }",
    );
}

#[test]
fn names_stand_in_the_profile() {
    lawful("attended: { meeting: 1msp, as: organisation, organisation: icrc }");
    rejected(
        "attended: { meeting: 1msp, as: organisation, organisation: icrk }",
        "no organisation `icrk`",
    );
    rejected("spoke: { meeting: 1msp, form: statement, by: { organisation: un } }", "`un`");
    lawful("decided: { id: a, verb: noted, summary: x, theme: clearance }");
    rejected("decided: { id: a, verb: noted, summary: x, theme: clearing }", "no theme `clearing`");
    rejected("decided: { id: a, meeting: 2msp, verb: noted, summary: x }", "no meeting `2msp`");
    rejected("elected: { office: king, state: AUT }", "no office `king`");
}

#[test]
fn a_dissociation_names_a_decision_that_exists() {
    rejected("dissociated: { decision: a, state: AUT, summary: x }", "no decision `a`");
}

#[test]
fn nobody_stands_apart_from_what_is_not_yet_decided() {
    let facts = |on: &str| {
        let decided = "  - { para: 1, decided: { id: a, verb: noted, summary: x } }\n";
        let apart = format!("dissociated: {{ decision: a, state: AUT, summary: y, on: {on} }}");
        crate::register::facts(&format!("{decided}  - {{ para: 2, {apart} }}\n")).1
    };
    assert!(facts("2010-06-02").is_empty());
    let mistakes = facts("2010-06-01");
    assert!(mistakes[0].what.contains("nobody can stand apart"), "{mistakes:?}");
}
