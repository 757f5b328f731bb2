//! Figures for whoever runs this, in the text form of Prometheus. They are served at an address of
//! their own: what clients ask for, and how often, is not for the public.

mod names;
mod process;
mod scrape;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, prometheus_text},
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

use self::{names::Names, scrape::Scrape};
use super::{
    Site, pages,
    trace::{Failed, Operation},
};
use crate::{
    auth::{Denied, KeyError, TokenError},
    graphql::ErrorCode,
};

/// An operation that was refused before it was read.
const UNREAD: &str = "unread";

/// What is counted as it happens. A clone is cheap.
#[derive(Clone)]
pub(super) struct Metrics {
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram>,
    bytes: Family<RouteLabels, Counter>,
    operations: Family<OperationLabels, Histogram>,
    errors: Family<ErrorLabels, Counter>,
    credentials: Family<CredentialLabels, Counter>,
    names: Arc<Names>,
}

/// What a request came to.
pub(super) struct Answered<'a> {
    /// The route that it took, as the router calls it.
    pub(super) route: Option<&'a str>,
    pub(super) method: &'a Method,
    pub(super) status: StatusCode,
    /// How long it took until the answer had been sent; `None` of one that goes on for as long as
    /// its client wants.
    pub(super) sent: Option<Duration>,
    pub(super) bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabels {
    operation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ErrorLabels {
    operation: String,
    code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CredentialLabels {
    reason: &'static str,
}

impl Metrics {
    /// Counts from nothing; so many operations are told apart by their names.
    pub(super) fn new(operations: usize) -> Self {
        // A first one is an increase only of something that was there.
        let (credentials, errors) = (Family::default(), Family::default());
        for reason in ["malformed", "unknown", "expired", "revoked", "unavailable", "token"] {
            drop(credentials.get_or_create(&CredentialLabels { reason }));
        }
        for code in [ErrorCode::Internal, ErrorCode::Timeout, ErrorCode::TooManyRequests] {
            let (operation, code) = (UNREAD.to_owned(), code.as_str().to_owned());
            drop(errors.get_or_create(&ErrorLabels { operation, code }));
        }
        Self {
            credentials,
            requests: Family::default(),
            seconds: Family::new_with_constructor(times),
            bytes: Family::default(),
            operations: Family::new_with_constructor(times),
            errors,
            names: Arc::new(Names::new(operations)),
        }
    }

    /// Counts a request whose answer has been sent, or whose client has gone.
    pub(super) fn answered(&self, it: &Answered<'_>) {
        let route = it.route.unwrap_or("other").to_owned();
        let labels = RequestLabels {
            route: route.clone(),
            method: method(it.method),
            status: it.status.as_u16(),
        };
        self.requests.get_or_create(&labels).inc();
        let labels = RouteLabels { route };
        self.bytes.get_or_create(&labels).inc_by(it.bytes);
        if let Some(sent) = it.sent {
            self.seconds.get_or_create(&labels).observe(sent.as_secs_f64());
        }
    }

    /// Counts an operation that was answered after so long, with an error or without. What was
    /// refused before it was read is `None`.
    pub(super) fn operated(&self, it: Option<&Operation>, took: Duration, failed: Option<Failed>) {
        let operation = match it {
            None => UNREAD.to_owned(),
            Some(it) => {
                let operation = self.names.label(it.0.as_deref(), failed.is_none());
                let labels = OperationLabels { operation: operation.clone() };
                self.operations.get_or_create(&labels).observe(took.as_secs_f64());
                operation
            }
        };
        if let Some(Failed(code)) = failed {
            let labels = ErrorLabels { operation, code };
            self.errors.get_or_create(&labels).inc();
        }
    }

    /// Counts a key or a token for which nobody is let in.
    pub(super) fn refused(&self, denied: &Denied) {
        let reason = match denied {
            Denied::Form | Denied::Neither { .. } | Denied::Token(TokenError::Form) => "malformed",
            Denied::Key(KeyError::Unknown) => "unknown",
            Denied::Key(KeyError::Expired { .. }) | Denied::Token(TokenError::Expired) => "expired",
            Denied::Key(KeyError::Revoked { .. }) => "revoked",
            Denied::Keys(_) | Denied::Token(TokenError::Unavailable) => "unavailable",
            Denied::Token(_) => "token",
        };
        self.credentials.get_or_create(&CredentialLabels { reason }).inc();
    }

    fn registry(&self) -> Registry {
        let mut registry = Registry::default();
        registry.register(
            "chancery_http_requests",
            "Requests that were answered",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "chancery_http_request_duration",
            "How long requests took until their answer had been sent",
            Unit::Seconds,
            self.seconds.clone(),
        );
        registry.register(
            "chancery_http_response_bytes",
            "What was sent in the bodies of answers",
            self.bytes.clone(),
        );
        registry.register_with_unit(
            "chancery_graphql_operation_duration",
            "How long operations took until their answer was ready",
            Unit::Seconds,
            self.operations.clone(),
        );
        registry.register(
            "chancery_graphql_errors",
            "Operations that were answered with errors, by the code of the first",
            self.errors.clone(),
        );
        registry.register(
            "chancery_credentials_refused",
            "Requests with a key or a token that does not count",
            self.credentials.clone(),
        );
        registry
    }
}

/// What is at the address of the metrics.
pub(super) fn routes(site: &Site) -> Router {
    Router::new()
        .route("/metrics", get(figures))
        .route("/healthz", get(pages::health))
        .route("/readyz", get(pages::ready))
        .with_state(site.clone())
}

async fn figures(State(site): State<Site>) -> Response {
    let mut registry = site.metrics.registry();
    registry.register_collector(Box::new(Scrape::of(site).await));
    let mut text = String::new();
    match prometheus_text::encode(&mut text, &registry) {
        Ok(()) => ([(header::CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// From half a millisecond, doubling, to 16 seconds.
fn times() -> Histogram {
    Histogram::new(exponential_buckets(0.0005, 2.0, 16))
}

/// A method; those that we take no part in are one.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
