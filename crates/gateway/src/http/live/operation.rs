use std::time::Instant;

use axum::body::Bytes;
use futures_util::{
    StreamExt as _,
    stream::{self, BoxStream},
};
use tokio::task;

use super::Counted;
use crate::{
    graphql::{Answer, ErrorCode, Opened, Payload, Request, Subscribed},
    http::{
        Site,
        accept::Media,
        trace::{Failed, Operation},
    },
};

/// What an operation comes to, one thing after the other.
pub(super) enum Output {
    /// An answer; of a subscription, one of many.
    Next(Payload),
    /// Nothing was run, or nothing more can be told. It is the last.
    Refused(Answer),
    /// There will be no more. It is the last.
    Complete,
    /// The log was closed. It is the last.
    Closed,
}

/// Runs an operation. It has begun when this returns. `resume` is where its client says that it
/// was, outside the query.
pub(super) async fn run(
    site: &Site,
    request: Request,
    resume: Option<u64>,
) -> BoxStream<'static, Output> {
    let most = site.settings.sockets.answer_bytes.get();
    let (operation, began) = (Operation::of(&request), Instant::now());
    let begun = |failed| site.metrics.operated(Some(&operation), began.elapsed(), failed);
    let state = match site.schema.open(&site.sockets.0.live, request, resume).await {
        Err(answer) => {
            begun(Failed::of(&answer));
            State::Refused(answer)
        }
        Ok(Opened::Single(request)) => {
            State::Single { site: Box::new(site.clone()), request, most }
        }
        Ok(Opened::Subscription(subscribed)) => {
            begun(None);
            State::Subscribed { subscribed, most, counted: site.sockets.count() }
        }
    };
    stream::unfold(state, State::next).boxed()
}

enum State {
    Refused(Answer),
    Single { site: Box<Site>, request: Request, most: usize },
    Subscribed { subscribed: Box<Subscribed>, most: usize, counted: Counted },
    Answered,
    Ended,
}

impl State {
    async fn next(self) -> Option<(Output, Self)> {
        match self {
            Self::Refused(answer) => Some((Output::Refused(answer), Self::Ended)),
            Self::Single { site, request, most } => Some(single(*site, request, most).await),
            Self::Subscribed { subscribed, most, counted } => {
                Some(told(subscribed, most, counted).await)
            }
            Self::Answered => Some((Output::Complete, Self::Ended)),
            Self::Ended => None,
        }
    }
}

async fn told(mut subscribed: Box<Subscribed>, most: usize, counted: Counted) -> (Output, State) {
    match subscribed.next().await {
        None => (Output::Closed, State::Ended),
        Some(Err(answer)) => (Output::Refused(answer), State::Ended),
        Some(Ok(payload)) => {
            let next = State::Subscribed { subscribed, most, counted };
            bounded(payload, most, next)
        }
    }
}

/// A query is answered once.
async fn single(site: Site, request: Request, most: usize) -> (Output, State) {
    let (operation, began, metrics) =
        (Operation::of(&request), Instant::now(), site.metrics.clone());
    let (answered, failed) = match answer(site, request).await {
        Err(answer) => ((Output::Refused(answer), State::Ended), None),
        Ok((body, failed)) => {
            (bounded(Payload { body, position: None }, most, State::Answered), failed)
        }
    };
    let failed = match &answered.0 {
        Output::Refused(answer) => Failed::of(answer),
        _ => failed,
    };
    metrics.operated(Some(&operation), began.elapsed(), failed);
    answered
}

/// The answer to a query, with the code of its first error; or why it was not run.
async fn answer(site: Site, request: Request) -> Result<(Bytes, Option<Failed>), Answer> {
    // A task of its own: if the program fails over it, the client is told.
    let answer = task::spawn(async move {
        site.answers.answer(&site.schema, request, Media::GraphqlResponse, None).await
    });
    match answer.await {
        Ok(Ok(kept)) => Ok((kept.body.clone(), None)),
        Ok(Err(answer)) if answer.refusal().is_some() => Err(answer),
        Ok(Err(answer)) => {
            let failed = Failed::of(&answer);
            Ok((answer.into_json().into(), failed))
        }
        Err(error) => {
            tracing::error!(%error, "an operation failed");
            let message = "the program failed over this operation; its log says more";
            Err(Answer::refused(ErrorCode::Internal, message))
        }
    }
}

/// No more than `most` bytes wait for a client who is slow.
fn bounded(payload: Payload, most: usize, next: State) -> (Output, State) {
    let length = Bytes::len(&payload.body);
    if length <= most {
        return (Output::Next(payload), next);
    }
    let message = format!(
        "the answer has {length} bytes, and at most {most} are sent so; ask for smaller pages, or send a query by POST"
    );
    (Output::Refused(Answer::refused(ErrorCode::QueryTooLarge, message)), State::Ended)
}
