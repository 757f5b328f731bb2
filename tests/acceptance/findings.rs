//! What the source says though it cannot be so is recorded as printed, and flagged.

use chancery_projections::FindingRule;
use chancery_register::Event;
use chancery_tests::{ccm, ccm_and};
use jiff::civil::date;

#[test]
fn the_opening_in_2016_is_recorded_as_printed_and_found() {
    let view = ccm().as_printed();
    let opened = view.events().iter().find(|recorded| {
        matches!(recorded.envelope.event, Event::Meetings(chancery_meetings::Event::Opened(_)))
    });
    let opened = opened.unwrap();
    assert_eq!(opened.envelope.effective, date(2016, 9, 4).into());
    assert_eq!(opened.envelope.source.place.to_string(), "¶20");

    let findings = view.findings();
    let finding = findings.iter().find(|it| it.position == opened.position).unwrap();
    assert_eq!(finding.rule, FindingRule::DateOutsideMeeting);
    let places: Vec<String> = finding.places.iter().map(|it| it.place.to_string()).collect();
    assert_eq!(places, ["¶20", "¶9"]);
    // ¶21 prints the same year, for the plenary meeting and for the statement in it.
    let places: Vec<String> = findings.iter().map(|it| it.places[0].place.to_string()).collect();
    assert_eq!(places, ["¶20", "¶21", "¶21"]);
}

#[test]
fn an_entry_into_force_that_the_rule_does_not_give_is_found() {
    let view = ccm_and(
        "  - { entry: TUR, acceded: { state: TUR, on: 2024-02-01, in_force_as_printed: 2024-07-01 } }\n",
    );
    let found = view.findings();
    let finding = found.iter().find(|it| it.rule == FindingRule::EntryIntoForceDiffers).unwrap();
    assert!(finding.message.contains("2024-08-01"), "{}", finding.message);
}
