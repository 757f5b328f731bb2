use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream::try_unfold;

use super::{Site, reply::Refusal};
use crate::{copy::Copying, graphql::ErrorCode};

/// The whole log as it stands, in the form of [`crate::copy`]. Recording goes on meanwhile.
pub(super) async fn export(State(site): State<Site>) -> Response {
    let copying = match Copying::begin(&site.service).await {
        Ok(copying) => copying,
        Err(error) => {
            tracing::error!(%error, "the log cannot be copied");
            let message = "the log cannot be read; the program's own log says more";
            return Refusal::new(ErrorCode::Internal, message).into_response();
        }
    };
    // An error later on breaks the answer off, which no client takes for its end.
    let lines = try_unfold(copying, async |mut copying| {
        let lines = copying.lines().await.inspect_err(|error| {
            tracing::error!(%error, "a copy of the log broke off");
        })?;
        Ok::<_, crate::copy::CopyingError>(lines.map(|lines| (lines, copying)))
    });
    ([(header::CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(lines)).into_response()
}
