//! Keys, checkpoints and proofs, as people use them.

use std::fs;

use serde_json::Value;

use crate::run::{Register, program, said};

#[test]
fn init_makes_a_key_once() {
    let register = Register::empty();
    let made = register.json(&["init", "--origin", "example.org/register"]);
    assert_eq!(made["origin"], "example.org/register");
    let key = register.data().join("ledger.key");
    let secret = fs::read_to_string(&key).unwrap();
    assert!(secret.starts_with("PRIVATE+KEY+example.org/register+"));
    assert!(!made.to_string().contains(secret.trim()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = register.run(&["init"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(fs::read_to_string(&key).unwrap(), secret);
    let bad = Register::empty().run(&["init", "--origin", "two words"]);
    assert_eq!((bad.code, bad.err.contains("cannot name a log")), (2, true), "{}", bad.err);
}

#[test]
fn a_key_that_others_may_read_is_refused() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let register = Register::ccm();
        let key = register.data().join("ledger.key");
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        let said = register.run(&["checkpoint"]);
        assert_eq!((said.code, said.err.contains("others may read it")), (3, true), "{}", said.err);
        assert_eq!(register.run(&["status"]).code, 0, "reading needs no key");
        let answer = register.run(&["query", "{ log { root } conventions { name } }"]);
        assert_eq!(answer.code, 0, "{}", answer.err);
        let data = &serde_json::from_str::<Value>(&answer.out).unwrap()["data"];
        let names = serde_json::json!([{ "name": "Convention on Cluster Munitions" }]);
        assert_eq!((&data["log"], &data["conventions"]), (&Value::Null, &names));
        assert!(answer.err.contains("answers bear no checkpoint"), "{}", answer.err);
    }
}

/// What was recorded is vouched for without anybody asking: a log that is cut or replaced is found.
#[test]
fn recording_leaves_a_signed_checkpoint() {
    let register = Register::ccm();
    let size = register.history().as_array().unwrap().len();
    let verified = register.json(&["verify"]);
    assert_eq!(verified["checkpoint"]["size"].as_u64(), Some(size as u64));
    assert!(verified["checkpoint"]["key"].is_string(), "{verified}");
}

#[test]
fn a_key_that_has_signed_is_not_replaced_unasked() {
    let register = Register::ccm();
    let (key, size) = key_and_size(&register);
    let file = register.data().join("ledger.key");
    let secret = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    for args in
        [&["record", "fixtures/ccm"][..], &["checkpoint"], &["prove", "3"], &["key", "show"]]
    {
        let refused = register.run(args);
        assert_ne!(refused.code, 0, "{}", refused.out);
        assert!(!file.exists());
    }
    let refused = register.run(&["checkpoint"]).err;
    assert!(refused.contains("is gone, which has signed") && refused.contains("init"), "{refused}");
    assert_eq!(register.run(&["verify", "--key", &key]).code, 0, "the log needs no key");
    assert_eq!(register.run(&["status"]).code, 0);

    // A key from elsewhere is not the log's, whatever it is called.
    let other = Register::ccm();
    fs::copy(other.data().join("ledger.key"), &file).unwrap();
    let refused = register.run(&["record", "fixtures/ccm"]);
    assert!(refused.err.contains("from which nothing leads to the key"), "{}", refused.err);
    assert_eq!(register.run(&["init"]).code, 1, "it is there already");
    fs::remove_file(&file).unwrap();

    // Asked for, the log goes on, and says where the old key ended.
    let made = register.json(&["init", "--origin", "example.org/anew"]);
    assert!(made["before"].as_str().unwrap().contains(&format!("\n{size}\n")), "{made}");
    let anew = made["public_key"].as_str().unwrap();
    assert_eq!(register.run(&["record", "fixtures/ccm"]).code, 0);
    assert_eq!(
        register.json(&["verify", "--key", anew])["checkpoint"]["origin"],
        "example.org/anew"
    );
    assert_eq!(register.run(&["verify", "--key", &key]).code, 3);
    fs::write(&file, secret).unwrap();
    assert_ne!(register.run(&["checkpoint"]).code, 0, "the old one signs no more");
}

#[test]
fn a_checkpoint_that_was_kept_elsewhere_is_compared() {
    let register = Register::ccm();
    let (key, _) = key_and_size(&register);
    let old = register.file("old", register.run(&["checkpoint", "--size", "100"]).out);
    let args = ["verify", "--key", &key, "--checkpoint", &old];
    let said = register.run(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("checkpoint given, at size 100: of this log"), "{}", said.out);
    // Also where somebody took away what was kept here.
    fs::remove_dir_all(register.data().join("kept")).unwrap();
    assert_eq!(register.json(&args)["held"][0]["size"], 100);
    // The same log recorded at another time is another one.
    let other = Register::ccm();
    fs::copy(register.data().join("ledger.key"), other.data().join("ledger.key")).unwrap();
    fs::remove_dir_all(other.data().join("kept")).unwrap();
    let refused = other.run(&args);
    assert_eq!(refused.code, 3, "{}", refused.out);
    assert!(refused.err.contains("but a signed checkpoint says"), "{}", refused.err);
    let none = register.run(&["verify", "--checkpoint", "Cargo.toml"]);
    assert_eq!((none.code, none.err.contains("is no checkpoint")), (1, true), "{}", none.err);
}

#[test]
fn the_first_record_makes_a_key_and_says_so() {
    let register = Register::empty();
    let mut command = register.command(&["record", "fixtures/ccm/profile.yaml"]);
    let said = said(command.env("CHANCERY_ORIGIN", "example.org/first").output().unwrap());
    assert_eq!(said.code, 0);
    assert!(said.err.contains("example.org/first+"), "{}", said.err);
    let second = register.run(&["record", "fixtures/ccm/profile.yaml"]);
    assert_eq!(second.err, "");
}

#[test]
fn a_proof_stands_alone() {
    let register = Register::ccm();
    let (key, size) = key_and_size(&register);
    let proof = register.run(&["prove", "42"]);
    let file = register.file("42.tlog-proof", &proof.out);
    let judged = judge(&["verify-proof", &file, "--key", &key]);
    assert_eq!(judged.0, 0, "{}", judged.1);
    assert!(judged.1.contains("entry 42 of the log"), "{}", judged.1);
    assert!(judged.1.contains(&format!("at size {size}")), "{}", judged.1);
    let entry = judged.1.lines().nth(1).unwrap();
    let entry = register.file("entry.json", entry);
    assert_eq!(judge(&["verify-proof", &file, "--key", &key, "--entry", &entry]).0, 0);

    let other = Register::ccm();
    let (other_key, _) = key_and_size(&other);
    let changed = [
        proof.out.replace("index 42", "index 43"),
        proof.out.replacen("extra ey", "extra e3", 1),
        proof.out.replace(&format!("\n{size}\n"), &format!("\n{}\n", size + 1)),
        register.run(&["prove", "43"]).out.replace("index 43", "index 42"),
    ];
    for text in changed {
        let file = register.file("changed.tlog-proof", &text);
        let judged = judge(&["verify-proof", &file, "--key", &key]);
        assert_eq!(judged.0, 1, "{}", judged.1);
        assert!(judged.1.contains("proves nothing"), "{}", judged.1);
    }
    let judged = judge(&["verify-proof", &file, "--key", &other_key]);
    assert_eq!((judged.0, judged.1.contains("no known key")), (1, true), "{}", judged.1);
}

#[test]
fn a_checkpoint_that_was_taken_away_is_not_called_one_that_never_was() {
    let register = Register::ccm();
    let (key, _) = key_and_size(&register);
    std::fs::remove_dir_all(register.data().join("kept")).unwrap();
    let verified = register.run(&["verify", "--key", &key]);
    assert_eq!(verified.code, 0);
    assert!(verified.out.contains("no signature was verified"), "{}", verified.out);
}

#[test]
fn growth_is_proved_from_an_earlier_checkpoint() {
    let register = Register::ccm();
    let (key, size) = key_and_size(&register);
    let old = register.file("old", register.run(&["checkpoint", "--size", "100"]).out);
    let proof = register.file("growth", register.run(&["consistency", "100"]).out);
    let judged = judge(&["verify-proof", &proof, "--key", &key, "--old", &old]);
    assert_eq!(judged.0, 0, "{}", judged.1);
    assert!(judged.1.contains(&format!("at size {size} begins with")), "{}", judged.1);
    let other = register.file("other", register.run(&["checkpoint", "--size", "101"]).out);
    assert_eq!(judge(&["verify-proof", &proof, "--key", &key, "--old", &other]).0, 1);
    let judged = judge(&["verify-proof", &proof, "--key", &key, "--old", &proof]);
    assert!(judged.1.contains("is no earlier checkpoint of this log"), "{}", judged.1);
    // What belongs to the other kind of proof is not passed over.
    let entry = register.file("entry.tlog-proof", register.run(&["prove", "7"]).out);
    assert_eq!(judge(&["verify-proof", &entry, "--key", &key, "--old", &old]).0, 2);
    assert_eq!(
        judge(&["verify-proof", &proof, "--key", &key, "--old", &old, "--entry", &old]).0,
        2
    );

    let far = register.run(&["prove", "100000"]);
    assert_eq!((far.code, far.out.as_str()), (1, ""), "{}", far.err);
    let far = register.run(&["consistency", "100000"]);
    assert_eq!((far.code, far.out.as_str()), (1, ""), "{}", far.err);
}

#[test]
fn verify_says_what_it_checked() {
    let register = Register::ccm();
    let (key, size) = key_and_size(&register);
    let root = register.json(&["checkpoint"])["root"].clone();
    let verified = register.json(&["verify", "--key", &key]);
    assert_eq!((&verified["size"], &verified["root"]), (&Value::from(size), &root));
    assert_eq!(verified["checkpoint"]["key"], key);
    let text = register.run(&["verify"]).out;
    for part in [format!("verified: {size} events"), "the key in the data folder".to_owned()] {
        assert!(text.contains(&part), "{text}");
    }
    let (other, _) = key_and_size(&Register::ccm());
    let refused = register.run(&["verify", "--key", &other]);
    assert_eq!(refused.code, 3, "{}", refused.err);
    assert_eq!(Register::empty().run(&["verify"]).code, 3);
}

/// The register's public key, and how many events it has.
fn key_and_size(register: &Register) -> (String, u64) {
    let size = register.json(&["checkpoint"])["size"].as_u64().unwrap();
    let key = register.json(&["verify"])["checkpoint"]["key"].as_str().unwrap().to_owned();
    (key, size)
}

/// What the program says where there is no register.
fn judge(args: &[&str]) -> (i32, String) {
    let mut command = program();
    let said = said(command.args(["--data", "/nowhere"]).args(args).output().unwrap());
    (said.code, said.out + &said.err)
}
