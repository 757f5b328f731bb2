//! What the acceptance tests share: the fixtures, recorded into views without a store.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // only tests build on it

use std::{path::PathBuf, sync::Arc};

use chancery_kernel::{ConventionId, RecorderId};
use chancery_projections::View;
use chancery_register::{
    Recorded, plan,
    record::{Mistakes, RecordFile, TableContext, read, read_table},
};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use uuid::Uuid;

/// The files of `fixtures/ccm` in the order in which a folder is recorded.
pub const CCM: [&str; 9] = [
    "profile.yaml",
    "status.csv",
    "un_scale.csv",
    "records/6msp.yaml",
    "records/7msp.yaml",
    "records/8msp.yaml",
    "records/depositary.yaml",
    "records/obligations.yaml",
    RECTIFICATIONS,
];

/// The corrections of the report, the last file of `fixtures/ccm`.
pub const RECTIFICATIONS: &str = "records/rectifications.yaml";

/// The turns of `fixtures/example`, in their order, each with the day at which it ends. The
/// fourth and the fifth go back to tell of the money of 2005; the last amends the profile.
pub const TURNS: [(&str, Date); 6] = [
    ("records/1-founding.yaml", date(2003, 6, 12)),
    ("records/2-deadlines.yaml", date(2008, 5, 1)),
    ("records/3-changes.yaml", date(2014, 5, 1)),
    ("records/4-money.yaml", date(2005, 4, 15)),
    ("records/5-restored.yaml", date(2005, 12, 31)),
    ("records/6-amended.yaml", date(2015, 1, 1)),
];

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file of the workspace as text.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(workspace().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file of the CCM's fixtures, read.
pub fn ccm_file(name: &str) -> RecordFile {
    let text = text(&format!("fixtures/ccm/{name}"));
    let read = if name.ends_with(".csv") {
        let recorded_by: RecorderId = "isu".parse().unwrap();
        read_table(name, &text, &TableContext { convention: ccm_id(), recorded_by })
    } else {
        read(name, &text)
    };
    read.unwrap_or_else(|mistakes| panic!("{}", listed(&mistakes)))
}

/// The id of the CCM.
pub fn ccm_id() -> ConventionId {
    "ccm".parse().unwrap()
}

/// The CCM with its fixtures recorded.
pub fn ccm() -> View {
    CCM.iter().fold(View::empty(ccm_id()), |view, name| record(view, &ccm_file(name)))
}

/// A convention with its profile alone, as `fixtures/` holds it.
pub fn profiled(convention: &str) -> View {
    let name = format!("fixtures/{convention}/profile.yaml");
    record(View::empty(convention.parse().unwrap()), &file_of(&name, &text(&name)))
}

/// A record file, read.
pub fn file_of(name: &str, text: &str) -> RecordFile {
    read(name, text).unwrap_or_else(|mistakes| panic!("{}", listed(&mistakes)))
}

/// The fictional convention after so many of its turns.
pub fn example(turns: usize) -> View {
    TURNS[..turns].iter().fold(profiled("example"), |view, (name, _)| {
        let name = format!("fixtures/example/{name}");
        record(view, &file_of(&name, &text(&name)))
    })
}

/// The CCM's fixtures, then a record file more, given as its facts.
pub fn ccm_and(facts: &str) -> View {
    let head = "convention: ccm\nsource: a later letter\nrecorded_by: isu\nfacts:\n";
    let file = read("more.yaml", &format!("{head}{facts}"));
    record(ccm(), &file.unwrap_or_else(|mistakes| panic!("{}", listed(&mistakes))))
}

/// The view after a file. Ids and times are made up, the same on every run.
pub fn record(view: View, file: &RecordFile) -> View {
    let (plan, _, rejected) = plan(view.state().clone(), file);
    assert!(rejected.is_empty(), "{rejected:?}");
    let version = view.state().version;
    let second = i64::try_from(version).unwrap();
    let recorded_at = Timestamp::from_second(1_506_330_000 + second).unwrap();
    let mut id = u128::from(version) << 32;
    let envelopes = plan.seal(view.convention(), version, recorded_at, || {
        id += 1;
        Uuid::from_u128(id)
    });
    view.after_all(envelopes.into_iter().map(|envelope| {
        let position = envelope.version - 1;
        Arc::new(Recorded { position, envelope })
    }))
}

fn listed(mistakes: &Mistakes) -> String {
    let lines = mistakes.lines().map(|(line, column, it)| format!("{line}:{column}: {}", it.what));
    format!("{mistakes}\n{}", lines.collect::<Vec<_>>().join("\n"))
}
