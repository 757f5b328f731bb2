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
    assert!(findings.contains("closed by"), "{findings}");
    let open = register.run(&["findings", "--open"]).out;
    assert!(open.contains("¶36") && !open.contains("¶20"), "{open}");
    // Before the corrections were recorded, nothing had closed it.
    let corrected = register.json(&["history", "--type", "register"]);
    let before = corrected[0]["position"].as_u64().unwrap() - 1;
    let open = register.run(&["findings", "--open", "--at-position", &before.to_string()]).out;
    assert!(open.contains("¶20") && !open.contains("closed"), "{open}");
    let symbols = register.json(&["findings", "--rule", "unknown_symbol"]);
    let symbols = symbols.as_array().unwrap().iter().map(|it| &it["suggestion"]);
    assert_eq!(symbols.collect::<Vec<_>>(), ["CCM/CONF/2015/7", "CCM/CONF/2015/7"]);
    let wrong = register.run(&["findings", "--rule", "unknown_symbl"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("`unknown_symbol` is one"), "{}", wrong.err);
    let last = register.json(&["history", "--meeting", "7msp", "--last", "1"]);
    assert_eq!(last.as_array().unwrap().len(), 1);
    let benin = register.json(&["history", "--state", "BEN", "--type", "membership"]);
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
    assert!(said.out.contains("95 of 95 places done, 0 left"), "{}", said.out);
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

#[test]
fn deadlines_are_asked_by_state_by_time_and_by_what_is_overdue() {
    let register = Register::ccm();
    let line = |it: &serde_json::Value| {
        let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", text("obligation"), text("due_on"), text("standing"))
    };
    let lines = |args: &[&str]| -> Vec<String> {
        let found = register.json(&[&["deadlines"], args].concat());
        found.as_array().unwrap().iter().map(line).collect()
    };
    assert_eq!(
        lines(&["--state", "MOZ", "--as-at", "2017-09-06"]),
        [
            "initial_report 2012-02-28 fulfilled",
            "annual_report 2017-04-30 not_recorded",
            "annual_report 2018-04-30 due",
            "stockpile 2019-09-01 fulfilled",
            "clearance 2021-09-01 fulfilled",
        ]
    );
    let bosnia = |day: &str| {
        let found = lines(&["--state", "BIH", "--as-at", day]);
        found.into_iter().find(|it| it.starts_with("clearance")).unwrap()
    };
    assert_eq!(bosnia("2020-08-31"), "clearance 2021-03-01 due");
    assert_eq!(bosnia("2021-03-02"), "clearance 2022-09-01 extended");
    assert_eq!(bosnia("2022-10-01"), "clearance 2023-09-01 extended");
    assert_eq!(bosnia("2023-10-01"), "clearance 2023-09-01 fulfilled");
    let soon = lines(&["--within", "180d", "--as-at", "2021-01-01"]);
    let soon: Vec<&String> = soon.iter().filter(|it| !it.contains("report")).collect();
    assert_eq!(soon, ["clearance 2021-03-01 due", "stockpile 2021-03-01 due"]);
    // The records are kept in part, so nothing is called overdue for their silence.
    assert_eq!(lines(&["--overdue", "--as-at", "2021-03-01"]), [""; 0]);
    let silent = lines(&["--not-recorded", "--as-at", "2021-03-01"]);
    assert!(!silent.is_empty() && silent.iter().all(|it| it.ends_with("not_recorded")));
    let overdue = register.run(&["deadlines", "--overdue", "--as-at", "2021-03-01"]);
    let left_out = format!("{} dates passed with nothing recorded", silent.len());
    assert!(overdue.out.contains(&left_out), "{}", overdue.out);
    let both = register.run(&["deadlines", "--overdue", "--not-recorded"]);
    assert_eq!(both.code, 2);
    let table =
        register.run(&["deadlines", "--reports", "--state", "MOZ", "--as-at", "2013-01-01"]);
    assert!(table.out.contains("late by 94 to 123 days"), "{}", table.out);
    assert!(table.out.contains("not recorded") && table.out.contains("not the depositary"));
    let wrong = register.run(&["deadlines", "--within", "soon"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("write it as 180d"), "{}", wrong.err);
}

#[test]
fn mandates_are_listed_with_the_dates_that_they_come_to() {
    let register = Register::ccm();
    let said = register.run(&["mandates", "--open", "--as-at", "2017-10-01"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("2018-07-05") && said.out.contains("no date"), "{}", said.out);
    let mandates = register.json(&["mandates", "--as-at", "2017-10-01"]);
    let budget = mandates.as_array().unwrap().iter().find(|it| it["id"] == "7msp-41-budget-2019");
    let budget = budget.unwrap();
    assert_eq!(budget["due_on"], "2018-07-05");
    assert_eq!(budget["due"]["said"], "60 days before the opening of 8msp");
    assert_eq!(budget["standing"], "open");
    assert_eq!(register.json(&["mandates", "--as-at", "2017-09-05"]), json!([]));
}
