//! What the source says though it cannot be so is recorded as printed, and flagged.

mod dates;
mod documents;
mod names;
mod offices;
mod quantities;
mod standing;

use std::collections::BTreeSet;

use chancery_projections::{Finding, FindingRule, FindingStanding, View};
use chancery_register::Event;
use chancery_tests::{
    CCM, RECTIFICATIONS, ccm, ccm_and, ccm_file, ccm_id, example, file_of, profiled, record,
};
use jiff::civil::date;

/// What a rule finds in facts that are told after the first turn of the fictional convention: the
/// place that does not fit, the one that it does not fit with, and the suggestion.
fn found(rule: FindingRule, facts: &str) -> Vec<String> {
    let head = "convention: example\nsource: a report (fictional)\nrecorded_by: example\nfacts:\n";
    let file = file_of("given.yaml", &format!("{head}{facts}"));
    let before = example(1);
    let known: BTreeSet<String> = before.findings().iter().map(|it| it.key.clone()).collect();
    let after = record(before, &file);
    let found = after.findings().iter();
    found.filter(|it| it.rule == rule && !known.contains(&it.key)).map(places).collect()
}

fn places(it: &Finding) -> String {
    let [place, against] = &it.places;
    let suggestion = it.suggestion.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
    format!("{} against {}{suggestion}", place.place, against.place)
}

/// The mistakes in print of the report of the Seventh Meeting, by a reading with a red pencil.
#[test]
fn the_mistakes_of_the_report_of_the_seventh_meeting_are_found_and_none_else() {
    let found: Vec<String> = ccm()
        .findings()
        .iter()
        .map(|it| match it.standing {
            FindingStanding::Open => format!("{} {}", it.rule, places(it)),
            standing => format!("{} {}; {standing:?}", it.rule, places(it)),
        })
        .collect();
    assert_eq!(
        found,
        [
            "name_differs annex II.7 against ¶18: Geneva International Centre for Humanitarian Demining",
            "out_of_order annex II.16 against annex II.13: near CCM/MSP/2017/INF.1",
            "name_differs ¶11 against ¶6: Secretary-General of the Meeting",
            "out_of_order ¶13 against ¶13: Germany, Ghana; Dismissed",
            "name_is_alias ¶13 against ¶13: Saint Kitts and Nevis; Dismissed",
            "date_outside_meeting ¶20 against ¶9: 2017-09-04; Closed",
            "date_outside_meeting ¶21 against ¶9: 2017-09-04; Closed",
            "date_outside_meeting ¶21 against ¶9: 2017-09-04; Closed",
            "capacity_differs ¶22 against ¶11: Director of the Conference on Disarmament Secretariat and Conference Support Branch of the United Nations Office for Disarmament Affairs",
            "considered_before_issued ¶25 against ¶54: CCM/MSP/2017/11",
            "name_differs ¶32 against ¶51(a): Reporting",
            "name_is_alias ¶36 against ¶50(a): Bosnia and Herzegovina",
            "unknown_symbol ¶37 against annex I: CCM/CONF/2015/7",
            "unknown_symbol ¶38 against annex I: CCM/CONF/2015/7",
            "name_is_alias ¶42 against ¶50(a): Bosnia and Herzegovina",
            "name_is_alias ¶43 against ¶50(a): Bosnia and Herzegovina",
            "term_without_end ¶51(a) against ¶50(f)",
            "term_without_end ¶51(b) against ¶50(f)",
            "name_differs ¶54 against ¶53: Eighth Meeting of States Parties",
            "person_spelt_otherwise entry Second Review Conference against ¶21",
        ]
    );
}

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
    assert_eq!(finding.key, format!("date_outside_meeting:{}", opened.envelope.version));
}

#[test]
fn lists_and_profiles_without_mistakes_bring_no_finding() {
    // Without the report, and what hangs on it.
    let hangs =
        ["records/7msp.yaml", "records/8msp.yaml", "records/obligations.yaml", RECTIFICATIONS];
    let others = CCM.iter().filter(|name| !hangs.contains(*name));
    let quiet = others.fold(View::empty(ccm_id()), |view, name| record(view, &ccm_file(name)));
    assert_eq!(quiet.findings(), []);
    for convention in ["ccm", "apmbc", "att", "tpnw", "example"] {
        assert_eq!(profiled(convention).findings(), [], "{convention}");
    }
}

#[test]
fn every_finding_has_a_name_of_its_own_that_stays() {
    for view in [ccm(), example(5)] {
        let findings = view.findings();
        let keys: BTreeSet<&str> = findings.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys.len(), findings.len());
    }
    let (before, after) = (example(4), example(5));
    let kept = |it: &Finding| after.findings().iter().any(|other| other.key == it.key);
    assert!(before.findings().iter().all(kept));
}

#[test]
fn rules_are_known_by_their_ids() {
    for rule in FindingRule::ALL {
        assert_eq!(rule.id().parse(), Ok(*rule));
        assert!(rule.says().ends_with('.'), "{rule}");
    }
    let wrong = "date_outside_meting".parse::<FindingRule>().unwrap_err().to_string();
    assert_eq!(wrong, "there is no rule `date_outside_meting`; `date_outside_meeting` is one");
}

#[test]
fn an_entry_into_force_that_the_rule_does_not_give_is_found() {
    let view = ccm_and(
        "  - { entry: TUR, acceded: { state: TUR, on: 2024-02-01, in_force_as_printed: 2024-07-01 } }\n",
    );
    let found = view.findings();
    let finding = found.iter().find(|it| it.rule == FindingRule::EntryIntoForceDiffers).unwrap();
    assert!(finding.message.contains("2024-08-01"), "{}", finding.message);
    assert_eq!(places(finding), "entry TUR against entry profile: 2024-08-01");
}
