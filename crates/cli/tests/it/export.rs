//! Lists for spreadsheets and databases.

use serde_json::Value;

use crate::run::Register;

#[test]
fn a_list_is_printed_as_csv_or_as_json_lines() {
    let register = Register::ccm();
    let csv = register.run(&["export", "participants", "--as-at", "2017-09-06"]);
    assert_eq!(csv.code, 0, "{}", csv.err);
    let mut lines = csv.out.lines();
    assert!(lines.next().unwrap().starts_with("convention,state_code,state_name,standing,"));
    let bound = lines.filter(|line| line.contains(",pending,") || line.contains(",in_force,"));
    assert_eq!(bound.count(), 102);
    let lines = register.run(&["export", "participants", "--jsonl", "--as-at", "2017-09-06"]);
    let rows: Vec<Value> =
        lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let swaziland = rows.iter().find(|row| row["state_code"] == "SWZ").unwrap();
    assert_eq!(swaziland["state_name"], "Swaziland");
    let metadata = register.run(&["export", "participants", "--metadata", "--licence", "CC0-1.0"]);
    let metadata: Value = serde_json::from_str(&metadata.out).unwrap();
    assert_eq!(metadata["dc:license"], "CC0-1.0");
    assert!(metadata["dc:rights"].as_str().unwrap().contains("not the depositary"));
}

#[test]
fn every_list_goes_into_one_sqlite_file() {
    let register = Register::ccm();
    let path = register.data().with_file_name("all.sqlite");
    let file = path.to_str().unwrap();
    let said = register.run(&["export", "--sqlite", file, "--as-at", "2017-09-06"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let head = std::fs::read(&path).unwrap();
    assert!(head.starts_with(b"SQLite format 3\0"));
    // What is there stays as it is.
    let again = register.run(&["export", "--sqlite", file]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(std::fs::read(&path).unwrap(), head);
    let nowhere = register.data().with_file_name("no").join("all.sqlite");
    let nowhere = register.run(&["export", "--sqlite", nowhere.to_str().unwrap()]);
    assert_eq!(nowhere.code, 3);
    assert!(nowhere.err.contains("cannot be written"), "{}", nowhere.err);
}

#[test]
fn what_cannot_be_exported_is_refused() {
    let register = Register::ccm();
    let check = |args: &[&str], code: i32, words: &str| {
        let said = register.run(&[&["export"], args].concat());
        assert_eq!(said.code, code, "{args:?}: {}", said.err);
        assert!(said.err.contains(words), "{args:?}: {}", said.err);
    };
    check(&["participant"], 2, "did you mean `participants`?");
    check(&["xyz"], 2, "there is: conventions, states, participants");
    check(&["meetings", "--convention", "att"], 2, "there is: ccm");
    check(&["meetings", "--as-at", "2017-02-30"], 2, "2017-02-30");
    check(&["--as-at", "2017-09-06"], 2, "the log is exported whole; name a list");
    check(&["meetings", "--csv", "--jsonl"], 2, "cannot be used with");
    let nothing = Register::empty().run(&["export", "meetings"]);
    assert_eq!(nothing.code, 3);
    assert!(nothing.err.contains("no register"), "{}", nothing.err);
}
