use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Json, Object, Result};
use chancery_gateway_macros::{Direct, direct};
use chancery_projections::{Entry, EventKind, HistoryFilter, Standing};
use chancery_register::{Event as Recordable, Recorded};

use crate::service::Service;

use super::{
    dials::Asked,
    error::{ErrorCode, bad_input},
    id::{Kind, code, global},
    page::{Connection, FEW, PageArgs, connect, cost_of_window, window},
    scalars::{Date, DateTime, PartialDate, SafeInt, StateCode},
    source::Source,
};

/// An event of the log.
pub(super) struct Event {
    asked: Asked,
    recorded: Arc<Recorded>,
}

impl Event {
    /// An event as it was recorded, with what its corrections are asked of.
    pub(super) fn of(asked: &Asked, it: Arc<Recorded>) -> Self {
        // What counts may bear corrected values.
        let recorded = asked.view().recorded(it.envelope.version).cloned().unwrap_or(it);
        Self { asked: asked.clone(), recorded }
    }

    fn entry(&self) -> Option<Entry> {
        self.asked.view().entry(self.recorded.envelope.version)
    }
}

/// How an event of the log counts.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventStanding {
    /// As it was recorded.
    AsRecorded,
    /// With the values of its corrections.
    Corrected,
    /// For nothing: it was annulled.
    Annulled,
}

/// One act as it was recorded. Nothing of it ever changes; a mistake is corrected by a later event.
#[direct]
#[Object]
impl Event {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Event, &self.asked, &self.recorded.envelope.version.to_string())
    }

    /// Its own UUID, of version 7 (RFC 9562).
    async fn uuid(&self) -> String {
        self.recorded.envelope.id.to_string()
    }

    /// Its place in the log of all conventions, from 0.
    async fn position(&self) -> SafeInt {
        SafeInt(self.recorded.position)
    }

    /// Its number in its convention, from 1.
    async fn version(&self) -> SafeInt {
        SafeInt(self.recorded.envelope.version)
    }

    /// What it is: domain, full stop, past tense: `offices.elected`.
    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        self.recorded.envelope.event.kind()
    }

    /// The number of the schema that `data` is written in, from 1.
    async fn schema(&self) -> Result<i32> {
        super::page::int(self.recorded.envelope.event.schema())
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.recorded.envelope.recorded_at)
    }

    /// Who recorded it: `isu`.
    async fn recorded_by(&self) -> &str {
        self.recorded.envelope.recorded_by.as_str()
    }

    /// When the act was done, as the source says.
    async fn effective(&self) -> PartialDate {
        PartialDate(self.recorded.envelope.effective)
    }

    /// The place that proves it.
    async fn source(&self) -> Source {
        (&self.recorded.envelope.source).into()
    }

    /// The command that it came from, a version 5 UUID of what was asked: facts recorded twice have
    /// the same.
    async fn command(&self) -> String {
        self.recorded.envelope.command.to_string()
    }

    /// What was done, in the form that `type` and `schema` name: as it was recorded.
    async fn data(&self) -> Result<Json<serde_json::Value>> {
        data(&self.recorded)
    }

    /// The event as it is stored, byte for byte: canonical JSON (RFC 8785). These bytes are what
    /// is hashed.
    #[graphql(complexity = 10)]
    async fn canonical(&self, context: &Context<'_>) -> Result<String> {
        // The one field that reads the store: memory holds what an event means, not its bytes.
        let service = context.data::<Arc<Service>>()?;
        let bodies = service.stored(&[self.recorded.position]).await;
        let bodies = bodies.map_err(|error| ErrorCode::Internal.error(error))?;
        let body = bodies.first();
        let body = body.ok_or_else(|| ErrorCode::Internal.error("the event is in no store"))?;
        String::from_utf8(body.to_vec()).map_err(|error| ErrorCode::Internal.error(error))
    }

    /// How it counts, as far as is known.
    async fn standing(&self) -> EventStanding {
        match self.entry().map(|entry| entry.standing) {
            None | Some(Standing::AsRecorded) => EventStanding::AsRecorded,
            Some(Standing::Corrected(_)) => EventStanding::Corrected,
            Some(Standing::Annulled) => EventStanding::Annulled,
        }
    }

    /// The same as `data` with the values of its corrections; null unless it counts with such.
    async fn corrected(&self) -> Result<Option<Json<serde_json::Value>>> {
        match self.entry().map(|entry| entry.standing) {
            Some(Standing::Corrected(now)) => data(&now).map(Some),
            _ => Ok(None),
        }
    }

    /// The events that correct or annul it, in the order of recording; one that was annulled itself
    /// is among them.
    #[graphql(complexity = "cost_of_window(limit, FEW, child_complexity)")]
    async fn rectified_by(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Self>> {
        let found = self.entry().map(|entry| entry.rectified_by).unwrap_or_default();
        let found = window(found, limit, offset)?;
        Ok(found.into_iter().map(|it| Self::of(&self.asked, it)).collect())
    }

    /// The event that it corrects or annuls.
    async fn rectifies(&self) -> Option<Self> {
        self.entry()?.rectifies.map(|it| Self::of(&self.asked, it))
    }

    /// The event of which it sets a finding aside.
    async fn dismisses(&self) -> Option<Self> {
        self.entry()?.dismisses.map(|it| Self::of(&self.asked, it))
    }

    /// Why it corrects, annuls or dismisses; null for any other event.
    async fn reason(&self) -> Option<&str> {
        match &self.recorded.envelope.event {
            Recordable::Corrections(it) => Some(it.reason()),
            _ => None,
        }
    }
}

