use axum::{
    Json,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{Site, reply::Refusal};
use crate::graphql::ErrorCode;

const INDEX: &str = "\
Chancery: the register of multilateral conventions.

This is not the depositary. What is legally in effect is what the depositary of a convention has
notified.

/graphql   GraphQL, by POST as application/json or by GET
           /graphql?query={conventions{id,name,status{inForce}}}
           subscriptions over a WebSocket (graphql-transport-ws) or as text/event-stream
/export/   the lists as CSV, JSON Lines and one SQLite file; Atom feeds, calendars
           /export/participants.csv?convention=ccm&asAt=2017-09-06
/log/export   the whole log, one event a line: what `chancery backup` keeps
/log       the signed checkpoint, tiles and entries of the log (c2sp.org/tlog-tiles):
           /log/checkpoint, /log/tile/0/000.p/<width>, /log/tile/entries/000.p/<width>, /log/key
/healthz   whether the register can be read, and the position of its last event
/readyz    whether it can be recorded, too
";

/// What this is.
pub(super) async fn index() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], INDEX).into_response()
}

/// Whether the register can be read. `position` is that of the log's last event; null while there
/// is none.
pub(super) async fn health(State(site): State<Site>) -> Response {
    match site.service.store().head().await {
        Ok(head) => {
            let position = head.next.get().checked_sub(1);
            Json(json!({ "status": "ok", "position": position })).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the store cannot be read");
            let body = json!({ "status": "unavailable", "position": null });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}

/// Whether requests should be sent here. A store that has stopped writing still answers, but
/// whoever runs it must look, and another instance is the better choice.
pub(super) async fn ready(State(site): State<Site>) -> Response {
    let unready = |reason: String| {
        let body = json!({ "status": "unready", "reason": reason });
        (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
    };
    if site.sockets.is_stopped() {
        return unready("the program is ending".to_owned());
    }
    if let Err(error) = site.service.store().head().await {
        return unready(format!("the register cannot be read: {error}"));
    }
    match site.service.store().figures().stopped {
        Some(reason) => unready(format!("nothing can be recorded: {reason}")),
        None => Json(json!({ "status": "ready" })).into_response(),
    }
}

/// Any other path.
pub(super) async fn nothing(request: Request) -> Response {
    let path: String = request.uri().path().chars().take(80).collect();
    let message = format!("there is nothing at {path}; / says what there is");
    Refusal::new(ErrorCode::NotFound, &message).into_response()
}

/// Any other method.
pub(super) async fn only_get() -> Response {
    Refusal::method("GET, HEAD").into_response()
}
