//! Who asks, by `Authorization`. Nothing else counts: no page of another origin can make a browser
//! send that header for it, so a cookie's dangers are not here.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use tokio::time;

use super::{Site, attempts::Turn, reply::Refusal};
use crate::{
    auth::{Caller, Denied, TokenError},
    graphql::ErrorCode,
};

/// After how many seconds it is worth to try again what could not be judged.
const AGAIN: u64 = 10;

/// Who sends a request.
///
/// # Errors
/// Who shows a key or a token that does not count. The answer comes the later, the more often the
/// client was wrong; who shows a right one waits for nothing.
pub(super) async fn caller(
    site: &Site,
    headers: &HeaderMap,
    client: Option<IpAddr>,
) -> Result<Caller, Refusal> {
    let Some(access) = &site.access else { return Ok(Caller::Reader) };
    let mut shown = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (shown.next(), shown.next()) else {
        return match headers.contains_key(header::AUTHORIZATION) {
            true => Err(Refusal::new(
                ErrorCode::BadRequest,
                "`Authorization` stands here twice; send it once",
            )),
            false => Ok(Caller::Stranger),
        };
    };
    // Another scheme is meant for somebody else, as a proxy before this.
    let Some(token) = value.to_str().ok().and_then(bearer) else { return Ok(Caller::Stranger) };
    match Box::pin(access.caller(token, Timestamp::now())).await {
        Ok(caller) => Ok(caller),
        Err(denied) => Err(Box::pin(refused(site, client, denied)).await),
    }
}

/// Refuses who shows what does not count, when it is their turn.
async fn refused(site: &Site, client: Option<IpAddr>, denied: Denied) -> Refusal {
    site.metrics.refused(&denied);
    if let Denied::Keys(error) = &denied {
        tracing::error!(%error, "nobody can write");
        let message = "keys cannot be looked up; the register's operator finds more in its log";
        return Refusal::new(ErrorCode::Internal, message);
    }
    match site.attempts.wrong(client) {
        Turn::Now => {}
        Turn::In(wait) => time::sleep(wait).await,
        Turn::Never(wait) => {
            let seconds = wait.as_secs() + 1;
            let message = format!(
                "too many keys or tokens that do not count were shown; wait {seconds} seconds"
            );
            return Refusal::later(ErrorCode::TooManyRequests, &message, seconds);
        }
    }
    let client = client.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
    let message = denied.to_string();
    match &denied {
        Denied::Token(TokenError::Unavailable) => {
            tracing::warn!(%client, reason = %denied, "a token was shown that cannot be judged");
            return Refusal::later(ErrorCode::Unavailable, &message, AGAIN);
        }
        Denied::Token(_) => {
            tracing::warn!(%client, reason = %denied, "a token that does not count was shown");
        }
        _ => tracing::warn!(%client, reason = %denied, "a key that does not count was shown"),
    }
    Refusal::new(ErrorCode::Unauthenticated, &message)
}

/// The token of the scheme `Bearer` (RFC 6750, section 2.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
