//! Which pages of other origins may read answers (Fetch, "CORS protocol").

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::settings::Http;

/// How long a browser may remember what it was told.
const MAX_AGE: Duration = Duration::from_secs(3600);

/// What tells browsers; `None` if no page of another origin may read anything. Cookies and the
/// like are never asked for: nothing here goes by them.
pub(super) fn layer(http: &Http) -> Option<CorsLayer> {
    let origins = &http.cors_origins;
    let allowed = match origins.iter().any(|origin| origin.as_str() == "*") {
        _ if origins.is_empty() => return None,
        true => AllowOrigin::any(),
        false => AllowOrigin::list(
            origins.iter().filter_map(|origin| HeaderValue::from_str(origin.as_str()).ok()),
        ),
    };
    let asked = [
        header::ACCEPT,
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        header::IF_NONE_MATCH,
        HeaderName::from_static("idempotency-key"),
        HeaderName::from_static("last-event-id"),
        HeaderName::from_static("x-request-id"),
    ];
    let told = [
        header::ETAG,
        header::LINK,
        header::RETRY_AFTER,
        HeaderName::from_static("chancery-checkpoint"),
        HeaderName::from_static("chancery-position"),
        HeaderName::from_static("x-request-id"),
    ];
    let layer = CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(asked)
        .expose_headers(told)
        .max_age(MAX_AGE);
    Some(layer)
}
