//! Paragraphs 20 and 21 of the report print 2016 for 2017. The report stays as it is; a later file
//! corrects what was recorded from it.

use chancery_projections::{FindingStanding, Standing, View};
use chancery_register::{Event, corrections::Event as Correction};
use chancery_tests::{CCM, RECTIFICATIONS, ccm, ccm_file, ccm_id, record};
use jiff::civil::date;

/// The fixtures as they were before the corrections.
fn before() -> View {
    let files = CCM.iter().filter(|name| **name != RECTIFICATIONS);
    files.fold(View::empty(ccm_id()), |view, name| record(view, &ccm_file(name)))
}

fn opened_on(view: &View) -> String {
    let meeting = view.at(date(2018, 1, 1)).meeting(&"7msp".parse().unwrap()).unwrap();
    meeting.opened_on.unwrap().to_string()
}

#[test]
fn the_opening_is_in_2016_before_its_rectification_and_in_2017_after_it() {
    assert_eq!(opened_on(&before()), "2016-09-04");
    assert_eq!(opened_on(&record(before(), &ccm_file(RECTIFICATIONS))), "2017-09-04");
    // Whoever took a view before keeps it, and whoever asks for the print gets it.
    assert_eq!(opened_on(&ccm().as_printed()), "2016-09-04");
}

#[test]
fn both_values_are_linked() {
    let view = ccm();
    let opened = |it: &Event| it.kind() == "meetings.opened";
    let recorded = view.log().iter().find(|it| opened(&it.envelope.event)).unwrap();
    let entry = view.entry(recorded.envelope.version).unwrap();
    assert_eq!(entry.recorded.envelope.effective, date(2016, 9, 4).into());
    let Standing::Corrected(now) = &entry.standing else { panic!("{:?}", entry.standing) };
    assert_eq!(now.envelope.effective, date(2017, 9, 4).into());
    assert_eq!(now.envelope.source, recorded.envelope.source);
    assert_eq!(entry.rectified_by.len(), 1);
    let by = view.entry(entry.rectified_by[0].envelope.version).unwrap();
    assert_eq!(by.rectifies.as_ref(), Some(recorded));
    let Event::Corrections(Correction::Rectified(it)) = &by.recorded.envelope.event else {
        panic!("{by:?}");
    };
    assert_eq!(
        (&it.printed["on"], &it.correct["on"]),
        (&"2016-09-04".into(), &"2017-09-04".into())
    );
}

#[test]
fn the_contradictions_of_paragraphs_20_and_21_are_closed() {
    let of_2016 = |view: &View, standing: FindingStanding| {
        let found = view.findings().iter().filter(|it| it.standing == standing);
        found.filter(|it| matches!(it.places[0].place.number(), "20" | "21")).count()
    };
    assert_eq!(of_2016(&before(), FindingStanding::Open), 3);
    assert_eq!(of_2016(&ccm(), FindingStanding::Open), 0);
    assert_eq!(of_2016(&ccm(), FindingStanding::Closed), 3);
}

/// Facts that nothing corrects are held once, by the log and by what counts.
#[test]
fn what_is_not_corrected_is_shared() {
    let view = ccm();
    let counted = view.events().iter().zip(view.log());
    let own = counted.filter(|(now, recorded)| !std::sync::Arc::ptr_eq(now, recorded)).count();
    assert_eq!(own, 3);
}
