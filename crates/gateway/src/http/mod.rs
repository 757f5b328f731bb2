//! The HTTP endpoints.
//!
//! | path | method | what |
//! |---|---|---|
//! | `/graphql` | GET, POST | GraphQL, after the GraphQL-over-HTTP specification; subscriptions by WebSocket and as server-sent events |
//! | `/export/` | GET | the lists as CSV, JSON Lines and SQLite, feeds and calendars; says what there is |
//! | `/log/export` | GET | the whole log as it stands, to keep as a backup |
//! | `/healthz` | GET | whether the register can be read, and up to where |
//! | `/readyz` | GET | whether requests should be sent here: it can be recorded, and does not end |
//! | `/log/checkpoint` | GET | the log's signed checkpoint (C2SP tlog-checkpoint) |
//! | `/log/tile/…` | GET | its tiles and entries (C2SP tlog-tiles) |
//! | `/log/key` | GET | the public key that verifies the checkpoint |
//! | `/` | GET | what this is |
//!
//! At an address of its own, if one is set, `/metrics` has figures for Prometheus.
//!
//! An answer without errors bears a strong entity tag, made of all that it depends on: the request,
//! the day and what is recorded. It is serialised once, kept until it gives way, and not sent to
//! who has it. Queries may be sent by their hash (automatic persisted queries), and answers come
//! in the content coding that is asked for.
//!
//! Every answer bears the id of its request, and so does every line of the log that it caused.
//!
//! Who records shows a key in `Authorization: Bearer …`, by POST; nothing else lets anybody write.
//!
//! Answers are for anybody who asks from outside a browser. Which pages of other origins may read
//! them is a setting (CORS); without it none may.

mod accept;
mod again;
mod answers;
mod attempts;
mod auth;
mod client;
mod conditional;
mod connection;
mod cors;
mod data;
mod endpoints;
mod export;
mod graphql;
mod guard;
mod listeners;
mod live;
mod log;
mod metrics;
mod pages;
mod patience;
mod persisted;
mod read;
mod reply;
mod tls;
mod trace;

use std::{ops::Deref, sync::Arc};

use tokio::{sync::oneshot, task::JoinSet, time};
use tower_http::cors::CorsLayer;

use self::{
    answers::Answers, attempts::Attempts, client::Clients, endpoints::Endpoints, live::Sockets,
    metrics::Metrics, persisted::Persisted,
};
pub use self::{
    listeners::{ListenError, Listeners},
    tls::TlsError,
};
use crate::{
    auth::Access, export::Terms, graphql::Schema, live::Live, service::Service, settings::Settings,
};

/// Where GraphQL is answered.
const GRAPHQL: &str = "/graphql";

/// What the endpoints answer from. A clone is a pointer.
#[derive(Clone)]
struct Site(Arc<Parts>);

impl Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The parts of a site.
struct Parts {
    service: Arc<Service>,
    schema: Schema,
    answers: Arc<Answers>,
    persisted: Arc<Persisted>,
    clients: Arc<Clients>,
    sockets: Sockets,
    access: Option<Arc<Access>>,
    attempts: Arc<Attempts>,
    metrics: Metrics,
    terms: Terms,
    cors: Option<CorsLayer>,
    settings: Arc<Settings>,
}

impl Site {
    fn new(service: Arc<Service>, access: Option<Access>, settings: Settings) -> Self {
        Self(Arc::new(Parts {
            schema: crate::graphql::schema(service.clone(), &settings.limits),
            answers: Arc::new(Answers::new(&settings.cache)),
            persisted: Arc::new(Persisted::new(&settings.cache)),
            clients: Arc::new(Clients::new(settings.http.requests_per_client.get(), "requests")),
            sockets: Sockets::new(Live::follow(service.clone()), &settings.sockets),
            access: access.map(Arc::new),
            attempts: Arc::new(Attempts::new()),
            metrics: Metrics::new(settings.metrics.operations.get()),
            service,
            cors: cors::layer(&settings.http),
            terms: settings.licence.as_ref().map_or_else(Terms::default, Terms::new),
            settings: Arc::new(settings),
        }))
    }
}

/// Serves until `shutdown` is done; requests that are under way then have `http.stop_seconds` to
/// end. Without `access` nobody can write.
pub async fn serve(
    mut listeners: Listeners,
    service: Arc<Service>,
    access: Option<Access>,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send,
) {
    let (begin, begun) = oneshot::channel::<()>();
    let shutdown = async move {
        shutdown.await;
        // Nobody listens only if serving has ended before.
        let _ = begin.send(());
    };
    let site = Site::new(service, access, settings);
    let mut aside = JoinSet::new();
    // Until the very end: how it ends is worth knowing.
    aside.spawn(listeners.metrics(
        Endpoints::aside(metrics::routes(&site)),
        &site.settings.http,
        site.sockets.clone(),
    ));
    let (endpoints, sockets) = (Endpoints::public(&site), site.sockets.clone());
    let http = &site.settings.http;
    let served = async {
        listeners.serve(endpoints, http, sockets.clone(), shutdown).await;
        // A socket is no request any more: serving has ended without it.
        sockets.ended().await;
    };
    // A client that stalls must not keep the program from ending.
    let overdue = async {
        if begun.await.is_err() {
            std::future::pending::<()>().await;
        }
        let live::SocketFigures { open, subscriptions, too_slow, behind } = sockets.figures();
        tracing::info!(open, subscriptions, too_slow, behind, "closing sockets and streams");
        sockets.stop();
        time::sleep(http.stop_seconds.get()).await;
    };
    tokio::select! {
        () = served => {}
        () = overdue => {}
    }
}
