//! A signatory ratifies, accepts or approves, once; a State that has not signed cannot.

use std::sync::Arc;

use chancery_kernel::testing::Given;
use chancery_membership::{
    Command::{self, Accede, Accept, Approve, PrintForce, Ratify},
    Deposit,
    Event::{self, Acceded, Accepted, Approved, EntryIntoForcePrinted, Ratified, Signed},
    Instrument, Membership, PrintedForce, State,
};

use crate::words::{after, day, deposit, given, signature, state};

/// The three ways in that stand open to a signatory.
type Way = (fn(Deposit) -> Command, fn(Arc<Deposit>) -> Event, Instrument, &'static str);
const WAYS: [Way; 3] = [
    (Ratify, Ratified, Instrument::Ratification, "ratification"),
    (Accept, Accepted, Instrument::Acceptance, "acceptance"),
    (Approve, Approved, Instrument::Approval, "approval"),
];

#[test]
fn is_for_signatories() {
    for (ask, recorded, instrument, word) in WAYS {
        given([]).when(ask(deposit("NOR", "2008-12-03"))).then_rejected(&format!(
            "NOR has not signed by 2008-12-03, so {word} is not open to it"
        ));
        given([Signed(signature("NOR", "2008-12-03").into())])
            .when(ask(deposit("NOR", "2008-12-03")))
            .then_events([recorded(deposit("NOR", "2008-12-03").into())]);
        let after = after([recorded(deposit("NOR", "2008-12-03").into())]);
        let bonds = &after.participants()[&state("NOR")].bonds;
        assert_eq!(bonds[0].instrument, instrument);
    }
}

#[test]
fn does_not_precede_the_signature() {
    let signed = [Signed(signature("MRT", "2010-04-19").into())];
    given(signed.clone())
        .when(Ratify(deposit("MRT", "2010-04-18")))
        .then_rejected("MRT has not signed by 2010-04-18");
    given(signed)
        .when(Ratify(deposit("MRT", "2012-02-01")))
        .then_events([Ratified(deposit("MRT", "2012-02-01").into())]);
}

#[test]
fn is_deposited_once_in_whichever_way() {
    for (_, first, ..) in WAYS {
        for (ask, ..) in WAYS {
            given([
                Signed(signature("NOR", "2008-12-03").into()),
                first(deposit("NOR", "2009-01-05").into()),
            ])
            .when(ask(deposit("NOR", "2010-01-05")))
            .then_rejected("NOR is bound already, by its deposit of 2009-01-05");
        }
    }
}

#[test]
fn does_not_follow_an_accession() {
    given([Acceded(deposit("MNE", "2010-01-05").into())])
        .when(Ratify(deposit("MNE", "2011-01-05")))
        .then_rejected("MNE is bound already, by its deposit of 2010-01-05");
}

#[test]
fn keeps_the_printed_entry_into_force_beside_the_computed_one() {
    let printed = Deposit {
        in_force_as_printed: Some("2012-09-01".parse().unwrap()),
        ..deposit("MRT", "2012-02-01")
    };
    let after = after([Ratified(printed.clone().into())]);
    let bond = after.participants()[&state("MRT")].bonds[0];
    assert_eq!(bond.in_force_as_printed, printed.in_force_as_printed);
    assert_eq!(after.in_force_from(&bond), None);
}

#[test]
fn another_source_may_print_the_entry_into_force_later() {
    let print = |on: &str, printed: &str| PrintedForce {
        state: state("MRT"),
        on: day(on),
        in_force_as_printed: day(printed),
    };
    let deposited = || [Acceded(deposit("MRT", "2012-02-01").into())];
    let first = print("2012-02-01", "2012-09-01");
    given(deposited())
        .when(PrintForce(first.clone()))
        .then_events([EntryIntoForcePrinted(first.clone().into())]);
    given(deposited())
        .when(PrintForce(print("2012-02-02", "2012-09-01")))
        .then_rejected("MRT deposited nothing on 2012-02-02");
    let before = || deposited().into_iter().chain([EntryIntoForcePrinted(first.clone().into())]);
    given(before())
        .when(PrintForce(first.clone()))
        .then_rejected("that 2012-09-01 is printed for MRT is recorded already");
    let second = print("2012-02-01", "2012-08-01");
    given(before())
        .when(PrintForce(second.clone()))
        .then_events([EntryIntoForcePrinted(second.into())]);
    // It changes nothing of what is computed.
    let bond = after(before()).participants()[&state("MRT")].bonds[0];
    assert_eq!(bond.in_force_as_printed, Some(first.in_force_as_printed));
    assert_eq!(after(before()).in_force_from(&bond), after(deposited()).in_force_from(&bond));
}

#[test]
fn waits_for_the_rules() {
    for ask in [Ratify, Accept, Approve, Accede] {
        Given::<Membership>::events(State::default(), [])
            .when(ask(deposit("NOR", "2008-12-03")))
            .then_rejected("record its profile first");
    }
}
