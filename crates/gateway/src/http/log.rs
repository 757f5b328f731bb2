//! The log as a tiled transparency log (`c2sp.org/tlog-tiles`), below `/log`.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use chancery_ledger::TilePath;

use super::{Site, reply::Refusal};
use crate::{graphql::ErrorCode, service::ProofError};

/// How long a checkpoint may be taken for the newest: a few seconds at the most, says the
/// specification.
const FRESH: &str = "public, max-age=1";

/// A tile never changes.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The signed checkpoint.
pub(super) async fn checkpoint(State(site): State<Site>) -> Response {
    match site.service.checkpoint().await {
        Ok(signed) => {
            let text = "text/plain; charset=utf-8";
            let headers = [(header::CONTENT_TYPE, text), (header::CACHE_CONTROL, FRESH)];
            (headers, signed.note).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// The public key that verifies the checkpoint. Who does not have it from elsewhere can follow the
/// log with it, but not tell whose log it is.
pub(super) async fn key(State(site): State<Site>) -> Response {
    match site.service.log_key().await {
        Some(key) => {
            let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (headers, format!("{key}\n")).into_response()
        }
        None => refused(&ProofError::NoKey),
    }
}

/// A tile, or the entries below one.
pub(super) async fn tile(State(site): State<Site>, Path(path): Path<String>) -> Response {
    let Ok(path) = path.parse::<TilePath>() else {
        return nothing(
            "this is not the path of a tile; it is like /log/tile/0/x001/234 or /log/tile/entries/000.p/12",
        );
    };
    match site.service.log_tile(path).await {
        Ok(Some(bytes)) => {
            let binary = "application/octet-stream";
            let headers = [(header::CONTENT_TYPE, binary), (header::CACHE_CONTROL, FOREVER)];
            (headers, bytes).into_response()
        }
        Ok(None) => nothing("the log has no such tile yet; /log/checkpoint says how large it is"),
        Err(error) => refused(&error),
    }
}

fn nothing(message: &str) -> Response {
    Refusal::new(ErrorCode::NotFound, message).into_response()
}

fn refused(error: &ProofError) -> Response {
    if let ProofError::NoKey = error {
        return nothing(&error.to_string());
    }
    tracing::error!(%error, "the log cannot be served");
    Refusal::new(ErrorCode::Internal, "the log cannot be read; the program's log says why")
        .into_response()
}
