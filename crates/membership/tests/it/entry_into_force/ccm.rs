//! 30 instruments; the first day of the sixth month after that of the deposit.

use chancery_membership::{Event::Acceded, Standing};

use super::{check, check_each, deposits, under};
use crate::{
    conventions::ccm,
    words::{day, deposit, state},
};

#[test]
fn does_not_come_with_29_instruments() {
    let state = under(ccm(), deposits(28, &["BFA"], "2010-02-16"));
    assert_eq!(state.last_instrument_on(), None);
    assert_eq!(state.entry_into_force(), None);
    assert_eq!(state.force_after(day("2010-02-16")), None);
}

#[test]
fn comes_with_the_30th_on_a_day_that_two_share() {
    for tie in [["BFA", "MDA"], ["MDA", "BFA"]] {
        let after = under(ccm(), deposits(28, &tie, "2010-02-16"));
        check(&after, "2010-02-16", "2010-08-01");
        for who in tie {
            let standing = |on| after.standing(state(who), day(on));
            assert_eq!(standing("2010-07-31"), Some(Standing::Pending));
            assert_eq!(standing("2010-08-01"), Some(Standing::InForce));
        }
    }
}

#[test]
fn comes_for_the_31st_of_the_same_day_like_for_the_30th() {
    let state = under(ccm(), deposits(29, &["BFA", "MDA"], "2010-02-16"));
    check(&state, "2010-02-16", "2010-08-01");
    check_each(&state, &[("2010-02-16", "2010-08-01")]);
}

#[test]
fn counts_accessions() {
    let mut events = deposits(29, &[], "");
    events.push(Acceded(deposit("MNE", "2010-02-16").into()));
    check(&under(ccm(), events), "2010-02-16", "2010-08-01");
}

#[test]
fn counts_from_their_own_month_for_deposits_after_the_30th() {
    let state = under(ccm(), deposits(28, &["BFA", "MDA"], "2010-02-16"));
    check_each(
        &state,
        &[
            ("2008-12-03", "2010-08-01"),
            ("2010-02-17", "2010-08-01"),
            ("2010-02-28", "2010-08-01"),
            ("2010-03-01", "2010-09-01"),
            ("2010-07-31", "2011-01-01"),
            ("2010-08-01", "2011-02-01"),
        ],
    );
}

#[test]
fn comes_on_the_published_days() {
    let state = under(ccm(), deposits(28, &["BFA", "MDA"], "2010-02-16"));
    check_each(
        &state,
        &[
            ("2011-03-14", "2011-09-01"), // Mozambique
            ("2011-03-24", "2011-09-01"), // Lithuania
            ("2012-02-01", "2012-08-01"), // Mauritania: the first of a month gains nothing
            ("2012-07-17", "2013-01-01"), // Switzerland
            ("2015-08-31", "2016-02-01"), // Iceland: nor does its last day cost anything
            ("2017-05-20", "2017-11-01"), // Madagascar
            ("2017-07-10", "2018-01-01"), // Benin
            ("2018-03-01", "2018-09-01"), // Sri Lanka
            ("2019-01-03", "2019-07-01"), // the Philippines
        ],
    );
}

#[test]
fn stays_within_the_calendar() {
    let state = under(ccm(), deposits(30, &[], ""));
    assert_eq!(state.force_after(day("9999-06-30")).map(|it| it.on), Some(day("9999-12-01")));
    assert_eq!(state.force_after(day("9999-07-01")), None);
}
