use axum::http::{HeaderMap, HeaderValue, Uri, header};

use crate::{graphql::ErrorCode, http::reply::Refusal, settings::Http};

/// Refuses a socket to a page of another origin that may not read answers: browsers keep nobody
/// from opening one (RFC 6455, section 10.2). Who is no browser names no origin.
///
/// # Errors
/// An origin that is neither the server's own nor among those of the settings.
pub(super) fn check(headers: &HeaderMap, uri: &Uri, http: &Http) -> Result<(), Refusal> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).map(HeaderValue::to_str).and_then(Result::ok);
    let host = host.or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
    let at = origin.split_once("://").map(|(_, at)| at);
    let is_own = at.is_some_and(|at| host.is_some_and(|host| at.eq_ignore_ascii_case(host)));
    let is_allowed = |allowed: &str| allowed == "*" || allowed == origin;
    if is_own || http.cors_origins.iter().any(|it| is_allowed(it.as_str())) {
        return Ok(());
    }
    let message = "pages of this origin may not open sockets here; the server's setting `http.cors_origins` names those that may";
    Err(Refusal::new(ErrorCode::OriginNotAllowed, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_origin(origin: &str, allowed: &[&str], passes: bool) {
        let cors_origins = allowed.iter().map(|it| it.parse().unwrap()).collect();
        let http = Http { cors_origins, ..Http::default() };
        let headers = [(header::ORIGIN, origin), (header::HOST, "register.example.org:8017")];
        let headers = headers.map(|(name, value)| (name, value.parse().unwrap()));
        let checked = check(&headers.into_iter().collect(), &Uri::from_static("/graphql"), &http);
        assert_eq!(checked.is_ok(), passes, "{origin} {allowed:?}");
    }

    #[test]
    fn only_pages_that_may_read_answers_open_sockets() {
        check_origin("https://register.example.org:8017", &[], true);
        check_origin("http://register.example.org:8017", &[], true);
        check_origin("https://register.example.org", &[], false);
        check_origin("https://evil.example", &[], false);
        check_origin("https://evil.example", &["https://example.org"], false);
        check_origin("https://evil-register.example.org:8017", &[], false);
        check_origin("null", &[], false);
        check_origin("", &[], false);
        check_origin("https://example.org", &["https://example.org"], true);
        check_origin("https://example.org", &["*"], true);
        let none = HeaderMap::new();
        assert!(check(&none, &Uri::from_static("/"), &Http::default()).is_ok());
    }
}
