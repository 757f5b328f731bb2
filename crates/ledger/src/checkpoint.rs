use std::{fmt, str::FromStr};

use crate::{FormError, Hash};

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
