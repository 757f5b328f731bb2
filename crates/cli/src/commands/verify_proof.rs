//! Judging a proof with nothing but the file and a public key: no register is opened.

use std::path::Path;

use chancery_ledger::{Checkpoint, ConsistencyFile, FormError, ProofFile, check};
use serde_json::json;

use crate::{
    args::{Global, VerifyProof},
    error::Error,
    print,
};

/// The longest proof that is read, in bytes: an entry in base64, with hashes and signatures.
pub(super) const MAX_BYTES: u64 = 2 << 20;

pub(crate) fn run(global: &Global, args: &VerifyProof) -> Result<(), Error> {
    let text = read(&args.file)?;
    let text = String::from_utf8(text).map_err(|_| refused(args, "it is not text"))?;
    if text.starts_with("old ") {
        return growth(global, args, &text);
    }
    let proof: ProofFile = text.parse().map_err(|error: FormError| refused(args, error))?;
    if args.old.is_some() {
        return Err(Error::Misuse(
            "this is a proof of an entry, not of growth; leave --old away".to_owned(),
        ));
    }
    let (checkpoint, _) =
        Checkpoint::open(&proof.checkpoint, &args.key).map_err(|error| refused(args, error))?;
    let entry = match (&args.entry, &proof.extra) {
        (Some(path), _) => read(path)?,
        (None, Some(extra)) => extra.clone(),
        (None, None) => {
            return Err(Error::Misuse(
                "the proof does not hold the entry that it is about; give its bytes with --entry"
                    .to_owned(),
            ));
        }
    };
    proof.check(&entry, &checkpoint).map_err(|error| refused(args, error))?;
    let index = proof.index;
    if global.json {
        let entry = String::from_utf8_lossy(&entry);
        return print::json(&json!({
            "index": index, "size": checkpoint.size, "origin": checkpoint.origin,
            "root": checkpoint.root.to_string(), "entry": entry,
        }));
    }
    print::line(&format!(
        "proved: entry {index} of the log {} at size {}, by the key given, is:",
        checkpoint.origin, checkpoint.size
    ))?;
    print::line(&String::from_utf8_lossy(&entry))
}

fn growth(global: &Global, args: &VerifyProof, text: &str) -> Result<(), Error> {
    let proof: ConsistencyFile = text.parse().map_err(|error: FormError| refused(args, error))?;
    if args.entry.is_some() {
        return Err(Error::Misuse(
            "this is a proof of growth, not of an entry; leave --entry away".to_owned(),
        ));
    }
    let (new, _) =
        Checkpoint::open(&proof.checkpoint, &args.key).map_err(|error| refused(args, error))?;
    let path = args.old.as_deref().ok_or_else(|| {
        Error::Misuse(
            "this is a proof of growth; give the earlier checkpoint with --old".to_owned(),
        )
    })?;
    let wrong = |error: &dyn std::fmt::Display| {
        Error::Rejected(format!("{} is no earlier checkpoint of this log: {error}", path.display()))
    };
    let old = String::from_utf8(read(path)?).map_err(|_| wrong(&"it is not text"))?;
    let (old, _) = Checkpoint::open(&old, &args.key).map_err(|error| wrong(&error))?;
    if old.size != proof.old || old.origin != new.origin {
        return Err(refused(args, "it is not about the checkpoint given with --old"));
    }
    check::consistency(&proof.path, old.size, old.root, new.size, new.root)
        .map_err(|error| refused(args, error))?;
    if global.json {
        return print::json(&json!({ "origin": new.origin, "old": old.size, "new": new.size }));
    }
    print::line(&format!(
        "proved: the log {} at size {} begins with what it held at size {}",
        new.origin, new.size, old.size
    ))
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    read_up_to(path, MAX_BYTES)
}

/// The bytes of a file that has no more than so many.
pub(super) fn read_up_to(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    use std::io::Read as _;
    let unreadable = |error| Error::Misuse(format!("{} cannot be read: {error}", path.display()));
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(Error::Rejected(format!("{} is too large to be a proof", path.display())));
    }
    Ok(bytes)
}

fn refused(args: &VerifyProof, why: impl std::fmt::Display) -> Error {
    Error::Rejected(format!("{} proves nothing: {why}", args.file.display()))
}
