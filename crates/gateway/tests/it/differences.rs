//! What changed between two points, and the history of one thing.

use serde_json::{Value, json};

use crate::server::{Server, texts};

#[test]
fn a_difference_names_who_joined_and_the_deposit_that_did_it() {
    let ccm = Server::start().ccm(
        "2017-09-06",
        "diff(from: { asAt: \"2016-09-07\" }) {
           from { asAt position } to { asAt position recordedAt }
           states: changes(groups: [STATES]) { totalCount nodes { kind about summary gone values { what before after } } }
           joined: changes(kinds: [JOINED], first: 1) { totalCount pageInfo { hasNextPage }
             nodes { about events { nodes { type source { entry } } } } }
           offices: changes(groups: [OFFICES]) { totalCount }
           gained(first: 1) { totalCount } lost { totalCount } }
         known { position }",
    );
    let diff = &ccm["diff"];
    assert_eq!(
        (&diff["from"]["asAt"], &diff["to"]["asAt"]),
        (&json!("2016-09-07"), &json!("2017-09-06"))
    );
    assert_eq!(diff["to"]["position"], ccm["known"]["position"]);
    assert_eq!(texts(&diff["states"]["nodes"], "/about"), ["BEN", "MDG", "CUB", "PLW"]);
    let benin = &diff["states"]["nodes"][0];
    assert_eq!(benin["kind"], "JOINED");
    assert!(benin["summary"].as_str().unwrap().contains("ratified the Convention on 10 July 2017"));
    assert_eq!(benin["values"][0], json!({ "what": "on", "before": null, "after": "2017-07-10" }));
    let joined = &diff["joined"];
    assert_eq!(
        (&joined["totalCount"], &joined["pageInfo"]["hasNextPage"]),
        (&json!(2), &json!(true))
    );
    let event = &joined["nodes"][0]["events"]["nodes"][0];
    assert_eq!(
        (&event["type"], &event["source"]["entry"]),
        (&json!("membership.ratified"), &json!("BEN"))
    );
    assert!(diff["offices"]["totalCount"].as_u64() > Some(10));
    assert!(diff["gained"]["totalCount"].as_u64() > Some(100));
    assert_eq!(diff["lost"]["totalCount"], 0);
}

#[test]
fn a_point_is_the_conventions_own_where_it_says_nothing() {
    let ccm = Server::start().ccm(
        "2017-09-06",
        "same: diff(from: {}) { changes { totalCount } gained { totalCount } }
         back: diff(from: {}, to: { asAt: \"2016-09-07\" }) { changes(kinds: [JOINED]) { nodes { summary gone } } }",
    );
    assert_eq!(
        ccm["same"],
        json!({ "changes": { "totalCount": 0 }, "gained": { "totalCount": 0 } })
    );
    let back = &ccm["back"]["changes"]["nodes"];
    assert!(texts(back, "/summary").iter().all(|it| it.starts_with("No longer so: ")));
    assert_eq!(back[0]["gone"], true);
}

#[test]
fn either_dial_may_be_turned() {
    let server = Server::start();
    let known =
        server.ccm("2018-01-01", "history(type: \"register\", first: 1) { nodes { position } }");
    let first = known["history"]["nodes"][0]["position"].as_u64().unwrap();
    let ccm = server.ccm(
        "2018-01-01",
        &format!("diff(from: {{ atPosition: {} }}) {{ from {{ asAt position }} changes(kinds: [MEETING_HELD]) {{ nodes {{ about summary events {{ nodes {{ type }} }} }} }} }}", first - 1),
    );
    assert_eq!(ccm["diff"]["from"], json!({ "asAt": "2018-01-01", "position": first - 1 }));
    let held = &ccm["diff"]["changes"]["nodes"];
    assert_eq!(texts(held, "/about"), ["7msp"]);
    let types = texts(&held[0]["events"]["nodes"], "/type");
    assert!(types.contains(&"register.rectified".to_owned()), "{types:?}");
    let both = "{ convention(id: \"ccm\") { diff(from: { atPosition: 1, asKnownAt: \"2017-09-25T09:00:00Z\" }) { changes { totalCount } } } }";
    let refused = server.post(&json!({ "query": both }));
    assert!(refused.body.contains("keep one of them"), "{}", refused.body);
}

fn count(ccm: &Value, name: &str) -> u64 {
    ccm[name]["totalCount"].as_u64().unwrap()
}

#[test]
fn the_history_of_one_thing() {
    let server = Server::start();
    let ccm = server.ccm(
        "2026-12-31",
        "all: history { totalCount }
         benin: history(state: \"BEN\", first: 1) { totalCount nodes { type } }
         acts: history(state: \"BEN\", type: \"membership\") { totalCount nodes { type } }
         two: history(state: \"BEN\", type: [\"membership.ratified\", \"meetings\"]) { nodes { type } }
         costs: history(document: \"CCM/MSP/2017/11/Rev.1\") { nodes { type } }
         isu: history(recordedBy: \"isu\") { totalCount }
         nobody: history(recordedBy: \"nobody\") { totalCount }
         seventh: history(meeting: \"7msp\", effectiveFrom: \"2017-09-04\", effectiveUntil: \"2017-09-06\", type: \"offices.elected\") { totalCount }
         corrected: history(corrected: true) { totalCount nodes { type effective } }
         not: history(corrected: false) { totalCount }
         early: history(recordedUntil: \"1999-01-01T00:00:00Z\") { totalCount }
         late: history(recordedFrom: \"1999-01-01T00:00:00Z\") { totalCount }",
    );
    assert_eq!(texts(&ccm["acts"]["nodes"], "/type"), ["membership.signed", "membership.ratified"]);
    assert!(count(&ccm, "benin") > 2, "attendance and other acts, too");
    assert!(texts(&ccm["two"]["nodes"], "/type").contains(&"meetings.attended".to_owned()));
    let costs = texts(&ccm["costs"]["nodes"], "/type");
    assert!(
        costs.contains(&"meetings.issued".to_owned())
            && costs.contains(&"meetings.considered".to_owned())
    );
    assert_eq!(count(&ccm, "isu"), count(&ccm, "all"));
    assert_eq!((count(&ccm, "nobody"), count(&ccm, "early")), (0, 0));
    assert_eq!(count(&ccm, "late"), count(&ccm, "all"));
    assert!(count(&ccm, "seventh") > 10);
    let corrected = texts(&ccm["corrected"]["nodes"], "/type");
    assert_eq!(corrected, ["meetings.opened", "meetings.plenary_held", "meetings.spoke"]);
    assert_eq!(count(&ccm, "corrected") + count(&ccm, "not"), count(&ccm, "all"));
}

#[test]
fn an_events_canonical_bytes_are_those_that_are_stored() {
    let server = Server::start();
    let ccm = server.ccm(
        "2026-12-31",
        "history(state: \"BEN\", first: 5) { nodes { position uuid type canonical data } }",
    );
    let nodes = ccm["history"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 5);
    for node in nodes {
        let position = node["position"].as_u64().unwrap();
        let canonical = node["canonical"].as_str().unwrap();
        assert_eq!(canonical.as_bytes(), &*server.stored(position));
        let event: Value = serde_json::from_str(canonical).unwrap();
        assert_eq!(
            (&event["id"], &event["type"], &event["data"]),
            (&node["uuid"], &node["type"], &node["data"])
        );
    }
}
