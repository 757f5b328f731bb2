use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{Method, StatusCode, Uri, request::Parts},
    response::{IntoResponse, Response},
};

use super::{
    Site,
    accept::{self, Media},
    again::Text,
    answers::Kept,
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
pub(super) async fn answer(site: &Site, request: Request) -> Response {
    if socket::is_wanted(request.headers()) {
        return Box::pin(socket::upgrade(site.clone(), request)).await;
    }
    if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        return Refusal::method(METHODS).into_response();
    }
    let media = accept::negotiate(request.headers());
    let events = accept::takes_events(request.headers()).then(|| Stream::of(site, &request));
    if media.is_none() && events.is_none() {
        let message = "answers are application/graphql-response+json, application/json or text/event-stream, in UTF-8; accept one of them";
        return Refusal::new(ErrorCode::NotAcceptable, message).into_response();
    }
    let from = client::of(&request, &site.settings.http.trusted_proxies);
    let (parts, body) = request.into_parts();
    let sent = match auth::caller(site, &parts.headers, from).await {
        Err(refusal) => Err(refusal),
        Ok(caller) => text(&parts, body, site, &caller).await.map(|text| (text, caller)),
    };
    let (text, caller) = match sent {
        Err(refusal) => return refusal.into_response(),
        Ok(sent) => sent,
    };
    if let Some(media) = media
        && let Some((answer, operation)) = site.answers.again(&site.schema, &text, media)
    {
        return operation.marks(given(&parts, &answer));
    }
    let request = match read(&parts.uri, &text, site) {
        Err(refusal) => return refusal.into_response(),
        Ok(request) => graphql::Request { caller, ..request },
    };
    let operation = Operation::of(&request);
    let media = match (media, events) {
        // Who takes both gets the one that goes on where something does.
        (Some(media), Some(_)) if !site.schema.is_subscription(&request) => media,
        (_, Some(events)) => {
            return operation.marks(Box::pin(events.begin(site, request)).await);
        }
        (media, None) => media.unwrap_or(Media::Json),
    };
    let known = Some((&text, &operation));
    let response = match site.answers.answer(&site.schema, request, media, known).await {
        Err(answer) => reply(answer, media),
        Ok(answer) => given(&parts, &answer),
    };
    operation.marks(response)
}

/// An answer without errors, but for who has it.
fn given(asked: &Parts, answer: &Kept) -> Response {
    if asked.method != Method::POST && conditional::is_known(&asked.headers, &answer.etag) {
        return not_modified(answer);
    }
    kept(answer)
}

/// The text of a request, of which nothing is read yet: by POST its body, else what its address
/// says.
async fn text(parts: &Parts, body: Body, site: &Site, caller: &Caller) -> Result<Text, Refusal> {
    if parts.method != Method::POST {
        let query = parts.uri.query().unwrap_or_default();
        return Ok(Text { in_address: true, bytes: Bytes::copy_from_slice(query.as_bytes()) });
    }
    read::check_content(&parts.headers)?;
    let mut limit = site.settings.http.body_bytes.get();
    if let Caller::Writer(_) = caller {
        limit = limit.max(site.settings.auth.body_bytes.get());
    }
    let mut request = Request::new(body);
    DefaultBodyLimit::max(limit).apply(&mut request);
    let bytes = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("the body has more than {limit} bytes");
            Refusal::new(ErrorCode::PayloadTooLarge, &message)
        } else {
            Refusal::new(ErrorCode::BadRequest, "the body broke off")
        }
    })?;
    Ok(Text { in_address: false, bytes })
}

/// What a text asks.
fn read(uri: &Uri, text: &Text, site: &Site) -> Result<graphql::Request, Refusal> {
    match text.in_address {
        true => read::from_uri(uri, &site.persisted),
        false => read::from_body(&text.bytes, &site.persisted),
    }
}
