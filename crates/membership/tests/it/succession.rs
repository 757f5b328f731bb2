//! A successor takes the place of a State that was bound, from a day of its own.

use chancery_kernel::testing::Given;
use chancery_membership::{
    Command::{Accede, Ratify, Succeed},
    Event::{Acceded, Signed, Succeeded},
    Instrument, Membership, Standing, State,
};

use crate::words::{after, day, deposit, given, others_ratify, signature, state, succession};

#[test]
fn binds_from_its_own_day() {
    given([])
        .when(Succeed(succession("MNE", "2012-10-23", "2012-06-03")))
        .then_events([Succeeded(succession("MNE", "2012-10-23", "2012-06-03").into())]);
    let after = after(
        others_ratify(30, "2010-02-16")
            .into_iter()
            .chain([Succeeded(succession("MNE", "2012-10-23", "2012-06-03").into())]),
    );
    let standing = |on| after.standing(state("MNE"), day(on));
    assert_eq!(standing("2012-06-02"), None);
    assert_eq!(standing("2012-06-03"), Some(Standing::InForce));
}

#[test]
fn does_not_run_ahead_of_the_convention() {
    let after = after(
        others_ratify(30, "2010-02-16")
            .into_iter()
            .chain([Succeeded(succession("MNE", "2010-03-01", "2009-06-03").into())]),
    );
    let standing = |on| after.standing(state("MNE"), day(on));
    assert_eq!(standing("2010-07-31"), Some(Standing::Pending));
    assert_eq!(standing("2010-08-01"), Some(Standing::InForce));
}

#[test]
fn is_one_deposit_among_others() {
    given([Acceded(deposit("MNE", "2010-01-05").into())])
        .when(Succeed(succession("MNE", "2012-10-23", "2012-06-03")))
        .then_rejected("MNE is bound already, by its deposit of 2010-01-05");
    let succeeded = || {
        [
            Signed(signature("MNE", "2009-01-01").into()),
            Succeeded(succession("MNE", "2012-10-23", "2012-06-03").into()),
        ]
    };
    for ask in [Ratify, Accede] {
        given(succeeded())
            .when(ask(deposit("MNE", "2013-01-01")))
            .then_rejected("MNE is bound already, by its deposit of 2012-10-23");
    }
}

#[test]
fn counts_for_entry_into_force_only_where_the_rules_count_it() {
    let mut rules = crate::conventions::ccm();
    let history = || {
        others_ratify(29, "2010-01-01")
            .into_iter()
            .chain([Succeeded(succession("MNE", "2010-02-16", "2009-06-03").into())])
    };
    assert_eq!(after(history()).entry_into_force(), None);
    rules.entry_into_force.counted.push(Instrument::Succession);
    let counted = crate::words::given_under(rules, history()).state();
    assert_eq!(counted.entry_into_force(), Some(day("2010-08-01")));
}

#[test]
fn waits_for_the_rules() {
    Given::<Membership>::events(State::default(), [])
        .when(Succeed(succession("MNE", "2012-10-23", "2012-06-03")))
        .then_rejected("record its profile first");
}
