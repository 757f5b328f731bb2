//! What becomes of findings: closed by a correction, set aside with a reason, open again.

use chancery_projections::{
    Finding,
    FindingStanding::{Closed, Dismissed, Open},
    View,
};
use chancery_tests::{ccm_and, example, file_of, record};

/// The fictional convention, whose list prints a wrong entry into force of Luxembourg, and more.
fn after(facts: &str) -> View {
    let head = "convention: example\nsource: a letter (fictional)\nrecorded_by: example\non: 2006-01-01\nfacts:\n";
    record(example(1), &file_of("given.yaml", &format!("{head}{facts}")))
}

fn luxembourg(view: &View) -> Finding {
    let findings = view.findings();
    findings.into_iter().find(|it| it.key == "entry_into_force_differs:11").unwrap()
}

const DISMISSED: &str = "  - para: 1
    dismissed: { rule: entry_into_force_differs, event: { entry: LUX, fact: acceded }, reason: the list counts otherwise, authority: { body: the Keeper } }\n";

#[test]
fn a_correction_closes_a_finding() {
    assert_eq!(luxembourg(&example(1)).standing, Open);
    let corrected = "  - para: 1
    rectified: { event: { entry: LUX, fact: acceded }, correct: { in_force_as_printed: 2003-01-29 }, reason: a slip, authority: { body: the Keeper } }\n";
    let view = after(corrected);
    let finding = luxembourg(&view);
    let by = finding.settled.unwrap();
    assert_eq!((finding.standing, &*by.reason), (Closed, "a slip"));
    assert_eq!(by.event.envelope.event.kind(), "register.rectified");
    // A value that is wrong, too, closes nothing.
    let still_wrong = corrected.replace("2003-01-29", "2003-01-30");
    let finding = luxembourg(&after(&still_wrong));
    assert_eq!(finding.standing, Open);
    assert!(finding.message.contains("2003-01-30"), "{}", finding.message);
}

#[test]
fn a_finding_is_set_aside_with_a_reason() {
    let view = after(DISMISSED);
    let finding = luxembourg(&view);
    let by = finding.settled.unwrap();
    assert_eq!((finding.standing, &*by.reason), (Dismissed, "the list counts otherwise"));
    assert_eq!(view.idle_dismissals(), []);
    // Once the dismissal is annulled, the finding is open again.
    let annulled = format!(
        "{DISMISSED}  - para: 2\n    rectified: {{ event: {{ para: 1, fact: dismissed }}, annulled: true, reason: too soon, authority: {{ body: the Keeper }} }}\n"
    );
    assert_eq!(luxembourg(&after(&annulled)).standing, Open);
}

#[test]
fn a_dismissal_of_nothing_is_seen() {
    for idle in [
        DISMISSED.replace("entry_into_force_differs", "date_outside_meeting"),
        DISMISSED.replace("reason:", "about: LIE, reason:"),
    ] {
        let view = after(&idle);
        assert_eq!(luxembourg(&view).standing, Open, "{idle}");
        assert_eq!(view.idle_dismissals().len(), 1, "{idle}");
    }
}

#[test]
fn a_dismissal_says_which_of_several() {
    let attended = "  - { entry: list, attended: { meeting: 8msp, as: signatory, states: [CHE, DEU], on: 2018-09-03 } }\n";
    let dismissed = |about: &str| {
        format!("{attended}  - entry: note
    dismissed: {{ rule: category_differs, event: {{ entry: list, fact: attended }}, {about}reason: so they sat, authority: {{ body: the Secretary }}, on: 2018-09-04 }}\n")
    };
    let standing = |facts: &str| {
        let view = ccm_and(facts);
        let findings = view.findings();
        let of = |state: &str| {
            let found = findings.iter().find(|it| {
                it.subject.as_deref() == Some(state)
                    && it.rule == chancery_projections::FindingRule::CategoryDiffers
            });
            found.unwrap().standing
        };
        (of("CHE"), of("DEU"), view.idle_dismissals().len())
    };
    assert_eq!(standing(&dismissed("about: CHE, ")), (Dismissed, Open, 0));
    // It is not guessed which one is meant.
    assert_eq!(standing(&dismissed("")), (Open, Open, 1));
}
