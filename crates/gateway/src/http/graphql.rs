use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    Site,
    accept::{self, Media},
    auth, client, conditional,
    live::{events::Stream, socket},
    read,
    reply::{Refusal, kept, not_modified, reply},
    trace::Operation,
};
use crate::{
    auth::Caller,
    graphql::{self, ErrorCode},
};

/// The methods that a query may be sent by.
const METHODS: &str = "GET, HEAD, POST";

/// Answers a GraphQL request. The checks come in the order of what they cost: method, media types,
/// size, form, and only then the query.
pub(super) async fn answer(State(site): State<Site>, request: Request) -> Response {
    if socket::is_wanted(request.headers()) {
        return socket::upgrade(site, request).await;
    }
    if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        return Refusal::method(METHODS).into_response();
    }
    let media = accept::negotiate(request.headers());
    let events = accept::takes_events(request.headers()).then(|| Stream::of(&site, &request));
    if media.is_none() && events.is_none() {
        let message = "answers are application/graphql-response+json, application/json or text/event-stream, in UTF-8; accept one of them";
        return Refusal::new(ErrorCode::NotAcceptable, message).into_response();
    }
    let headers = (request.method() != Method::POST).then(|| request.headers().clone());
    let from = client::of(&request, &site.settings.http.trusted_proxies);
    let request = match auth::caller(&site, request.headers(), from).await {
        Err(refusal) => Err(refusal),
        Ok(caller) => read(request, &site, caller).await,
    };
    let request = match request {
        Err(refusal) => return refusal.into_response(),
        Ok(request) => request,
    };
    let operation = Operation::of(&request);
    let media = match (media, events) {
        // Who takes both gets the one that goes on where something does.
        (Some(media), Some(_)) if !site.schema.is_subscription(&request) => media,
        (_, Some(events)) => {
            return operation.marks(events.begin(&site, request).await);
        }
        (media, None) => media.unwrap_or(Media::Json),
    };
    let response = match site.answers.answer(&site.schema, request, media).await {
        Err(answer) => reply(answer, media),
        Ok(answer) if headers.is_some_and(|it| conditional::is_known(&it, &answer.etag)) => {
            not_modified(&answer)
        }
        Ok(answer) => kept(&answer),
    };
    operation.marks(response)
}

async fn read(
    mut request: Request,
    site: &Site,
    caller: Caller,
) -> Result<graphql::Request, Refusal> {
    if request.method() != Method::POST {
        let request = read::from_uri(request.uri(), &site.persisted)?;
        return Ok(graphql::Request { caller, ..request });
    }
    read::check_content(request.headers())?;
    let mut limit = site.settings.http.body_bytes.get();
    if let Caller::Writer(_) = caller {
        limit = limit.max(site.settings.auth.body_bytes.get());
        DefaultBodyLimit::max(limit).apply(&mut request);
    }
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("the body has more than {limit} bytes");
            Refusal::new(ErrorCode::PayloadTooLarge, &message)
        } else {
            Refusal::new(ErrorCode::BadRequest, "the body broke off")
        }
    })?;
    let request = read::from_body(&body, &site.persisted)?;
    Ok(graphql::Request { caller, ..request })
}
