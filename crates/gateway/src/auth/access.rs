use std::{path::Path, sync::Arc};

use jiff::Timestamp;

use super::{Caller, KeyError, KeyFile, KeyFileError, Secret, Writer};

/// What lets people write.
#[derive(Debug)]
pub struct Access {
    keys: KeyFile,
}

/// Why somebody who shows something is not let in.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// What is shown is no key.
    #[error("what is shown as a key is none; keys look like `chancery_` with 64 digits behind")]
    Form,
    /// The key does not count.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Nobody is let in.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
}

impl Access {
    /// Those who have a key of this file; `None` if there is no such file, and nobody can write.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub fn open(keys: &Path) -> Result<Option<Self>, KeyFileError> {
        Ok(KeyFile::open(keys)?.map(|keys| Self { keys }))
    }

    /// Who shows this token (RFC 6750), at a moment.
    ///
    /// # Errors
    /// A token that does not count.
    pub fn caller(&self, token: &str, now: Timestamp) -> Result<Caller, Denied> {
        let secret = Secret::read(token).ok_or(Denied::Form)?;
        let key = self.keys.key(&secret, now)??;
        Ok(Caller::Writer(Arc::new(Writer::from(key))))
    }
}
