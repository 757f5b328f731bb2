//! Copies of the log: what is written comes back, and nothing else does.

use std::sync::Arc;

use chancery_gateway::{
    copy::{CopyError, Copying, Head, Reading},
    service::{Input, Service},
};
use chancery_store::{Append, Commit, EventStore, MemoryStore, Position};

use crate::server::Server;

/// Two conventions, with commits of several events.
async fn recorded() -> Service {
    let service = Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await.unwrap();
    for name in [
        "ccm/profile",
        "example/profile",
        "example/records/1-founding",
        "example/records/2-deadlines",
    ] {
        let path = format!("{}/../../fixtures/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        service.record(&[Input::file(name, text).unwrap()]).await.unwrap();
    }
    service
}

async fn written(service: &Service) -> String {
    let mut copying = Copying::begin(service).await.unwrap();
    let mut text = Vec::new();
    while let Some(lines) = copying.lines().await.unwrap() {
        assert_eq!(lines.last(), Some(&b'\n'));
        text.extend(lines);
    }
    String::from_utf8(text).unwrap()
}

fn read(text: &str) -> Result<(Head, Vec<Commit>), CopyError> {
    let mut reading = Reading::begin(text.as_bytes())?;
    let mut commits = Vec::new();
    while let Some(commit) = reading.commit()? {
        commits.push(commit);
    }
    Ok((reading.head(), commits))
}

async fn stored(service: &Service) -> Vec<Commit> {
    let commits = service.store().read(Position::START, usize::MAX).await.unwrap();
    commits.iter().map(|commit| (**commit).clone()).collect()
}

#[tokio::test]
async fn what_is_written_comes_back() {
    let service = recorded().await;
    let text = written(&service).await;
    let (head, commits) = read(&text).unwrap();
    assert_eq!(commits, stored(&service).await);
    assert_eq!(head.events, commits.iter().map(|commit| commit.events.len() as u64).sum::<u64>());

    let store = MemoryStore::new();
    for Commit { stream, first_version: expected, events, .. } in commits {
        store.append(Append { stream, expected, events }).await.unwrap();
    }
    let again = Service::open(Arc::new(store), |_, _| ()).await.unwrap();
    assert_eq!(written(&again).await, text);
}

#[test]
fn a_served_log_is_given_to_whoever_asks() {
    let server = Server::start();
    let reply = server.send("GET /log/export", &[], "");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/x-ndjson")));
    let events = reply.body.lines().filter(|line| line.starts_with("{\"position\":")).count();
    assert!(reply.body.contains(&format!("\"events\":{events},")), "{events} events");
    assert_eq!(server.send("POST /log/export", &[], "").status, 405);
}

#[tokio::test]
async fn an_empty_log_has_a_copy_too() {
    let service = Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await.unwrap();
    let text = written(&service).await;
    // The hash of nothing, as RFC 6962 says.
    let nothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    assert!(text.contains(nothing), "{text}");
    assert_eq!(read(&text).unwrap().1, []);
}

#[tokio::test]
async fn what_is_recorded_meanwhile_is_not_in_it() {
    let service = recorded().await;
    let before = stored(&service).await;
    let mut copying = Copying::begin(&service).await.unwrap();
    let file = "convention: ccm\nsource: a letter\nrecorded_by: isu\nfacts:\n  - { entry: TUR, acceded: { state: TUR, on: 2026-01-05 } }\n";
    service.record(&[Input::file("later", file.to_owned()).unwrap()]).await.unwrap();
    let mut text = Vec::new();
    while let Some(lines) = copying.lines().await.unwrap() {
        text.extend(lines);
    }
    assert_eq!(read(std::str::from_utf8(&text).unwrap()).unwrap().1, before);
}

/// Changes a copy by its lines, and says why it is refused.
#[track_caller]
fn refused(text: &str, damage: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    damage(&mut lines);
    assert_ne!(lines.concat(), text, "nothing was changed");
    read(&lines.concat()).expect_err("it must be refused").to_string()
}

#[tokio::test]
async fn a_copy_that_was_changed_is_refused_at_its_first_wrong_place() {
    let text = written(&recorded().await).await;
    let check = |damage: fn(&mut Vec<String>), said: &str| {
        let found = refused(&text, damage);
        assert!(found.contains(said), "{found}");
    };
    let change = |lines: &mut Vec<String>, at: usize, from: &str, to: &str| {
        assert!(lines[at].contains(from), "{}", lines[at]);
        lines[at] = lines[at].replacen(from, to, 1);
    };
    check(
        |lines| lines[4] = lines[4].replacen("recorded_by", "recorded_bz", 1),
        "position 3 has the hash",
    );
    check(|lines| lines.swap(4, 5), "line 5 holds the event at position 4");
    check(|lines| drop(lines.remove(4)), "line 5 holds the event at position 4");
    check(|lines| drop(lines.pop()), "it was cut off");
    check(|lines| lines.extend([lines[1].clone()]), "goes on after its");
    check(|lines| lines.extend(["\n".to_owned()]), "goes on after its");
    check(
        |lines| {
            lines.last_mut().unwrap().pop();
        },
        "it has no end",
    );
    check(|lines| lines[3].insert(0, 'x'), "line 4 cannot be read");
    check(|lines| lines[3] = format!("{}\n", " ".repeat(70_000)), "line 4 cannot be read");
    check(|lines| lines[0] = lines[0].replacen("\"form\":2", "\"form\":3", 1), "has form 3");
    check(|lines| lines[0] = lines[0].replacen("log", "logs", 1), "no copy of a register's log");
    check(|lines| lines[0] = "convention: ccm\n".to_owned(), "no copy of a register's log");
    check(Vec::clear, "no copy of a register's log");
    // Events that are whole, each with its hash, but not those that were there.
    let found = refused(&text, |lines| {
        let other = lines[0].split_once("\"root\":\"").unwrap().1[..4].to_owned();
        let mended = if other == "AAAA" { "BBBB" } else { "AAAA" };
        change(lines, 0, &format!("\"root\":\"{other}"), &format!("\"root\":\"{mended}"));
    });
    assert!(found.contains("its first line says AAAA"), "{found}");
    check(
        |lines| {
            let at = lines.iter().rposition(|line| line.contains("\"commit\":2,")).unwrap();
            lines[at] = lines[at].replacen("\"commit\":2", "\"commit\":1", 1);
        },
        "does not fit the events before it",
    );
    // Which events were recorded together is in no hash. The profiles are commits of one event.
    for (from, to) in [
        ("\"commit\":1,\"of\":1", "\"commit\":0,\"of\":1"),
        ("\"commit\":1,\"of\":1", "\"commit\":1,\"of\":2"),
        ("\"commit\":1,\"of\":1", "\"commit\":1,\"of\":0"),
        ("\"commit\":1,\"of\":1", "\"commit\":2,\"of\":1"),
    ] {
        let found = refused(&text, |lines| change(lines, 2, from, to));
        assert!(found.contains("does not fit the events before it"), "{found}");
    }
    check(
        |lines| {
            let at = lines.iter().rposition(|line| line.contains("\"of\":")).unwrap();
            let (before, rest) = lines[at].split_once("\"of\":").unwrap();
            lines[at] = format!("{before}\"of\":9{rest}");
        },
        "does not fit the events before it",
    );
    check(
        |lines| {
            let at = lines.iter().rposition(|line| line.contains("\"commit\":2,")).unwrap();
            lines[at] = lines[at].replacen("\"stream\":\"example\"", "\"stream\":\"ccm\"", 1);
        },
        "does not fit the events before it",
    );
}

#[tokio::test]
async fn a_flipped_bit_anywhere_is_refused_or_changes_nothing() {
    let text = written(&recorded().await).await;
    let whole = read(&text).unwrap();
    for at in (0..text.len()).step_by(61) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1 << (at % 8);
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if let Ok(read) = read(&text) {
            assert_eq!(read, whole, "a bit of byte {at}");
        }
    }
}
