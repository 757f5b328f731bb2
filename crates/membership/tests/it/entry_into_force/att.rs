//! 50 instruments without accessions; 90 days. Its text speaks only of deposits after entry into
//! force: those after the 50th and before it are dated by a reading, which the rules name.

use chancery_membership::{Between, Event::Acceded, ForceBy, LaterThan, Standing, State};

use super::{check, check_each, deposits, under};
use crate::{
    conventions::{att, ccm},
    words::{day, deposit, others_ratify, state, text},
};

/// 45 States, and on one day eight more: the 46th to the 53rd.
fn eight_on_one_day() -> State {
    let mut events = others_ratify(53, "2014-09-25");
    for early in others_ratify(45, "2014-01-01").into_iter().enumerate() {
        events[early.0] = early.1;
    }
    under(att(), events)
}

#[test]
fn does_not_come_with_49_instruments() {
    let state = under(att(), deposits(49, &[], ""));
    assert_eq!(state.entry_into_force(), None);
}

#[test]
fn comes_with_the_50th_on_a_day_that_eight_share() {
    let after = eight_on_one_day();
    check(&after, "2014-09-25", "2014-12-24");
    let standings = |on: &str| -> Vec<_> {
        let states = after.participants().keys();
        states.map(|it| after.standing(*it, day(on))).collect()
    };
    assert_eq!(standings("2014-12-23"), [Some(Standing::Pending); 53]);
    assert_eq!(standings("2014-12-24"), [Some(Standing::InForce); 53]);
}

#[test]
fn does_not_count_accessions() {
    let mut events = deposits(49, &[], "");
    events.push(Acceded(deposit("MNE", "2014-09-25").into()));
    assert_eq!(under(att(), events.clone()).entry_into_force(), None);
    events.extend(deposits(0, &["GIN"], "2014-10-21"));
    check(&under(att(), events), "2014-10-21", "2015-01-19");
}

#[test]
fn counts_90_days_for_each_deposit_after_the_50th() {
    check_each(
        &eight_on_one_day(),
        &[
            ("2014-09-26", "2014-12-25"),
            ("2014-10-21", "2015-01-19"), // Guinea, before entry into force
            ("2014-12-22", "2015-03-22"), // South Africa, before entry into force
            ("2014-12-24", "2015-03-24"),
            ("2014-12-25", "2015-03-25"),
        ],
    );
}

#[test]
fn says_where_the_text_is_silent() {
    let by = |state: &State, deposit: &str| state.force_after(day(deposit)).unwrap().by;
    let state = eight_on_one_day();
    for (deposit, expected) in [
        ("2014-09-25", ForceBy::Convention),
        ("2014-09-26", ForceBy::Reading),
        ("2014-12-23", ForceBy::Reading),
        ("2014-12-24", ForceBy::Deposit),
    ] {
        assert_eq!(by(&state, deposit), expected, "{deposit}");
    }
    // Under the CCM the day after the last instrument is a later one by the text itself.
    let state = under(ccm(), deposits(29, &["GIN"], "2010-02-16"));
    assert_eq!(by(&state, "2010-02-17"), ForceBy::Deposit);
}

#[test]
fn may_be_read_to_come_for_those_between_with_the_convention() {
    let mut rules = att();
    rules.later_states.than = LaterThan::EntryIntoForce {
        between: Between::WithConvention,
        reading: text("as those who ratified before it say"),
    };
    let state = under(rules, deposits(49, &["GIN"], "2014-09-25"));
    check_each(
        &state,
        &[
            ("2014-09-25", "2014-12-24"),
            ("2014-09-26", "2014-12-24"),
            ("2014-12-23", "2014-12-24"),
            ("2014-12-24", "2015-03-24"),
        ],
    );
}

#[test]
fn comes_for_no_state_before_it_comes_at_all() {
    // A shorter time for later States must not carry them past the convention.
    let mut rules = att();
    rules.later_states.delay = chancery_membership::Delay::Days(30);
    let state = under(rules, deposits(49, &["GIN"], "2014-09-25"));
    check_each(
        &state,
        &[("2014-09-26", "2014-12-24"), ("2014-11-24", "2014-12-24"), ("2014-11-25", "2014-12-25")],
    );
}

#[test]
fn comes_for_the_last_of_the_50_by_the_convention_s_own_delay() {
    let mut rules = att();
    rules.later_states.delay = chancery_membership::Delay::Days(120);
    let state = under(rules, deposits(49, &["GIN"], "2014-09-25"));
    check_each(&state, &[("2014-09-25", "2014-12-24"), ("2014-09-26", "2015-01-24")]);
}

#[test]
fn an_accession_counts_its_own_90_days() {
    let mut events = deposits(50, &[], "");
    events.push(Acceded(deposit("MNE", "2015-01-01").into()));
    let after = under(att(), events);
    let standing = |on| after.standing(state("MNE"), day(on));
    assert_eq!(standing("2015-03-31"), Some(Standing::Pending));
    assert_eq!(standing("2015-04-01"), Some(Standing::InForce));
}
