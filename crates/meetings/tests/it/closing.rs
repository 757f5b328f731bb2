//! A meeting closes once, after it was opened.

use chancery_meetings::{
    Command::Close,
    Event::{Closed, Opened},
};

use crate::words::{closing, given_8msp, opening};

#[test]
fn follows_the_opening() {
    given_8msp([])
        .when(Close(closing("2018-09-05")))
        .then_rejected("8msp has not been opened, so it cannot close; record `opened` first");
    given_8msp([Opened(opening("2018-09-03").into())])
        .when(Close(closing("2018-09-05")))
        .then_events([Closed(closing("2018-09-05").into())]);
}

#[test]
fn happens_once() {
    given_8msp([Opened(opening("2018-09-03").into()), Closed(closing("2018-09-05").into())])
        .when(Close(closing("2018-09-06")))
        .then_rejected("8msp was closed already, on 2018-09-05; a meeting closes once");
}
