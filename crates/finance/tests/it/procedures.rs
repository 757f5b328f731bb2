//! Procedures are kept as far as they are known, with everybody who had a say in them.

use chancery_finance::{Basis, CategoryCode};

use crate::words::{given, json, lawful, procedures, rejected};

fn amended(categories: &serde_json::Value) -> crate::words::Fact {
    let authority = json!({ "decision": "7msp-39" });
    ("procedures_adopted", json!({ "authority": authority, "categories": categories }))
}

#[test]
fn somebody_decides_them() {
    rejected([], ("procedures_adopted", json!({ "authority": {} })), "nobody is named who decided");
    lawful([], ("procedures_adopted", json!({ "authority": { "document": "CCM/CONF/2015/7" } })));
}

#[test]
fn a_later_decision_completes_them_and_both_authorities_are_kept() {
    let change = amended(&json!([{ "code": "a", "basis": "scale", "percentage": "30" }]));
    let state = lawful([procedures()], change);
    let procedures = state.procedures();
    let said: Vec<String> =
        procedures.authorities.iter().map(chancery_finance::Authority::said).collect();
    assert_eq!(said, ["First Meeting", "7msp-39"]);
    let category = |code: &str| &procedures.categories[&code.parse::<CategoryCode>().unwrap()];
    assert_eq!(category("a").category.basis, Some(Basis::Scale));
    let said: Vec<String> =
        category("a").decided_by.iter().map(chancery_finance::Authority::said).collect();
    assert_eq!(said, ["First Meeting", "7msp-39"]);
    assert_eq!(category("b").decided_by.len(), 1);
}

#[test]
fn what_is_not_known_stays_unset() {
    let state = given([amended(&json!([{ "code": "7(a)" }]))]).state();
    let category =
        &state.procedures().categories[&"7(a)".parse::<CategoryCode>().unwrap()].category;
    assert_eq!((category.basis, category.percentage), (None, None));
}

#[test]
fn percentages_are_parts_of_one_budget() {
    rejected(
        [],
        amended(
            &json!([{ "code": "a", "percentage": "60" }, { "code": "b", "percentage": "40.001" }]),
        ),
        "add up to 100.001; they are parts of one budget",
    );
    // Together with those that stay.
    rejected(
        [procedures()],
        amended(&json!([{ "code": "d", "percentage": "0.5" }])),
        "add up to 100.5",
    );
    lawful(
        [procedures()],
        amended(
            &json!([{ "code": "a", "percentage": "39.5" }, { "code": "d", "percentage": "0.5" }]),
        ),
    );
}

#[test]
fn categories_are_sound() {
    rejected([], amended(&json!([{ "code": "a" }, { "code": "a" }])), "category a stands twice");
    rejected(
        [],
        amended(&json!([{ "code": "a", "floor": "CHF 200", "cap": "CHF 100" }])),
        "the floor of category a is above its cap",
    );
    rejected(
        [],
        amended(&json!([{ "code": "a", "floor": "USD 100" }])),
        "USD is not the currency here, which is CHF",
    );
    lawful([], amended(&json!([{ "code": "a", "floor": "CHF 100", "cap": "CHF 100" }])));
}
