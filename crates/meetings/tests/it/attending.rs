//! A participant attends in one category: States as States, organisations as organisations.

use chancery_meetings::{Attendance, Category, Command::Attend, Event::Attended};

use crate::words::{attendance, given_8msp, meeting, states, text};

#[test]
fn somebody_attends() {
    given_8msp([])
        .when(Attend(attendance(Category::StateParty, &[], &[])))
        .then_rejected("nobody is named as attending 8msp");
    let two = || attendance(Category::StateParty, &["NIC", "DEU"], &[]);
    given_8msp([]).when(Attend(two())).then_events([Attended(two().into())]);
}

#[test]
fn a_state_attends_in_one_category() {
    let party = || Attended(attendance(Category::StateParty, &["NIC"], &[]).into());
    for category in [Category::StateParty, Category::Signatory] {
        given_8msp([party()])
            .when(Attend(attendance(category, &["FIN", "NIC"], &[])))
            .then_rejected("NIC is listed as attending 8msp already");
    }
    let signatory = || attendance(Category::Signatory, &["COD"], &[]);
    given_8msp([party()]).when(Attend(signatory())).then_events([Attended(signatory().into())]);
}

#[test]
fn a_state_is_listed_once_in_one_list() {
    given_8msp([])
        .when(Attend(attendance(Category::OtherState, &["FIN", "CHN", "FIN"], &[])))
        .then_rejected("FIN is listed as attending 8msp already");
}

#[test]
fn an_organisation_attends_once() {
    let icrc = || attendance(Category::Organisation, &[], &["icrc"]);
    given_8msp([Attended(icrc().into())])
        .when(Attend(icrc()))
        .then_rejected("icrc is listed as attending 8msp already; list it once");
    given_8msp([])
        .when(Attend(attendance(Category::Organisation, &[], &["icrc", "icrc"])))
        .then_rejected("icrc is listed as attending 8msp already");
    let gichd = || attendance(Category::Organisation, &[], &["gichd"]);
    given_8msp([Attended(icrc().into())])
        .when(Attend(gichd()))
        .then_events([Attended(gichd().into())]);
}

#[test]
fn states_and_organisations_are_not_mixed() {
    given_8msp([])
        .when(Attend(attendance(Category::Organisation, &["NIC"], &["icrc"])))
        .then_rejected("`as: organisation` goes with `organisations`");
    for category in
        [Category::StateParty, Category::NotYetInForce, Category::Signatory, Category::OtherState]
    {
        given_8msp([])
            .when(Attend(attendance(category, &["NIC"], &["icrc"])))
            .then_rejected("`as: a category of States` goes with `states`");
    }
}

#[test]
fn attending_one_meeting_says_nothing_of_another() {
    let elsewhere =
        Attendance { meeting: meeting("9msp"), ..attendance(Category::StateParty, &["NIC"], &[]) };
    let ninth = chancery_meetings::Event::Scheduled(crate::words::scheduling("9msp").into());
    given_8msp([ninth, Attended(elsewhere.into())])
        .when(Attend(attendance(Category::Signatory, &["NIC"], &[])))
        .then_events([Attended(attendance(Category::Signatory, &["NIC"], &[]).into())]);
}

#[test]
fn each_is_kept_with_category_or_rule() {
    let observers = Attendance {
        rule: Some(text("1(3)")),
        ..attendance(Category::Organisation, &[], &["icrc"])
    };
    let parties = attendance(Category::StateParty, &["NIC"], &[]);
    let after = given_8msp([Attended(parties.into()), Attended(observers.into())]).state();
    let kept = &after.meetings()[&meeting("8msp")];
    assert_eq!(kept.states[&states(&["NIC"])[0]], Category::StateParty);
    assert_eq!(kept.organisations["icrc"], Some(text("1(3)")));
}
