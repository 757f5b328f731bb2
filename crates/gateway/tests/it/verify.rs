//! Verifying logs that somebody changed: what is found, and where.

use std::sync::Arc;

use chancery_gateway::service::{
    Input, ProofError, Service, Signed,
    verify::{Trust, Verified, VerifyError, verify},
};
use chancery_kernel::RecorderId;
use chancery_ledger::{Checkpoint, SigningKey, note};
use chancery_store::{Append, Body, EventStore, MemoryStore, Position, Version};

use crate::server::record;

#[tokio::test]
async fn a_log_that_nobody_changed_is_verified() {
    let service = record().await;
    service.checkpoint().await.unwrap();
    let verified = verify(&**service.store(), &by(&key()), |_, _| ()).await.unwrap();
    let (size, root) = service.log_head().await.unwrap();
    assert_eq!((verified.size, verified.root), (size, root));
    assert_eq!(verified.streams, [("ccm".to_owned(), size)]);
    assert_eq!((verified.tiles, verified.tiles_missing), (1, 0));
    let checkpoint = verified.checkpoint.unwrap();
    assert_eq!(checkpoint.checkpoint.size, size);
    assert_eq!(checkpoint.key.as_ref(), Some(key().public()));
}

#[tokio::test]
async fn another_key_is_not_taken_for_the_logs() {
    let service = record().await;
    service.checkpoint().await.unwrap();
    let other = SigningKey::new("example.org/register", &[8; 32]).unwrap();
    let verified = verify(&**service.store(), &by(&other), |_, _| ()).await;
    assert!(matches!(verified, Err(VerifyError::Signature { .. })), "{verified:?}");
}

