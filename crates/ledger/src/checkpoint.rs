use std::{fmt, str::FromStr};

use crate::{FormError, Hash, NoteError, VerifierKey, note};

/// What a log says of itself at one size: the text of a signed note (`c2sp.org/tlog-checkpoint`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root hash over them.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads the checkpoint of a signed note and verifies it: one of the keys has signed it, no
    /// signature by any of them is wrong, and it is of the log that the key is named after. Returns
    /// the key, too.
    ///
    /// # Errors
    /// As [`note::open`], a text that is no checkpoint, or [`NoteError::Origin`].
    pub fn open<'k>(
        note: &str,
        keys: &'k [VerifierKey],
    ) -> Result<(Self, &'k VerifierKey), NoteError> {
        let (text, signers) = note::open(note, keys)?;
        let checkpoint: Self =
            text.parse().map_err(|_| NoteError::Form("a text that is no checkpoint"))?;
        match signers.iter().find(|key| key.name() == checkpoint.origin) {
            Some(key) => Ok((checkpoint, key)),
            None => {
                let key = signers.first().map(ToString::to_string).unwrap_or_default();
                Err(NoteError::Origin { key, origin: checkpoint.origin })
            }
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)
    }
}

impl FromStr for Checkpoint {
    type Err = FormError;

    /// Reads the text of a checkpoint. Extension lines of other logs are passed over: nothing
    /// here depends on them.
    fn from_str(text: &str) -> Result<Self, FormError> {
        let text = text.strip_suffix('\n').ok_or(FormError::Checkpoint("no end of line"))?;
        let mut lines = text.split('\n');
        let mut next = || lines.next().unwrap_or_default();
        let (origin, size, root) = (next(), next(), next());
        if origin.is_empty() {
            return Err(FormError::Checkpoint("no origin"));
        }
        let number = size.parse().ok().filter(|number: &u64| number.to_string() == size);
        let size = number.ok_or(FormError::Checkpoint("no size"))?;
        let root = root.parse().map_err(|_| FormError::Checkpoint("no root hash"))?;
        if lines.any(str::is_empty) {
            return Err(FormError::Checkpoint("an empty line"));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}
