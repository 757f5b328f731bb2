//! Trees, proofs and notes against crates that others wrote: `ct-merkle` and `signed_note`.

use chancery_ledger::{
    Checkpoint, Hash,
    note::{self, SigningKey},
    prove,
};
use ct_merkle::{
    ConsistencyProof, InclusionProof, RootHash, digest::Output, mem_backed_tree::MemoryBackedTree,
};
use sha2::Sha256;
use signed_note::{Note, StandardVerifier, Verifier, VerifierList};

use super::Log;

const SIZES: [u64; 9] = [1, 2, 3, 255, 256, 257, 511, 1000, 1300];

#[test]
fn another_crate_finds_the_same_roots() {
    let log = Log::counting(1300);
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for (size, entry) in (1..).zip(&log.entries) {
        theirs.push(entry.clone());
        assert_eq!(theirs.root().as_bytes().as_slice(), log.root(size).bytes());
    }
}

/// Where a tile of the first level fills, and with it one of the second.
#[test]
fn another_crate_agrees_where_tiles_fill() {
    let log = Log::counting(65_537);
    let tiles = log.tiles();
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let sizes = [65_280, 65_535, 65_536, 65_537];
    for (size, entry) in (1..).zip(&log.entries) {
        theirs.push(entry.clone());
        if sizes.contains(&size) {
            assert_eq!(theirs.root().as_bytes().as_slice(), log.root(size).bytes());
        }
    }
    for size in sizes {
        let root = root(&log, size);
        for index in [0, 255, 256, 65_279, size - 1] {
            let path = prove::inclusion(&tiles, index, size).unwrap();
            let proof = InclusionProof::<Sha256>::try_from_bytes(bytes(&path)).unwrap();
            root.verify_inclusion(&log.entries[index as usize], index, &proof).unwrap();
        }
        for old in [1, 255, 256, 257, 65_280, size] {
            let path = prove::consistency(&tiles, old, size).unwrap();
            let proof = ConsistencyProof::<Sha256>::try_from_bytes(bytes(&path)).unwrap();
            root.verify_consistency(&self::root(&log, old), &proof).unwrap();
        }
    }
}

#[test]
fn another_crate_accepts_our_proofs() {
    let log = Log::counting(1300);
    let tiles = log.tiles();
    for size in SIZES {
        for index in [0, size / 2, size - 1] {
            let path = prove::inclusion(&tiles, index, size).unwrap();
            let proof = InclusionProof::<Sha256>::try_from_bytes(bytes(&path)).unwrap();
            let root = root(&log, size);
            let entry = &log.entries[index as usize];
            root.verify_inclusion(entry, index, &proof).unwrap();
            let flipped = [&[entry[0] ^ 1], &entry[1..]].concat();
            assert!(root.verify_inclusion(&flipped, index, &proof).is_err());
        }
        for old in SIZES.into_iter().filter(|old| *old <= size) {
            let path = prove::consistency(&tiles, old, size).unwrap();
            let proof = ConsistencyProof::<Sha256>::try_from_bytes(bytes(&path)).unwrap();
            root(&log, size).verify_consistency(&root(&log, old), &proof).unwrap();
        }
    }
}

#[test]
fn another_crate_accepts_our_notes_and_no_changed_ones() {
    let key = SigningKey::new("example.org/register", &[7; 32]).unwrap();
    let other = SigningKey::new("example.org/register", &[8; 32]).unwrap();
    let checkpoint = Checkpoint {
        origin: "example.org/register".into(),
        size: 1300,
        root: Log::counting(1300).root(1300),
    };
    let note = note::sign(&checkpoint.to_string(), &[&key]).unwrap();
    assert!(theirs_accept(&note, &key));
    assert!(!theirs_accept(&note, &other));
    assert!(!theirs_accept(&note.replace("1300", "1301"), &key));
    let forged = note::sign(&checkpoint.to_string(), &[&other]).unwrap();
    assert!(!theirs_accept(&forged, &key));
    let both = note::sign(&checkpoint.to_string(), &[&key, &other]).unwrap();
    assert!(theirs_accept(&both, &key) && theirs_accept(&both, &other));
}

#[test]
fn another_crate_reads_our_secret_keys() {
    let key = SigningKey::new("example.org/register", &[7; 32]).unwrap();
    let theirs = signed_note::StandardSigner::new(&key.secret()).unwrap();
    let mut note = Note::new(b"text\n", &[]).unwrap();
    note.add_sigs(&[&theirs]).unwrap();
    let note = String::from_utf8(note.to_bytes()).unwrap();
    assert_eq!(note, note::sign("text\n", &[&key]).unwrap());
}

fn theirs_accept(note: &str, key: &SigningKey) -> bool {
    let verifier: Box<dyn Verifier> =
        Box::new(StandardVerifier::new(&key.public().to_string()).unwrap());
    Note::from_bytes(note.as_bytes()).unwrap().verify(&VerifierList::new(vec![verifier])).is_ok()
}

fn root(log: &Log, size: u64) -> RootHash<Sha256> {
    RootHash::new(Output::<Sha256>::from(*log.root(size).bytes()), size)
}

fn bytes(path: &[Hash]) -> Vec<u8> {
    path.iter().flat_map(|hash| *hash.bytes()).collect()
}
