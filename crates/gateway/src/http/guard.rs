use std::time::Duration;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::{task::JoinSet, time};

use super::reply::Refusal;
use crate::graphql::ErrorCode;

/// How long one request may take, reading its body included.
const LIMIT: Duration = Duration::from_secs(15);

/// What holds for every answer: it comes in time, it comes also when the program fails, and it
/// says how it may be kept.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    within(LIMIT, request, next).await
}

async fn within(limit: Duration, request: Request, next: Next) -> Response {
    // A task of its own: a panic ends it alone, and it is given up together with this future when
    // the client goes away. The time is that of waiting, above all for the body: a query that runs
    // never waits, and is bounded by what it may cost.
    let mut task = JoinSet::new();
    task.spawn(next.run(request));
    let mut response = match time::timeout(limit, task.join_next()).await {
        Ok(Some(Ok(response))) => response,
        Ok(Some(Err(error))) => {
            tracing::error!(%error, "a request failed");
            refusal(ErrorCode::Internal, "the program failed over this request; its log says more")
        }
        Ok(None) => refusal(ErrorCode::Internal, "this request was given up"),
        Err(_) => {
            let message = format!("the request took more than {} seconds", limit.as_secs());
            refusal(ErrorCode::Timeout, &message)
        }
    };
    let headers = response.headers_mut();
    // Today's answer may differ from yesterday's: ask again before using it again, unless the
    // answer itself says otherwise.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn refusal(code: ErrorCode, message: &str) -> Response {
    Refusal::new(code, message).into_response()
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware::from_fn, routing::get};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    use super::*;

    /// What a client gets from a handler that has 20 milliseconds.
    async fn answer(handler: axum::routing::MethodRouter) -> String {
        let guard = |request, next| within(Duration::from_millis(20), request, next);
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
