//! Bad input of any kind: one clear message, and the register as it was.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use crate::run::{Register, program, said};

const HEAD: &str = "convention: ccm\nsource: a letter\nrecorded_by: isu\non: 2020-01-01\nfacts:\n";

/// Records `content` on top of the fixtures: rejected, with every phrase in the message.
#[track_caller]
fn check(name: &str, content: impl AsRef<[u8]>, phrases: &[&str]) {
    let register = Register::ccm();
    let before = register.history();
    let file = register.file(name, content);
    for args in [&["record", &file][..], &["record", "--check", &file][..]] {
        let said = register.run(args);
        assert_eq!(said.code, 1, "{}{}", said.out, said.err);
        for phrase in phrases {
            assert!(said.err.contains(phrase), "no `{phrase}` in:\n{}", said.err);
        }
        assert!(!said.err.contains("panicked"), "{}", said.err);
    }
    assert_eq!(register.history(), before);
}

fn facts(facts: &str) -> String {
    format!("{HEAD}{facts}")
}

#[test]
fn dismissals_that_set_nothing_aside() {
    let dismissed = |rule: &str, more: &str| {
        facts(&format!(
            "  - para: 1\n    dismissed: {{ rule: {rule}, event: {{ source: CCM/MSP/2017/12, para: 51(a), fact: elected }}, {more}reason: r, authority: {{ body: us }} }}\n"
        ))
    };
    check(
        "x.yaml",
        dismissed("term_without_ends", ""),
        &["x.yaml:7:", "there is no rule `term_without_ends`", "`term_without_end` is one"],
    );
    check(
        "x.yaml",
        dismissed("date_outside_meeting", ""),
        &["no open finding of `date_outside_meeting` is about", "chancery findings --open"],
    );
    check(
        "x.yaml",
        dismissed("term_without_end", "about: NZL, "),
        &["`term_without_end` finds nothing about `NZL`", "it finds `ZMB`"],
    );
}

#[test]
fn unknown_state() {
    check(
        "x.yaml",
        facts("  - { entry: a, acceded: { state: XYZ, on: 2020-01-01 } }\n"),
        &["x.yaml:6:", "`XYZ` is not the code of a State", "ISO 3166-1"],
    );
}

#[test]
fn misspelt_key() {
    check(
        "x.yaml",
        facts("  - { entry: a, accedd: { state: TUR, on: 2020-01-01 } }\n"),
        &["x.yaml:6:", "there is no key `accedd`", "`acceded` is meant?"],
    );
}

#[test]
fn wrong_date() {
    check(
        "x.yaml",
        facts("  - { entry: a, acceded: { state: TUR, on: 01/02/2020 } }\n"),
        &["x.yaml:6:", "`01/02/2020` is not a date", "write year-month-day"],
    );
}

#[test]
fn thirtieth_of_february() {
    check(
        "x.yaml",
        facts("  - { entry: a, acceded: { state: TUR, on: 2020-02-30 } }\n"),
        &["x.yaml:6:", "`2020-02-30` is not a day", "February 2020 has 29 days"],
    );
}

#[test]
fn second_ratification() {
    check(
        "x.yaml",
        facts("  - { entry: a, ratified: { state: BEN, on: 2020-01-01 } }\n"),
        &["x.yaml:6:", "BEN is bound already, by its deposit of 2017-07-10"],
    );
}

#[test]
fn every_mistake_is_shown_in_one_run() {
    check(
        "x.yaml",
        facts(concat!(
            "  - { entry: a, acceded: { state: XYZ, on: 2020-02-30, bye: 1 } }\n",
            "  - { entry: b, ratified: { state: BEN, on: 2020-01-01 } }\n",
            "  - { entry: c, later: finance }\n",
            "  - { no_fact: without a place }\n",
        )),
        &[
            "XYZ",
            "2020-02-30",
            "`bye`",
            "BEN is bound already",
            "`later`",
            "no place in the source",
        ],
    );
}

#[test]
fn one_wrong_file_of_several_records_nothing() {
    let register = Register::ccm();
    let before = register.history();
    let good = register
        .file("a.yaml", facts("  - { entry: a, acceded: { state: TUR, on: 2020-01-01 } }\n"));
    let bad = register
        .file("b.yaml", facts("  - { entry: a, acceded: { state: TUR, on: 2020-01-02 } }\n"));
    let said = register.run(&["record", &good, &bad]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("b.yaml:6:") && said.err.contains("TUR is bound already"),
        "{}",
        said.err
    );
    assert_eq!(register.history(), before);
}

#[test]
fn not_utf8() {
    check(
        "x.yaml",
        b"convention: ccm\nsource: \xff\xfe\n",
        &["is not UTF-8", "byte 24 (line 2)", "0xff"],
    );
}

#[test]
fn empty_file() {
    check("x.yaml", "", &["empty"]);
    check("x.yaml", "# only a comment\n", &["empty"]);
}

#[test]
fn not_yaml() {
    check("x.yaml", "facts: [\n", &["this is not YAML"]);
    check("x.yaml", "just words", &["a record file is a mapping"]);
}

#[test]
fn hundred_megabytes() {
    let register = Register::ccm();
    let before = register.history();
    let path = register.file("x.yaml", "convention: ccm\n");
    // Sparse: it takes no room.
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(100 << 20).unwrap();
    let said = register.run(&["record", &path]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("104857600 bytes"), "{}", said.err);
    assert_eq!(register.history(), before);
}

