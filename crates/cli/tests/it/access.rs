//! API keys: made, listed and taken back.

use crate::run::Register;

#[test]
fn a_key_is_shown_once_and_kept_hashed() {
    let register = Register::ccm();
    let made = register.run(&["key", "add", "isu", "--role", "secretariat", "--role", "editor"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let key = made.out.lines().next().unwrap();
    assert!(key.starts_with("chancery_") && key.len() == 73, "{key}");
    let kept = std::fs::read_to_string(register.data().join("writers.json")).unwrap();
    assert!(!kept.contains(&key["chancery_".len()..]), "{kept}");

    let listed = register.json(&["key", "list"]);
    let only = &listed.as_array().unwrap()[0];
    assert_eq!(only["name"], "isu");
    assert_eq!(only["roles"], serde_json::json!(["secretariat", "editor"]));
    assert_eq!(only["counts"], true);
    let table = register.run(&["key", "list"]);
    assert!(table.out.contains("secretariat, editor") && !table.out.contains(key), "{}", table.out);
}

#[test]
fn keys_are_revoked_by_name_or_one_by_one() {
    let register = Register::ccm();
    let add = |name: &str| {
        let made = register.json(&["key", "add", name, "--role", "treasurer"]);
        made["id"].as_str().unwrap().to_owned()
    };
    let (first, second, other) = (add("isu"), add("isu"), add("unoda"));
    let counting = || {
        let listed = register.json(&["key", "list"]);
        let ids = listed.as_array().unwrap().iter().filter(|it| it["counts"] == true);
        ids.map(|it| it["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(register.run(&["key", "revoke", "isu", "--id", &first]).code, 0);
    assert_eq!(counting(), [second, other.clone()]);
    assert_eq!(register.run(&["key", "revoke", "isu"]).code, 0);
    assert_eq!(counting(), [other]);
    let again = register.run(&["key", "revoke", "isu"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("`isu` has no key that could be revoked"), "{}", again.err);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let register = Register::ccm();
    for (args, says) in [
        (&["key", "add", "isu"][..], "--role"),
        (&["key", "add", "isu", "--role", "king"], "`king` is no role"),
        (&["key", "add", "The ISU", "--role", "editor"], "is not a recorder's id"),
        (&["key", "add", "isu", "--role", "editor", "--expires", "2017"], "names no day"),
        (&["key", "add", "isu", "--role", "editor", "--expires", "2017-01-01"], "has passed"),
    ] {
        let said = register.run(args);
        assert_eq!(said.code, 2, "{args:?}: {}", said.err);
        assert!(said.err.contains(says), "{args:?}: {}", said.err);
    }
    assert!(!register.data().join("writers.json").exists());
    let nowhere = Register::empty().run(&["key", "add", "isu", "--role", "editor"]);
    assert!(nowhere.err.contains("there is no register"), "{}", nowhere.err);
}
