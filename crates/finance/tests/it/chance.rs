//! Commands by chance: few years, States and sums, so that they meet.

use chancery_finance::Command;
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

fn read(key: &str, body: Value) -> Command {
    Command::read(key, body).unwrap().unwrap()
}

fn sums() -> impl Strategy<Value = &'static str> {
    select(vec!["CHF 0", "CHF 5", "CHF 12.50", "CHF 999999999999999", "USD 3"])
}

fn amounts() -> impl Strategy<Value = &'static str> {
    select(vec!["CHF 5", "more than CHF 7", "less than CHF 9", "between CHF 1 and CHF 2", "USD 3"])
}

fn days() -> impl Strategy<Value = &'static str> {
    select(vec!["2017-09-06", "2018", "2018-03", "2019-01-01"])
}

fn years() -> impl Strategy<Value = u16> {
    2017..2020u16
}

fn codes() -> impl Strategy<Value = &'static str> {
    select(vec!["a", "b", "c"])
}

fn states() -> impl Strategy<Value = &'static str> {
    select(vec!["FRA", "MOZ", "CHE"])
}

fn bases() -> impl Strategy<Value = Option<&'static str>> {
    option::of(select(vec!["scale", "equal_share", "voluntary"]))
}

fn procedures() -> impl Strategy<Value = Command> {
    let category = (codes(), bases(), option::of(0..70u32), option::of(sums()));
    (vec(category, 0..3), days(), any::<bool>()).prop_map(|(categories, on, named)| {
        let categories = categories.into_iter().map(|(code, basis, percentage, floor)| {
            let percentage = percentage.map(|it| it.to_string());
            json!({ "code": code, "basis": basis, "percentage": percentage, "floor": floor })
        });
        let authority = if named { json!({ "body": "x" }) } else { json!({}) };
        let categories: Vec<Value> = categories.collect();
        read(
            "procedures_adopted",
            json!({ "authority": authority, "categories": categories, "on": on }),
        )
    })
}

fn budgets() -> impl Strategy<Value = Command> {
    (years(), 0..2u16, option::of(amounts()), any::<bool>()).prop_map(|(first, more, total, revises)| {
        let years = if more == 0 { first.to_string() } else { format!("{first}-{}", first + more) };
        let body = json!({ "years": years, "authority": { "body": "x" }, "total": total, "revises": revises, "on": "2016" });
        read("budget_approved", body)
    })
}

fn scales() -> impl Strategy<Value = Command> {
    (years(), vec((states(), 0..60u32), 0..3)).prop_map(|(year, rates)| {
        let rates: serde_json::Map<String, Value> = rates
            .into_iter()
            .map(|(state, rate)| (state.to_owned(), json!(rate.to_string())))
            .collect();
        read("scale_adopted", json!({ "years": year.to_string(), "rates": rates, "on": "2016" }))
    })
}

fn contributions() -> impl Strategy<Value = Command> {
    let to = prop_oneof![Just("reserve".to_owned()), years().prop_map(|year| year.to_string())];
    let rate = option::of(Just("0.9"));
    let part = option::of((codes(), sums()));
    (option::of(states()), to, amounts(), rate, part, days()).prop_map(|(state, to, amount, rate, part, on)| {
        let parts: Vec<Value> =
            part.into_iter().map(|(category, amount)| json!({ "category": category, "amount": amount })).collect();
        let body = json!({ "state": state, "to": to, "amount": amount, "rate": rate, "allocation": parts, "on": on });
        read("contributed", body)
    })
}

fn reserve() -> impl Strategy<Value = Command> {
    let purpose = select(vec!["cash_flow_shortfall", "budget_gap"]);
    let funding = select(vec!["voluntary_contributions", "unspent_funds"]);
    prop_oneof![
        (sums(), funding, days()).prop_map(|(level, funding, on)| {
            let body = json!({ "authority": { "body": "x" }, "level": level, "funded_by": [funding], "only_for": ["cash_flow_shortfall"], "on": on });
            read("reserve_target_set", body)
        }),
        (sums(), purpose, days())
            .prop_map(|(amount, purpose, on)| read("reserve_drawn", json!({ "amount": amount, "purpose": purpose, "on": on }))),
        (sums(), days()).prop_map(|(amount, on)| read("reserve_restored", json!({ "amount": amount, "on": on }))),
        (amounts(), days()).prop_map(|(amount, on)| {
            read("unspent_carried", json!({ "from": "2013-2015", "to": "reserve", "amount": amount, "on": on }))
        }),
    ]
}

fn others() -> impl Strategy<Value = Command> {
    prop_oneof![
        (states(), years(), option::of(codes()), sums(), days()).prop_map(|(state, year, category, amount, on)| {
            read("invoiced", json!({ "state": state, "year": year, "category": category, "amount": amount, "on": on }))
        }),
        (years(), option::of(0..99u32), days()).prop_map(|(year, contributors, on)| {
            read("contributions_counted", json!({ "year": year, "contributors": contributors, "on": on }))
        }),
        (option::of(amounts()), days()).prop_map(|(total, on)| {
            read("costs_estimated", json!({ "meeting": "8msp", "authority": { "body": "x" }, "total": total, "on": on }))
        }),
        (vec((states(), amounts()), 0..3), days()).prop_map(|(owed, on)| {
            let owed: Vec<Value> =
                owed.into_iter().map(|(state, amount)| json!({ "state": state, "amount": amount })).collect();
            read("arrears_reported", json!({ "summary": "late", "owed": owed, "on": on }))
        }),
    ]
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    let command = prop_oneof![
        2 => procedures(),
        3 => budgets(),
        1 => scales(),
        4 => contributions(),
        6 => reserve(),
        3 => others(),
    ];
    vec(command, 0..60)
}
