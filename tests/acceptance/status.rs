//! The figures of the status, as published.

use chancery_kernel::StateCode;
use chancery_projections::Status;
use chancery_tests::ccm;
use jiff::civil::{Date, date};

#[track_caller]
fn check(
    day: Date,
    bound: u32,
    in_force: u32,
    pending: u32,
    signatories_only: u32,
    withdrawn: u32,
) {
    let expected = Status { bound, in_force, pending, signatories_only, withdrawn };
    assert_eq!(ccm().at(day).status(), expected, "as at {day}");
}

#[test]
fn at_the_seventh_meeting_102_were_bound() {
    // The report of the Seventh Meeting, ¶13 to 15; 100 in force, Benin and Madagascar pending.
    check(date(2017, 9, 6), 102, 100, 2, 17, 0);
}

#[test]
fn before_the_thirtieth_instrument_nobody_was_in_force() {
    let at = ccm();
    let status = at.at(date(2010, 2, 15)).status();
    assert_eq!((status.in_force, status.bound), (0, status.pending));
    assert_eq!(at.at(date(2010, 2, 15)).entry_into_force(), None);
    assert_eq!(at.at(date(2010, 2, 16)).entry_into_force(), Some(date(2010, 8, 1)));
}

/// The other dates follow from the status list: counted here row by row, apart from the program.
#[test]
fn figures_follow_from_the_status_list() {
    let view = ccm();
    for day in [date(2010, 2, 15), date(2010, 8, 1), date(2025, 3, 6), date(2026, 2, 3)] {
        let mut expected = Status::default();
        for row in chancery_tests::text("fixtures/ccm/status.csv").lines().skip(1) {
            let cells: Vec<&str> = row.splitn(8, ',').collect();
            let by = |cell: &str| cell.parse::<Date>().is_ok_and(|on| on <= day);
            match (by(cells[2]), by(cells[3]), by(cells[5]), by(cells[6])) {
                (_, true, _, true) => expected.withdrawn += 1,
                (_, true, in_force, _) => {
                    expected.bound += 1;
                    if in_force { expected.in_force += 1 } else { expected.pending += 1 }
                }
                (true, false, ..) => expected.signatories_only += 1,
                _ => {}
            }
        }
        assert_eq!(view.at(day).status(), expected, "as at {day}");
    }
}

#[test]
fn entry_into_force_comes_out_as_published() {
    let view = ccm();
    let at = view.at(date(2026, 2, 3));
    assert_eq!(at.entry_into_force(), Some(date(2010, 8, 1)));
    for (state, from) in [
        ("MRT", date(2012, 8, 1)),
        ("BEN", date(2018, 1, 1)),
        ("MDG", date(2017, 11, 1)),
        ("VUT", date(2026, 3, 1)),
        ("ISL", date(2016, 2, 1)),
        ("PHL", date(2019, 7, 1)),
    ] {
        let code: StateCode = state.parse().unwrap();
        assert_eq!(at.participant(code).unwrap().in_force_from, Some(from), "{state}");
    }
    let lithuania = at.participant("LTU".parse().unwrap()).unwrap();
    assert_eq!(lithuania.withdrawn_on, Some(date(2025, 3, 6)));
}
