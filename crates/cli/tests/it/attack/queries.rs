//! Queries that are small to send and large to parse, to check or to run.

use super::{Target, wire};

/// Refused by POST and by GET with this code. A query that no URL can hold is refused as such.
#[track_caller]
fn refused(target: &Target, name: &str, query: &str, code: &str) {
    for (method, reply) in
        [("POST", wire::post(target.address(), query)), ("GET", wire::get(target.address(), query))]
    {
        let too_long = method == "GET" && [0, 414, 431].contains(&reply.status);
        assert!(
            too_long || reply.code() == code && (400..500).contains(&reply.status),
            "{name} by {method}: {} {}",
            reply.status,
            reply.body.chars().take(300).collect::<String>()
        );
        assert!(reply.body.len() < 16 * 1024, "{name}: an answer of {} bytes", reply.body.len());
    }
}

#[test]
fn queries_that_are_larger_than_they_look_are_refused() {
    let target = Target::start(&[]);
    target.under(|| {
        for (name, open) in [("brackets", "["), ("objects", "{a:"), ("calls", "a(b:")] {
            let deep = open.repeat(2000);
            refused(&target, name, &format!("{{ a(b: {deep}"), "QUERY_TOO_LARGE");
            let default = format!("query ($a: Int = {deep}");
            refused(&target, name, &default, "QUERY_TOO_LARGE");
            let directive = format!("{{ a @b(c: {deep}");
            refused(&target, name, &directive, "QUERY_TOO_LARGE");
        }
        refused(&target, "nested selections", &"{a".repeat(1000), "QUERY_TOO_LARGE");
        let strings = format!("{{ a(b: \"\"\"{}", "\"\"\" [ ".repeat(2000));
        refused(&target, "strings without an end", &strings, "QUERY_TOO_LARGE");

        let aliases: String = (0..3000).map(|n| format!("a{n}:__typename ")).collect();
        refused(&target, "3,000 aliases", &format!("{{ {aliases} }}"), "QUERY_TOO_LARGE");
        let unknown: String = (0..5000).map(|n| format!("f{n} ")).collect();
        refused(
            &target,
            "5,000 unknown fields",
            &format!("{{ {unknown} }}"),
            "GRAPHQL_VALIDATION_FAILED",
        );
        let introspections: String =
            (0..100).map(|n| format!("a{n}: __schema {{ types {{ name }} }} ")).collect();
        refused(
            &target,
            "100 introspections",
            &format!("{{ {introspections} }}"),
            "QUERY_TOO_LARGE",
        );
        let directives = "@include(if: true) ".repeat(3000);
        refused(
            &target,
            "3,000 directives",
            &format!("{{ __typename {directives} }}"),
            "QUERY_TOO_LARGE",
        );
        let operations: String =
            (0..2000).map(|n| format!("query Q{n} {{ __typename }} ")).collect();
        refused(&target, "2,000 operations", &operations, "QUERY_TOO_LARGE");
    });
}

#[test]
fn fragments_that_grow_or_go_round_are_refused() {
    let target = Target::start(&[]);
    target.under(|| {
        let mut doubling = "{ ...F0 }".to_owned();
        for n in 0..40 {
            doubling += &format!(" fragment F{n} on Query {{ ...F{0} ...F{0} }}", n + 1);
        }
        doubling += " fragment F40 on Query { conventions { id } }";
        refused(&target, "doubling", &doubling, "QUERY_TOO_LARGE");

        let wide = " ...F1".repeat(300);
        let fan = format!("{{ {wide} }} fragment F1 on Query {{ {} }} fragment F2 on Query {{ conventions {{ id }} }}", " ...F2".repeat(300));
        refused(&target, "a wide fan", &fan, "QUERY_TOO_LARGE");

        let mut ring = "{ ...F0 }".to_owned();
        for n in 0..500 {
            ring += &format!(" fragment F{n} on Query {{ ...F{} }}", (n + 1) % 500);
        }
        refused(&target, "a ring", &ring, "QUERY_TOO_LARGE");
        let itself = "{ ...A } fragment A on Query { conventions { ...A } }";
        refused(&target, "itself", itself, "QUERY_TOO_LARGE");
        let unused = "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }";
        refused(&target, "a ring that nobody uses", unused, "QUERY_TOO_LARGE");
    });
}

#[test]
fn nothing_is_changed_by_get() {
    let target = Target::start(&[]);
    target.under(|| {
        let reply = wire::get(target.address(), "mutation { __typename }");
        assert_eq!((reply.status, reply.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
    });
}
