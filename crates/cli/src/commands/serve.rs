use std::sync::Arc;

use chancery_gateway::{http, service::Service, settings::Settings};
use tokio::net::TcpListener;

use crate::{
    args::{Global, Serve},
    error::Error,
    log, print, register,
    settings::effective,
};

pub(crate) async fn run(global: &Global, args: &Serve) -> Result<(), Error> {
    let (effective, _) = effective(&args.settings)?;
    log::start(&effective.settings.log);
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

/// Resolves when the program is asked to end. Asked again, it ends at once: every commit that was
/// acknowledged is on the disk, and what was not is discarded on the next start.
async fn stopped() {
    asked_to_end().await;
    tracing::info!("ending; once more, and it ends at once");
    tokio::spawn(async {
        asked_to_end().await;
        tracing::warn!("ended at once; requests that were under way are cut off");
        std::process::exit(ENDED_AT_ONCE);
    });
}

/// The exit code of a program that was asked to end twice.
const ENDED_AT_ONCE: i32 = 130;

/// Resolves at Ctrl-C, or when the system asks the program to end.
async fn asked_to_end() {
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
