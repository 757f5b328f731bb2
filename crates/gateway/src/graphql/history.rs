use std::sync::Arc;

use async_graphql::{Context, ID, Json, Object, Result};
use chancery_kernel::nearest;
use chancery_projections::{self as projections, HistoryFilter};
use chancery_register::Recorded;

use crate::service::Service;

use super::{
    error::{ErrorCode, bad_input},
    page::{Connection, PageArgs, connect, cost},
    scalars::{Date, DateTime, PartialDate, SafeInt, StateCode},
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

    /// The event as it is stored, byte for byte: canonical JSON (RFC 8785). These bytes are what
    /// is hashed.
    #[graphql(complexity = 10)]
    async fn canonical(&self, context: &Context<'_>) -> Result<String> {
        // The one field that reads the store: memory holds what an event means, not its bytes.
        let service = context.data::<Arc<Service>>()?;
        let bodies = service.stored(&[self.0.position]).await;
        let bodies = bodies.map_err(|error| ErrorCode::Internal.error(error))?;
        let body = bodies.first();
        let body = body.ok_or_else(|| ErrorCode::Internal.error("the event is in no store"))?;
        String::from_utf8(body.to_vec()).map_err(|error| ErrorCode::Internal.error(error))
    }
}

/// Why a figure is what it is.
pub(super) struct Why(pub(super) projections::Why);

/// Why a figure is what it is: the rule, and the events behind it.
#[Object]
impl Why {
    /// The rule in one sentence, with its article.
    async fn rule(&self) -> &str {
        &self.0.rule
    }

    /// The events that the figure rests on, in the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn events(
        &self,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Event>> {
        let page = PageArgs { first, after, last, before };
        events(self.0.events.clone(), &page)
    }
}

/// A page of events.
pub(super) fn events(events: Vec<Arc<Recorded>>, page: &PageArgs) -> Result<Connection<Event>> {
    let key = |recorded: &Arc<Recorded>| recorded.position.to_string();
    connect("events", events, key, page, Event)
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
    /// As the projection takes it; `None` where something is asked for that is no id at all, and so
    /// names nothing that is recorded.
    pub(super) fn filter(self) -> Result<Option<HistoryFilter>> {
        let kinds = self.kinds.unwrap_or_default().into_iter().map(event_type);
        let kinds = kinds.collect::<Result<_>>()?;
        let meeting = self.meeting.map(|id| id.parse()).transpose();
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

/// The type or domain of events that a text names.
fn event_type(text: String) -> Result<String> {
    let types = || chancery_register::Event::types().map(|(kind, _)| kind);
    let domains = types().filter_map(|kind| kind.split_once('.').map(|(domain, _)| domain));
    let mut known: Vec<&str> = types().chain(domains).collect();
    if known.contains(&text.as_str()) {
        return Ok(text);
    }
    known.sort_unstable();
    known.dedup();
    let help = nearest(&text, known.iter().copied()).map_or_else(
        || "write one as `offices.elected`, or a domain as `offices`".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let shown: String = text.chars().take(80).collect();
    Err(bad_input(format!("there is no type of events `{shown}`; {help}")))
}
