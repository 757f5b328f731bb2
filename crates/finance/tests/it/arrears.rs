//! Arrears and estimates are kept as far as they are said.

use crate::words::{json, lawful, rejected};

#[test]
fn arrears_name_a_state_once_and_one_currency() {
    let reported =
        |owed| ("arrears_reported", json!({ "summary": "late", "total": "USD 9", "owed": owed }));
    let owes = |state: &str, amount: &str| json!({ "state": state, "amount": amount });
    lawful([], reported(json!([owes("FRA", "USD 5"), owes("MOZ", "more than USD 1")])));
    rejected([], reported(json!([owes("FRA", "USD 5"), owes("FRA", "USD 1")])), "FRA stands twice");
    rejected(
        [],
        reported(json!([owes("FRA", "CHF 5")])),
        "CHF is not the currency here, which is USD",
    );
    lawful([], ("arrears_reported", json!({ "summary": "some are in arrears" })));
}

#[test]
fn a_later_estimate_takes_the_place_of_an_earlier_one() {
    let estimate = |total: &str| {
        let authority = json!({ "document": "CCM/MSP/2017/11" });
        ("costs_estimated", json!({ "meeting": "8msp", "authority": authority, "total": total }))
    };
    let state = lawful([estimate("USD 300000")], estimate("USD 280000"));
    assert_eq!(state.estimates()[&"8msp".parse::<chancery_kernel::MeetingId>().unwrap()].len(), 2);
    rejected(
        [],
        ("costs_estimated", json!({ "meeting": "8msp", "authority": {} })),
        "nobody is named",
    );
}
