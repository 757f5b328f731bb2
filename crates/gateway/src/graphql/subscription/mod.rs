//! What can be subscribed to.
//!
//! The library runs a subscription once to begin it, which reads its arguments and gives a
//! [`Feed`](crate::live::Feed), and once for each item of the feed, which gives the payload. So the
//! payloads of equal subscriptions are made once for all of them.

mod delivery;
mod status;
mod subscribed;

use std::sync::Arc;

use async_graphql::{Context, ID, Result, Subscription as GraphqlSubscription};
use futures_util::Stream;

use self::{delivery::Delivery, status::StatusChange};
use super::{
    error::bad_input,
    history::{Event, HistoryArgs},
    id::GlobalId,
    log::Log,
    page::{FEW, cost_of_window},
    scalars::{Date, SafeInt, StateCode},
};
use crate::{
    live::{EventsAsk, Item},
    service::Service,
};

pub(crate) use subscribed::{Opened, Payload, Subscribed};

/// The way into subscriptions.
pub(super) struct Subscription;

/// What happens, as it happens. Each subscription asks for one of these.
#[GraphqlSubscription]
impl Subscription {
    /// Appended events in the order of the log, each once, as soon as it counts for everybody;
    /// those about days to come are among them. Who was cut off goes on by `after`, without gap or
    /// repeat.
    #[graphql(complexity = "cost_of_window(1000, FEW, child_complexity)")]
    #[allow(clippy::too_many_arguments)] // eight filters and a place
    async fn events(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Only those of the convention with this code, `ccm`, or id; of all if left out."
        )]
        convention: Option<ID>,
        #[graphql(
            name = "type",
            desc = "Only of these types, `offices.elected`, or of these domains, `offices`."
        )]
        kinds: Option<Vec<String>>,
        #[graphql(desc = "Only those of the meeting with this code or id, or about its offices.")]
        meeting: Option<ID>,
        #[graphql(desc = "Only those that name this State, and corrections of them.")]
        state: Option<StateCode>,
        #[graphql(
            desc = "Only those that name the document with this symbol, and corrections of them."
        )]
        document: Option<String>,
        #[graphql(desc = "Only what was recorded by this one: `isu`.")] recorded_by: Option<String>,
        #[graphql(desc = "Only acts that were, or may have been, done on this day or later.")]
        effective_from: Option<Date>,
        #[graphql(desc = "Only acts that were, or may have been, done on this day or before.")]
        effective_until: Option<Date>,
        #[graphql(
            desc = "First the stored events behind this position of the log, then those to come: the `position` of the last event that was seen, or that of `known` in an answer. If left out, only those to come."
        )]
        after: Option<SafeInt>,
        #[graphql(
            desc = "Without `after`: whether to begin with the first event that is stored.",
            default = false
        )]
        from_start: bool,
    ) -> Result<impl Stream<Item = Event>> {
        let delivery = context.data::<Arc<Delivery>>()?;
        if let Some(begin) = delivery.begins() {
            let meeting_of = || GlobalId::read(meeting.as_deref()?).map(|id| id.convention.into());
            let convention = convention.or_else(meeting_of);
            let convention = convention.map(|id| begin.convention(&id)).transpose()?;
            let filter = HistoryArgs {
                kinds,
                meeting,
                state,
                document,
                recorded_by,
                effective: (effective_from, effective_until),
                recorded: (None, None),
                corrected: None,
            };
            let filter = filter.filter(convention.as_ref())?.ok_or_else(|| {
                bad_input("`meeting`, `document` or `recordedBy` is such as no event can name")
            })?;
            let convention = convention.map(|it| it.view().convention().clone());
            let after = begin.after(after);
            let ask = EventsAsk { convention, filter, after, from_start };
            begin.with(begin.live().events(ask).await)?;
        }
        Ok(delivery.tell(|item| match item {
            Item::Event(asked, recorded) => Some(Event::of(asked, recorded.clone())),
            Item::Status(_) | Item::Checkpoint(_) => None,
        }))
    }

    /// Changes of how States stand towards a convention: after an append that changes it, and when
    /// a day turns on which it enters into force for a State or a withdrawal takes effect. What
    /// happened while nobody listened, or while the client was slow, comes as one change.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn status_changed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The convention's code, `ccm`, or its id.")] convention: ID,
        #[graphql(
            desc = "First what has changed since this position of the log, if anything has: the position of `known` in an answer or in the last change. If left out, only changes to come."
        )]
        after: Option<SafeInt>,
    ) -> Result<impl Stream<Item = StatusChange>> {
        let delivery = context.data::<Arc<Delivery>>()?;
        if let Some(begin) = delivery.begins() {
            let convention = begin.convention(&convention)?.view().convention().clone();
            begin.with(begin.live().status(convention, begin.after(after)).await)?;
        }
        Ok(delivery.tell(|item| match item {
            Item::Status(change) => Some(StatusChange(change.clone())),
            Item::Event(..) | Item::Checkpoint(_) => None,
        }))
    }

    /// The log's signed checkpoint: the present one, then a new one whenever something was
    /// appended, at most one a second. An error if nobody signs for the log.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn checkpoints(&self, context: &Context<'_>) -> Result<impl Stream<Item = Log>> {
        let delivery = context.data::<Arc<Delivery>>()?;
        if let Some(begin) = delivery.begins() {
            begin.with(begin.live().checkpoints().await)?;
        }
        let service = context.data::<Arc<Service>>()?.clone();
        Ok(delivery.tell(move |item| match item {
            Item::Checkpoint(signed) => Some(Log::signed(service, signed.clone())),
            Item::Event(..) | Item::Status(_) => None,
        }))
    }
}
