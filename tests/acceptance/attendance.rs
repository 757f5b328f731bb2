//! Who attended the Seventh Meeting, and in which category.

use std::collections::BTreeMap;

use chancery_meetings::Category;
use chancery_membership::Standing;
use chancery_projections::Participation;
use chancery_tests::ccm;
use jiff::civil::date;

#[test]
fn the_categories_have_57_2_8_and_15_states() {
    let view = ccm();
    let attendance = view.at(date(2017, 9, 6)).attendance(&"7msp".parse().unwrap());
    let mut counts: BTreeMap<Category, usize> = BTreeMap::new();
    for it in &attendance {
        *counts.entry(it.category).or_default() += 1;
    }
    let states = [
        (Category::StateParty, 57),
        (Category::NotYetInForce, 2),
        (Category::Signatory, 8),
        (Category::OtherState, 15),
    ];
    for (category, count) in states {
        assert_eq!(counts[&category], count, "{category:?}");
    }
}

#[test]
fn each_of_the_82_states_stands_in_its_category_by_the_status_list() {
    let view = ccm();
    let membership = &view.state().membership;
    let attendance = view.at(date(2017, 9, 6)).attendance(&"7msp".parse().unwrap());
    let mut seen = 0;
    for it in attendance {
        let Participation::State(state) = it.participant else { continue };
        let expected = match membership.standing(state.code, date(2017, 9, 4)) {
            Some(Standing::InForce) => Category::StateParty,
            Some(Standing::Pending) => Category::NotYetInForce,
            Some(Standing::Signatory) => Category::Signatory,
            Some(Standing::Withdrawn) | None => Category::OtherState,
        };
        assert_eq!(it.category, expected, "{}", state.code);
        seen += 1;
    }
    assert_eq!(seen, 82);
}
