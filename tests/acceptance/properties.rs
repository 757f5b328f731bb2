//! Laws that hold for whatever is recorded.

use std::sync::Arc;

use chancery_kernel::Decider;
use chancery_projections::View;
use chancery_register::{
    Command, Envelope, Recorded, Register, State, command_id,
    record::{Content, RecordFile, read, write},
};
use chancery_tests::{CCM, ccm, ccm_file, ccm_id, record};
use proptest::{prelude::*, sample::Index};

/// Reads every stored byte again and folds it anew.
pub(crate) fn replayed(view: &View) -> View {
    view.log().iter().fold(View::empty(view.convention().clone()), |replay, recorded| {
        let bytes = recorded.envelope.encode().unwrap();
        let envelope = Envelope::decode(recorded.position, &bytes).unwrap();
        replay.after(Arc::new(Recorded { position: recorded.position, envelope }))
    })
}

#[test]
fn replaying_the_log_gives_the_live_state() {
    let live = ccm();
    let replay = replayed(&live);
    assert!(replay.state() == live.state());
    assert!(replay.events() == live.events());
}

#[test]
fn stored_bytes_are_canonical_and_fit_a_log_entry() {
    for recorded in ccm().log() {
        let bytes = recorded.envelope.encode().unwrap();
        assert!(bytes.len() <= 65_535);
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(serde_json_canonicalizer::to_vec(&value).unwrap(), bytes);
        assert_no_floats(&value);
    }
}

#[test]
fn recording_again_changes_nothing() {
    let view = ccm();
    for name in CCM {
        let again = record(view.clone(), &ccm_file(name));
        assert_eq!(again.log().len(), view.log().len(), "{name}");
    }
}

#[test]
fn record_files_round_trip() {
    for name in CCM {
        let file = ccm_file(name);
        let text = write(&file).unwrap();
        let again = read(name, &text).unwrap();
        assert!(same(&file, &again), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any part of the facts, in any order: each is decided without a panic, and what was accepted
    /// replays to the same state.
    #[test]
    fn deciding_is_total_and_replay_is_live(picks in prop::collection::vec(any::<Index>(), 1..120)) {
        let facts = all_facts();
        let mut live = State::default();
        let mut events = Vec::new();
        for pick in picks {
            let fact: &Command = pick.get(&facts);
            if let Ok(decided) = Register::decide(&live, fact.clone()) {
                live = Register::fold(live, &decided);
                events.extend(decided);
            }
        }
        let replay = Register::fold(State::default(), &events);
        prop_assert!(replay == live);
    }

    /// Any part of the facts, in any order, written and read again.
    #[test]
    fn record_files_of_any_facts_round_trip(picks in prop::collection::vec(any::<Index>(), 1..40)) {
        let all: Vec<_> = CCM[1..].iter().flat_map(|name| ccm_file(name).entries).collect();
        let entries: Vec<_> = picks.iter().map(|pick| pick.get(&all).clone()).collect();
        let file = RecordFile { entries, ..ccm_file("records/7msp.yaml") };
        let again = read("any", &write(&file).unwrap()).unwrap();
        prop_assert!(same(&file, &again));
    }

    /// Whatever the text, reading it ends, with a file or with mistakes that lie within it.
    #[test]
    fn reading_any_text_ends(text in "\\PC{0,400}|[ \\[\\]{}:,&*!|>'\"a-z\n-]{0,400}") {
        if let Err(mistakes) = read("any", &text) {
            prop_assert!(mistakes.count() > 0);
            for (_, _, mistake) in mistakes.lines() {
                prop_assert!(mistake.span.start <= mistake.span.end && mistake.span.end <= text.len());
            }
        }
    }

    /// A real file with one byte changed: read or refused, never a panic.
    #[test]
    fn reading_a_damaged_file_ends(at in any::<Index>(), byte in any::<u8>()) {
        let mut bytes = chancery_tests::text("fixtures/ccm/records/6msp.yaml").into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = read("damaged", &text);
        }
    }
}

#[test]
fn a_commands_id_is_its_convention_source_and_content() {
    let file = ccm_file("records/7msp.yaml");
    let facts: Vec<_> = file
        .entries
        .iter()
        .filter_map(|entry| match &entry.content {
            Content::Fact(command) => Some((&entry.citation, command)),
            _ => None,
        })
        .collect();
    let id = |at: usize| command_id(&ccm_id(), facts[at].0, facts[at].1);
    assert_eq!(id(0), id(0));
    assert_ne!(id(0), id(1));
    let elsewhere = command_id(&"att".parse().unwrap(), facts[0].0, facts[0].1);
    assert_ne!(id(0), elsewhere);
}

fn all_facts() -> Vec<Command> {
    CCM.iter().flat_map(|name| ccm_file(name).facts().cloned().collect::<Vec<_>>()).collect()
}

/// Equal but for where the entries stand in the text.
fn same(a: &RecordFile, b: &RecordFile) -> bool {
    let said = |file: &RecordFile| -> Vec<_> {
        file.entries.iter().map(|it| (it.citation.clone(), it.content.clone())).collect()
    };
    a.convention == b.convention && a.recorded_by == b.recorded_by && said(a) == said(b)
}

fn assert_no_floats(value: &serde_json::Value) {
    match value {
        serde_json::Value::Number(number) => assert!(number.is_u64(), "{number}"),
        serde_json::Value::Array(items) => items.iter().for_each(assert_no_floats),
        serde_json::Value::Object(map) => map.values().for_each(assert_no_floats),
        _ => {}
    }
}
