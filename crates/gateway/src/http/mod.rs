//! The HTTP endpoints.
//!
//! | path | method | what |
//! |---|---|---|
//! | `/graphql` | GET, POST | GraphQL, after the GraphQL-over-HTTP specification |
//! | `/log/export` | GET | the whole log as it stands, to keep as a backup |
//! | `/healthz` | GET | whether the register can be read, and up to where |
//! | `/` | GET | what this is |
//!
//! Answers are for anybody who asks from outside a browser. No page of another origin may read
//! them: there are no CORS headers.

mod accept;
mod export;
mod graphql;
mod guard;
mod pages;
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

use crate::{graphql::Schema, service::Service};

/// The longest body that is read, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// How long requests that are under way may take once the end has come.
const GRACE: Duration = Duration::from_secs(10);

/// What the endpoints answer from.
#[derive(Clone)]
struct Site {
    service: Arc<Service>,
    schema: Schema,
}

/// Every endpoint, over a service.
pub fn router(service: Arc<Service>) -> Router {
    let schema = crate::graphql::schema(service.clone());
    Router::new()
        .route("/graphql", any(graphql::answer))
        .route("/log/export", get(export::export).fallback(pages::only_get))
        .route("/healthz", get(pages::health).fallback(pages::only_get))
        .route("/", get(pages::index).fallback(pages::only_get))
        .fallback(pages::nothing)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn(guard::guard))
        .with_state(Site { service, schema })
}

/// Serves until `shutdown` is done; requests that are under way then have ten seconds to end.
///
/// # Errors
/// The listener's own.
pub async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (begin, begun) = oneshot::channel::<()>();
    let shutdown = async move {
        shutdown.await;
        // Nobody listens only if serving has ended before.
        let _ = begin.send(());
    };
    let served = axum::serve(listener, router(service)).with_graceful_shutdown(shutdown);
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
