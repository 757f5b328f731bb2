use std::sync::Arc;

use async_graphql::{ID, Json, Object, Result};
use chancery_register::Recorded;

use super::{
    error::ErrorCode,
    page::{Connection, PageArgs, connect},
    scalars::{DateTime, PartialDate, SafeInt},
    source::Source,
};

/// An event of the log.
pub(super) struct Event(pub(super) Arc<Recorded>);

/// One act as it was recorded. Nothing of it ever changes; a mistake is corrected by a later event.
#[Object]
impl Event {
    /// Its own id, a version 7 UUID.
    async fn id(&self) -> ID {
        self.0.envelope.id.into()
    }

    /// Its place in the log of all conventions, from 0.
    async fn position(&self) -> SafeInt {
        SafeInt(self.0.position)
    }

    /// Its number in its convention, from 1.
    async fn version(&self) -> SafeInt {
        SafeInt(self.0.envelope.version)
    }

    /// What it is: domain, full stop, past tense: `offices.elected`.
    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        self.0.envelope.event.kind()
    }

    /// The number of the schema that `data` is written in, from 1.
    async fn schema(&self) -> Result<i32> {
        super::page::int(self.0.envelope.event.schema())
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.envelope.recorded_at)
    }

    /// Who recorded it: `isu`.
    async fn recorded_by(&self) -> &str {
        self.0.envelope.recorded_by.as_str()
    }

    /// When the act was done, as the source says.
    async fn effective(&self) -> PartialDate {
        PartialDate(self.0.envelope.effective)
    }

    /// The place that proves it.
    async fn source(&self) -> Source {
        (&self.0.envelope.source).into()
    }

    /// The command that it came from, a version 5 UUID of what was asked: facts recorded twice have
    /// the same.
    async fn command(&self) -> ID {
        self.0.envelope.command.into()
    }

    /// What was done, in the form that `type` and `schema` name.
    async fn data(&self) -> Result<Json<serde_json::Value>> {
        let data = self.0.envelope.event.data();
        data.map(Json).map_err(|error| ErrorCode::Internal.error(error))
    }
}

/// A page of events.
pub(super) fn events(events: Vec<Arc<Recorded>>, page: &PageArgs) -> Result<Connection<Event>> {
    let key = |recorded: &Arc<Recorded>| recorded.position.to_string();
    connect("events", events, key, page, Event)
}
