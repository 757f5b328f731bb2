use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, Signer};

use crate::{Hash, NoteError};

/// The signature type of Ed25519 (`c2sp.org/signed-note`, signature types).
const ED25519: u8 = 1;

/// What a private key begins with, in the form that Go's `note` package writes.
const PRIVATE: &str = "PRIVATE+KEY+";

/// A key that signs. Its text is a secret: `PRIVATE+KEY+name+id+key`.
pub struct SigningKey {
    key: ed25519_dalek::SigningKey,
    public: VerifierKey,
}

/// A key that verifies: `name+id+key`, called a vkey.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl SigningKey {
    /// The key of a seed, which must be random, under a name that begins as the log's origin.
    ///
    /// # Errors
    /// [`NoteError::Name`].
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Name(name.to_owned()));
        }
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = VerifierKey { name: name.to_owned(), key: key.verifying_key() };
        Ok(Self { key, public })
    }

    /// The key that verifies what this one signs.
    pub fn public(&self) -> &VerifierKey {
        &self.public
    }

    /// Whose key it is.
    pub fn name(&self) -> &str {
        &self.public.name
    }

    /// The key as text, to be kept secret.
    pub fn secret(&self) -> String {
        let bytes: Vec<u8> = [ED25519].into_iter().chain(self.key.to_bytes()).collect();
        format!("{PRIVATE}{}+{:08x}+{}", self.name(), self.id(), BASE64_STANDARD.encode(bytes))
    }

    pub(super) fn id(&self) -> u32 {
        self.public.id()
    }

    pub(super) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.key.sign(text).to_bytes()
    }
}

impl FromStr for SigningKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let text = text.trim().strip_prefix(PRIVATE);
        let (name, id, seed) = parts(text.ok_or(NoteError::Key("no `PRIVATE+KEY+` before it"))?)?;
        let key = Self::new(name, &seed)?;
        if key.id() == id { Ok(key) } else { Err(NoteError::Key("another id than it says")) }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the signing key of {}", self.public)
    }
}

impl VerifierKey {
    /// Whose key it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn id(&self) -> u32 {
        let mut bytes = format!("{}\n", self.name).into_bytes();
        bytes.push(ED25519);
        bytes.extend(self.key.as_bytes());
        let [a, b, c, d, ..] = *Hash::of(&bytes).bytes();
        u32::from_be_bytes([a, b, c, d])
    }

    pub(super) fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|it| self.key.verify_strict(text, &it).is_ok())
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, id, bytes) = parts(text.trim())?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes);
        let key = key.map_err(|_| NoteError::Key("bytes that are no Ed25519 public key"))?;
        let key = Self { name: name.to_owned(), key };
        if key.id() == id { Ok(key) } else { Err(NoteError::Key("another id than it says")) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = [ED25519].into_iter().chain(*self.key.as_bytes()).collect();
        write!(f, "{}+{:08x}+{}", self.name, self.id(), BASE64_STANDARD.encode(bytes))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whether this can name a key. What it cannot hold is what the specification says, and no more:
/// the signatures of strangers must be passed over, whatever they are called.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|it: char| it.is_whitespace() || it < ' ' || it == '+')
}

fn parts(text: &str) -> Result<(&str, u32, [u8; 32]), NoteError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(NoteError::Key("fewer than three parts, where it is `name+id+key`"));
    };
    if !is_name(name) {
        return Err(NoteError::Name(name.to_owned()));
    }
    let number = u32::from_str_radix(id, 16).ok().filter(|number| format!("{number:08x}") == id);
    let id = number.ok_or(NoteError::Key("an id that is not eight digits, 0 to 9 and a to f"))?;
    let bytes = BASE64_STANDARD.decode(key).map_err(|_| NoteError::Key("a key not in base64"))?;
    match bytes.split_first() {
        Some((&ED25519, key)) => {
            let key = key.try_into();
            Ok((name, id, key.map_err(|_| NoteError::Key("not the 32 bytes of Ed25519"))?))
        }
        _ => Err(NoteError::Key("another kind than Ed25519")),
    }
}
