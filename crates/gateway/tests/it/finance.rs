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

#[test]
fn procedures_keep_both_authorities_and_say_what_is_not_known() {
    let ccm = Server::start().ccm(
        DAY,
        "finances { procedures { authorities { said source { paragraph } } review
             categories { code basis percentage floor cap decidedBy } }
           scales(year: 2017) { years states sum rates(limit: 1, offset: 64) { state { code } rate } }
           none: scales(year: 1990) { years } neverWas: scales(year: -1) { years }
           estimates { meeting authority total source { paragraph } }
           arrears { by { code } summary total owed { state { code } amount } source { paragraph } }
           contributions { state { code } organisation { code } to amount counted allocation { category } }
           paid: contributions(year: 2016) { to } }",
    );
    let finances = &ccm["finances"];
    let procedures = &finances["procedures"];
    let said: Vec<&str> = procedures["authorities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["said"].as_str().unwrap())
        .collect();
    assert!(said.len() >= 2 && said[0].contains("First Review Conference"), "{said:?}");
    // The review stands once, as a mandate.
    assert_eq!(procedures["review"], json!(null));
    for category in procedures["categories"].as_array().unwrap() {
        assert_eq!((&category["percentage"], &category["floor"]), (&json!(null), &json!(null)));
    }
    assert_eq!(
        finances["scales"],
        json!([{ "years": "2016-2018", "states": 193, "sum": "100",
                 "rates": [{ "state": { "code": "DEU" }, "rate": "6.389" }] }])
    );
    assert_eq!((&finances["none"], &finances["neverWas"]), (&json!([]), &json!([])));
    assert_eq!(finances["estimates"][0]["meeting"], "8msp");
    assert_eq!(finances["estimates"][0]["total"], json!(null));
    assert_eq!(finances["arrears"][0]["owed"], json!([]));
    // The CHF 15,714 of the report: nobody is named.
    assert_eq!(
        finances["contributions"],
        json!([{ "state": null, "organisation": null, "to": "reserve", "amount": "CHF 15714",
                 "counted": "CHF 15714", "allocation": [] }])
    );
    assert_eq!(finances["paid"], json!([]));
}
