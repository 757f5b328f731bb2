//! Asking the register.

use serde_json::json;

use crate::run::{Register, program, said};

#[test]
fn status_is_a_table_for_people_and_json_for_programs() {
    let register = Register::ccm();
    let said = register.run(&["status", "--as-at", "2017-09-06"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for phrase in ["in force since 2010-08-01", "102", "100", "17", "not the depositary"] {
        assert!(said.out.contains(phrase), "{}", said.out);
    }
    let status = register.json(&["status", "--as-at", "2017-09-06"]);
    assert_eq!(
        status["status"],
        json!({ "bound": 102, "in_force": 100, "pending": 2, "signatories_only": 17, "withdrawn": 0 })
    );
    assert_eq!(status["entry_into_force"], "2010-08-01");
}

#[test]
fn offices_findings_and_history() {
    let register = Register::ccm();
    let offices = register.run(&["offices", "--as-at", "2018-10-01"]).out;
    assert!(offices.contains("Germany") && !offices.contains("Bosnia"), "{offices}");
    let findings = register.run(&["findings"]).out;
    assert!(findings.contains("¶20") && findings.contains("¶9"), "{findings}");
    let last = register.json(&["history", "--meeting", "7msp", "--last", "1"]);
    assert_eq!(last.as_array().unwrap().len(), 1);
    let benin = register.json(&["history", "--state", "BEN"]);
    assert_eq!(benin.as_array().unwrap().len(), 2);
}

#[test]
fn a_query_prints_the_response() {
    let register = Register::ccm();
    let query = "query($d: Date) { convention(id: \"ccm\", asAt: $d) { status { bound } } }";
    let said = register.run(&["query", query, "--variables", "{\"d\": \"2017-09-06\"}"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let response: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(response, json!({ "data": { "convention": { "status": { "bound": 102 } } } }));
    let wrong = register.run(&["query", "{ nothing }"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.out.contains("errors"));
}

#[test]
fn coverage_of_the_report_is_whole() {
    let output = program()
        .args(["coverage", "fixtures/ccm/records/7msp.yaml"])
        .args(["--source", "fixtures/ccm/source/CCM-MSP-2017-12.txt"])
        .output();
    let said = said(output.unwrap());
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("93 of 93 places done, 0 left"), "{}", said.out);
}

#[test]
fn coverage_says_what_is_left() {
    let register = Register::empty();
    let file = register.file(
        "x.yaml",
        "convention: ccm\nsource: X/1\nrecorded_by: isu\nfacts:\n  - { para: 1, no_fact: a title }\n",
    );
    let source = register.file("x.txt", "1. A title\n2. A decision\n");
    let said = register.run(&["coverage", &file, "--source", &source]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("LEFT") && said.err.contains("1 places"), "{}{}", said.out, said.err);
}

#[test]
fn schemas_are_printed() {
    for (which, phrase) in [
        ("graphql", "type Query"),
        ("record", "\"vice_president\""),
        ("profile", "\"signature_closes\""),
        ("event", "membership.signed"),
    ] {
        let said = said(program().args(["schema", which]).output().unwrap());
        assert_eq!(said.code, 0);
        let found =
            said.out.contains(phrase) || which == "record" && said.out.contains("\"elected\"");
        assert!(found, "{which}");
    }
}
