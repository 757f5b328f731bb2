//! An office is held by States or by one organisation, a person beside a single holder only.

use chancery_kernel::Actor;
use chancery_offices::{Appointment, Command::Confirm, Event::Confirmed};

use crate::words::{appointment, given, state, text};

fn organisation(states: &[&str]) -> Appointment {
    Appointment { organisation: Some("isu".parse().unwrap()), ..appointment("president", states) }
}

fn person(states: &[&str]) -> Appointment {
    Appointment {
        person: Some(text("Ambassador First")),
        capacity: Some(text("Permanent Representative")),
        ..appointment("vice_president", states)
    }
}

#[test]
fn are_named() {
    given([])
        .when(Confirm(appointment("president", &[])))
        .then_rejected("an office is held by States or by one organisation");
    given([])
        .when(Confirm(organisation(&["DEU"])))
        .then_rejected("an office is held by States or by one organisation");
    for lawful in [organisation(&[]), appointment("president", &["DEU"])] {
        given([]).when(Confirm(lawful.clone())).then_events([Confirmed(lawful.into())]);
    }
}

#[test]
fn have_one_person_each() {
    given([])
        .when(Confirm(person(&["ZMB", "CRI", "HRV"])))
        .then_rejected("one person cannot stand for 3 States");
    given([]).when(Confirm(person(&["ZMB"]))).then_events([Confirmed(person(&["ZMB"]).into())]);
}

#[test]
fn have_a_capacity_only_with_a_person() {
    let nobody = Appointment { person: None, ..person(&["ZMB"]) };
    given([]).when(Confirm(nobody)).then_rejected("a capacity is given, but no person");
}

#[test]
fn are_kept_as_they_were_named() {
    let after = given([
        Confirmed(person(&["ZMB"]).into()),
        Confirmed(organisation(&[]).into()),
        Confirmed(appointment("vice_president", &["CRI", "HRV"]).into()),
    ]);
    let terms = after.state();
    let holders: Vec<&Actor> = terms.terms().iter().map(|term| &term.holder).collect();
    assert_eq!(holders[0].person, Some(text("Ambassador First")));
    assert_eq!(holders[0].capacity, Some(text("Permanent Representative")));
    assert_eq!(holders[1].organisation, Some("isu".parse().unwrap()));
    assert_eq!(holders[1].state, None);
    assert_eq!(*holders[2], Actor::state(state("CRI")));
    assert_eq!(*holders[3], Actor::state(state("HRV")));
}
