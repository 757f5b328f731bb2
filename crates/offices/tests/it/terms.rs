//! A term is kept as it was said: it begins with its meeting, whenever that will be.

use chancery_offices::{
    Accession, Appointment,
    Event::{Confirmed, Designated, Elected},
    Manner,
};

use crate::words::{appointment, coordination, date, given, when};

#[test]
fn begins_with_the_appointment_when_nothing_is_said() {
    let after = given([Elected(appointment("president", &["DEU"]).into())]).state();
    let term = &after.terms()[0];
    assert_eq!(term.from, when("2017-09-04"));
    assert_eq!(term.until, None);
    assert_eq!(term.on, date("2017-09-04"));
}

#[test]
fn begins_and_ends_with_meetings_when_that_is_said() {
    let after = given([Elected(coordination("clearance", &["DEU"]).into())]).state();
    let term = &after.terms()[0];
    assert_eq!(term.from, when("the end of 7msp"));
    assert_eq!(term.until, Some(when("the end of 9msp")));
}

#[test]
fn says_how_the_holder_came_to_it() {
    let acclaimed =
        Appointment { by: Some(Manner::Acclamation), ..appointment("vice_president", &["ZMB"]) };
    let after = given([
        Elected(acclaimed.into()),
        Designated(appointment("president", &["NIC"]).into()),
        Confirmed(coordination("clearance", &["DEU"]).into()),
    ])
    .state();
    let how: Vec<_> = after.terms().iter().map(|it| (it.accession, it.manner)).collect();
    assert_eq!(
        how,
        [
            (Accession::Elected, Some(Manner::Acclamation)),
            (Accession::Designated, None),
            (Accession::Confirmed, None),
        ]
    );
}
