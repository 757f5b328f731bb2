//! A meeting opens once, on the day that the source prints, right or wrong.

use chancery_meetings::{Command::Open, Event::Opened};

use crate::words::{given_8msp, known, meeting, opening};

#[test]
fn happens_once() {
    given_8msp([Opened(opening("2018-09-03").into())])
        .when(Open(opening("2018-09-04")))
        .then_rejected("8msp was opened already, on 2018-09-03; a meeting opens once");
    given_8msp([])
        .when(Open(opening("2018-09-03")))
        .then_events([Opened(opening("2018-09-03").into())]);
}

#[test]
fn takes_the_day_as_printed() {
    given_8msp([])
        .when(Open(opening("2017-09-03")))
        .then_events([Opened(opening("2017-09-03").into())]);
    let after = given_8msp([Opened(opening("2017-09-03").into())]).state();
    let kept = &after.meetings()[&meeting("8msp")];
    assert_eq!(kept.opened, known("2017-09-03"));
    assert_eq!(kept.opens_on, known("2018-09-03"));
}
