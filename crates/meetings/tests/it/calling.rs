//! A meeting is called, if need be more than once.

use chancery_meetings::{Command::Convene, Event::Convened};

use crate::words::{convocation, given_8msp};

#[test]
fn a_meeting_is_called_and_called_again() {
    given_8msp([]).when(Convene(convocation())).then_events([Convened(convocation().into())]);
    given_8msp([Convened(convocation().into())])
        .when(Convene(convocation()))
        .then_events([Convened(convocation().into())]);
}
