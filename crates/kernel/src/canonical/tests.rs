use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::*;

#[derive(Serialize)]
struct Unordered<'a> {
    zeta: u8,
    alpha: Option<&'a str>,
    list: Vec<Kind<'a>>,
    #[serde(flatten)]
    more: BTreeMap<&'a str, i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind<'a> {
    Plain,
    Named { z: bool, a: &'a str },
    Pair(u8, u8),
    One(&'a str),
}

#[test]
fn keys_stand_in_order_whatever_the_struct_says() {
    let list = vec![
        Kind::Plain,
        Kind::Named { z: true, a: "\u{1}\"\\/\u{8}\n" },
        Kind::Pair(1, 2),
        Kind::One("é€\u{10000}"),
    ];
    let value = Unordered { zeta: 1, alpha: None, list, more: BTreeMap::from([("b", -7)]) };
    let expected = "{\"alpha\":null,\"b\":-7,\"list\":[\"plain\",{\"named\":{\"a\":\"\\u0001\\\"\\\\/\\b\\n\",\"z\":true}},{\"pair\":[1,2]},{\"one\":\"é€\u{10000}\"}],\"zeta\":1}";
    assert_eq!(String::from_utf8(to_vec(&value).unwrap()).unwrap(), expected);
}

#[test]
fn keys_are_ordered_by_their_code_units() {
    // The example of RFC 8785, section 3.2.3.
    let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
    let text = String::from_utf8(to_vec(&value).unwrap()).unwrap();
    let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}";
    assert_eq!(text, expected);
}

#[test]
fn what_has_no_place_is_refused() {
    assert_eq!(to_vec(&1.5), Err(CanonicalError::Kind("a float")));
    assert_eq!(to_vec(&(1_u64 << 53)), Err(CanonicalError::Number(1 << 53)));
    assert!(to_vec(&((1_u64 << 53) - 1)).is_ok());
    assert!(to_vec(&BTreeMap::from([(true, 1)])).is_err());
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53) + 1..(1_i64 << 53)).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    /// Another crate that follows the specification writes the same.
    #[test]
    fn another_one_writes_the_same(value in values()) {
        prop_assert_eq!(to_vec(&value).unwrap(), serde_json_canonicalizer::to_vec(&value).unwrap());
    }
}
