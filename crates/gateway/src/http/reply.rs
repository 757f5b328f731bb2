use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{accept::Media, answers::Kept, trace::Failed};
use crate::graphql::{Answer, ErrorCode};

/// How many headers an answer has, about.
const HEADERS: usize = 12;

/// A request that was refused before GraphQL had a part in it.
pub(super) struct Refusal {
    code: ErrorCode,
    message: String,
    allow: Option<&'static str>,
    /// After how many seconds to ask again.
    retry_after: Option<u64>,
}

impl Refusal {
    pub(super) fn new(code: ErrorCode, message: &str) -> Self {
        Self { code, message: message.to_owned(), allow: None, retry_after: None }
    }

    /// Who is to come back after so many seconds.
    pub(super) fn later(code: ErrorCode, message: &str, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(code, message) }
    }

    /// A method that a path does not take, with those that it does.
    pub(super) fn method(allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..Self::new(ErrorCode::MethodNotAllowed, &format!("only {allow} can be used here"))
        }
    }
}

impl Refusal {
    pub(super) fn code(&self) -> ErrorCode {
        self.code
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// As an answer of GraphQL.
    pub(super) fn answer(&self) -> Answer {
        Answer::refused(self.code, &self.message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = respond(status(self.code), Media::Json, self.answer());
        response.extensions_mut().insert(Failed(self.code.as_str().to_owned()));
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        let busy = (self.code == ErrorCode::TooManyRequests).then_some(1);
        if let Some(seconds) = self.retry_after.or(busy) {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// The answer to a GraphQL request, in the media type that was asked for.
pub(super) fn reply(answer: Answer, media: Media) -> Response {
    let refusal = answer.refusal();
    let code = match (refusal, media) {
        (None, _) => StatusCode::OK,
        // Not a matter of the query: GET asked to change something, or somebody who may not.
        (
            Some(
                code @ (ErrorCode::MethodNotAllowed
                | ErrorCode::Unauthenticated
                | ErrorCode::Forbidden),
            ),
            _,
        ) => status(code),
        // Clients that know only `application/json` take any other status for a broken server.
        (Some(_), Media::Json) => StatusCode::OK,
        (Some(code), Media::GraphqlResponse) => status(code),
    };
    let is_private = answer.tells_of_a_change();
    let failed = Failed::of(&answer);
    let mut response = respond(code, media, answer);
    if let Some(failed) = failed {
        response.extensions_mut().insert(failed);
    }
    let headers = response.headers_mut();
    if refusal == Some(ErrorCode::MethodNotAllowed) {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    if is_private {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// An answer that has no errors.
pub(super) fn kept(answer: &Kept) -> Response {
    let response = respond_with(StatusCode::OK, answer.media, answer.body.clone());
    tagged(response, answer)
}

/// The client has this answer already.
pub(super) fn not_modified(answer: &Kept) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response.headers_mut().reserve(HEADERS);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    tagged(response, answer)
}

/// The status of a refused request.
fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest
        | ErrorCode::ParseFailed
        | ErrorCode::ValidationFailed
        | ErrorCode::OperationNotFound
        | ErrorCode::QueryTooLarge
        | ErrorCode::IntrospectionDisabled
        | ErrorCode::BadUserInput => StatusCode::BAD_REQUEST,
        // Its client sends the query again, in full; another status it would take for a failure.
        ErrorCode::PersistedQueryNotFound => StatusCode::OK,
        ErrorCode::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::OriginNotAllowed => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        ErrorCode::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::Conflict => StatusCode::CONFLICT,
        ErrorCode::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::Timeout | ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn respond(status: StatusCode, media: Media, answer: Answer) -> Response {
    respond_with(status, media, answer.into_json().into())
}

fn respond_with(status: StatusCode, media: Media, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    if status == StatusCode::UNAUTHORIZED {
        // RFC 6750, section 3.
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
}

fn tagged(mut response: Response, answer: &Kept) -> Response {
    response.headers_mut().insert(header::ETAG, answer.etag.clone());
    response
}
