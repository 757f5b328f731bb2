use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::super::{Site, conditional::is_known};

/// Tags what is given with all that it depends on, and does not send it to who has it.
pub(super) async fn tag(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let Some(before) = of(&site, &path) else { return next.run(request).await };
    if is_known(request.headers(), &before) {
        return with(StatusCode::NOT_MODIFIED.into_response(), &before);
    }
    let response = next.run(request).await;
    // What was recorded meanwhile may be in it or not: then nobody can say what it depends on.
    if response.status() == StatusCode::OK && of(&site, &path).as_ref() == Some(&before) {
        return with(response, &before);
    }
    response
}

fn with(mut response: Response, tag: &str) -> Response {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// A strong entity tag, with its quotation marks; `None` for a moment in which what is given does
/// not follow from the position.
fn of(site: &Site, path: &str) -> Option<String> {
    let moment = site.schema.now();
    if !moment.is_whole() {
        return None;
    }
    let position = moment.position().map_or_else(String::new, |it| it.to_string());
    let mut hash = Sha256::new();
    let program = env!("CARGO_PKG_VERSION");
    for part in [program, path, site.terms.licence(), &moment.today().to_string(), &position] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digits: String =
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Some(format!("\"{digits}\""))
}