#[test]
fn anchors_that_expand_without_end() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (from, to) in ('a'..='y').zip('b'..='z') {
        bomb.push_str(&format!(
            "{to}: &{to} [*{from}, *{from}, *{from}, *{from}, *{from}, *{from}]\n"
        ));
    }
    check("x.yaml", bomb, &["record files know no anchors"]);
    check("x.yaml", "a: &a [*a]\n", &["record files know no anchors"]);
}

#[test]
fn nesting_without_end() {
    check("x.yaml", "[".repeat(200_000), &["nested too deeply"]);
    check("x.yaml", "- ".repeat(100_000), &["nested too deeply"]);
    check("x.yaml", format!("{HEAD}  - {}", "{ a: ".repeat(100_000)), &["nested too deeply"]);
}

#[test]
fn unknown_convention() {
    let text = facts("  - { entry: a, acceded: { state: TUR, on: 2020-01-01 } }\n");
    check(
        "x.yaml",
        text.replace("convention: ccm", "convention: cmc"),
        &["x.yaml:1:", "no convention `cmc` is recorded", "`ccm`"],
    );
}

#[test]
fn wrong_tables() {
    let head = "iso3,name,signed,bound_on,kind,in_force,withdrawn,source\n";
    let register = Register::ccm();
    let before = register.history();
    for (row, phrase) in [
        ("TUR,Turkey,,2020-02-30,accession,,,a list\n", "February 2020 has 29 days"),
        ("XYZ,Nowhere,,2020-01-01,accession,,,a list\n", "`XYZ` is not the code of a State"),
        ("TUR,Zambia,,2020-01-01,accession,,,a list\n", "`Zambia` is not Türkiye"),
        ("TUR,Turkey,,2020-01-01,purchase,,,a list\n", "`purchase` is not a kind of instrument"),
        ("TUR,Turkey,,,accession,,,a list\n", "fill in `bound_on`"),
        ("TUR,Turkey,,2020-01-01,accession,,a list\n", "this row has 7 cells"),
        ("BEN,Benin,,2020-01-01,accession,,,a list\n", "BEN is bound already"),
    ] {
        let file = register.file("x.csv", format!("{head}{row}"));
        let said = register.run(&["record", "--convention", "ccm", "--recorded-by", "isu", &file]);
        assert_eq!(said.code, 1, "{row}");
        assert!(said.err.contains("x.csv:2:") && said.err.contains(phrase), "{row}{}", said.err);
    }
    let file = register.file("x.csv", "iso3,nom\n");
    let said = register.run(&["record", "--convention", "ccm", "--recorded-by", "isu", &file]);
    assert!(said.err.contains("no column `nom`"), "{}", said.err);
    // Without a convention it cannot be known what is meant: misuse.
    assert_eq!(register.run(&["record", &file]).code, 2);
    assert_eq!(register.history(), before);
}

#[test]
fn misuse() {
    let register = Register::ccm();
    for args in [
        &["record", "no/such/file.yaml"][..],
        &["record", "/dev/null"],
        &["record"],
        &["status", "--as-at", "2017-02-30"],
        &["status", "--convention", "att"],
        &["query", "{ conventions { id } }", "--variables", "[1]"],
        &["no-such-command"],
    ] {
        let said = register.run(args);
        assert_eq!(said.code, 2, "{args:?}: {}", said.err);
        assert!(!said.err.is_empty());
    }
}

#[test]
fn a_data_folder_in_use_names_the_other_process() {
    let register = Register::ccm();
    let mut server = register
        .command(&["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let said = register.run(&["status"]);
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(said.code, 3, "{}", said.err);
    let pid = server.id().to_string();
    assert!(said.err.contains(&pid) && said.err.contains("chancery"), "{}", said.err);
    // And once it is gone, the folder opens.
    assert_eq!(register.run(&["status"]).code, 0);
}

#[test]
fn a_data_folder_that_cannot_be_written() {
    let register = Register::empty();
    let folder = register.data();
    fs::create_dir(&folder).unwrap();
    let mut permissions = fs::metadata(&folder).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&folder, permissions).unwrap();
    // Permissions do not bind the superuser; nobody can make a folder in /proc.
    let probe = folder.join("probe");
    let folder = if fs::write(&probe, "").is_ok() { "/proc/chancery".into() } else { folder };
    let output = program().arg("--data").arg(&folder).args(["record", "fixtures/ccm"]).output();
    let said = said(output.unwrap());
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains(&folder.display().to_string()), "{}", said.err);
    assert!(!said.err.contains("panicked"), "{}", said.err);
}

#[test]
fn reading_makes_no_register() {
    let register = Register::empty();
    for args in [&["status"][..], &["history"], &["offices"], &["query", "{ conventions { id } }"]]
    {
        let said = register.run(args);
        assert_eq!(said.code, 3, "{args:?}");
        assert!(said.err.contains("chancery demo"), "{}", said.err);
    }
    assert!(!register.data().exists());
}

#[test]
fn mistakes_as_json() {
    let register = Register::ccm();
    let file = register
        .file("x.yaml", facts("  - { entry: a, acceded: { state: XYZ, on: 2020-01-01 } }\n"));
    let said = register.run(&["record", "--json", &file]);
    let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(error["mistakes"][0]["line"], 6);
    assert_eq!(error["mistakes"][0]["column"], 35);
}
