//! Signed notes (`c2sp.org/signed-note`) with Ed25519.

mod keys;

use base64::{Engine, prelude::BASE64_STANDARD};

pub use keys::{SigningKey, VerifierKey};

use crate::NoteError;

/// The most bytes that a note is read with. A checkpoint with its signatures has a few hundred.
const MAX_BYTES: usize = 1 << 20;

/// The most signatures that a note is read with. The specification asks for 16 at the least.
const MAX_SIGNATURES: usize = 64;

/// A note as it stands: its text and who signed it. Nothing of it has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'a> {
    /// The text, which ends with a line break.
    pub text: &'a str,
    signatures: Vec<Signature<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature<'a> {
    name: &'a str,
    id: u32,
    bytes: Vec<u8>,
}

/// Signs a text, which must end with a line break, with each of the keys.
///
/// # Errors
/// [`NoteError::Form`] for a text that a note cannot hold.
pub fn sign(text: &str, keys: &[&SigningKey]) -> Result<String, NoteError> {
    check_characters(text)?;
    if !text.ends_with('\n') {
        return Err(NoteError::Form("no end of line"));
    }
    let mut note = format!("{text}\n");
    for key in keys {
        let mut bytes = key.id().to_be_bytes().to_vec();
        bytes.extend(key.sign(text.as_bytes()));
        let signature = BASE64_STANDARD.encode(bytes);
        note.push_str(&format!("\u{2014} {} {signature}\n", key.name()));
    }
    Ok(note)
}

/// Reads a note and verifies it: one of the keys has signed it, and no signature by any of them
/// is wrong. Returns its text and the keys that signed.
///
/// # Errors
/// [`NoteError::Form`], [`NoteError::Wrong`], [`NoteError::Unknown`].
pub fn open<'a, 'k>(
    note: &'a str,
    keys: &'k [VerifierKey],
) -> Result<(&'a str, Vec<&'k VerifierKey>), NoteError> {
    let note = Note::read(note)?;
    let mut signed = Vec::new();
    for signature in &note.signatures {
        let known = |key: &&VerifierKey| key.name() == signature.name && key.id() == signature.id;
        let Some(key) = keys.iter().find(known) else { continue };
        if !key.verify(note.text.as_bytes(), &signature.bytes) {
            return Err(NoteError::Wrong(key.to_string()));
        }
        if !signed.contains(&key) {
            signed.push(key);
        }
    }
    if signed.is_empty() {
        Err(NoteError::Unknown(note.signers()))
    } else {
        Ok((note.text, signed))
    }
}

impl<'a> Note<'a> {
    /// Reads a note, and verifies nothing.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn read(note: &'a str) -> Result<Self, NoteError> {
        if note.len() > MAX_BYTES {
            return Err(NoteError::Form("more than a mebibyte"));
        }
        check_characters(note)?;
        let (at, _) = note.rmatch_indices("\n\n").next().ok_or(NoteError::Form("no empty line"))?;
        let (text, signatures) = (&note[..=at], &note[at + 2..]);
        let lines = signatures.strip_suffix('\n').ok_or(NoteError::Form("no end of line"))?;
        let signatures = lines.split('\n').map(signature).collect::<Option<Vec<_>>>();
        let signatures = signatures.ok_or(NoteError::Form("a line that is no signature"))?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(NoteError::Form("more than 64 signatures"));
        }
        Ok(Self { text, signatures })
    }

    /// The keys that it says it is signed by: names and key ids.
    pub fn signers(&self) -> String {
        let names = self.signatures.iter().map(|it| format!("{}+{:08x}", it.name, it.id));
        names.collect::<Vec<_>>().join(", ")
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.contains('\r') {
        return Err(NoteError::Form("carriage returns; its lines end with line feeds alone"));
    }
    if text.contains(|it| it < ' ' && it != '\n') {
        return Err(NoteError::Form("a control character"));
    }
    Ok(())
}

fn signature(line: &str) -> Option<Signature<'_>> {
    let (name, bytes) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = BASE64_STANDARD.decode(bytes).ok()?;
    let (id, bytes) = bytes.split_first_chunk()?;
    let (id, bytes) = (u32::from_be_bytes(*id), bytes.to_vec());
    (keys::is_name(name) && !bytes.is_empty()).then_some(Signature { name, id, bytes })
}
