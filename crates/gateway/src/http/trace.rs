//! A line in the program's log for each request, and the id by which its lines belong together.

use std::{
    borrow::Cow,
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::Response,
};
use http_body::{Frame, SizeHint};
use tracing::{Instrument as _, Span};
use uuid::Uuid;

use super::{GRAPHQL, Site, metrics::Answered};
use crate::graphql;

/// Where a request's id stands: proxies give it, and answers repeat it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How long a name may be that is not ours, in characters.
const LONGEST: usize = 64;

/// Which operation was asked for, as answers tell it to what counts and logs them.
#[derive(Debug, Clone, Default)]
pub(super) struct Operation(pub(super) Option<Arc<str>>);

/// The code of the first error of an answer that has one.
#[derive(Debug, Clone)]
pub(super) struct Failed(pub(super) String);

impl Failed {
    /// `None` if an answer has no error.
    pub(super) fn of(answer: &graphql::Answer) -> Option<Self> {
        answer.first_code().map(Self)
    }
}

impl Operation {
    /// The operation of a request, by its name alone: what else was asked is nobody's business.
    pub(super) fn of(request: &graphql::Request) -> Self {
        let named = request.operation_name.as_deref().or_else(|| first_name(&request.query));
        Self(named.filter(|name| is_name(name)).map(Arc::from))
    }

    /// Tells those who see an answer later which operation it is to.
    pub(super) fn marks(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives a request its id, and tells the log what it came to once its answer has been sent.
pub(super) async fn trace<F, B>(
    site: &Site,
    route: Option<Cow<'static, str>>,
    request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response
where
    F: Future<Output = Result<Response<B>, Infallible>>,
    B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send + Unpin + 'static,
{
    let id = id(request.headers());
    // An error's line needs the id, however little is logged.
    let span = tracing::error_span!("request", id = id.to_str().unwrap_or_default());
    let method = request.method().clone();
    let uri = request.uri().clone();
    let began = Instant::now();
    let Ok(mut response) = answer(request).instrument(span.clone()).await;
    response.headers_mut().insert(REQUEST_ID, id);
    let operation: Option<Operation> = response.extensions_mut().remove();
    let failed = response.extensions_mut().remove::<Failed>();
    let goes_on = goes_on(&response);
    let is_graphql = route.as_deref() == Some(GRAPHQL);
    // What goes on is counted where it begins.
    if is_graphql && !goes_on {
        site.metrics.operated(operation.as_ref(), began.elapsed(), failed);
    }
    let operation = operation.and_then(|Operation(name)| name);
    let status = response.status();
    let asked = Asked {
        site: site.clone(),
        span,
        method,
        uri,
        route,
        operation,
        status,
        goes_on,
        bytes: 0,
        began,
    };
    response.map(|body| Body::new(Sent { body, asked }))
}

/// Whether an answer goes on for as long as its client wants.
fn goes_on<B>(response: &Response<B>) -> bool {
    let content_type = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    response.status() == StatusCode::SWITCHING_PROTOCOLS
        || content_type.is_some_and(|it| it.starts_with(b"text/event-stream"))
}

/// The id that a proxy gave, if it is one; else a new one.
fn id(headers: &HeaderMap) -> HeaderValue {
    let sane = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        (1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(part)
    };
    headers.get(REQUEST_ID).filter(sane).cloned().unwrap_or_else(|| {
        let id = Uuid::now_v7().simple().to_string();
        HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("none"))
    })
}

/// What a request came to.
struct Asked {
    site: Site,
    span: Span,
    method: Method,
    uri: Uri,
    route: Option<Cow<'static, str>>,
    operation: Option<Arc<str>>,
    status: StatusCode,
    goes_on: bool,
    bytes: u64,
    began: Instant,
}

impl Drop for Asked {
    fn drop(&mut self) {
        let took = self.began.elapsed();
        self.site.metrics.answered(&Answered {
            route: self.route.as_deref(),
            method: &self.method,
            status: self.status,
            sent: (!self.goes_on).then_some(took),
            bytes: self.bytes,
        });
        if !self.site.settings.log.requests {
            return;
        }
        let _within = self.span.enter();
        // Whole microseconds: no log needs more, and milliseconds alone would all be 0.
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::info!(
            method = %self.method,
            path = beginning(self.uri.path()),
            operation = self.operation.as_deref(),
            status = self.status.as_u16(),
            bytes = self.bytes,
            micros,
            "answered"
        );
    }
}

/// As much of a path as a line of the log holds.
fn beginning(path: &str) -> &str {
    path.char_indices().nth(200).map_or(path, |(end, _)| &path[..end])
}

/// A body whose bytes are counted. When it has been sent, or its client has gone, the log is told.
struct Sent<B> {
    body: B,
    asked: Asked,
}

impl<B: HttpBody<Data = Bytes> + Unpin> HttpBody for Sent<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame
            && let Some(bytes) = frame.data_ref()
        {
            self.asked.bytes += bytes.len() as u64;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The name of the operation that a document begins with.
fn first_name(query: &str) -> Option<&str> {
    let mut rest = query.trim_start();
    while let Some(comment) = rest.strip_prefix('#') {
        rest = comment.split_once('\n')?.1.trim_start();
    }
    let kinds = ["query", "mutation", "subscription"];
    let after = kinds.iter().find_map(|kind| rest.strip_prefix(kind))?;
    let name = after.strip_prefix(char::is_whitespace)?.trim_start();
    let end = name.find(|character: char| !is_part(character)).unwrap_or(name.len());
    name.get(..end)
}

/// Whether a text is a name of GraphQL, and no longer than a name should be.
fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    begins && text.len() <= LONGEST && text.chars().all(is_part)
}

fn is_part(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn named(query: &str, operation_name: Option<&str>, expected: Option<&str>) {
        let request = graphql::Request {
            query: query.to_owned(),
            operation_name: operation_name.map(str::to_owned),
            ..graphql::Request::default()
        };
        assert_eq!(Operation::of(&request).0.as_deref(), expected, "{query}");
    }

    #[test]
    fn an_operation_is_called_by_its_name_alone() {
        named("query Status($d: Date) { a }", None, Some("Status"));
        named("# a comment\n  subscription New{a}", None, Some("New"));
        named("query A { a } query B { b }", Some("B"), Some("B"));
        named("{ a }", None, None);
        named("query { a }", None, None);
        named("queryStatus { a }", None, None);
        named("query \"secret\"", None, None);
        named("{ a }", Some("a secret\nand a line"), None);
        named("{ a }", Some(&"a".repeat(65)), None);
    }

    #[test]
    fn an_id_is_taken_if_it_is_one() {
        let taken = |given: &'static str| {
            let headers = [(REQUEST_ID, HeaderValue::from_static(given))].into_iter().collect();
            id(&headers) == given
        };
        assert!(taken("0197-a_b.C"));
        assert!(!taken(""));
        assert!(!taken("a b"));
        assert!(!taken("\"quoted\""));
        assert_eq!(id(&HeaderMap::new()).len(), 32);
        assert_ne!(id(&HeaderMap::new()), id(&HeaderMap::new()));
    }
}
