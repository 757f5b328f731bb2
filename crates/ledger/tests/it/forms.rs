//! The forms: paths, bundles, checkpoints, notes, keys and proof files.

use chancery_ledger::{
    BundleError, CheckError, Checkpoint, ConsistencyFile, Content, Hash, NoteError, ProofFile,
    TilePath, bundle,
    note::{self, SigningKey, VerifierKey},
    prove,
};

use super::Log;

/// The example of the signed-note specification.
const KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE: &str = "This is an example message.\n\n\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

#[test]
fn the_specifications_note_is_verified() {
    let key: VerifierKey = KEY.parse().unwrap();
    assert_eq!(key.to_string(), KEY);
    let keys = [key];
    let (text, signed) = note::open(NOTE, &keys).unwrap();
    assert_eq!((text, signed.len()), ("This is an example message.\n", 1));
    let changed = NOTE.replace("message", "massage");
    assert!(matches!(note::open(&changed, &keys), Err(NoteError::Wrong(_))));
    assert!(matches!(note::open(NOTE, &[]), Err(NoteError::Unknown(_))));
}

#[test]
fn signatures_of_strangers_are_passed_over() {
    let (ours, theirs) = (key(1), SigningKey::new("witness.example", &[9; 32]).unwrap());
    let note = note::sign("a\n\nb\n", &[&theirs, &ours]).unwrap();
    let keys = [ours.public().clone()];
    assert_eq!(note::open(&note, &keys).unwrap().0, "a\n\nb\n");
    // A known key whose signature is wrong spoils the note, whoever else signed.
    let broken = note.replace("a\n\nb\n", "a\n\nc\n");
    assert!(matches!(note::open(&broken, &keys), Err(NoteError::Wrong(_))));
}

/// By the specification they may be called anything that has no space and no `+`.
#[test]
fn strangers_may_have_any_name_and_sign_many_times() {
    let ours = key(1);
    let note = note::sign("a\n", &[&ours, &ours]).unwrap();
    let strangers = "\u{2014} \u{7f}\u{81}/x AAAAAAAA\n".repeat(15);
    let keys = [ours.public().clone()];
    let (text, signed) =
        note::open(&(note + &strangers), &keys).map(|(a, b)| (a.len(), b.len())).unwrap();
    assert_eq!((text, signed), (2, 1));
}

#[test]
fn what_is_no_note_is_refused() {
    let keys = [key(1).public().clone()];
    for text in
        ["", "\n", "\n\n", "text\n", "text\n\n", "text\n\nsigned\n", "text\n\n\u{2014} a b\n"]
            .map(str::to_owned)
            .into_iter()
            .chain([
                NOTE.replace('\n', "\r\n"),
                NOTE.replace("foo", "f\u{1}o"),
                format!("{NOTE}\n"),
            ])
    {
        assert!(matches!(note::open(&text, &keys), Err(NoteError::Form(_))), "{text:?}");
    }
    let many = NOTE.to_owned() + &"\u{2014} example.com/foo Uw2QOkn8\n".repeat(64);
    assert!(matches!(note::open(&many, &keys), Err(NoteError::Form(_))));
    assert!(note::sign("no end of line", &[&key(1)]).is_err());
    assert!(note::sign("a\ttab\n", &[&key(1)]).is_err());
}

#[test]
fn keys_come_back_from_their_text() {
    let key = key(3);
    let again: SigningKey = key.secret().parse().unwrap();
    assert_eq!(again.public(), key.public());
    assert!(!format!("{key:?}").contains("PRIVATE"));
    for wrong in [
        "",
        "a+b+c",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "two words+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ] {
        assert!(wrong.parse::<VerifierKey>().is_err(), "{wrong}");
        assert!(wrong.parse::<SigningKey>().is_err(), "{wrong}");
    }
    assert!(SigningKey::new("a b", &[0; 32]).is_err());
    assert!(SigningKey::new("a+b", &[0; 32]).is_err());
}

#[test]
fn paths_are_written_in_one_way() {
    for (text, content, index, width) in [
        ("0/000", Content::Hashes(0), 0, 256),
        ("63/999", Content::Hashes(63), 999, 256),
        ("1/x001/x234/067", Content::Hashes(1), 1_234_067, 256),
        ("entries/x001/000.p/255", Content::Entries, 1000, 255),
    ] {
        let path = TilePath { content, index, width };
        assert_eq!(text.parse(), Ok(path));
        assert_eq!(path.to_string(), text);
    }
    for wrong in [
        "",
        "0",
        "0/",
        "0/0",
        "00/000",
        "64/000",
        "-1/000",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/01",
        "0/000.p/",
        "0/x000/001",
        "0/001/001",
        "0/x001",
        "0/+01",
        "0/x001/x001",
        "entries/1",
        "other/000",
        "0/000/",
        "0/../000",
        "0/x999/x999/x999/x999/x999/x999/999",
        "0/000.p/5/",
        "+1/000",
        "0/000.p/+5",
    ] {
        assert!(wrong.parse::<TilePath>().is_err(), "{wrong}");
    }
}

