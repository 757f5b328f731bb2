//! The HTTP endpoints.

use std::sync::Arc;

use crate::service::Service;

/// Every endpoint, over a service.
pub fn router(service: Arc<Service>) -> axum::Router {
    drop(service);
    axum::Router::new()
}

/// Serves until `shutdown` is done, then lets what was begun come to its end.
///
/// # Errors
/// The listener's own.
pub async fn serve(
    listener: tokio::net::TcpListener,
    service: Arc<Service>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(service)).with_graceful_shutdown(shutdown).await
}
