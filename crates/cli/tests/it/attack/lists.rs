//! Lists within lists, asked for by clients that wait and by clients that leave.

use std::{io::Write, thread, time::Duration};

use serde_json::json;

use super::{Target, wire};

/// A list whose items lead back to lists, so many levels deep.
fn circle(levels: usize) -> String {
    let mut query = "id".to_owned();
    for _ in 0..levels {
        query = format!(
            "history(first: 1000) {{ nodes {{ rectifiedBy {{ rectifiedBy {{ rectifiedBy {{ rectifiedBy {{ type }} }} }} }} }} }} {query}"
        );
        query = format!(
            "{query} idleDismissals {{ rectifiedBy {{ rectifiedBy {{ rectifiedBy {{ id }} }} }} }}"
        );
    }
    format!("{{ conventions {{ {query} }} }}")
}

#[test]
fn lists_that_lead_back_to_themselves_are_refused_before_they_run() {
    let target = Target::start(&[]);
    target.under(|| {
        for levels in 1..4 {
            let reply = wire::post(target.address(), &circle(levels));
            assert_eq!((reply.status, reply.code().as_str()), (400, "QUERY_TOO_LARGE"), "{levels}");
        }
        let mut nested = "id".to_owned();
        for _ in 0..5 {
            nested = format!("id rectifiedBy(limit: 1000) {{ {nested} }}");
        }
        let query = format!(
            "{{ conventions(limit: 1000) {{ history(last: 1000) {{ nodes {{ {nested} }} }} }} }}"
        );
        let reply = wire::post(target.address(), &query);
        assert_eq!((reply.status, reply.code().as_str()), (400, "QUERY_TOO_LARGE"));
    });
}

/// The dearest question that is allowed, by so many who do not wait for its answer.
#[test]
fn clients_that_leave_hold_nobody_up() {
    let target = Target::start(&[]);
    target.under(|| {
        let attackers: Vec<_> = (0..8)
            .map(|attacker| {
                let address = target.address().to_owned();
                thread::spawn(move || {
                    for turn in 0..5 {
                        // Another text each time, so that no answer is there already.
                        let query = format!(
                            "{{ a{attacker}x{turn}: convention(id: \"ccm\") {{ history(first: 500) {{ nodes {{ id type data source {{ cited }} effective }} }} }} }}"
                        );
                        let body = json!({ "query": query }).to_string();
                        let headers = ["content-type: application/json"];
                        let bytes = wire::request("POST /graphql", &headers, body.as_bytes());
                        let mut stream = wire::connect(&address);
                        let _ = stream.write_all(&bytes);
                        thread::sleep(Duration::from_millis(5));
                    }
                })
            })
            .collect();
        attackers.into_iter().for_each(|it| it.join().unwrap());
    });
}
