//! What becomes of findings: closed by a correction, set aside with a reason, open again.

use chancery_projections::{
    Finding, FindingRule,
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
    findings.iter().find(|it| it.key == "entry_into_force_differs:11").unwrap().clone()
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

/// The reason of the correction that closed the only finding of a rule that is closed.
fn closed_by(view: &View, rule: FindingRule) -> String {
    let closed = view.findings().iter().filter(|it| it.rule == rule && it.standing == Closed);
    let closed: Vec<&Finding> = closed.collect();
    assert_eq!(closed.len(), 1, "{closed:?}");
    closed[0].settled.as_ref().unwrap().reason.to_string()
}

fn rectified(para: u32, event: &str, correct: &str, reason: &str) -> String {
    format!(
        "  - {{ para: {para}, rectified: {{ event: {event}, correct: {correct}, reason: {reason}, authority: {{ body: us }}, on: 2019-01-0{para} }} }}\n"
    )
}

#[test]
fn of_several_corrections_the_one_is_named_that_closed_a_finding() {
    // Said to last three days, and set for two.
    let facts = "  - { entry: a, scheduled: { meeting: 9msp, kind: msp, title: Ninth, days: 3, on: 2018-09-05 } }
  - { entry: b, rescheduled: { meeting: 9msp, opens_on: 2019-09-02, closes_on: 2019-09-03, on: 2018-12-01 } }\n"
        .to_owned()
        + &rectified(1, "{ entry: b }", "{ venue: { city: Geneva, state: CHE } }", "venue")
        + &rectified(2, "{ entry: b }", "{ closes_on: 2019-09-04 }", "a day more")
        + &rectified(3, "{ entry: b }", "{ reason: another }", "wording");
    assert_eq!(closed_by(&ccm_and(&facts), FindingRule::QuantityDiffers), "a day more");
}

#[test]
fn a_correction_of_a_third_event_may_close_a_finding() {
    // In force for Sri Lanka from 1 September 2018 on: what was wrong was the day of the meeting.
    let facts = "  - { entry: a, attended: { meeting: 8msp, as: not_yet_in_force, states: [LKA], on: 2018-09-03 } }\n"
        .to_owned()
        + &rectified(1, "{ source: CCM/MSP/2017/12, annex: II.1 }", "{ title: Agenda }", "title")
        + &rectified(2, "{ source: CCM/MSP/2017/12, para: 53, fact: scheduled }", "{ opens_on: 2018-08-27 }", "the day")
        + &rectified(3, "{ source: CCM/MSP/2017/12, annex: II.2 }", "{ title: Budget }", "title");
    assert_eq!(closed_by(&ccm_and(&facts), FindingRule::CategoryDiffers), "the day");
}

#[test]
fn a_category_is_held_against_the_last_act_of_its_day() {
    // Lithuania ratified in 2011, and withdrew in 2025.
    let view = ccm_and(
        "  - { entry: a, attended: { meeting: 8msp, as: signatory, states: [LTU], on: 2018-09-03 } }\n",
    );
    let of_rule = |it: &&Finding| it.rule == FindingRule::CategoryDiffers;
    let finding = view.findings().iter().find(of_rule).unwrap();
    assert_eq!(finding.events[1].envelope.event.kind(), "membership.ratified");
    assert_eq!(
        finding.message,
        "Lithuania is listed as a signatory at 8msp; on 2018-09-03 it stood as a State party"
    );
}

#[test]
fn what_breaks_a_rule_on_who_is_bound_is_held_against_the_profile_that_says_it() {
    // An amendment leaves these rules as they are.
    let finding = luxembourg(&example(6));
    assert_eq!(finding.events[1].envelope.event.kind(), "profile.adopted");
}

#[test]
fn why_a_dismissal_is_idle_is_said() {
    let idle = |facts: &str| {
        let view = after(facts);
        view.why_idle(&view.idle_dismissals()[0]).unwrap().to_string()
    };
    assert_eq!(
        idle(&DISMISSED.replace("entry_into_force_differs", "entry_into_force_difers")),
        "there is no rule `entry_into_force_difers`; `entry_into_force_differs` is one"
    );
    assert_eq!(
        idle(&DISMISSED.replace("entry_into_force_differs", "date_outside_meeting")),
        "no open finding of `date_outside_meeting` is about event 11 (Report of the First Meeting of Lighthouse States (fictional), entry LUX), so there is nothing to dismiss; `chancery findings --open` shows what there is"
    );
    assert_eq!(
        idle(&DISMISSED.replace("reason:", "about: LIE, reason:")),
        "`entry_into_force_differs` finds nothing about `LIE` in event 11; leave `about` away"
    );
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
                it.subject.as_deref() == Some(state) && it.rule == FindingRule::CategoryDiffers
            });
            found.unwrap().standing
        };
        (of("CHE"), of("DEU"), view.idle_dismissals().len())
    };
    assert_eq!(standing(&dismissed("about: CHE, ")), (Dismissed, Open, 0));
    // It is not guessed which one is meant.
    assert_eq!(standing(&dismissed("")), (Open, Open, 1));
}
