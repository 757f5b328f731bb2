//! Arrows between crates point down only (ARCHITECTURE.md).

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// What each crate may know of.
const DOMAINS: [&str; 6] =
    ["membership", "meetings", "offices", "decisions", "finance", "obligations"];

fn allowed(name: &str) -> Option<Vec<&'static str>> {
    let domains = |more: &[&'static str]| [&DOMAINS, more].concat();
    Some(match name {
        "kernel" | "store" | "ledger" | "gateway-macros" => vec![],
        "membership" | "meetings" | "offices" | "decisions" | "finance" | "obligations" => {
            vec!["kernel"]
        }
        "register" => domains(&["kernel"]),
        "projections" => domains(&["kernel", "register"]),
        "gateway" => {
            let more = ["kernel", "register", "projections", "store", "ledger", "gateway-macros"];
            domains(&more)
        }
        "chancery" => domains(&["kernel", "register", "projections", "store", "ledger", "gateway"]),
        // A tool, no part of the program.
        "world" => domains(&["kernel", "register", "store", "gateway"]),
        "tests" => return None,
        other => panic!("a new crate `{other}`: add its arrows here and in ARCHITECTURE.md"),
    })
}

/// What no crate of the pure part may use: it does no I/O, reads no clock, makes no random ids.
const IMPURE: [&str; 9] =
    ["tokio", "sled", "axum", "async-graphql", "async-trait", "fs4", "rand", "tracing", "ureq"];

const PURE: [&str; 10] = [
    "kernel",
    "membership",
    "meetings",
    "offices",
    "decisions",
    "finance",
    "obligations",
    "register",
    "projections",
    "ledger",
];

#[test]
fn no_crate_has_an_arrow_that_is_not_allowed() {
    for (name, uses) in dependencies() {
        let Some(allowed) = allowed(&name) else { continue };
        let ours: BTreeSet<&str> =
            uses.iter().filter_map(|used| used.strip_prefix("chancery-")).collect();
        let allowed: BTreeSet<&str> = allowed.into_iter().collect();
        let more: Vec<&&str> = ours.difference(&allowed).collect();
        assert!(more.is_empty(), "{name} must not know of {more:?}");
    }
}

#[test]
fn the_domain_is_pure() {
    let dependencies = dependencies();
    for name in PURE {
        let uses = &dependencies[name];
        let impure: Vec<&str> = IMPURE.into_iter().filter(|it| uses.contains(*it)).collect();
        assert!(impure.is_empty(), "{name} must do no I/O, but uses {impure:?}");
    }
}

/// Direct dependencies of each crate of the workspace, those of its tests left out.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let manifest = chancery_tests::workspace().join("Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
    let short = |name: &str| name.strip_prefix("chancery-").unwrap_or(name).to_owned();
    metadata
        .packages
        .iter()
        .map(|package| {
            let uses = package.dependencies.iter();
            let uses = uses.filter(|used| used.kind != DependencyKind::Development);
            (short(&package.name), uses.map(|used| used.name.clone()).collect())
        })
        .collect()
}
