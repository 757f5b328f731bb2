//! Terms of office hang on meetings, and move with them.

use chancery_projections::{OfficeAt, View};
use chancery_tests::{ccm, ccm_and};
use jiff::civil::{Date, date};

fn coordinators(view: &View, day: Date, theme: &str) -> Vec<String> {
    let holds = |it: &OfficeAt| {
        it.office.as_str() == "coordinator"
            && it.theme.as_ref().is_some_and(|of| of.as_str() == theme)
    };
    let offices = view.at(day).offices();
    offices.into_iter().filter(holds).filter_map(|it| Some(it.state?.code.to_string())).collect()
}

#[test]
fn after_the_eighth_meeting_germany_coordinates_general_status_and_bosnia_no_longer() {
    let view = ccm();
    assert_eq!(coordinators(&view, date(2018, 9, 5), "general_status"), ["BIH", "DEU"]);
    assert_eq!(coordinators(&view, date(2018, 10, 1), "general_status"), ["DEU"]);
}

#[test]
fn rescheduling_the_eighth_meeting_moves_every_term_tied_to_it() {
    let moved = ccm_and(
        "  - { para: 1, rescheduled: { meeting: 8msp, opens_on: 2018-10-08, closes_on: 2018-10-10, on: 2018-06-01 } }\n",
    );
    let before = ccm();
    let tied = |view: &View| {
        let offices = view.at(date(2018, 8, 1)).offices();
        let ends = |it: &OfficeAt| {
            it.until.as_ref().is_some_and(|until| until.said.to_string() == "the end of 8msp")
        };
        let mut days: Vec<String> = offices
            .iter()
            .filter(|it| ends(it))
            .filter_map(|it| Some(it.until.as_ref()?.date?.to_string()))
            .collect();
        let count = days.len();
        days.dedup();
        (count, days)
    };
    // Six coordinators and the President.
    assert_eq!(tied(&before), (7, vec!["2018-09-05".to_owned()]));
    assert_eq!(tied(&moved), (7, vec!["2018-10-10".to_owned()]));
    assert_eq!(coordinators(&moved, date(2018, 10, 1), "general_status"), ["BIH", "DEU"]);
    assert_eq!(coordinators(&moved, date(2018, 10, 11), "general_status"), ["DEU"]);
    // Before the move was decided, the old dates were in effect.
    assert_eq!(coordinators(&moved, date(2018, 5, 1), "general_status"), ["BIH", "DEU"]);
}

#[test]
fn a_term_without_a_date_yet_stays_open() {
    let view = ccm();
    let offices = view.at(date(2030, 1, 1)).offices();
    let germany =
        offices.iter().find(|it| it.state.as_ref().is_some_and(|s| s.code.as_str() == "DEU"));
    let until = germany.unwrap().until.as_ref().unwrap();
    assert_eq!((until.said.to_string().as_str(), until.date), ("the end of 9msp", None));
    assert!(!germany.unwrap().certain);
}