#[test]
fn bundles_come_back() {
    let long = vec![7; 65_535];
    let entries: Vec<&[u8]> = vec![b"a", &long, b"", b"bc"];
    let bytes = bundle::encode(entries.iter().copied()).unwrap();
    assert_eq!(&bytes[..3], [0, 1, b'a']);
    assert_eq!(bundle::decode(&bytes).unwrap(), entries);
    assert_eq!(bundle::decode(&bytes[..bytes.len() - 1]), Err(BundleError::Cut(3)));
    assert_eq!(bundle::decode(&bytes[..1]), Err(BundleError::Cut(0)));
    let too_long = vec![0; 65_536];
    assert_eq!(bundle::encode([too_long.as_slice()]), Err(BundleError::TooLong(65_536)));
}

#[test]
fn checkpoints_are_read_strictly() {
    let text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let checkpoint: Checkpoint = text.parse().unwrap();
    assert_eq!((checkpoint.size, checkpoint.to_string()), (20_852_163, text.to_owned()));
    assert!(format!("{text}extension\n").parse::<Checkpoint>().is_ok());
    for wrong in [
        String::new(),
        text.trim_end().to_owned(),
        format!("{text}\n"),
        text.replace("20852163", "020852163"),
        text.replace("20852163", "+20852163"),
        text.replace("20852163", "-1"),
        text.replace("CsUY", ""),
        text.replace("example.com/behind-the-sofa", ""),
    ] {
        assert!(wrong.parse::<Checkpoint>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_checkpoint_is_of_the_log_that_its_key_is_named_after() {
    let (log, ours) = (Log::counting(3), key(1));
    let (checkpoint, note) = signed(&log, 3);
    let keys = [key(2).public().clone(), ours.public().clone()];
    assert_eq!(Checkpoint::open(&note, &keys), Ok((checkpoint.clone(), ours.public())));
    assert!(matches!(Checkpoint::open(&note, &keys[..1]), Err(NoteError::Unknown(_))));
    let other = Checkpoint { origin: "example.org/other".to_owned(), ..checkpoint };
    let note = note::sign(&other.to_string(), &[&ours]).unwrap();
    assert!(matches!(Checkpoint::open(&note, &keys), Err(NoteError::Origin { .. })));
    let text = note::sign("no checkpoint\n", &[&ours]).unwrap();
    assert!(matches!(Checkpoint::open(&text, &keys), Err(NoteError::Form(_))));
}

#[test]
fn a_proof_file_stands_alone() {
    let log = Log::counting(300);
    let (checkpoint, note) = signed(&log, 300);
    let file = ProofFile {
        extra: Some(log.entries[42].clone()),
        index: 42,
        path: prove::inclusion(&log.tiles(), 42, 300).unwrap(),
        checkpoint: note,
    };
    let text = file.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "), "{text}");
    let again: ProofFile = text.parse().unwrap();
    assert_eq!(again, file);
    assert_eq!(again.check(&log.entries[42], &checkpoint), Ok(()));
    assert_eq!(again.check(&log.entries[41], &checkpoint), Err(CheckError::Root));
    for wrong in [
        "".to_owned(),
        text.replace("@v1", "@v2"),
        text.replace("index 42", "index 042"),
        text.replace("index 42", "42"),
        text.replace("extra ", "extra ."),
        text.replace("extra ", "extra AA==\nextra "),
        text.replace('\n', "\r\n"),
        text.replacen("\n\n", "\n", 1).replacen("\n\n", "\n", 1),
    ] {
        assert!(wrong.parse::<ProofFile>().is_err(), "{wrong}");
    }
    let bare = ProofFile { extra: None, path: Vec::new(), ..file };
    assert_eq!(bare.to_string().parse(), Ok(bare));
}

#[test]
fn a_consistency_file_comes_back() {
    let log = Log::counting(300);
    let (_, checkpoint) = signed(&log, 300);
    let path = prove::consistency(&log.tiles(), 77, 300).unwrap();
    let file = ConsistencyFile { old: 77, path, checkpoint };
    assert_eq!(file.to_string().parse(), Ok(file.clone()));
    assert!(file.to_string().replace("old 77", "old").parse::<ConsistencyFile>().is_err());
}

fn key(seed: u8) -> SigningKey {
    SigningKey::new("example.org/register", &[seed; 32]).unwrap()
}

fn signed(log: &Log, size: u64) -> (Checkpoint, String) {
    let root: Hash = log.root(size);
    let checkpoint = Checkpoint { origin: "example.org/register".into(), size, root };
    let note = note::sign(&checkpoint.to_string(), &[&key(1)]).unwrap();
    (checkpoint, note)
}
