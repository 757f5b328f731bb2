//! Why a figure is what it is.

use crate::run::Register;

#[test]
fn a_figure_is_its_rule_what_it_was_computed_from_and_its_events() {
    let register = Register::ccm();
    let said = register.run(&["why", "in-force", "--as-at", "2017-09-06"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for phrase in
        ["in-force, as at 2017-09-06: 100", "Rule: ", "(article 17(1))", "100 events:", "entry IRL"]
    {
        assert!(said.out.contains(phrase), "{phrase}: {}", said.out);
    }
    let json = register.json(&["why", "in-force", "--as-at", "2017-09-06"]);
    assert_eq!(json["events"].as_array().unwrap().len(), 100);
    assert_eq!(json["value"], "100");
    let benin = register.json(&["why", "entry-into-force", "BEN", "--as-at", "2017-09-06"]);
    assert_eq!(
        (&benin["value"], &benin["events"][0]["effective"]),
        (&"2018-01-01".into(), &"2017-07-10".into())
    );
    let clearance = register.run(&["why", "deadline", "MOZ", "clearance"]);
    assert!(clearance.out.contains("10 years after the entry into force"), "{}", clearance.out);
}

#[test]
fn a_share_says_its_rate_and_what_is_supposed() {
    let register = Register::ccm();
    let mut args = vec!["why", "share", "DEU", "--meeting", "8msp", "--total", "USD 300000"];
    let refused = register.run(&args);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("no rate for COK, PSE, VAT"), "{}", refused.err);
    args.extend(["--leave-out", "COK,PSE,VAT"]);
    let said = register.run(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    for phrase in ["6.389", "COK does not pay", "largest remainders", "finance.scale_adopted"] {
        assert!(said.out.contains(phrase), "{phrase}: {}", said.out);
    }
    let misplaced = register.run(&["why", "in-force", "--leave-out", "COK"]);
    assert_eq!(misplaced.code, 2);
    assert!(misplaced.err.contains("only shares"), "{}", misplaced.err);
}

#[test]
fn a_rectified_event_comes_with_its_rectification() {
    let said = Register::ccm().run(&["why", "meeting", "7msp"]);
    assert!(said.out.contains("register.rectified, of "), "{}", said.out);
}

#[test]
fn what_there_is_not_says_what_there_is() {
    let register = Register::ccm();
    for (figure, phrase) in [
        ("deadline MOZ clearence", "did you mean `clearance`?"),
        ("coverage 1999", "there is one of"),
        ("nonsense", "there is `bound`"),
    ] {
        let said = register.run(&["why", figure, "--as-at", "2018-10-01"]);
        assert_eq!(said.code, 1, "{figure}");
        assert!(said.err.contains(phrase), "{figure}: {}", said.err);
    }
}