/// A page of events.
pub(super) fn events(
    asked: &Asked,
    events: Vec<Arc<Recorded>>,
    page: &PageArgs,
) -> Result<Connection<Event>> {
    let key = |recorded: &Arc<Recorded>| recorded.position.to_string();
    connect("events", events, key, page, |it| Event::of(asked, it))
}

fn data(recorded: &Recorded) -> Result<Json<serde_json::Value>> {
    let data = recorded.envelope.event.data();
    data.map(Json).map_err(|error| ErrorCode::Internal.error(error))
}

/// Which events are asked for.
pub(super) struct HistoryArgs {
    pub(super) kinds: Option<Vec<String>>,
    pub(super) meeting: Option<ID>,
    pub(super) state: Option<StateCode>,
    pub(super) document: Option<String>,
    pub(super) recorded_by: Option<String>,
    /// The first and the last day of the act.
    pub(super) effective: (Option<Date>, Option<Date>),
    /// The first and the last moment of recording.
    pub(super) recorded: (Option<DateTime>, Option<DateTime>),
    pub(super) corrected: Option<bool>,
}

impl HistoryArgs {
    /// As the projection takes it, of one convention or of all; `None` where something is asked for that is no id at all, and so
    /// names nothing that is recorded.
    pub(super) fn filter(self, asked: Option<&Asked>) -> Result<Option<HistoryFilter>> {
        let kinds = self.kinds.unwrap_or_default();
        let kinds = kinds.iter().map(|kind| kind.parse().map_err(bad_input));
        let kinds = kinds.collect::<Result<Vec<EventKind>>>()?;
        let meeting = self.meeting.map(|id| match asked {
            Some(asked) => code(Kind::Meeting, asked, &id).map(|it| it.parse()),
            None => Ok(id.parse()),
        });
        let meeting = meeting.transpose()?.transpose();
        let document = self.document.map(|symbol| symbol.parse()).transpose();
        let by = self.recorded_by.map(|id| id.parse()).transpose();
        let (Ok(meeting), Ok(document), Ok(recorded_by)) = (meeting, document, by) else {
            return Ok(None);
        };
        Ok(Some(HistoryFilter {
            kinds,
            meeting,
            state: self.state.map(|state| state.0),
            document,
            recorded_by,
            effective_from: self.effective.0.map(|day| day.0),
            effective_until: self.effective.1.map(|day| day.0),
            recorded_from: self.recorded.0.map(|moment| moment.0),
            recorded_until: self.recorded.1.map(|moment| moment.0),
            corrected: self.corrected,
        }))
    }
}
