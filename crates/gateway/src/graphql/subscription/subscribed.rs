use std::sync::Arc;

use async_graphql::{
    Name, Pos, Positioned, Response, Value as Constant, Variables,
    parser::types::{OperationType, Selection},
};
use axum::body::Bytes;
use futures_util::StreamExt as _;
use sha2::{Digest, Sha256};
use tokio::task;

use super::delivery::{Begin, Delivery, refused};
use crate::{
    graphql::{Answer, ErrorCode, Prepared, Request, Schema, explain, operation},
    live::{Feed, Item, Live, PayloadKey},
};

/// A request that was opened by a transport that can give more than one answer.
pub(crate) enum Opened {
    /// A subscription that has begun.
    Subscription(Box<Subscribed>),
    /// Anything else, as it came.
    Single(Request),
}

/// A subscription that has begun.
pub(crate) struct Subscribed {
    live: Live,
    feed: Feed,
    run: Arc<Run>,
    key: Sha256,
}

/// One thing that a subscription is told.
pub(crate) struct Payload {
    /// The answer as JSON.
    pub(crate) body: Bytes,
    /// The position of the log from which a client that comes back goes on.
    pub(crate) position: Option<u64>,
}

/// What is run again for each item.
struct Run {
    schema: Schema,
    prepared: Prepared,
}

impl Schema {
    /// Begins a subscription, if a request is one. `resume` is where the client says that it was,
    /// in place of what the query says.
    ///
    /// # Errors
    /// A request that is refused.
    pub(crate) async fn open(
        &self,
        live: &Live,
        request: Request,
        resume: Option<u64>,
    ) -> Result<Opened, Answer> {
        let prepared = self.prepare(request.clone()).map_err(|it| it.shortened(&self.limits))?;
        if prepared.kind != OperationType::Subscription {
            return Ok(Opened::Single(request));
        }
        let begun = self.begin(live, &request, prepared, resume).await;
        begun.map(|it| Opened::Subscription(Box::new(it))).map_err(|it| it.shortened(&self.limits))
    }

    /// Whether a request is a subscription, and none that is refused.
    pub(crate) fn is_subscription(&self, request: &Request) -> bool {
        let prepared = self.prepare(request.clone());
        prepared.is_ok_and(|prepared| prepared.kind == OperationType::Subscription)
    }

    async fn begin(
        &self,
        live: &Live,
        request: &Request,
        mut prepared: Prepared,
        resume: Option<u64>,
    ) -> Result<Subscribed, Answer> {
        let place = beginning(&prepared)?;
        let delivery = Arc::new(Delivery::begin(live.clone(), resume));
        if let Some(response) = self.run_subscription(&prepared, delivery.clone()).await {
            return Err(Answer::of(response, &self.limits).unrun());
        }
        let feed = delivery.begins().and_then(Begin::begun).ok_or_else(|| {
            invalid("the subscription asks for nothing; its field is left out by a directive")
        })?;
        // Where it begins is no part of what each payload depends on.
        if let Some(place) = place {
            prepared.variables.insert(place, Constant::from(0));
        }
        let key = key(request, &prepared.variables);
        let run = Arc::new(Run { schema: self.clone(), prepared });
        Ok(Subscribed { live: live.clone(), feed, run, key })
    }
}

impl Subscribed {
    /// The next payload; waits for it. `None` once the log is closed.
    ///
    /// # Errors
    /// Nothing more can be told.
    pub(crate) async fn next(&mut self) -> Option<Result<Payload, Answer>> {
        let item = match self.feed.next().await? {
            Ok(item) => item,
            Err(error) => {
                let error = refused(&error).into_server_error(Pos::default());
                return Some(Err(Answer::refused_for(ErrorCode::Internal, vec![error])));
            }
        };
        let position = item.position();
        let key: PayloadKey = self.key.clone().chain_update(item.tag()).finalize().into();
        let run = self.run.clone();
        // A task of its own: if the program fails over it, this subscription is told.
        let make =
            async { task::spawn(run.payload(item)).await.unwrap_or_else(|error| failed(&error)) };
        let body = self.live.payload(&key, make).await;
        Some(Ok(Payload { body, position }))
    }
}

impl Run {
    /// The payload for an item; as an error if it is not to be kept.
    async fn payload(self: Arc<Self>, item: Item) -> Result<Bytes, Bytes> {
        let limits = &self.schema.limits;
        let delivery = Arc::new(Delivery::Tell(item));
        let response = self.schema.run_subscription(&self.prepared, delivery).await;
        let answer = response.map_or_else(
            || Answer::refused(ErrorCode::Internal, "the program has nothing to say of this item"),
            |response| Answer::of(response, limits).shortened(limits),
        );
        let has_errors = answer.has_errors();
        let body = Bytes::from(answer.into_json());
        if has_errors { Err(body) } else { Ok(body) }
    }
}

impl Schema {
    /// What the library first answers to a subscription: to begin it nothing, unless it is wrong.
    async fn run_subscription(
        &self,
        prepared: &Prepared,
        delivery: Arc<Delivery>,
    ) -> Option<Response> {
        let request = self.request(self.now(), prepared).data(delivery);
        let mut response = self.library.execute_stream(request).next().await?;
        explain::explain(&mut response.errors, &prepared.document.parsed);
        Some(response)
    }
}

/// The variable that says where the subscription begins, if one does. Its selection must be one
/// field (GraphQL, section 5.2.4.1), and the library knows it only where it stands itself.
fn beginning(prepared: &Prepared) -> Result<Option<Name>, Answer> {
    let operation = operation(&prepared.document.parsed, prepared.operation_name.as_deref())?;
    match operation.selection_set.node.items.as_slice() {
        [Positioned { node: Selection::Field(field), .. }]
            if !field.node.name.node.starts_with("__") =>
        {
            let after = field.node.get_argument("after").map(|value| value.node.clone());
            // A value that cannot be had without its variable says which one.
            Ok(after.and_then(|value| value.into_const_with(Err).err()))
        }
        _ => Err(invalid("a subscription selects one field, written out and not in a fragment")),
    }
}

/// What the payloads of a subscription depend on, besides their items.
fn key(request: &Request, variables: &Variables) -> Sha256 {
    let variables = serde_json::to_vec(variables).unwrap_or_default();
    let operation = request.operation_name.as_deref().unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [request.query.as_bytes(), operation.as_bytes(), &variables] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash
}

fn invalid(message: &str) -> Answer {
    Answer::refused(ErrorCode::ValidationFailed, message)
}

fn failed(error: &task::JoinError) -> Result<Bytes, Bytes> {
    tracing::error!(%error, "a subscription failed");
    let message = "the program failed over this item; its log says more";
    Err(Answer::refused(ErrorCode::Internal, message).into_json().into())
}
