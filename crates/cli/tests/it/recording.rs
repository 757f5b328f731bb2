//! Recording files, tables and folders.

use crate::run::Register;

#[test]
fn a_folder_is_recorded_once() {
    let register = Register::ccm();
    let before = register.history();
    let again = register.run(&["record", "fixtures/ccm"]);
    assert_eq!(again.code, 0);
    assert_eq!(again.out.matches("nothing new").count(), 9, "{}", again.out);
    assert_eq!(register.history(), before);
}

#[test]
fn a_folder_is_the_same_as_its_files_one_by_one() {
    let one_by_one = Register::empty();
    for args in [
        &["fixtures/ccm/profile.yaml"][..],
        &["--convention", "ccm", "--recorded-by", "isu", "fixtures/ccm/status.csv"],
        // Whoever recorded the profile keeps the record.
        &["--convention", "ccm", "fixtures/ccm/un_scale.csv"],
        &["fixtures/ccm/records/6msp.yaml", "fixtures/ccm/records/7msp.yaml"],
        &["fixtures/ccm/records"],
    ] {
        let said = one_by_one.run(&[&["record"], args].concat());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let commands = |register: &Register| -> Vec<String> {
        let history = register.history();
        let events = history.as_array().unwrap().iter();
        events.map(|event| event["event"]["command"].to_string()).collect()
    };
    assert_eq!(commands(&one_by_one), commands(&Register::ccm()));
}

#[test]
fn a_table_is_recorded_by_whoever_keeps_the_record_unless_somebody_else_is_named() {
    let table = ["--convention", "ccm", "fixtures/ccm/status.csv"];
    let recorders = |register: &Register, args: &[&str]| {
        let said = register.run(&[&["record"], args].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        let history = register.history();
        let events = history.as_array().unwrap().iter();
        let mut by: Vec<String> =
            events.map(|it| it["event"]["recorded_by"].as_str().unwrap().to_owned()).collect();
        by.dedup();
        by
    };
    let profile = "fixtures/ccm/profile.yaml";
    let register = Register::empty();
    assert_eq!(recorders(&register, &[profile]), ["isu"]);
    assert_eq!(recorders(&register, &table), ["isu"]);
    // The profile may come with it, in the same call.
    assert_eq!(recorders(&Register::empty(), &[&[profile][..], &table].concat()), ["isu"]);
    let named = [&[profile, "--recorded-by", "depositary"][..], &table].concat();
    assert_eq!(recorders(&Register::empty(), &named), ["isu", "depositary"]);
    // Where no profile is known, nobody is.
    let said = Register::empty().run(&[&["record"], &table[..]].concat());
    assert_eq!(said.code, 2);
    assert!(said.err.contains("add --recorded-by"), "{}", said.err);
}

#[test]
fn checking_records_nothing() {
    let register = Register::empty();
    let said = register.run(&["record", "--check", "fixtures/ccm"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("would record 161 facts"), "{}", said.out);
    let finding = "finding: no document bears the symbol CCM/MSP/CONF/2015/7; CCM/CONF/2015/7 is near it (CCM/MSP/2017/12, ¶37; CCM/MSP/2017/12, annex I)";
    assert!(said.out.contains(finding), "{}", said.out);
    assert!(!register.data().exists());
}

#[test]
fn a_changed_profile_is_an_amendment() {
    let register = Register::ccm();
    let profile = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/ccm/profile.yaml"
    ));
    let changed = profile.unwrap().replace("short_name: CCM", "short_name: CCM (Oslo)");
    let file = register.file("profile.yaml", changed);
    assert_eq!(register.run(&["record", &file]).code, 0);
    let history = register.json(&["history", "--type", "profile"]);
    let types: Vec<&str> =
        history.as_array().unwrap().iter().filter_map(|it| it["event"]["type"].as_str()).collect();
    assert_eq!(types, ["profile.adopted", "profile.amended"]);
}

#[test]
fn positions_have_no_gap_and_times_never_decrease() {
    let register = Register::ccm();
    let history = register.history();
    let mut last = String::new();
    for (index, event) in history.as_array().unwrap().iter().enumerate() {
        assert_eq!(event["position"], index);
        assert_eq!(event["event"]["version"], index + 1);
        let at = event["event"]["recorded_at"].as_str().unwrap().to_owned();
        assert!(at >= last);
        last = at;
    }
}
