//! A successor takes a seat that somebody holds, for the rest of the term.

use chancery_kernel::StateCode;
use chancery_offices::{
    Accession,
    Command::Succeed,
    Event::{Elected, Ended, Succeeded},
    Succession,
};

use crate::words::{
    appointment, coordination, date, ending, given, meeting, state, succession, text, when,
};

#[test]
fn is_to_one_who_holds_the_office() {
    let president = || [Elected(appointment("president", &["DEU"]).into())];
    given(president())
        .when(Succeed(succession("CHE", "CHE")))
        .then_rejected("CHE does not hold this office, so its term cannot end");
    given(president())
        .when(Succeed(succession("DEU", "DEU")))
        .then_events([Succeeded(succession("DEU", "DEU").into())]);
    given(president())
        .when(Succeed(succession("DEU", "CHE")))
        .then_events([Succeeded(succession("DEU", "CHE").into())]);
}

#[test]
fn is_in_the_very_seat() {
    let history = || {
        [
            Elected(appointment("president", &["DEU"]).into()),
            Elected(coordination("clearance", &["NLD"]).into()),
        ]
    };
    let of_the_eighth = Succession { of: Some(meeting("8msp")), ..succession("DEU", "DEU") };
    given(history()).when(Succeed(of_the_eighth)).then_rejected("DEU does not hold this office");
    let coordinator = |theme: Option<&str>| Succession {
        office: "coordinator".parse().unwrap(),
        theme: theme.map(|theme| theme.parse().unwrap()),
        of: None,
        ..succession("NLD", "NLD")
    };
    for wrong in [None, Some("victim_assistance")] {
        given(history())
            .when(Succeed(coordinator(wrong)))
            .then_rejected("check office, theme and `of`");
    }
    given(history())
        .when(Succeed(coordinator(Some("clearance"))))
        .then_events([Succeeded(coordinator(Some("clearance")).into())]);
}

#[test]
fn is_not_to_one_whose_term_has_ended() {
    given([Elected(appointment("president", &["DEU"]).into()), Ended(ending("DEU").into())])
        .when(Succeed(succession("DEU", "CHE")))
        .then_rejected("DEU does not hold this office");
}

#[test]
fn runs_to_the_end_of_the_predecessor_s_term() {
    let change = Succession {
        office: "coordinator".parse().unwrap(),
        theme: Some("clearance".parse().unwrap()),
        of: None,
        on: date("2018-02-01"),
        ..succession("NLD", "NOR")
    };
    let after = given([
        Elected(coordination("clearance", &["NLD", "DEU"]).into()),
        Succeeded(change.into()),
    ])
    .state();
    let terms: Vec<(StateCode, Option<_>)> =
        after.terms().iter().map(|term| (term.holder.state.unwrap(), term.ended)).collect();
    let left = Some(date("2018-02-01"));
    assert_eq!(terms, [(state("NLD"), left), (state("DEU"), None), (state("NOR"), None)]);
    let next = &after.terms()[2];
    assert_eq!(next.from, when("2018-02-01"));
    assert_eq!(next.until, Some(when("the end of 9msp")));
    assert_eq!(next.accession, Accession::Succeeded);
    assert_eq!(next.holder.person, Some(text("Ambassador Second")));
}

#[test]
fn may_happen_again() {
    let once = || {
        [
            Elected(appointment("president", &["DEU"]).into()),
            Succeeded(succession("DEU", "CHE").into()),
        ]
    };
    given(once())
        .when(Succeed(succession("DEU", "NIC")))
        .then_rejected("DEU does not hold this office");
    given(once())
        .when(Succeed(succession("CHE", "NIC")))
        .then_events([Succeeded(succession("CHE", "NIC").into())]);
}
