//! The HTTP endpoints.
//!
//! | path | method | what |
//! |---|---|---|
//! | `/graphql` | GET, POST | GraphQL, after the GraphQL-over-HTTP specification |
//! | `/export/` | GET | the lists as CSV, JSON Lines and SQLite, feeds and calendars; says what there is |
//! | `/log/export` | GET | the whole log as it stands, to keep as a backup |
//! | `/healthz` | GET | whether the register can be read, and up to where |
//! | `/log/checkpoint` | GET | the log's signed checkpoint (C2SP tlog-checkpoint) |
//! | `/log/tile/…` | GET | its tiles and entries (C2SP tlog-tiles) |
//! | `/log/key` | GET | the public key that verifies the checkpoint |
//! | `/` | GET | what this is |
//!
//! An answer without errors bears a strong entity tag, made of all that it depends on: the request,
//! the day and what is recorded. It is serialised once, kept until it gives way, and not sent to
//! who has it. Queries may be sent by their hash (automatic persisted queries), and answers come
//! in the content coding that is asked for.
//!
//! Answers are for anybody who asks from outside a browser. No page of another origin may read
//! them: there are no CORS headers.

mod accept;
mod answers;
mod conditional;
mod data;
mod export;
mod graphql;
mod guard;
mod log;
mod pages;
mod persisted;
mod read;
mod reply;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get},
};
use tokio::{net::TcpListener, sync::oneshot, time};
use tower_http::compression::CompressionLayer;

use self::{answers::Answers, persisted::Persisted};
use crate::{export::Terms, graphql::Schema, service::Service};

/// The longest body that is read, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// How long requests that are under way may take once the end has come.
const GRACE: Duration = Duration::from_secs(10);

/// What the endpoints answer from.
#[derive(Clone)]
struct Site {
    service: Arc<Service>,
    schema: Schema,
    answers: Arc<Answers>,
    persisted: Arc<Persisted>,
    terms: Terms,
}

/// Every endpoint, over a service; `terms` are those on which its data are given.
pub fn router(service: Arc<Service>, terms: Terms) -> Router {
    let site = Site {
        schema: crate::graphql::schema(service.clone()),
        answers: Arc::new(Answers::new()),
        persisted: Arc::new(Persisted::new()),
        service,
        terms,
    };
    Router::new()
        .route("/graphql", any(graphql::answer))
        .merge(data::routes(&site))
        .route("/log/export", get(export::export).fallback(pages::only_get))
        .route("/healthz", get(pages::health).fallback(pages::only_get))
        .route("/log/checkpoint", get(log::checkpoint).fallback(pages::only_get))
        .route("/log/key", get(log::key).fallback(pages::only_get))
        .route("/log/tile/{*path}", get(log::tile).fallback(pages::only_get))
        .route("/", get(pages::index).fallback(pages::only_get))
        .fallback(pages::nothing)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn(guard::guard))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(conditional::tag_codings))
        .with_state(site)
}

/// Serves until `shutdown` is done; requests that are under way then have ten seconds to end.
///
/// # Errors
/// The listener's own.
pub async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    terms: Terms,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (begin, begun) = oneshot::channel::<()>();
    let shutdown = async move {
        shutdown.await;
        // Nobody listens only if serving has ended before.
        let _ = begin.send(());
    };
    let served = axum::serve(listener, router(service, terms)).with_graceful_shutdown(shutdown);
    // A client that stalls must not keep the program from ending.
    let overdue = async {
        if begun.await.is_err() {
            std::future::pending::<()>().await;
        }
        time::sleep(GRACE).await;
    };
    tokio::select! {
        served = served.into_future() => served,
        () = overdue => Ok(()),
    }
}