#[tokio::test]
async fn the_first_bad_position_is_named() {
    let service = record().await;
    let bodies = bodies(&**service.store()).await;
    let text = |at: usize| String::from_utf8(bodies[at].to_vec()).unwrap();
    let with = |at: usize, body: String| {
        let mut bodies = bodies.clone();
        bodies[at] = body.into_bytes().into();
        bodies
    };
    let spaced = text(10).replacen(':', ": ", 1);
    check(with(10, spaced), 10, "canonical form").await;
    let by = text(11).replace(r#""recorded_by":"isu""#, r#""recorded_by":"isv""#);
    // Lawful in itself, but another event than the one whose hash was kept.
    let changed = store_of(with(11, by), &service).await;
    let error = verify(&*changed, &Trust::default(), |_, _| ()).await.unwrap_err();
    assert!(matches!(error, VerifyError::Tile { position: 11, .. }), "{error}");
    let state = text(12).replace(r#""effective":"20"#, r#""effective":"19"#);
    check(with(12, state), 12, "its content says").await;
    let source = text(13).replacen(r#""source":{"#, r#""source":{"paragraph":"9","#, 1);
    check(with(13, source), 13, "canonical form").await;
    let typed = text(14).replace(r#""schema":1"#, r#""schema":9"#);
    check(with(14, typed), 14, "does not know").await;
    check(with(15, "{}".to_owned()), 15, "cannot be read").await;
    let command = text(16).replace(r#""command":""#, r#""command":"0"#);
    check(with(16, command), 16, "cannot be read").await;
    check(with(17, text(16)), 17, "says that it is number 17").await;
    let version = text(16).replace(r#""version":17"#, r#""version":18"#);
    check(with(17, version), 17, "is that of an earlier event").await;
    let mut swapped = bodies.clone();
    swapped.swap(20, 21);
    check(swapped, 20, "stored as number 21").await;
    let mut dropped = bodies.clone();
    dropped.remove(30);
    check(dropped, 30, "31 is next").await;
}

#[tokio::test]
async fn what_would_not_have_been_recorded_is_found() {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let profile = include_str!("../../../../fixtures/ccm/profile.yaml");
    let twice = |source: &str| {
        let text = format!(
            "convention: ccm\nsource: {source}\nrecorded_by: isu\nfacts:\n  - {{ entry: TUR, acceded: {{ state: TUR, on: 2026-01-05 }} }}\n"
        );
        Input::file("twice", text).unwrap()
    };
    // Two registers, each with the deposit from another source; then both in one log.
    let mut logs = Vec::new();
    for source in ["one", "two"] {
        let service = Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await.unwrap();
        let profile = Input::file("profile", profile.to_owned()).unwrap();
        service.record(&[profile, twice(source)]).await.unwrap();
        logs.push(bodies(&**service.store()).await);
    }
    let second = String::from_utf8(logs[1][1].to_vec()).unwrap();
    let second = second.replace(r#""version":2"#, r#""version":3"#);
    logs[0].push(second.into_bytes().into());
    fill(&*store, logs.remove(0)).await;
    let error = verify(&*store, &Trust::default(), |_, _| ()).await.unwrap_err();
    assert_eq!(error.position(), Some(2));
    assert!(error.to_string().contains("would not be recorded"), "{error}");
}

#[tokio::test]
async fn a_log_that_was_signed_cannot_be_shortened_or_replaced() {
    let service = record().await;
    let signed = service.checkpoint().await.unwrap();
    let bodies = bodies(&**service.store()).await;
    let shorter = store_of(bodies[..bodies.len() - 1].to_vec(), &service).await;
    let size = bodies.len() as u64;
    let error = verify(&*shorter, &Trust::default(), |_, _| ()).await.unwrap_err();
    assert!(matches!(error, VerifyError::Shorter { signed, .. } if signed == size), "{error}");
    let reopened = Service::open(shorter, |_, _| ()).await.unwrap();
    let refused = reopened.sign_with(key()).await.unwrap_err();
    assert!(refused.to_string().contains("nothing more is signed"), "{refused}");

    // The last event with another id: lawful in every way but that it was signed otherwise.
    let mut forked = bodies;
    let last = String::from_utf8(forked.pop().unwrap().to_vec()).unwrap();
    let at = last.find(r#""id":""#).unwrap() + 7;
    let other = format!("{}{}{}", &last[..at], "2", &last[at + 1..]);
    assert_ne!(other, last);
    forked.push(other.into_bytes().into());
    let forked = store_of(forked, &service).await;
    let error = verify(&*forked, &Trust::default(), |_, _| ()).await.unwrap_err();
    assert!(
        matches!(error, VerifyError::Checkpoint { signed: root, .. } if root == signed.checkpoint.root),
        "{error}"
    );
    let reopened = Service::open(forked, |_, _| ()).await.unwrap();
    assert!(reopened.sign_with(key()).await.is_err());
}

#[tokio::test]
async fn a_log_that_does_not_fit_what_was_kept_is_not_signed_on_opening() {
    let service = record().await;
    let signed = service.checkpoint().await.unwrap();
    let bodies = bodies(&**service.store()).await;
    let mut swapped = bodies.clone();
    let last = String::from_utf8(swapped[255].to_vec()).unwrap();
    let at = last.find(r#""id":""#).unwrap() + 7;
    swapped[255] = format!("{}{}{}", &last[..at], "2", &last[at + 1..]).into_bytes().into();
    // Shorter than the edge that was kept, or another event within the last full tile: the tree
    // is made again, and what was signed is remembered all the same.
    for changed in [bodies[..200].to_vec(), swapped] {
        let changed = store_of(changed, &service).await;
        let reopened = Service::open(changed, |_, _| ()).await.unwrap();
        let refused = reopened.sign_with(key()).await.unwrap_err();
        assert!(refused.to_string().contains("nothing more is signed"), "{refused}");
        assert_eq!(reopened.last_checkpoint().await.as_ref(), Some(&signed));
    }
}

#[tokio::test]
async fn what_was_kept_is_made_again_when_it_is_lost_or_wrong() {
    let service = record().await;
    let size = service.log_head().await.unwrap().0;
    let path = service.prove_event(3, size).await.unwrap().path;
    let store = service.store().clone();
    store.forget_kept(&"tree".parse().unwrap()).await.unwrap();
    assert_eq!(service.prove_event(3, size).await.unwrap().path, path);
    assert_eq!(verify(&*store, &Trust::default(), |_, _| ()).await.unwrap().tiles, 1, "kept again");

    // A tile of another log is found out by `verify`, and never used: it is made again.
    let tile = "0/000".parse().unwrap();
    let served = service.log_tile(tile).await.unwrap();
    for _ in 0..2 {
        store.keep(&"tree/0/000".parse().unwrap(), vec![7; 8192]).await.unwrap();
        let error = verify(&*store, &Trust::default(), |_, _| ()).await.unwrap_err();
        assert_eq!(error.position(), Some(0));
        assert_eq!(service.prove_event(3, size).await.unwrap().path, path);
        store.keep(&"tree/0/000".parse().unwrap(), vec![7; 8192]).await.unwrap();
        assert_eq!(service.log_tile(tile).await.unwrap(), served);
    }
    verify(&*store, &Trust::default(), |_, _| ()).await.unwrap();

    // An edge of another log is found out on opening.
    store
        .keep(&"tree/edge".parse().unwrap(), [256_u64.to_be_bytes().to_vec(), vec![7; 32]].concat())
        .await
        .unwrap();
    let error = verify(&*store, &Trust::default(), |_, _| ()).await.unwrap_err();
    assert!(matches!(error, VerifyError::Edge { size: 256 }), "{error}");
    let again = Service::open(store, |_, _| ()).await.unwrap();
    assert_eq!(again.log_head().await.unwrap(), service.log_head().await.unwrap());
}

#[tokio::test]
async fn a_log_continues_the_checkpoints_that_others_hold() {
    let service = record().await;
    let held = service.checkpoint_at(100).await.unwrap();
    let with = |held: &Signed| Trust { checkpoints: vec![held.clone()], ..by(&key()) };
    let verified = verify(&**service.store(), &with(&held), |_, _| ()).await.unwrap();
    assert_eq!(verified.held[0].checkpoint, held.checkpoint);
    assert_eq!(verified.held[0].key.as_ref(), Some(key().public()));

    // The same key over another history.
    let fork = record().await.checkpoint_at(100).await.unwrap();
    let error = verify(&**service.store(), &with(&fork), |_, _| ()).await.unwrap_err();
    assert!(matches!(error, VerifyError::Checkpoint { size: 100, .. }), "{error}");
    let beyond = Checkpoint { size: 100_000, ..held.checkpoint.clone() };
    let note = note::sign(&beyond.to_string(), &[&key()]).unwrap();
    let beyond = Signed::read(note).unwrap();
    let error = verify(&**service.store(), &with(&beyond), |_, _| ()).await.unwrap_err();
    assert!(matches!(error, VerifyError::Shorter { signed: 100_000, .. }), "{error}");
}

/// What an old key signed stays good as far as it signed, and no further.
#[tokio::test]
async fn a_retired_key_signs_no_more() {
    let service = record().await;
    let old = service.checkpoint().await.unwrap();
    let next = SigningKey::new("example.org/register", &[9; 32]).unwrap();
    let by_whom: RecorderId = "isu".parse().unwrap();
    let at = service.rotate_key(&key(), &next, "a test", by_whom.clone()).await.unwrap();
    let size = at + 1;
    let root = service.log_root(size).await.unwrap();
    let retired = service.sign_with(key()).await.unwrap_err();
    assert!(matches!(retired, ProofError::Retired { .. }), "{retired}");
    service.sign_with(next).await.unwrap();
    service.checkpoint().await.unwrap();

    let with = |held: Signed| Trust { checkpoints: vec![held], ..by(&key()) };
    let store = service.store();
    let verified: Verified = verify(&**store, &with(old.clone()), |_, _| ()).await.unwrap();
    assert_eq!(verified.held[0].key.as_ref(), Some(key().public()));
    let checkpoint = Checkpoint { size, root, ..old.checkpoint };
    let stolen = note::sign(&checkpoint.to_string(), &[&key()]).unwrap();
    let stolen = Signed::read(stolen).unwrap();
    let error = verify(&**store, &with(stolen), |_, _| ()).await.unwrap_err();
    assert!(matches!(error, VerifyError::Retired { position, .. } if position == at), "{error}");
}

#[tokio::test]
async fn a_log_is_not_signed_by_a_key_that_nothing_leads_to() {
    let service = record().await;
    let last = service.checkpoint().await.unwrap();
    let other = || SigningKey::new("example.org/other", &[8; 32]).unwrap();
    for stranger in [other(), SigningKey::new("example.org/register", &[8; 32]).unwrap()] {
        let refused = service.sign_with(stranger).await.unwrap_err();
        assert!(matches!(refused, ProofError::OtherKey { .. }), "{refused}");
    }
    assert_eq!(service.log_key().await.as_ref(), Some(key().public()));
    // Asked for in so many words, it goes on, and the first key is a stranger from then on.
    let anew = service.sign_anew(other()).await.unwrap();
    assert_eq!(anew.checkpoint.root, last.checkpoint.root);
    assert!(service.sign_with(key()).await.is_err());
    verify(&**service.store(), &by(&other()), |_, _| ()).await.unwrap();
    // And its keys can be rotated.
    let next = SigningKey::new("example.org/other", &[9; 32]).unwrap();
    service.rotate_key(&other(), &next, "a test", "isu".parse().unwrap()).await.unwrap();
    service.sign_with(next).await.unwrap();
    service.checkpoint().await.unwrap();
    assert_eq!(verify(&**service.store(), &by(&other()), |_, _| ()).await.unwrap().rotations, 1);
}

#[tokio::test]
async fn a_seal_that_is_wrong_is_found() {
    let service = record().await;
    let (at, _) = service.seal("isu".parse().unwrap()).await.unwrap();
    let at = at.unwrap();
    let sealed = verify(&**service.store(), &Trust::default(), |_, _| ()).await.unwrap().sealed;
    assert_eq!(sealed.map(|it| (it.size, it.state_root.is_some())), Some((at, true)));

    let seal = &bodies(&**service.store()).await[at as usize];
    let seal: serde_json::Value = serde_json::from_slice(seal).unwrap();
    let root = service.log_root(3).await.unwrap().to_string();
    for (field, value, found) in [
        ("root", root.as_str().into(), "says the root"),
        ("state_root", root.as_str().into(), "a replay comes to"),
        ("size", (at - 1).into(), "a seal is over all that stands before it"),
        ("form", 9.into(), ""),
    ] {
        let mut changed = seal.clone();
        changed["data"][field] = value;
        let error = verify_with_seal(&service, changed).await;
        match error {
            Err(error) => {
                assert!(!found.is_empty() && error.to_string().contains(found), "{error}");
            }
            // Of another form, it is not compared, and says so.
            Ok(verified) => assert_eq!(verified.sealed.unwrap().state_root, None, "{field}"),
        }
    }
}

/// Verifies the log of a service with another seal at its end, whose command fits its content.
async fn verify_with_seal(
    service: &Service,
    mut seal: serde_json::Value,
) -> Result<Verified, VerifyError> {
    let data: chancery_register::journal::Seal =
        serde_json::from_value(seal["data"].clone()).unwrap();
    let command = chancery_register::journal::Command::Seal(data);
    let (source, journal) = (command.source().unwrap(), "chancery".parse().unwrap());
    let id = chancery_register::command_id(
        &journal,
        &source,
        &chancery_register::Command::Journal(command),
    );
    seal["command"] = id.to_string().into();
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let mut bodies = bodies(&**service.store()).await;
    bodies.pop();
    fill(&*store, bodies).await;
    let bytes = serde_json::to_vec(&seal).unwrap();
    let stream = "chancery".parse().unwrap();
    let append = Append { stream, expected: Version::EMPTY, events: vec![bytes.into()] };
    store.append(append).await.unwrap();
    verify(&*store, &Trust::default(), |_, _| ()).await
}

fn by(key: &SigningKey) -> Trust {
    Trust { keys: vec![key.public().clone()], ..Trust::default() }
}

/// Verifies a log of these bodies, which must fail at a position for this reason.
async fn check(bodies: Vec<Body>, position: u64, why: &str) {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    fill(&*store, bodies).await;
    let error = verify(&*store, &Trust::default(), |_, _| ()).await.unwrap_err();
    assert_eq!(error.position(), Some(position), "{error}");
    assert!(error.to_string().contains(why), "{error}");
}

/// A store of these bodies, with what another kept beside its log.
async fn store_of(bodies: Vec<Body>, beside: &Service) -> Arc<dyn EventStore> {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    fill(&*store, bodies).await;
    for name in ["tree/0/000", "tree/edge", "log/checkpoint"] {
        let name = name.parse().unwrap();
        if let Some(bytes) = beside.store().kept(&name).await.unwrap() {
            store.keep(&name, bytes).await.unwrap();
        }
    }
    store
}

async fn bodies(store: &dyn EventStore) -> Vec<Body> {
    let commits = store.read(Position::START, usize::MAX).await.unwrap();
    commits.iter().flat_map(|commit| commit.events.clone()).collect()
}

async fn fill(store: &dyn EventStore, events: Vec<Body>) {
    let stream = "ccm".parse().unwrap();
    store.append(Append { stream, expected: Version::EMPTY, events }).await.unwrap();
}

fn key() -> SigningKey {
    SigningKey::new("example.org/register", &[7; 32]).unwrap()
}
