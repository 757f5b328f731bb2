//! What changed, and what would.

use serde_json::Value;

use crate::run::Register;

const MANAGUA: &str = "fixtures/ccm/whatif/8msp-in-managua.yaml";

fn kinds(difference: &Value) -> Vec<(String, String)> {
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let changes = difference["changes"].as_array().unwrap();
    changes.iter().map(|it| (text(it, "kind"), text(it, "about"))).collect()
}

#[test]
fn between_two_meetings_or_two_days() {
    let register = Register::ccm();
    let said = register.run(&["diff", "--from", "6msp", "--to", "7msp"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for phrase in [
        "From 2016-09-07",
        "to 2017-09-06",
        "States (4 changes)",
        "Madagascar ratified the Convention on 20 May 2017",
        "The Convention entered into force for Palau on 1 October 2016.",
        "Nicaragua (Ambassador Hernan Estrada Roman) was designated President of the Eighth Meeting",
        "CCM/MSP/2017/12, ¶52",
        "not the depositary",
    ] {
        assert!(said.out.contains(phrase), "{phrase} in {}", said.out);
    }
    let meetings = register.json(&["diff", "--from", "6msp", "--to", "7msp"]);
    let days = register.json(&["diff", "--from", "2016-09-07", "--to", "2017-09-06"]);
    assert_eq!(meetings, days);
    assert!(kinds(&days).contains(&("joined".to_owned(), "BEN".to_owned())));
    assert_eq!(days["from"]["as_at"], "2016-09-07");
    let nothing = register.run(&["diff", "--from", "7msp", "--to", "7msp"]);
    assert!(nothing.out.contains("Nothing changed."), "{}", nothing.out);
}

#[test]
fn a_point_that_is_none_says_what_would_be_right() {
    let register = Register::ccm();
    for (args, phrase) in [
        (["diff", "--from", "6mps"], "did you mean `6msp`?"),
        (["diff", "--from", "2016-13-01"], "2016-13-01"),
        (["diff", "--from", "2016"], "write year-month-day"),
        (["diff", "--from", "the sixth"], "write a day as 2017-09-06"),
    ] {
        let said = register.run(&args);
        assert_eq!(said.code, 2, "{args:?}");
        assert!(said.err.contains(phrase), "{}", said.err);
    }
}

#[test]
fn what_if_the_eighth_meeting_moves_to_managua() {
    let register = Register::ccm();
    let before = register.history();
    let said = register.run(&["whatif", MANAGUA, "--as-at", "2018-02-01"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for phrase in [
        "Nothing is recorded.",
        "10 to 12 September 2018 in Managua, Nicaragua (before: opens on 3 September 2018",
        "Offices (7 changes)",
        "until 12 September 2018",
        "by 12 July 2018",
    ] {
        assert!(said.out.contains(phrase), "{phrase} in {}", said.out);
    }
    let answers = register.json(&["whatif", MANAGUA, "--as-at", "2018-02-01"]);
    assert_eq!(answers[0]["facts"], 1);
    let difference = &answers[0]["difference"];
    assert_eq!(difference["gained"].as_array().unwrap().len(), 1);
    assert!(kinds(difference).contains(&("meeting_moved".to_owned(), "8msp".to_owned())));
    assert_eq!(register.history(), before);
    // Today, too, the days of what is past would be others.
    let today = register.run(&["whatif", MANAGUA]);
    assert!(today.out.contains("10 to 12 September 2018"), "{}", today.out);
}

#[test]
fn what_is_recorded_already_changes_nothing() {
    let register = Register::ccm();
    let said = register.run(&["whatif", "fixtures/ccm/records/7msp.yaml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("Nothing changed."), "{}", said.out);
}

#[test]
fn mistakes_of_a_supposition_are_shown_as_those_of_a_record() {
    let register = Register::ccm();
    let head = "convention: ccm\nsource: X/1\nrecorded_by: isu\nfacts:\n";
    let fact = "  - { para: 1, ratified: { state: DEU, on: 2018-01-01 } }\n";
    let file = register.file("wrong.yaml", format!("{head}{fact}"));
    let (supposed, recorded) = (register.run(&["whatif", &file]), register.run(&["record", &file]));
    assert_eq!((supposed.code, recorded.code), (1, 1));
    assert_eq!(supposed.err, recorded.err);
}

#[test]
fn a_register_in_use_says_by_whom() {
    let register = Register::ccm();
    let store = chancery_store::SledStore::open(&register.data()).unwrap();
    let said = register.run(&["whatif", MANAGUA]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("is in use by"), "{}", said.err);
    drop(store);
}

#[test]
fn a_whole_convention_may_be_supposed_where_nothing_is_recorded() {
    let register = Register::empty();
    let said = register.run(&["whatif", "fixtures/ccm", "--as-at", "2017-09-06"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out.contains("The Convention entered into force on 1 August 2010."),
        "{}",
        said.out
    );
    assert!(!register.data().exists());
}

#[test]
fn history_is_filtered_and_shows_the_stored_bytes() {
    let register = Register::ccm();
    let lines = |args: &[&str]| -> Vec<String> {
        let said = register.run(&[&["history", "--raw"], args].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        said.out.lines().map(str::to_owned).collect()
    };
    let all = lines(&[]);
    assert_eq!(all.len(), register.history().as_array().unwrap().len());
    let corrected = lines(&["--corrected"]);
    assert_eq!(corrected.len(), 3);
    assert!(corrected.iter().all(|line| all.contains(line)));
    assert_eq!(lines(&["--corrected", "false"]).len(), all.len() - 3);
    assert!(lines(&["--state", "BEN"]).len() > 2);
    let costs = lines(&["--document", "CCM/MSP/2017/11/Rev.1"]);
    assert!(!costs.is_empty() && costs.iter().all(|line| line.contains("CCM/MSP/2017/11/Rev.1")));
    assert_eq!(lines(&["--recorded-until", "1999-12-31"]).len(), 0);
    assert_eq!(lines(&["--recorded-from", "1999-12-31T00:00:00Z"]).len(), all.len());
    assert_eq!(lines(&["--recorded-by", "nobody"]).len(), 0);
    let days = ["--effective-from", "2017-07-10", "--effective-until", "2017-07-10"];
    let days = lines(&[&days[..], &["--type", "membership"]].concat());
    assert_eq!(days.len(), 1, "{days:?}");
    // Canonical JSON: sorted keys, nothing between them.
    assert!(days[0].starts_with("{\"command\":\"") && days[0].contains("\"state\":\"BEN\""));
    let wrong = register.run(&["history", "--recorded-from", "soon"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("2017-09-25T09:00:00Z"), "{}", wrong.err);
}

#[test]
fn what_is_known_makes_a_difference_too() {
    let register = Register::ccm();
    let corrections = register.json(&["history", "--type", "register"]);
    let first = corrections[0]["position"].as_u64().unwrap();
    let before = (first - 1).to_string();
    let said = register.run(&["diff", "--from-position", &before, "--to", "2018-01-01"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for phrase in [
        &format!("From 2018-01-01, as known at position {before}")[..],
        "opened on 4 September 2016",
        "Corrections (3 changes)",
    ] {
        assert!(said.out.contains(phrase), "{phrase} in {}", said.out);
    }
    let moment = corrections[0]["event"]["recorded_at"].as_str().unwrap();
    let since = register.run(&["diff", "--from-known-at", moment, "--to", "2018-01-01"]);
    assert!(since.out.contains("Nothing changed."), "{}", since.out);
    let nothing = register.run(&["diff"]);
    assert_eq!(nothing.code, 2);
    let beyond = register.run(&["diff", "--from-position", "999999"]);
    assert_eq!(beyond.code, 2);
    assert!(beyond.err.contains("the log has no position 999999"), "{}", beyond.err);
}
