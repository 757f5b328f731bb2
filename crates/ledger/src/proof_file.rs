use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{CheckError, Checkpoint, FormError, Hash, check, leaf_hash};

const HEAD: &str = "c2sp.org/tlog-proof@v1";

/// A proof that an entry is in a log, in one file (`c2sp.org/tlog-proof`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// What its maker added; no signature covers it. Chancery puts the entry's bytes here, which
    /// the proof itself then vouches for.
    pub extra: Option<Vec<u8>>,
    /// The entry's number, from 0.
    pub index: u64,
    /// The hashes that lead to the root.
    pub path: Vec<Hash>,
    /// The log's checkpoint as it was signed.
    pub checkpoint: String,
}

/// A proof that a log continues an earlier state of itself, in one file: the form in which a log
/// asks a witness to sign (`c2sp.org/tlog-witness`, add-checkpoint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyFile {
    /// The earlier size.
    pub old: u64,
    /// The hashes that lead from the earlier root to the later.
    pub path: Vec<Hash>,
    /// The later checkpoint as it was signed.
    pub checkpoint: String,
}

impl ProofFile {
    /// Checks that the entry is in the tree of a checkpoint. The checkpoint must be the one of
    /// this file, read and verified by [`Checkpoint::open`].
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn check(&self, entry: &[u8], checkpoint: &Checkpoint) -> Result<(), CheckError> {
        let leaf = leaf_hash(entry);
        check::inclusion(&self.path, self.index, leaf, checkpoint.size, checkpoint.root)
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64_STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for ProofFile {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let (head, checkpoint) = halves(text)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEAD) {
            return Err(FormError::Proof("another first line than `c2sp.org/tlog-proof@v1`"));
        }
        let extra = lines.next_if(|line| line.starts_with("extra "));
        let extra = extra.and_then(|line| line.strip_prefix("extra "));
        let extra = extra.map(|text| BASE64_STANDARD.decode(text)).transpose();
        let extra = extra.map_err(|_| FormError::Proof("extra data that is not base64"))?;
        let index = lines.next().and_then(|line| number(line, "index "));
        let index = index.ok_or(FormError::Proof("no line `index` with a number"))?;
        let path = lines.map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { extra, index, path, checkpoint: checkpoint.to_owned() })
    }
}

impl fmt::Display for ConsistencyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for ConsistencyFile {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let (head, checkpoint) = halves(text)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| number(line, "old "));
        let old = old.ok_or(FormError::Proof("no first line `old` with a number"))?;
        let path = lines.map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { old, path, checkpoint: checkpoint.to_owned() })
    }
}

/// The proof and the checkpoint below it.
fn halves(text: &str) -> Result<(&str, &str), FormError> {
    if text.contains('\r') {
        let returns = "carriage returns; its lines end with line feeds alone";
        return Err(FormError::Proof(returns));
    }
    text.split_once("\n\n").ok_or(FormError::Proof("no empty line before a checkpoint"))
}

fn number(line: &str, key: &str) -> Option<u64> {
    let text = line.strip_prefix(key)?;
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}
