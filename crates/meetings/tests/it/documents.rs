//! A symbol is given once; what is considered is remembered by its document.

use chancery_kernel::DocumentSymbol;
use chancery_meetings::{
    Command::{Consider, IssueDocument},
    Consideration, Event,
    Event::{Considered, Issued},
    Issue,
};

use crate::words::{date, given, given_8msp, issue, meeting};

fn consideration(symbols: &[&str]) -> Consideration {
    Consideration {
        meeting: meeting("8msp"),
        documents: symbols.iter().map(|it| it.parse().unwrap()).collect(),
        as_printed: None,
        on: date("2018-09-03"),
    }
}

#[test]
fn a_symbol_is_given_once() {
    given_8msp([Issued(issue("CCM/MSP/2018/1").into())])
        .when(IssueDocument(issue("CCM/MSP/2018/1")))
        .then_rejected("CCM/MSP/2018/1 was issued already; a symbol is given once");
}

#[test]
fn a_revision_has_a_symbol_of_its_own() {
    given_8msp([Issued(issue("CCM/MSP/2018/1").into())])
        .when(IssueDocument(issue("CCM/MSP/2018/1/Rev.1")))
        .then_events([Issued(issue("CCM/MSP/2018/1/Rev.1").into())]);
}

#[test]
fn a_document_may_be_issued_for_no_meeting() {
    let resolution = || Issue { meeting: None, ..issue("A/RES/71/45") };
    given([]).when(IssueDocument(resolution())).then_events([Issued(resolution().into())]);
    given([Issued(resolution().into())])
        .when(IssueDocument(resolution()))
        .then_rejected("A/RES/71/45 was issued already");
}

#[test]
fn a_document_remembers_who_considered_it() {
    let history = || -> [Event; 2] {
        [Issued(issue("CCM/MSP/2018/1").into()), Issued(issue("CCM/MSP/2018/2").into())]
    };
    given_8msp(history())
        .when(Consider(consideration(&["CCM/MSP/2018/1"])))
        .then_events([Considered(consideration(&["CCM/MSP/2018/1"]).into())]);
    let considered = Considered(consideration(&["CCM/MSP/2018/1"]).into());
    let after = given_8msp(history().into_iter().chain([considered])).state();
    let by = |symbol: &str| {
        let symbol = symbol.parse::<DocumentSymbol>().unwrap();
        after.considered(&symbol).map(|(by, on)| (by.clone(), *on)).collect::<Vec<_>>()
    };
    assert_eq!(by("CCM/MSP/2018/1"), [(meeting("8msp"), date("2018-09-03"))]);
    assert_eq!(by("CCM/MSP/2018/2"), []);
}

#[test]
fn a_document_may_be_recorded_as_considered_before_it_is_as_issued() {
    let considered = Considered(consideration(&["CCM/MSP/2018/9"]).into());
    let after = given_8msp([considered, Issued(issue("CCM/MSP/2018/9").into())]).state();
    let symbol = "CCM/MSP/2018/9".parse::<DocumentSymbol>().unwrap();
    assert_eq!(after.considered(&symbol).count(), 1);
}
