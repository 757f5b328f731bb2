//! A term ends before its time only for one who holds the office.

use chancery_offices::{
    Command::End,
    Ending,
    Event::{Elected, Ended, Succeeded},
};

use crate::words::{appointment, date, ending, given, meeting, succession};

#[test]
fn is_of_a_term_that_runs() {
    let president = || [Elected(appointment("president", &["DEU"]).into())];
    given(president())
        .when(End(ending("CHE")))
        .then_rejected("CHE does not hold this office, so its term cannot end");
    given(president())
        .when(End(Ending { of: Some(meeting("8msp")), ..ending("DEU") }))
        .then_rejected("DEU does not hold this office");
    given(president()).when(End(ending("DEU"))).then_events([Ended(ending("DEU").into())]);
}

#[test]
fn happens_once() {
    given([Elected(appointment("president", &["DEU"]).into()), Ended(ending("DEU").into())])
        .when(End(ending("DEU")))
        .then_rejected("DEU does not hold this office");
}

#[test]
fn is_not_of_a_predecessor() {
    let succeeded = || {
        [
            Elected(appointment("president", &["DEU"]).into()),
            Succeeded(succession("DEU", "CHE").into()),
        ]
    };
    given(succeeded()).when(End(ending("DEU"))).then_rejected("DEU does not hold this office");
    given(succeeded()).when(End(ending("CHE"))).then_events([Ended(ending("CHE").into())]);
}

#[test]
fn leaves_the_other_holders_alone() {
    let one = Ending { office: "vice_president".parse().unwrap(), ..ending("CRI") };
    let after = given([
        Elected(appointment("vice_president", &["ZMB", "CRI", "HRV"]).into()),
        Ended(one.into()),
    ]);
    let ended: Vec<_> = after.state().terms().iter().map(|term| term.ended).collect();
    assert_eq!(ended, [None, Some(date("2017-09-05")), None]);
}
