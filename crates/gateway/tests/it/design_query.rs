use serde_json::{Value, json};

use crate::server::Server;

const QUERY: &str = "query ($d: Date) { convention(id: \"ccm\", asAt: $d) {
  name entryIntoForce asAt known { position recordedAt root }
  status { bound inForce pending signatoriesOnly withdrawn }
  why(figure: IN_FORCE) { rule events(first: 3) { nodes { source { symbol paragraph } } } }
  participants(standing: [IN_FORCE]) { nodes { state { code name } boundOn inForceFrom act } pageInfo { endCursor } totalCount }
  meeting(id: \"7msp\") { opensOn closesOn venue officers { office state { name } person from until } attendance(category: STATE_PARTY) { state { name } }
                        decisions { nodes { id verb summary source { paragraph } dissociations { state { name } summary } } } documents { nodes { symbol title } } }
  offices { office theme state { name } from until }
  budget(year: 2018) { total coverage { lower upper } } reserve { target balance { lower upper } }
  deadlines(status: [DUE, OVERDUE]) { nodes { state { name } obligation dueOn status why { rule } } }
  mandates(open: true) { nodes { action responsible dueOn } }
  history(first: 50) { nodes { position type recordedAt recordedBy effective source { symbol paragraph } data } } } }";

/// The question that the register is built to answer, as a whole.
#[test]
fn is_answered_end_to_end() {
    let mut answer = Server::start().data(QUERY, &json!({ "d": "2017-09-06" }));
    let ccm = &mut answer["convention"];
    assert_eq!(ccm["participants"]["nodes"].as_array().unwrap().len(), 100);
    assert_eq!(ccm["history"]["nodes"].as_array().unwrap().len(), 50);
    // The clock's part of the answer differs from run to run.
    for of_this_log in ["recordedAt", "root"] {
        assert!(ccm["known"].as_object_mut().unwrap().remove(of_this_log).is_some());
    }
    for event in ccm["history"]["nodes"].as_array_mut().unwrap() {
        assert!(event.as_object_mut().unwrap().remove("recordedAt").is_some());
    }
    for (list, kept) in [
        ("/participants/nodes", 3),
        ("/meeting/officers", 2),
        ("/meeting/attendance", 3),
        ("/meeting/decisions/nodes", 3),
        ("/meeting/documents/nodes", 3),
        ("/offices", 2),
        ("/deadlines/nodes", 3),
        ("/mandates/nodes", 3),
        ("/history/nodes", 3),
    ] {
        shorten(ccm.pointer_mut(list).unwrap(), kept);
    }
    // A profile is long, and its own tests know it.
    ccm["history"]["nodes"][0]["data"] = Value::Null;
    insta::assert_json_snapshot!(ccm);
}

/// Keeps the head of a list, and says how many were left away.
fn shorten(list: &mut Value, kept: usize) {
    let items = list.as_array_mut().unwrap();
    let more = items.len().saturating_sub(kept);
    items.truncate(kept);
    items.push(format!("and {more} more").into());
}
