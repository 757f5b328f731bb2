//! Extensions: asked for, and granted to an explicit date.

use chancery_obligations::{
    Command::{GrantExtension, RequestExtension},
    Event,
    Event::{Completed, Declared, ExtensionGranted, ExtensionRequested},
    ExtensionRequest,
};

use crate::words::{completion, date, declaration, given, grant, request};

fn owes() -> Event {
    Declared(declaration("BGR", "stockpile", "2011-10-01").into())
}

#[test]
fn is_asked_for_with_or_without_its_dates() {
    for lawful in [
        request("BGR", "stockpile", "2022-10-01", "2020"),
        request("BGR", "stockpile", "", "2020"),
        ExtensionRequest {
            seen_on: Some(date("2020-11")),
            ..request("BGR", "stockpile", "2022", "")
        },
    ] {
        given([owes()])
            .when(RequestExtension(lawful.clone()))
            .then_events([ExtensionRequested(lawful.into())]);
    }
    given([owes()])
        .when(RequestExtension(request("BGR", "stockpile", "2022", "")))
        .then_rejected("the request of BGR needs a day; write `on`, or `seen_on`");
}

#[test]
fn is_of_what_is_owed_and_not_done() {
    given([])
        .when(RequestExtension(request("BGR", "stockpile", "2022", "2020")))
        .then_rejected("BGR is not recorded as owing `stockpile`; record `obligation_declared`");
    given([])
        .when(GrantExtension(grant("BGR", "stockpile", "2022", "2021")))
        .then_rejected("BGR is not recorded as owing `stockpile`");
    let done = [owes(), Completed(completion("BGR", "stockpile", "2018", "").into())];
    given(done.clone())
        .when(RequestExtension(request("BGR", "stockpile", "2022", "2020")))
        .then_rejected("BGR has completed `stockpile` already, by 2018");
    given(done)
        .when(GrantExtension(grant("BGR", "stockpile", "2022", "2021")))
        .then_rejected("record `reopened` first");
}

#[test]
fn is_only_where_the_convention_allows_it() {
    let mines = Declared(declaration("BGR", "mines", "2011-10-01").into());
    given([mines.clone()])
        .when(GrantExtension(grant("BGR", "mines", "2016-10-01", "2015")))
        .then_rejected("the profile allows no extension of `mines`");
    given([mines])
        .when(RequestExtension(request("BGR", "mines", "2016-10-01", "2015")))
        .then_rejected("the profile allows no extension of `mines`");
}

#[test]
fn is_later_than_the_date_that_stands() {
    given([owes()])
        .when(GrantExtension(grant("BGR", "stockpile", "2019-10-01", "2019")))
        .then_rejected("`stockpile` of BGR is due on 2019-10-01, so 2019-10-01 extends nothing");
    let once =
        [owes(), ExtensionGranted(grant("BGR", "stockpile", "2022-10-01", "2021-02").into())];
    given(once)
        .when(RequestExtension(request("BGR", "stockpile", "2021", "2021-03")))
        .then_rejected("due on 2022-10-01, so 2021 extends nothing");
}

#[test]
fn is_no_longer_than_the_convention_allows() {
    // Eight years from 1 October 2011, and four more.
    let longest = || grant("BGR", "stockpile", "2023-10-01", "2019");
    given([owes()])
        .when(GrantExtension(longest()))
        .then_events([ExtensionGranted(longest().into())]);
    given([owes()])
        .when(GrantExtension(grant("BGR", "stockpile", "2023-10-02", "2019")))
        .then_rejected(
            "an extension of `stockpile` until 2023-10-02 is too long; article 3(3) allows 4 years at most, here until 2023-10-01",
        );
    // The next one counts from the date that stands then.
    let again = || grant("BGR", "stockpile", "2026-10-01", "2022");
    given([owes(), ExtensionGranted(grant("BGR", "stockpile", "2022-10-01", "2021").into())])
        .when(GrantExtension(again()))
        .then_events([ExtensionGranted(again().into())]);
}

#[test]
fn is_no_more_frequent_than_the_convention_allows() {
    let clearance = |until| ExtensionGranted(grant("BGR", "clearance", until, "2021").into());
    given([
        Declared(declaration("BGR", "clearance", "2011-10-01").into()),
        clearance("2022-10-01"),
        clearance("2023-10-01"),
    ])
    .when(GrantExtension(grant("BGR", "clearance", "2024-10-01", "2023")))
    .then_rejected(
        "`clearance` of BGR was extended 2 times, which is all that article 4(5) allows",
    );
}

#[test]
fn needs_a_date_to_be_counted_from() {
    given([Declared(declaration("ZMB", "stockpile", "2011").into())])
        .when(GrantExtension(grant("ZMB", "stockpile", "2022", "2021")))
        .then_rejected("no entry into force for ZMB yet");
}
