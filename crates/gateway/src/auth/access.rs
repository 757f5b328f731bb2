use std::{path::Path, sync::Arc};

use jiff::Timestamp;

use super::{
    Caller, KeyError, KeyFile, KeyFileError, OidcError, Secret, TokenError, Tokens, Writer,
};
use crate::settings::Oidc;

/// What lets people write.
pub struct Access {
    keys: Option<KeyFile>,
    tokens: Option<Tokens>,
}

/// Why nobody can be let in.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The file of keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// The settings about tokens cannot be meant.
    #[error(transparent)]
    Tokens(#[from] OidcError),
}

/// Why somebody who shows something is not let in.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// What is shown is no key.
    #[error("what is shown as a key is none; keys look like `chancery_` with 64 digits behind")]
    Form,
    /// What is shown is neither a key nor a token.
    #[error(
        "what is shown is none of what is taken here; keys look like `chancery_` with 64 digits behind, tokens are signed JSON Web Tokens of `{issuer}`"
    )]
    Neither {
        /// Who issues tokens.
        issuer: String,
    },
    /// The key does not count.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The token does not count.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Nobody is let in.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
}

impl Access {
    /// Those who have a key of this file or a token as the settings say; `None` if there is neither
    /// such a file nor an issuer of tokens, and nobody can write.
    ///
    /// # Errors
    /// A file that cannot be used, or settings that cannot be meant.
    pub async fn open(keys: &Path, oidc: &Oidc) -> Result<Option<Self>, AccessError> {
        let keys = KeyFile::open(keys)?;
        let tokens = Tokens::open(oidc).await?;
        Ok((keys.is_some() || tokens.is_some()).then_some(Self { keys, tokens }))
    }

    /// Who shows this token (RFC 6750), at a moment.
    ///
    /// # Errors
    /// A token that does not count.
    pub async fn caller(&self, token: &str, now: Timestamp) -> Result<Caller, Denied> {
        let writer = match (Secret::read(token), &self.tokens) {
            (Some(secret), _) => self.by_key(&secret, now)?,
            (None, Some(tokens)) if Tokens::look_like(token) => tokens.writer(token).await?,
            (None, Some(tokens)) => {
                return Err(Denied::Neither { issuer: tokens.issuer().to_owned() });
            }
            (None, None) => return Err(Denied::Form),
        };
        Ok(Caller::Writer(Arc::new(writer)))
    }

    fn by_key(&self, secret: &Secret, now: Timestamp) -> Result<Writer, Denied> {
        let Some(keys) = &self.keys else { return Err(KeyError::Unknown.into()) };
        Ok(keys.key(secret, now)??.into())
    }
}
