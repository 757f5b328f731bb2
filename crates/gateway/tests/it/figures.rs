use serde_json::json;

use crate::server::{Server, texts};

const DAY: &str = "2017-09-06";

#[test]
fn the_status_on_the_last_day_of_the_seventh_meeting() {
    let server = Server::start();
    let ccm = server.ccm(
        DAY,
        "code name shortName depositary adoptedOn entryIntoForce asAt
         status { bound inForce pending signatoriesOnly withdrawn }
         participants(standing: [PENDING]) { nodes { state { code } inForceFrom } }
         none: participants(standing: []) { totalCount }",
    );
    assert_eq!(
        ccm,
        json!({
            "code": "ccm",
            "name": "Convention on Cluster Munitions",
            "shortName": "CCM",
            "depositary": "Secretary-General of the United Nations",
            "adoptedOn": "2008-05-30",
            "entryIntoForce": "2010-08-01",
            "asAt": DAY,
            "status": { "bound": 102, "inForce": 100, "pending": 2, "signatoriesOnly": 17, "withdrawn": 0 },
            "participants": { "nodes": [
                { "state": { "code": "BEN" }, "inForceFrom": "2018-01-01" },
                { "state": { "code": "MDG" }, "inForceFrom": "2017-11-01" },
            ] },
            "none": { "totalCount": 0 },
        })
    );
}

#[test]
fn without_a_day_it_is_today() {
    let today = || jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let before = today();
    let data = Server::start().data("{ convention(id: \"ccm\") { asAt } }", &json!({}));
    let as_at: jiff::civil::Date = data["convention"]["asAt"].as_str().unwrap().parse().unwrap();
    assert!((before..=today()).contains(&as_at), "{as_at}");
}

#[test]
fn states_bear_the_names_of_the_day() {
    let server = Server::start();
    let names = |day| {
        let fields = "SWZ: participant(state: \"SWZ\") { ...N } TUR: meeting(id: \"7msp\") { attendance { ...A } }
                      CZE: participant(state: \"CZE\") { ...N } MKD: participant(state: \"MKD\") { ...N }";
        let query = format!(
            "query ($d: Date) {{ convention(id: \"ccm\", asAt: $d) {{ {fields} }} }}
             fragment N on Participant {{ state {{ name }} }}
             fragment A on Attendance {{ state {{ code name }} }}"
        );
        let ccm = server.data(&query, &json!({ "d": day }))["convention"].take();
        let attendance = ccm["TUR"]["attendance"].as_array().unwrap().clone();
        let turkey = attendance.iter().find(|it| it["state"]["code"] == "TUR").unwrap();
        let name = |code: &str| ccm[code]["state"]["name"].as_str().unwrap().to_owned();
        [
            name("SWZ"),
            turkey["state"]["name"].as_str().unwrap().to_owned(),
            name("CZE"),
            name("MKD"),
        ]
    };
    let then =
        ["Swaziland", "Turkey", "Czech Republic", "The former Yugoslav Republic of Macedonia"];
    assert_eq!(names(DAY), then);
    // The depositary lists the Czech Republic under its long-standing name.
    let now = ["Eswatini", "Türkiye", "Czech Republic", "North Macedonia"];
    assert_eq!(names("2024-01-01"), now);
}

#[test]
fn attendance_by_category() {
    let ccm = Server::start().ccm(
        DAY,
        "meeting(id: \"7msp\") {
           parties: attendance(category: STATE_PARTY) { rule }
           pending: attendance(category: NOT_YET_IN_FORCE) { state { code } }
           signatories: attendance(category: SIGNATORY) { rule }
           others: attendance(category: OTHER_STATE) { rule }
           organisations: attendance(category: ORGANISATION) { state { code } organisation { code name } source { paragraph } } }",
    );
    let meeting = &ccm["meeting"];
    let count = |category: &str| meeting[category].as_array().unwrap().len();
    let counts = ["parties", "pending", "signatories", "others"].map(count);
    assert_eq!(counts, [57, 2, 8, 15]);
    assert!(texts(&meeting["organisations"], "/organisation/code").contains(&"icrc".to_owned()));
    assert!(meeting["organisations"][0]["state"].is_null());
}

#[test]
fn offices_after_the_seventh_meeting() {
    let ccm = Server::start().ccm(
        "2018-10-01",
        "offices { office theme themeName state { code name } from fromSaid until untilSaid certain }",
    );
    let offices = ccm["offices"].as_array().unwrap();
    let of = |code: &str, theme: &str| {
        offices.iter().find(|it| it["state"]["code"] == code && it["theme"] == theme)
    };
    let germany = of("DEU", "general_status").unwrap();
    assert_eq!(
        (&germany["office"], &germany["from"], &germany["fromSaid"], &germany["untilSaid"]),
        (
            &json!("coordinator"),
            &json!("2017-09-06"),
            &json!("the end of 7msp"),
            &json!("the end of 9msp")
        ),
    );
    assert!(germany["until"].is_null(), "the ninth meeting has no dates yet");
    assert!(of("BIH", "general_status").is_none());
}

