use std::sync::Arc;

use chancery_gateway::{http, service::Service, settings::Settings};
use tokio::net::TcpListener;

use crate::{
    args::{Global, Serve},
    error::Error,
    print, register,
    settings::effective,
};

pub(crate) async fn run(global: &Global, args: &Serve) -> Result<(), Error> {
    let (effective, _) = effective(&args.settings)?;
    let service = register::open(global).await?;
    until_stopped(service, effective.settings).await
}

/// Serves until the program is asked to stop, then finishes requests and closes the store.
pub(crate) async fn until_stopped(service: Arc<Service>, settings: Settings) -> Result<(), Error> {
    let listen = settings.listen.get();
    let refused = |source| Error::Listen { address: listen.to_string(), source };
    let listener = TcpListener::bind(listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let conventions: Vec<String> = service.views().keys().map(ToString::to_string).collect();
    print::line(&format!(
        "serving {} at http://{address}/graphql (stop with Ctrl-C)",
        conventions.join(", ")
    ))?;
    http::serve(listener, service.clone(), settings, stopped()).await.map_err(refused)?;
    service.close().await?;
    print::line("stopped; everything that was acknowledged is on disk")
}

/// Resolves at Ctrl-C, or when the system asks the program to end.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut end) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = end.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
