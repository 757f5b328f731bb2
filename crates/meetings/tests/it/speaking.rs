//! Who speaks is recorded as often as they speak.

use chancery_meetings::{Command::Speak, Event::Spoke};

use crate::words::{given_8msp, speech};

#[test]
fn a_state_speaks_and_speaks_again() {
    given_8msp([Spoke(speech().into())])
        .when(Speak(speech()))
        .then_events([Spoke(speech().into())]);
}
