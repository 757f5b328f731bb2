//! Plenary meetings are numbered from 1, up to what the source says there were, each once.

use chancery_meetings::{Command::HoldPlenary, Event::PlenaryHeld};

use crate::words::{given_8msp, meeting, plenary};

#[test]
fn are_held_once_each() {
    given_8msp([PlenaryHeld(plenary(1, None).into())])
        .when(HoldPlenary(plenary(1, None)))
        .then_rejected("plenary meeting 1 of 8msp is recorded already");
    given_8msp([PlenaryHeld(plenary(1, None).into())])
        .when(HoldPlenary(plenary(2, None)))
        .then_events([PlenaryHeld(plenary(2, None).into())]);
}

#[test]
fn are_numbered_from_one() {
    for of in [None, Some(6)] {
        given_8msp([]).when(HoldPlenary(plenary(0, of))).then_rejected("there is no number 0");
        given_8msp([])
            .when(HoldPlenary(plenary(1, of)))
            .then_events([PlenaryHeld(plenary(1, of).into())]);
    }
}

#[test]
fn are_no_more_than_the_source_says() {
    given_8msp([])
        .when(HoldPlenary(plenary(7, Some(6))))
        .then_rejected("plenary meetings of 8msp are numbered 1 to 6; there is no number 7");
    given_8msp([PlenaryHeld(plenary(1, Some(6)).into())])
        .when(HoldPlenary(plenary(7, None)))
        .then_rejected("plenary meetings of 8msp are numbered 1 to 6; there is no number 7");
    given_8msp([PlenaryHeld(plenary(1, Some(6)).into())])
        .when(HoldPlenary(plenary(6, None)))
        .then_events([PlenaryHeld(plenary(6, None).into())]);
}

#[test]
fn are_no_fewer_than_were_held() {
    given_8msp([PlenaryHeld(plenary(5, None).into())])
        .when(HoldPlenary(plenary(1, Some(3))))
        .then_rejected("plenary meetings of 8msp are numbered 1 to 3; there is no number 5");
    given_8msp([PlenaryHeld(plenary(5, None).into())])
        .when(HoldPlenary(plenary(1, Some(5))))
        .then_events([PlenaryHeld(plenary(1, Some(5)).into())]);
}

#[test]
fn may_be_recorded_in_any_order() {
    let after =
        given_8msp([PlenaryHeld(plenary(2, Some(3)).into()), PlenaryHeld(plenary(1, None).into())]);
    let kept = after.state().meetings()[&meeting("8msp")].clone();
    assert_eq!(kept.plenaries.keys().copied().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(kept.plenary_count, Some(3));
}
