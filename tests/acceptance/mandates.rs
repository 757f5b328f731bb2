//! What the Seventh Meeting gave somebody to do.

use chancery_decisions::MandateStanding;
use chancery_projections::{MandateAt, View};
use chancery_tests::{ccm, ccm_and};
use jiff::civil::{Date, date};

fn one(view: &View, id: &str, day: Date) -> MandateAt {
    view.at(day).mandate(&id.parse().unwrap()).unwrap()
}

fn due(view: &View, id: &str, day: Date) -> Option<String> {
    one(view, id, day).due_on.map(|due| due.to_string())
}

const ON: Date = date(2017, 10, 1);

#[test]
fn the_budget_of_2019_is_due_sixty_days_before_the_eighth_meeting() {
    let budget = "7msp-41-budget-2019";
    assert_eq!(due(&ccm(), budget, ON).as_deref(), Some("2018-07-05"));
    let moved = ccm_and(
        "  - { para: 1, rescheduled: { meeting: 8msp, opens_on: 2018-11-12, closes_on: 2018-11-14, on: 2018-05-02 } }\n",
    );
    assert_eq!(due(&moved, budget, date(2018, 5, 1)).as_deref(), Some("2018-07-05"));
    assert_eq!(due(&moved, budget, date(2018, 5, 2)).as_deref(), Some("2018-09-13"));
    assert_eq!(one(&moved, budget, date(2018, 9, 13)).standing, MandateStanding::Open);
    assert_eq!(one(&moved, budget, date(2018, 9, 14)).standing, MandateStanding::Overdue);
}

#[test]
fn the_hosting_agreement_is_assessed_again_in_three_years() {
    assert_eq!(due(&ccm(), "7msp-42-hosting-agreement", ON).as_deref(), Some("2020"));
}

#[test]
fn what_the_second_review_conference_reviews_has_no_date_before_it_has_one() {
    let reviews = ["7msp-40-financial-procedures", "7msp-47-synergies"];
    // Scheduled by the Eighth Meeting for 2020; it ended in September 2021.
    let view = ccm();
    for id in reviews {
        assert_eq!(due(&view, id, date(2018, 8, 31)), None);
        assert_eq!(due(&view, id, date(2018, 10, 1)).as_deref(), Some("2020"));
        assert_eq!(one(&view, id, date(2020, 12, 31)).standing, MandateStanding::Open);
        assert_eq!(due(&view, id, date(2030, 1, 1)).as_deref(), Some("2021-09-21"));
        assert_eq!(one(&view, id, date(2021, 9, 21)).standing, MandateStanding::Open);
        assert_eq!(one(&view, id, date(2021, 9, 22)).standing, MandateStanding::Overdue);
    }
}

#[test]
fn the_office_reports_every_year() {
    let reports = "7msp-41-annual-reports";
    assert_eq!(due(&ccm(), reports, ON).as_deref(), Some("2018"));
    let once = ccm_and(
        "  - { para: 1, fulfilled: { mandate: 7msp-41-annual-reports, on: 2018-09-03 } }\n",
    );
    assert_eq!(due(&once, reports, date(2018, 9, 3)).as_deref(), Some("2019"));
    assert_eq!(one(&once, reports, date(2020, 1, 1)).standing, MandateStanding::Overdue);
}

#[test]
fn all_nine_stand_open_after_the_meeting_and_none_before() {
    let view = ccm();
    assert!(view.at(date(2017, 9, 5)).mandates().is_empty());
    let open = view.at(date(2017, 9, 6)).mandates();
    assert_eq!(open.len(), 9);
    assert!(
        open.iter().all(|it| it.standing == MandateStanding::Open && !it.responsible.is_empty())
    );
}
