use std::{fmt::Display, sync::Arc};

use async_graphql::{Context, Error, Object, Result};
use chancery_gateway_macros::direct;

use super::{error::ErrorCode, scalars::SafeInt};
use crate::service::{Moment, Service, Signed};

/// The log that this answer was computed from, as far as the answer knows it. Whoever has the
/// public key can check with programs of others that nothing in it was changed
/// (c2sp.org/tlog-checkpoint).
pub(super) struct Log {
    service: Arc<Service>,
    signed: Signed,
}

impl Log {
    /// The log up to the last event that a request reads; `None` if nobody signs for it.
    pub(super) async fn of(context: &Context<'_>) -> Result<Option<Self>> {
        let service = context.data::<Arc<Service>>()?.clone();
        let moment = context.data::<Moment>()?;
        let size = moment.position().map_or(0, |position| position + 1);
        Self::up_to(service, size).await
    }

    /// The log's first events, so many; `None` if nobody signs for it.
    pub(super) async fn up_to(service: Arc<Service>, size: u64) -> Result<Option<Self>> {
        if service.log_key().await.is_none() {
            return Ok(None);
        }
        let signed = service.checkpoint_at(size).await.map_err(unprovable)?;
        Ok(Some(Self::signed(service, signed)))
    }

    /// The log as a checkpoint says it.
    pub(super) fn signed(service: Arc<Service>, signed: Signed) -> Self {
        Self { service, signed }
    }
}

/// The log that this answer was computed from, as far as the answer knows it. Whoever has the
/// public key can check with programs of others that nothing in it was changed
/// (c2sp.org/tlog-checkpoint).
#[direct]
#[Object]
impl Log {
    /// The log's name.
    async fn origin(&self) -> &str {
        &self.signed.checkpoint.origin
    }

    /// How many events it has: the position of the last one that the answer knows, and one more.
    async fn size(&self) -> SafeInt {
        SafeInt(self.signed.checkpoint.size)
    }

    /// The root hash over these events (RFC 6962), in base64.
    async fn root(&self) -> String {
        self.signed.checkpoint.root.to_string()
    }

    /// Origin, size and root with the log's signature: a signed note, to be kept and compared.
    async fn checkpoint(&self) -> &str {
        &self.signed.note
    }

    /// The key that verifies the checkpoint. It proves something to those who have it from
    /// elsewhere.
    async fn public_key(&self) -> Option<String> {
        self.service.log_key().await.map(|key| key.to_string())
    }
}

/// The root hash over the log up to a position.
pub(super) async fn root(context: &Context<'_>, position: u64) -> Result<String> {
    let service = context.data::<Arc<Service>>()?;
    let root = service.log_root(position + 1).await.map_err(unprovable)?;
    Ok(root.to_string())
}

fn unprovable(error: impl Display) -> Error {
    ErrorCode::Internal.error(error)
}
