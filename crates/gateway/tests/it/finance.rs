use serde_json::json;

use crate::server::Server;

const DAY: &str = "2017-09-06";

#[test]
fn the_budget_of_2016_is_covered_as_printed_and_says_what_is_not_known() {
    let ccm = Server::start().ccm(
        DAY,
        "budget(year: 2016) { year total workPlan coverage { lower upper reported }
           approvals { years authority source { paragraph } } counts { contributors portion holds check }
           missing payments { state { code } } }
         none: budget(year: 2015) { year } neverWas: budget(year: -5) { year }",
    );
    let budget = &ccm["budget"];
    assert_eq!(budget["total"], json!(null));
    assert_eq!(budget["coverage"], json!({ "lower": null, "upper": null, "reported": "FULLY" }));
    assert_eq!(
        budget["approvals"],
        json!([{ "years": "2016-2020", "authority": "First Review Conference", "source": { "paragraph": "41" } }])
    );
    assert_eq!(budget["counts"][0]["contributors"], 39);
    assert_eq!(
        budget["counts"][1],
        json!({
            "contributors": null,
            "portion": "LESS_THAN_HALF",
            "holds": true,
            "check": "\"less than half\" holds for 39 of 100; the denominator is the States parties in force on 2017-09-06",
        })
    );
    assert!(
        budget["missing"].to_string().contains("the percentage of category 7(a) is not recorded")
    );
    assert_eq!((&ccm["none"], &ccm["neverWas"]), (&json!(null), &json!(null)));
}

#[test]
fn the_reserve_is_bounded() {
    let fields = "target fundedBy onlyFor balance { said exact lower lowerIncluded upper } shortfall { said upper upperIncluded }";
    let server = Server::start();
    let ccm = server.ccm(DAY, &format!("reserve {{ {fields} }}"));
    assert_eq!(
        ccm["reserve"],
        json!({
            "target": "CHF 400000",
            "fundedBy": ["VOLUNTARY_CONTRIBUTIONS", "UNSPENT_FUNDS"],
            "onlyFor": ["CASH_FLOW_SHORTFALL"],
            "balance": { "said": "more than CHF 365714", "exact": null, "lower": "CHF 365714", "lowerIncluded": false, "upper": null },
            "shortfall": { "said": "less than CHF 34286", "upper": "CHF 34286", "upperIncluded": false },
        })
    );
    let before = server.ccm("2017-09-05", "reserve { target }");
    assert_eq!(before["reserve"], json!(null));
}

#[test]
fn shares_are_computed_on_what_is_supposed() {
    let ccm = Server::start().ccm(
        DAY,
        "shares(meeting: \"7msp\", total: \"USD 300000\", leaveOut: [\"COK\", \"PSE\", \"VAT\"], payers: STATES_PARTIES) {
           meeting on total scale parties participants sumOfRates shares(limit: 1, offset: 35) { state { code } rate adjusted amount } }
         supposed: shares(meeting: \"8msp\", total: \"USD 1\", rates: [{ state: \"COK\", rate: \"0.001\" },
           { state: \"PSE\", rate: \"0.007\" }, { state: \"VAT\", rate: \"0.001\" }]) { sumOfRates rule }",
    );
    let shares = &ccm["shares"];
    assert_eq!((&shares["sumOfRates"], &shares["parties"]), (&json!("49.031"), &json!(97)));
    assert_eq!(shares["shares"].as_array().unwrap().len(), 1);
    assert_eq!(ccm["supposed"]["sumOfRates"], "49.046");
    assert!(ccm["supposed"]["rule"].as_str().unwrap().contains("COK has a rate of 0.001"));
}

#[test]
fn what_cannot_be_computed_says_why() {
    let server = Server::start();
    for (arguments, why) in [
        ("meeting: \"8msp\", total: \"USD 300000\"", "no rate for COK, PSE, VAT"),
        ("meeting: \"99msp\", total: \"USD 300000\"", "no meeting `99msp`"),
        ("meeting: \"8msp\", total: \"USD 0.125\"", "more decimals than USD has"),
        ("meeting: \"8msp\", total: \"USD -1\"", "is negative"),
        ("meeting: \"8msp\", total: 5", "is not a sum of money"),
        ("meeting: \"8msp\", total: \"USD 1\", rates: [{ state: \"VAT\", rate: \"101\" }]", "VAT"),
    ] {
        let query = format!("{{ convention(id: \"ccm\") {{ shares({arguments}) {{ total }} }} }}");
        let errors = server.post(&json!({ "query": query })).json()["errors"].to_string();
        assert!(errors.contains(why), "{arguments}: {errors}");
    }
}
