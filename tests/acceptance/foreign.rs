//! The log, its checkpoint and its proofs judged by crates that others wrote: `signed_note` reads
//! and verifies the notes, `ct-merkle` the tree and the proofs. Not a line of `chancery-ledger` has
//! a part in the judgement. `tests/foreign` does the same with Go.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use chancery_gateway::service::{Input, Service};
use chancery_ledger::SigningKey;
use chancery_register::record::{TableContext, convention_of};
use chancery_store::{MemoryStore, Position};
use chancery_tests::{CCM, text};
use ct_merkle::{
    ConsistencyProof, InclusionProof, RootHash, digest::Output, mem_backed_tree::MemoryBackedTree,
};
use sha2::Sha256;
use signed_note::{Note, StandardVerifier, Verifier, VerifierList};

const ORIGIN: &str = "example.org/register";
const OLD: u64 = 100;

/// What somebody who takes the log down holds in hand.
#[derive(Clone)]
struct Taken {
    key: String,
    entries: Vec<Vec<u8>>,
    checkpoint: String,
    old: String,
    /// The hashes from the older tree to the newer.
    growth: Vec<Vec<u8>>,
    /// The hashes from an entry to the root.
    proofs: Vec<(u64, Vec<Vec<u8>>)>,
}

#[tokio::test]
async fn another_program_accepts_the_log_and_no_changed_one() {
    let log = taken(7).await;
    judge(&log).unwrap();

    let refuse = |what: &str, change: &dyn Fn(&mut Taken)| {
        let mut changed = log.clone();
        change(&mut changed);
        assert!(judge(&changed).is_err(), "{what} was accepted");
    };
    let last = log.entries.len() - 1;
    refuse("a flipped byte of an entry", &|log| log.entries[20][9] ^= 1);
    refuse("a flipped bit of the last entry", &|log| log.entries[last][0] ^= 128);
    refuse("a swapped pair of events", &|log| log.entries.swap(7, 8));
    refuse("a dropped last event", &|log| drop(log.entries.pop()));
    refuse("an event more", &|log| log.entries.push(b"{}".to_vec()));
    refuse("a flipped bit of a proof", &|log| log.proofs[1].1[3][5] ^= 1);
    refuse("a proof of another entry", &|log| log.proofs[1].0 += 1);
    refuse("a flipped bit of the proof of growth", &|log| log.growth[0][0] ^= 1);
    refuse("another size", &|log| log.checkpoint = log.checkpoint.replacen("\n4", "\n5", 1));
    refuse("the older checkpoint for the newer", &|log| log.checkpoint = log.old.clone());

    // The same key over another history, recorded at another time: whole in itself, but no
    // continuation of what was seen.
    let fork = taken(7).await;
    judge(&fork).unwrap();
    refuse("a forked history", &|log| {
        let seen = log.old.clone();
        *log = fork.clone();
        log.old = seen;
    });
    refuse("a checkpoint of a forked history", &|log| log.checkpoint = fork.checkpoint.clone());

    let stranger = taken(8).await;
    judge(&stranger).unwrap();
    refuse("a signature by another key", &|log| log.checkpoint = stranger.checkpoint.clone());
    refuse("another log under this key", &|log| {
        let key = log.key.clone();
        *log = stranger.clone();
        log.key = key;
    });
}

/// Judges everything in hand. This is all that a verifier needs.
fn judge(log: &Taken) -> Result<(), String> {
    let (new, old) = (opened(&log.checkpoint, &log.key)?, opened(&log.old, &log.key)?);
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    log.entries.iter().for_each(|entry| tree.push(entry.clone()));
    if tree.root() != new {
        return Err("the entries are not those of the checkpoint".to_owned());
    }
    let growth = ConsistencyProof::<Sha256>::try_from_bytes(log.growth.concat())
        .map_err(|error| format!("{error:?}"))?;
    new.verify_consistency(&old, &growth).map_err(|error| format!("{error:?}"))?;
    for (index, path) in &log.proofs {
        let proof = InclusionProof::<Sha256>::try_from_bytes(path.concat())
            .map_err(|error| format!("{error:?}"))?;
        let entry = &log.entries[usize::try_from(*index).unwrap()];
        new.verify_inclusion(entry, *index, &proof).map_err(|error| format!("{error:?}"))?;
    }
    Ok(())
}

/// The root that a note vouches for, which the key must have signed.
fn opened(note: &str, key: &str) -> Result<RootHash<Sha256>, String> {
    let verifier: Box<dyn Verifier> = Box::new(StandardVerifier::new(key).unwrap());
    let note = Note::from_bytes(note.as_bytes()).map_err(|error| error.to_string())?;
    note.verify(&VerifierList::new(vec![verifier])).map_err(|error| error.to_string())?;
    let text = std::str::from_utf8(note.text()).map_err(|error| error.to_string())?;
    let lines: Vec<&str> = text.lines().collect();
    let [ORIGIN, size, root] = lines[..] else { return Err(format!("no checkpoint: {text}")) };
    let size = size.parse().map_err(|_| "no size".to_owned())?;
    let root = <[u8; 32]>::try_from(hash(root)).map_err(|_| "no root".to_owned())?;
    Ok(RootHash::new(Output::<Sha256>::from(root), size))
}

/// A register with the fixtures recorded, taken down in the forms that it gives to everybody.
async fn taken(seed: u8) -> Taken {
    let service = Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await.unwrap();
    let profile = text("fixtures/ccm/profile.yaml");
    let (convention, recorded_by) = convention_of(&profile).unwrap();
    let context = TableContext { convention, recorded_by };
    let input = |name: &&str| {
        let text = text(&format!("fixtures/ccm/{name}"));
        let table = name.ends_with(".csv");
        if table { Input::table(name, text, &context) } else { Input::file(name, text) }.unwrap()
    };
    service.record(&CCM.iter().map(input).collect::<Vec<_>>()).await.unwrap();
    let key = SigningKey::new(ORIGIN, &[seed; 32]).unwrap();
    let public = key.public().to_string();
    service.sign_with(key).await.unwrap();
    let checkpoint = service.checkpoint().await.unwrap();
    let size = checkpoint.checkpoint.size;
    let bytes = |path: Vec<chancery_ledger::Hash>| -> Vec<Vec<u8>> {
        path.iter().map(|it| hash(&it.to_string())).collect()
    };
    let mut proofs = Vec::new();
    for index in [0, 41, 255, 256, size - 1] {
        proofs.push((index, bytes(service.prove_event(index, size).await.unwrap().path)));
    }
    let commits = service.store().read(Position::START, usize::MAX).await.unwrap();
    Taken {
        key: public,
        entries: commits.iter().flat_map(|it| it.events.iter().map(|it| it.to_vec())).collect(),
        checkpoint: checkpoint.note,
        old: service.checkpoint_at(OLD).await.unwrap().note,
        growth: bytes(service.prove_growth(OLD, size).await.unwrap()),
        proofs,
    }
}

fn hash(text: &str) -> Vec<u8> {
    BASE64_STANDARD.decode(text).unwrap()
}
