//! Both dials in the program: what was in effect on a day, as known at a moment or a position.

use crate::run::Register;

/// The fixtures without the corrections of the report, then these; with the position and the moment
/// at which only the first were known.
fn corrected() -> (Register, String, String) {
    let register = Register::empty();
    let files = ["profile.yaml", "records/6msp.yaml", "records/7msp.yaml"];
    let files = files.map(|name| format!("fixtures/ccm/{name}"));
    // Who takes part stands in the status list.
    let table = ["record", "--convention", "ccm", "--recorded-by", "isu"];
    for args in [
        vec!["record", &files[0]],
        [&table[..], &["fixtures/ccm/status.csv"]].concat(),
        vec!["record", &files[1], &files[2]],
    ] {
        let said = register.run(&args);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let last = &register.json(&["history", "--last", "1"])[0];
    let (position, moment) = (&last["position"], &last["event"]["recorded_at"]);
    let known = (position.to_string(), moment.as_str().unwrap().to_owned());
    let said = register.run(&["record", "fixtures/ccm/records/rectifications.yaml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    (register, known.0, known.1)
}

#[test]
fn what_was_known_before_the_correction_can_be_asked() {
    let (register, position, moment) = corrected();
    let findings = |dial: &[&str]| register.run(&[&["findings"], dial].concat()).out;
    for dial in [["--at-position", &position], ["--as-known-at", &moment]] {
        let found = findings(&dial);
        assert!(found.contains("¶20") && found.contains("2016-09-04"), "{found}");
        let status = register.run(&[&["status", "--as-at", "2017-09-06"][..], &dial].concat()).out;
        assert!(
            status.contains(&format!("as known at position {position} ({moment})")),
            "{status}"
        );
    }
    assert!(!findings(&["--open"]).contains("2016-09-04"));
    assert_eq!(
        register.json(&["history", "--type", "register.rectified"]).as_array().unwrap().len(),
        3
    );
    let before = ["history", "--type", "register", "--at-position", &position];
    assert_eq!(register.json(&before).as_array().unwrap().len(), 0);
}

#[test]
fn the_history_shows_both_values_with_the_reason() {
    let (register, position, _) = corrected();
    let opened = ["history", "--type", "meetings.opened"];
    let entry = register.json(&opened)[0].clone();
    assert_eq!(entry["event"]["data"]["on"], "2016-09-04");
    assert_eq!(entry["corrected"]["on"], "2017-09-04");
    let by = position.parse::<u64>().unwrap() + 1;
    let version = entry["event"]["version"].as_u64().unwrap();
    assert_eq!(entry["rectified_by"], serde_json::json!([by]));
    let table = register.run(&opened).out;
    // People name an event by its number in the convention, in files and in messages alike.
    assert!(table.contains(&format!("corrected by event {}", by + 1)), "{table}");
    let corrections = register.run(&["history", "--type", "register"]).out;
    let both = "on is 2017-09-04, not 2016-09-04: a slip in the year";
    assert!(corrections.contains(both), "{corrections}");
    assert!(corrections.contains(&format!("corrects event {version}")), "{corrections}");
    // Before it, there is nothing to tell.
    let before = register.run(&[&opened[..], &["--at-position", &position]].concat()).out;
    assert!(before.contains("2016-09-04") && !before.contains("correct"), "{before}");
}

#[test]
fn a_type_of_events_that_there_is_not_is_told() {
    let said = Register::ccm().run(&["history", "--type", "offices.elect"]);
    assert_eq!(said.code, 2, "{}", said.out);
    assert!(said.err.contains("there is no type of events `offices.elect`"), "{}", said.err);
    assert!(said.err.contains("did you mean `offices.elected`?"), "{}", said.err);
}

#[test]
fn dials_that_cannot_be_turned_so_are_told() {
    let (register, position, moment) = corrected();
    let check = |dials: &[&str], says: &str| {
        let said = register.run(&[&["status"], dials].concat());
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(said.err.contains(says), "{}", said.err);
    };
    check(&["--at-position", &position, "--as-known-at", &moment], "cannot be used with");
    check(&["--at-position", "100000"], "the log has no position 100000 yet, its last is");
    check(&["--at-position", "-1"], "unexpected argument");
    check(&["--at-position", "last"], "invalid digit");
    check(&["--as-known-at", "yesterday"], "`yesterday` is not a moment");
    check(
        &["--as-known-at", "2017-09-25T09:00:00Z"],
        "nothing was recorded by 2017-09-25T09:00:00Z",
    );
    check(&["--as-at", "2008-05-29"], "`ccm` was adopted on 2008-05-30");
    check(&["--as-at", "2017-02-30"], "2017-02-30");
}
