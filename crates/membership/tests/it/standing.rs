//! How a State stands on the day before, the day of, and the day after each change.

use chancery_membership::{
    Event::{self, Acceded, Ratified, Signed, Withdrew},
    Standing::{self, InForce, Pending, Signatory, Withdrawn},
};

use crate::words::{after, day, deposit, others_ratify, signature, state, withdrawal};

#[track_caller]
fn check(events: &[Event], who: &str, days: &[(&str, Option<Standing>)]) {
    let in_force = others_ratify(30, "2010-02-16");
    let after = after(in_force.into_iter().chain(events.iter().cloned()));
    for (on, standing) in days {
        let computed = after.standing(state(who), day(on));
        assert_eq!(computed, *standing, "{who} on {on}");
    }
}

#[test]
fn of_a_stranger_is_none() {
    check(&[], "FIN", &[("2025-01-01", None)]);
}

#[test]
fn of_lithuania_from_signature_to_withdrawal() {
    check(
        &[
            Signed(signature("LTU", "2008-12-03").into()),
            Ratified(deposit("LTU", "2011-03-24").into()),
            Withdrew(withdrawal("LTU", "2024-09-06", "2025-03-06").into()),
        ],
        "LTU",
        &[
            ("2008-12-02", None),
            ("2008-12-03", Some(Signatory)),
            ("2008-12-04", Some(Signatory)),
            ("2011-03-23", Some(Signatory)),
            ("2011-03-24", Some(Pending)),
            ("2011-03-25", Some(Pending)),
            ("2011-08-31", Some(Pending)),
            ("2011-09-01", Some(InForce)),
            ("2011-09-02", Some(InForce)),
            ("2024-09-06", Some(InForce)),
            ("2025-03-05", Some(InForce)),
            ("2025-03-06", Some(Withdrawn)),
            ("2025-03-07", Some(Withdrawn)),
        ],
    );
}

#[test]
fn of_norway_that_signed_and_ratified_on_one_day() {
    check(
        &[
            Signed(signature("NOR", "2008-12-03").into()),
            Ratified(deposit("NOR", "2008-12-03").into()),
        ],
        "NOR",
        &[
            ("2008-12-02", None),
            ("2008-12-03", Some(Pending)),
            ("2010-07-31", Some(Pending)),
            ("2010-08-01", Some(InForce)),
        ],
    );
}

#[test]
fn of_a_state_that_comes_back() {
    check(
        &[
            Acceded(deposit("MNE", "2011-01-15").into()),
            Withdrew(withdrawal("MNE", "2020-01-01", "2020-07-01").into()),
            Acceded(deposit("MNE", "2022-01-15").into()),
        ],
        "MNE",
        &[
            ("2011-01-14", None),
            ("2011-01-15", Some(Pending)),
            ("2011-07-01", Some(InForce)),
            ("2020-06-30", Some(InForce)),
            ("2020-07-01", Some(Withdrawn)),
            ("2022-01-14", Some(Withdrawn)),
            ("2022-01-15", Some(Pending)),
            ("2022-06-30", Some(Pending)),
            ("2022-07-01", Some(InForce)),
        ],
    );
}

#[test]
fn of_a_state_that_left_before_it_was_in_force() {
    check(
        &[
            Acceded(deposit("MNE", "2011-01-15").into()),
            Withdrew(withdrawal("MNE", "", "2011-06-30").into()),
        ],
        "MNE",
        &[
            ("2011-06-29", Some(Pending)),
            ("2011-06-30", Some(Withdrawn)),
            ("2011-07-01", Some(Withdrawn)),
        ],
    );
}

#[test]
fn of_everybody_adds_up_as_counted_at_the_seventh_meeting() {
    // 102 bound, of which 100 in force, and 17 signatories only, on 6 September 2017.
    let mut events = others_ratify(100, "2010-02-16");
    events.push(Ratified(deposit("MDG", "2017-05-20").into()));
    events.push(Ratified(deposit("BEN", "2017-07-10").into()));
    let signed: Vec<Event> =
        ["BFA", "CHE", "FIN"].map(|who| Signed(signature(who, "2008-12-03").into())).into();
    events.extend(signed);
    let after = after(events);
    let count = |on: &str, standing| {
        let states = after.participants().keys();
        states.filter(|state| after.standing(**state, day(on)) == Some(standing)).count()
    };
    assert_eq!(count("2017-09-06", InForce), 100);
    assert_eq!(count("2017-09-06", Pending), 2);
    assert_eq!(count("2017-09-06", Signatory), 3);
    assert_eq!(count("2017-11-01", InForce), 101);
    assert_eq!(count("2018-01-01", InForce), 102);
    assert_eq!(count("2018-01-01", Pending), 0);
}
