use std::{panic::AssertUnwindSafe, time::Duration};

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt as _;
use tokio::time;

use super::{
    Site,
    client::{self, Held, Place},
    reply::Refusal,
};
use crate::{graphql::ErrorCode, settings::Http};

/// What holds for every answer: its client has not too many under way, it comes in time, it comes
/// also when the program fails, and it says how it may be kept and shown.
pub(super) async fn guard<F>(
    site: &Site,
    request: Request,
    answer: impl Fn(Request) -> F,
) -> Response<Held>
where
    F: Future<Output = Response>,
{
    let http = &site.settings.http;
    let client = client::of(&request, &http.trusted_proxies);
    let (mut response, place) = match site.clients.admit(client) {
        Ok(place) => (within(http.request_seconds.get(), answer(request)).await, Some(place)),
        Err(refusal) => (refusal.into_response(), None),
    };
    mark(&mut response, http);
    Place::held_by(place, response)
}

async fn within(limit: Duration, answer: impl Future<Output = Response>) -> Response {
    // A panic ends this request alone. It leaves nothing half-done that others could see: what is
    // shared is swapped as a whole, and its locks go on when one who held them is gone. The time is
    // that of waiting, above all for the body: a query that runs never waits, and is bounded by
    // what it may cost.
    let answer = AssertUnwindSafe(answer).catch_unwind();
    match time::timeout(limit, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("a request failed");
            refusal(ErrorCode::Internal, "the program failed over this request; its log says more")
        }
        Err(_) => {
            let message = format!("the request took more than {} seconds", limit.as_secs());
            refusal(ErrorCode::Timeout, &message)
        }
    }
}

/// What every answer says of itself. What is sensible for the page of a program that shows the
/// register is for it to say.
fn mark(response: &mut Response, http: &Http) {
    let headers = response.headers_mut();
    let mut usual = |name, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    // Today's answer may differ from yesterday's: ask again before using it again, unless the
    // answer itself says otherwise.
    usual(header::CACHE_CONTROL, "no-cache");
    // Answers are data: a browser is to show them as what they are, to run nothing in them, and to
    // frame them nowhere.
    usual(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    usual(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    usual(header::X_FRAME_OPTIONS, "DENY");
    usual(header::REFERRER_POLICY, "no-referrer");
    let seconds = http.hsts_seconds.get();
    if seconds > 0
        && let Ok(value) = HeaderValue::try_from(format!("max-age={seconds}"))
    {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
}

fn refusal(code: ErrorCode, message: &str) -> Response {
    Refusal::new(code, message).into_response()
}

#[cfg(test)]
mod tests {
    use axum::{
        Router,
        middleware::{Next, from_fn},
        routing::get,
    };
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        task::JoinSet,
    };

    use super::*;

    /// What a client gets from a handler that has 20 milliseconds.
    async fn answer(handler: axum::routing::MethodRouter) -> String {
        let guard = async |request, next: Next| {
            let mut response = within(Duration::from_millis(20), next.run(request)).await;
            mark(&mut response, &Http::default());
            response
        };
        let router = Router::new().route("/", handler).layer(from_fn(guard));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let mut server = JoinSet::new();
        server.spawn(axum::serve(listener, router).into_future());
        client.write_all(b"GET / HTTP/1.1\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[track_caller]
    fn says(answer: &str, status: &str, code: &str) {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert!(answer.contains("content-type: application/json"), "{answer}");
        assert!(answer.contains(&format!(r#""extensions":{{"code":"{code}"}}"#)), "{answer}");
    }

    #[tokio::test]
    async fn a_panic_is_answered() {
        let handler = get(|| async {
            if true {
                panic!("as asked");
            }
        });
        says(&answer(handler).await, "500", "INTERNAL");
    }

    #[tokio::test]
    async fn what_takes_too_long_is_given_up() {
        let handler = get(std::future::pending::<()>);
        says(&answer(handler).await, "503", "TIMEOUT");
    }

    #[tokio::test]
    async fn what_is_well_passes() {
        let answer = answer(get(|| async { "well" })).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("well"), "{answer}");
        assert!(answer.contains("cache-control: no-cache"), "{answer}");
    }
}
