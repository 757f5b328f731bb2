//! Entity tags and what is asked on their condition (RFC 9110, sections 8.8.3 and 13.1.2).

use std::convert::Infallible;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use tower::Service;

/// Whether the client has the answer of this tag already. Tags are compared weakly, as
/// `If-None-Match` wants it.
pub(super) fn is_known(headers: &HeaderMap, etag: impl AsRef<[u8]>) -> bool {
    headers.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        let mut tags = value.to_str().unwrap_or_default().split(',').map(str::trim);
        tags.any(|tag| {
            tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == etag.as_ref()
        })
    })
}

/// Gives each content coding of an answer a tag of its own, as strong tags must have, by an end
/// like `-gzip`; a tag that a client sends back is read without it.
///
/// # Errors
/// None.
pub(super) async fn tag_codings<S, B>(
    mut request: Request,
    mut coded: S,
) -> Result<Response<B>, Infallible>
where
    S: Service<Request, Response = Response<B>, Error = Infallible>,
{
    let known = request.headers_mut().remove(header::IF_NONE_MATCH);
    if let Some(text) = known.as_ref().and_then(|value| value.to_str().ok()) {
        let plain = CODINGS
            .iter()
            .fold(text.to_owned(), |text, coding| text.replace(&format!("-{coding}\""), "\""));
        if let Ok(plain) = HeaderValue::try_from(plain) {
            request.headers_mut().insert(header::IF_NONE_MATCH, plain);
        }
    }
    let mut response = coded.call(request).await?;
    let headers = response.headers_mut();
    let coding = headers.get(header::CONTENT_ENCODING).and_then(|it| it.to_str().ok());
    let etag = headers.get(header::ETAG).and_then(|it| it.to_str().ok());
    if let (Some(coding), Some(etag)) = (coding, etag.and_then(|etag| etag.strip_suffix('"')))
        && let Ok(tagged) = HeaderValue::try_from(format!("{etag}-{coding}\""))
    {
        headers.insert(header::ETAG, tagged);
    }
    Ok(response)
}

/// The content codings that answers come in.
const CODINGS: [&str; 3] = ["br", "gzip", "zstd"];
