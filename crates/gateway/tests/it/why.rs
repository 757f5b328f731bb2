//! Every figure and date that is computed says why.

use serde_json::{Value, json};

use crate::server::Server;

/// What a figure or date can be typed as.
const VALUES: [&str; 12] = [
    "Amount",
    "Boolean",
    "BoundedAmount",
    "Date",
    "DateTime",
    "DeadlineStatus",
    "Float",
    "Int",
    "MandateStatus",
    "Money",
    "PartialDate",
    "Percent",
];

/// Objects that show an act as it was recorded, with its source: nothing of them is computed but
/// sums of what stands beside.
const AS_RECORDED: [&str; 16] = [
    "Allocation",
    "Approval",
    "Arrear",
    "ArrearsReport",
    "ContributionCategory",
    "CostEstimate",
    "PaidContribution",
    "Rate",
    "Scale",
    "Decision",
    "Document",
    "Event",
    "Known",
    "Vote",
    "PageInfo",
    "Receipt",
];

/// Objects of a difference: a point is what was asked for, and a change bears the events that
/// brought it.
const DIFFERENCE: [&str; 2] = ["Change", "Point"];

/// Objects that are a part of another, which says why.
const PART_OF: [(&str, &str); 6] = [
    ("Status", "Convention"),
    ("Invoice", "Payments"),
    ("Contribution", "Payments"),
    ("CategoryRequest", "Share"),
    ("Fulfilment", "Mandate"),
    // Of a figure: whatever shows one says why.
    ("BoundedAmount", "Reserve"),
];

#[test]
fn every_object_with_a_computed_figure_or_date_says_why() {
    let named = "{ name kind ofType { name kind ofType { name kind ofType { name } } } }";
    let query =
        format!("{{ __schema {{ types {{ name kind fields {{ name type {named} }} }} }} }}");
    let data = Server::start().data(&query, &json!({}));
    let types = data["__schema"]["types"].as_array().unwrap();
    let fields = |name: &str| -> Vec<&Value> {
        let it = types.iter().find(|it| it["name"] == name);
        it.and_then(|it| it["fields"].as_array()).into_iter().flatten().collect()
    };
    let says_why = |name: &str| {
        fields(name).iter().any(|field| field["name"] == "why" && type_of(&field["type"]) == "Why")
    };
    for it in types.iter().filter(|it| it["kind"] == "OBJECT") {
        let name = it["name"].as_str().unwrap();
        let values = fields(name);
        let values: Vec<&str> = values
            .iter()
            .filter(|field| VALUES.contains(&type_of(&field["type"])))
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        let is_page = name.ends_with("Connection") || name.starts_with("__");
        if values.is_empty() || is_page || AS_RECORDED.contains(&name) || DIFFERENCE.contains(&name)
        {
            continue;
        }
        let of = PART_OF.iter().find(|(part, _)| *part == name).map_or(name, |(_, of)| of);
        assert!(
            says_why(of),
            "`{name}` has {values:?} and no `why`: add one, or say here why it needs none"
        );
    }
}

/// The name of a type without its lists and exclamation marks.
fn type_of(it: &Value) -> &str {
    let mut it = it;
    while it["ofType"].is_object() {
        it = &it["ofType"];
    }
    it["name"].as_str().unwrap_or_default()
}

#[test]
fn objects_say_why() {
    let ccm = Server::start().ccm(
        "2018-10-01",
        "participant(state: \"BEN\") {
           inForce: why(figure: IN_FORCE_FROM) { figure value rule law { type } inputs { name value }
             events { totalCount nodes { type effective } } }
           standing: why { value }
           withdrawn: why(figure: WITHDRAWN_ON) { value } }
         offices { state { code } theme why { figure value rule } }
         mandates(first: 2) { nodes { code why { figure events { totalCount } } } }
         meeting(id: \"7msp\") { why { value } }
         reserve { why { value } shortfall: why(figure: SHORTFALL) { value } }
         budget(year: 2016) { why { rule } coverage { why { rule } } counts { why { value } } }
         shares(meeting: \"8msp\", total: \"USD 300000\", leaveOut: [\"COK\", \"PSE\", \"VAT\"]) {
           why { value events { totalCount } }
           shares(limit: 1) { amount why { value inputs { name } events { nodes { type } } } } }
         same: whyOf(figure: \"entry-into-force BEN\") { figure value rule }",
    );
    let benin = &ccm["participant"]["inForce"];
    assert_eq!(benin["value"], "2018-01-01");
    assert_eq!(benin["law"]["type"], "profile.adopted");
    assert_eq!(benin["events"]["totalCount"], 1);
    assert_eq!(
        benin["events"]["nodes"][0],
        json!({ "type": "membership.ratified", "effective": "2017-07-10" })
    );
    for name in ["figure", "value", "rule"] {
        assert_eq!(benin[name], ccm["same"][name], "one answer, however it is asked for");
    }
    assert_eq!(ccm["participant"]["standing"]["value"], "in force");
    assert!(ccm["participant"]["withdrawn"].is_null());
    assert_eq!(ccm["meeting"]["why"]["value"], "2017-09-04 to 2017-09-06");
    assert_eq!(ccm["reserve"]["why"]["value"], "more than CHF 365714");
    assert_eq!(ccm["reserve"]["shortfall"]["value"], "less than CHF 34286");
    let share = &ccm["shares"]["shares"][0];
    assert_eq!(share["why"]["value"], share["amount"]);
    let types = share["why"]["events"]["nodes"].to_string();
    assert!(types.contains("finance.scale_adopted"), "{types}");
    assert!(ccm["shares"]["why"]["events"]["totalCount"].as_u64() > Some(100));
    assert!(ccm["budget"]["counts"].as_array().unwrap().iter().any(|it| !it["why"].is_null()));
    for term in ccm["offices"].as_array().unwrap() {
        assert!(term["why"]["figure"].as_str().unwrap().starts_with("term "), "{term}");
    }
}

#[test]
fn what_there_is_not_says_what_there_is() {
    let server = Server::start();
    for (figure, phrase) in [
        ("in-forc", "did you mean `in-force`?"),
        ("meeting 7mps", "did you mean `7msp`?"),
        ("deadline MOZ", "write it as `deadline MOZ clearance"),
        ("standing XXX", "is not the code of a State"),
    ] {
        let query = "query($f: String!) { convention(id: \"ccm\") { whyOf(figure: $f) { rule } } }";
        let asked = json!({ "query": query, "variables": { "f": figure } });
        let errors = server.post(&asked).json()["errors"].to_string();
        assert!(errors.contains(phrase), "{figure}: {errors}");
        assert!(errors.contains("BAD_USER_INPUT"), "{figure}: {errors}");
    }
}