#[test]
fn cuba_and_nicaragua_stand_apart() {
    let ccm = Server::start().ccm(
        DAY,
        "decisions { totalCount nodes { code dissociations { state { code } summary } } }
         decision(id: \"7msp-53\") { code verb weight on }
         unknown: decision(id: \"no such\") { id }",
    );
    let decisions = ccm["decisions"]["nodes"].as_array().unwrap().iter();
    let apart: Vec<_> =
        decisions.flat_map(|it| texts(&it["dissociations"], "/state/code")).collect();
    assert_eq!(apart, ["CUB", "NIC"]);
    assert!(ccm["unknown"].is_null());
}

#[test]
fn a_figure_says_why() {
    let ccm = Server::start().ccm(
        DAY,
        "why(figure: IN_FORCE) { rule events(first: 3) { totalCount nodes { type source { symbol entry cited } } } }",
    );
    let why = &ccm["why"];
    assert_eq!(why["events"]["totalCount"], 100);
    assert_eq!(why["events"]["nodes"].as_array().unwrap().len(), 3);
    assert!(why["rule"].as_str().unwrap().contains("article 17(1)"));
}

#[test]
fn the_history_is_filtered() {
    let ccm = Server::start().ccm(
        "2026-01-01",
        "benin: history(state: \"BEN\", type: \"membership\") { nodes { type effective version recordedBy data } }
         elected: history(type: \"offices.elected\", meeting: \"7msp\") { totalCount nodes { type } }
         offices: history(type: \"offices\") { totalCount }
         nothing: history(meeting: \"no such\") { totalCount }
         all: history(last: 1) { totalCount nodes { position id command schema recordedAt } }
         known { position recordedAt }",
    );
    let benin = &ccm["benin"]["nodes"];
    assert_eq!(texts(benin, "/type"), ["membership.signed", "membership.ratified"]);
    let deposit =
        json!({ "state": "BEN", "on": "2017-07-10", "in_force_as_printed": "2018-01-01" });
    assert_eq!(benin[1]["data"], deposit);
    assert!(texts(&ccm["elected"]["nodes"], "/type").iter().all(|it| it == "offices.elected"));
    assert!(ccm["offices"]["totalCount"].as_u64() >= ccm["elected"]["totalCount"].as_u64());
    assert_eq!(ccm["nothing"]["totalCount"], 0);
    let last = &ccm["all"]["nodes"][0];
    assert_eq!(last["recordedAt"], ccm["known"]["recordedAt"]);
    assert!(ccm["known"]["position"].as_u64().unwrap() >= last["position"].as_u64().unwrap());
}

#[test]
fn what_contradicts_what() {
    let server = Server::start();
    let ccm = server.ccm(
        DAY,
        "findings { rule message places { symbol paragraph } standing settledBy { type } reason }",
    );
    let findings = ccm["findings"].as_array().unwrap();
    let opening = findings.iter().find(|it| it["places"][0]["paragraph"] == "20").unwrap();
    assert_eq!(opening["rule"], "DATE_OUTSIDE_MEETING");
    // What paragraph 20 prints is corrected.
    assert_eq!(opening["standing"], "CLOSED");
    assert_eq!(opening["settledBy"]["type"], "register.rectified");
    assert!(opening["reason"].as_str().unwrap().contains("a slip in the year"));
    let all = findings.len();
    let open = server.ccm(DAY, "findings(open: true) { standing } idleDismissals { version }");
    assert_eq!(open["findings"].as_array().unwrap().len(), all - 5);
    assert_eq!(open["idleDismissals"], json!([]));
    let asked =
        "findings(rule: [CAPACITY_DIFFERS, UNKNOWN_SYMBOL], limit: 1) { key ruleSays suggestion
                 event { type source { paragraph } } against { type source { paragraph } } }";
    assert_eq!(
        server.ccm(DAY, asked)["findings"],
        json!([{
            "key": "capacity_differs:273",
            "ruleSays": "The function of one person at one meeting is given in two ways that are nearly the same.",
            "suggestion": "Director of the Conference on Disarmament Secretariat and Conference Support Branch of the United Nations Office for Disarmament Affairs",
            "event": { "type": "meetings.spoke", "source": { "paragraph": "22" } },
            "against": { "type": "offices.confirmed", "source": { "paragraph": "11" } },
        }])
    );
}

#[test]
fn what_is_not_recorded_is_null() {
    let data = Server::start().data(
        "{ none: convention(id: \"apmbc\") { id } conventions(asAt: \"2008-06-01\") { code name status { bound } }
           convention(id: \"ccm\") { meeting(id: \"99msp\") { id } document(symbol: \"X\") { title } participant(state: \"USA\") { standing } } }",
        &json!({}),
    );
    assert_eq!(
        data,
        json!({
            "none": null,
            "conventions": [{ "code": "ccm", "name": "Convention on Cluster Munitions", "status": { "bound": 0 } }],
            "convention": { "meeting": null, "document": null, "participant": null },
        })
    );
}

#[test]
fn what_is_owed_says_which_rule_gave_its_date() {
    let server = Server::start();
    let ccm = server.ccm(
        "2017-09-06",
        "moz: deadlines(state: \"MOZ\", status: [FULFILLED]) { nodes {
           obligation dueOn status doneOn onTime daysLate daysLateAtMost why { rule events { nodes { type } } } } }
         reports: deadlines(state: \"MOZ\", reports: true, first: 2) { totalCount nodes { obligation year status } }",
    );
    let clearance = &ccm["moz"]["nodes"][2];
    assert_eq!(clearance["obligation"], "clearance");
    assert_eq!(clearance["dueOn"], "2021-09-01");
    assert_eq!(clearance["doneOn"], "2016-11");
    assert_eq!(clearance["onTime"], true);
    assert_eq!(
        clearance["why"]["rule"],
        "10 years after the entry into force for the State, 2011-09-01 (article 4(1)(a))"
    );
    let types: Vec<&str> = clearance["why"]["events"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["membership.ratified", "obligations.declared", "obligations.completed"]);
    // Filed in June 2012, on which day is not known.
    assert_eq!(ccm["moz"]["nodes"][0]["daysLate"], 94);
    assert_eq!(ccm["moz"]["nodes"][0]["daysLateAtMost"], 123);
    // The initial report, and the yearly ones of 2011 to 2017.
    assert_eq!(ccm["reports"]["totalCount"], 8);
    assert_eq!(ccm["reports"]["nodes"][1]["year"], 2011);
}

#[test]
fn mandates_are_open_until_they_are_fulfilled() {
    let server = Server::start();
    let ccm = server.ccm(
        "2017-10-01",
        "mandates(open: true, first: 1) { totalCount nodes { code action responsible dueOn dueSaid status source { paragraph } } }
         done: mandates(open: false) { totalCount }
         deadlines(status: [DUE, OVERDUE], first: 1) { nodes { state { name } obligation dueOn status why { rule } } }",
    );
    assert_eq!(
        ccm["mandates"],
        json!({ "totalCount": 9, "nodes": [{
            "code": "7msp-41-budget-2019",
            "action": "submit the budget and work plan of the ISU for 2019",
            "responsible": "Implementation Support Unit of the Convention on Cluster Munitions",
            "dueOn": "2018-07-05",
            "dueSaid": "60 days before the opening of 8msp",
            "status": "OPEN",
            "source": { "paragraph": "41" },
        }] })
    );
    assert_eq!(ccm["done"]["totalCount"], 0);
    assert_eq!(ccm["deadlines"]["nodes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_mandate_says_who_gave_it_when_and_what_came_of_it() {
    let server = Server::of_all();
    let answer = server.data(
        "{ convention(id: \"example\", asAt: \"2005-12-31\") { mandates(first: 20) { nodes {
           code office givenOn recurs fulfilledOn
           fulfilments { on summary documents source { paragraph } } } } } }",
        &json!({}),
    );
    let nodes = answer["convention"]["mandates"]["nodes"].as_array().unwrap().clone();
    let one = |code: &str| nodes.iter().find(|it| it["code"] == code).unwrap().clone();
    assert_eq!(
        one("list-of-lamps"),
        json!({
            "code": "list-of-lamps", "office": null, "givenOn": "2003-06-12", "recurs": false,
            "fulfilledOn": ["2005-07-14"],
            "fulfilments": [{
                "on": "2005-07-14", "summary": null, "documents": ["ECL/LM/2005/1"],
                "source": { "paragraph": "3" },
            }],
        })
    );
    assert_eq!(one("outreach")["office"], "president");
    let yearly = one("yearly-report");
    assert_eq!(yearly["fulfilledOn"], json!(["2004-06-01", "2005-06-10"]));
    assert_eq!(yearly["fulfilments"][1]["summary"], "the second");
}
