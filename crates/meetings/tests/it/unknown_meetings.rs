//! Nothing happens in a meeting that nobody scheduled.

use chancery_meetings::{Category, Command, Consideration};

use crate::words::{
    attendance, closing, convocation, date, given, given_8msp, issue, meeting, opening, plenary,
    rescheduling, scheduling, speech,
};

#[test]
fn every_act_needs_its_meeting() {
    let consideration = Consideration {
        meeting: meeting("8msp"),
        documents: Vec::new(),
        as_printed: None,
        on: date("2018-09-03"),
    };
    for command in [
        Command::Reschedule(rescheduling("2018-09-04", "")),
        Command::Convene(convocation()),
        Command::Open(opening("2018-09-03")),
        Command::Attend(attendance(Category::StateParty, &["NIC"], &[])),
        Command::HoldPlenary(plenary(1, None)),
        Command::Speak(speech()),
        Command::IssueDocument(issue("CCM/MSP/2018/1")),
        Command::Consider(consideration),
        Command::Close(closing("2018-09-05")),
    ] {
        given([])
            .when(command)
            .then_rejected("no meeting `8msp` is recorded; record `scheduled` first");
    }
}

#[test]
fn a_slip_of_the_pen_is_met_with_what_was_meant() {
    let mut slip = opening("2018-09-03");
    slip.meeting = meeting("8mps");
    given_8msp([])
        .when(Command::Open(slip))
        .then_rejected("no meeting `8mps` is recorded; `8msp` is");
    given_8msp([])
        .when(Command::Schedule(scheduling("9msp")))
        .then_events([chancery_meetings::Event::Scheduled(scheduling("9msp").into())]);
}
