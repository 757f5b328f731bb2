//! Every version of every event that was ever written can be read: one frozen example each.

use std::{collections::BTreeSet, fs};

use chancery_register::{DecodeError, Envelope, Event};
use chancery_tests::workspace;

#[test]
fn every_event_version_has_a_frozen_example_that_decodes() {
    let folder = workspace().join("schema/events");
    for (kind, schema) in Event::types() {
        let path = folder.join(kind).join(format!("v{schema}.json"));
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let bytes = bytes.trim_ascii_end();
        let envelope = Envelope::decode(0, bytes).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!((envelope.event.kind(), envelope.event.schema()), (kind, schema));
        // A current version is written to the same bytes again; an older one is only read.
        let written = envelope.encode().unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), String::from_utf8_lossy(bytes), "{kind}");
    }
}

#[test]
fn every_frozen_example_is_of_a_known_type() {
    let known: BTreeSet<&str> = Event::types().map(|(kind, _)| kind).collect();
    for folder in fs::read_dir(workspace().join("schema/events")).unwrap() {
        let folder = folder.unwrap();
        let kind = folder.file_name().into_string().unwrap();
        assert!(known.contains(kind.as_str()), "{kind} was written once and must stay readable");
        for file in fs::read_dir(folder.path()).unwrap() {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            Envelope::decode(0, bytes.trim_ascii_end()).unwrap();
        }
    }
}

#[test]
fn an_unknown_type_or_version_is_an_error_that_names_the_position() {
    let path = workspace().join("schema/events/membership.signed/v1.json");
    let known = fs::read_to_string(path).unwrap();
    for changed in [
        known.replace("membership.signed", "membership.wished"),
        known.replace("membership.signed", "money.paid"),
        known.replace("\"schema\":1", "\"schema\":2"),
    ] {
        assert_ne!(changed, known);
        let error = Envelope::decode(41, changed.trim_end().as_bytes()).unwrap_err();
        assert!(matches!(error, DecodeError::Unknown { position: 41, .. }), "{error}");
    }
    let error = Envelope::decode(41, b"{}").unwrap_err();
    assert!(error.to_string().contains("position 41"), "{error}");
}
