use std::{collections::BTreeSet, sync::Arc};

use chancery_kernel::{ConventionId, RecorderId};
use chancery_register::Domain;

use super::{Key, Role};
use crate::graphql::ErrorCode;

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Caller {
    /// Somebody, where nobody can write.
    #[default]
    Reader,
    /// Somebody who showed nothing, where those who show a key or a token can write.
    Stranger,
    /// Somebody who may write.
    Writer(Arc<Writer>),
}

/// Somebody who may write, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Who it is: what they record is recorded by this name.
    pub name: RecorderId,
    /// What they are trusted with.
    pub roles: BTreeSet<Role>,
    /// The one convention that they may record for; every one if it is not said.
    pub convention: Option<ConventionId>,
}

/// Why somebody may not write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoWriter {
    /// The code.
    pub code: ErrorCode,
    /// Why, and what would be right.
    pub message: &'static str,
}

impl Caller {
    /// The writer.
    ///
    /// # Errors
    /// Somebody who is none.
    pub fn writer(&self) -> Result<&Writer, NoWriter> {
        match self {
            Self::Writer(writer) => Ok(writer),
            Self::Stranger => Err(NoWriter {
                code: ErrorCode::Unauthenticated,
                message: "who records has to show a key or a token; send it as `Authorization: Bearer …`",
            }),
            Self::Reader => Err(NoWriter {
                code: ErrorCode::Forbidden,
                message: "nothing can be recorded here: this server was started without keys; its operator makes one with `chancery key add` and starts it anew",
            }),
        }
    }
}

impl Writer {
    /// Whether facts of a domain are theirs to record.
    pub fn may_record(&self, domain: Domain) -> bool {
        self.roles.iter().any(|role| role.domains().contains(&domain))
    }
}

impl From<Key> for Writer {
    fn from(key: Key) -> Self {
        Self { name: key.name, roles: key.roles, convention: key.convention }
    }
}
