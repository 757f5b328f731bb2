use std::sync::Arc;

use chancery_gateway::{
    auth::{self, Access},
    http::{self, Listeners},
    service::Service,
    settings::Settings,
};

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
    until_stopped(global, service, effective.settings).await
}

/// Serves until the program is asked to stop, then finishes requests and closes the store.
pub(crate) async fn until_stopped(
    global: &Global,
    service: Arc<Service>,
    settings: Settings,
) -> Result<(), Error> {
    let access = Access::open(&global.data.join(auth::FILE), &settings.auth.oidc).await?;
    let listeners = Listeners::bind(&settings).await?;
    allow_files(&settings);
    let (scheme, address) = (listeners.scheme(), listeners.address());
    // Before anybody hears that it serves: from then on it ends as it should.
    let asked = Asked::listen();
    let conventions: Vec<String> = service.views().conventions().map(ToString::to_string).collect();
    print::line(&format!(
        "serving {} at {scheme}://{address}/graphql (stop with Ctrl-C)",
        conventions.join(", ")
    ))?;
    if let Some(address) = listeners.metrics_address() {
        print::line(&format!("metrics at http://{address}/metrics"))?;
    }
    http::serve(listeners, service.clone(), access, settings, stopped(asked)).await;
    service.close().await?;
    print::line("stopped; everything that was acknowledged is on disk")
}

/// Lets the program open as many files as the system grants it: a connection is one, and the usual
/// limit is for programs that still use `select`.
fn allow_files(settings: &Settings) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit { current: limit.maximum, ..limit };
        let granted = match setrlimit(Resource::Nofile, raised) {
            Ok(()) => limit.maximum,
            Err(_) => limit.current,
        };
        // The log and what it keeps beside it need some, too.
        let wanted = settings.http.connections.get() + settings.sockets.number.get() + 100;
        if granted.is_some_and(|granted| granted < wanted as u64) {
            tracing::warn!(
                granted,
                wanted,
                "the system allows fewer open files than there may be connections"
            );
        }
    }
}

/// Resolves when the program is asked to end. Asked again, it ends at once: every commit that was
/// acknowledged is on the disk, and what was not is discarded on the next start.
async fn stopped(mut asked: Asked) {
    asked.again().await;
    tracing::info!("ending; once more, and it ends at once");
    tokio::spawn(async move {
        asked.again().await;
        tracing::warn!("ended at once; requests that were under way are cut off");
        std::process::exit(ENDED_AT_ONCE);
    });
}

/// The exit code of a program that was asked to end twice.
const ENDED_AT_ONCE: i32 = 130;

/// Ctrl-C, and the system that asks the program to end. What comes while nobody waits is kept.
#[cfg(unix)]
struct Asked(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Asked {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Self(kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect())
    }

    async fn again(&mut self) {
        std::future::poll_fn(|context| {
            let mut signals = self.0.iter_mut();
            match signals.any(|signal| signal.poll_recv(context).is_ready()) {
                true => std::task::Poll::Ready(()),
                false => std::task::Poll::Pending,
            }
        })
        .await;
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
struct Asked;

#[cfg(not(unix))]
impl Asked {
    fn listen() -> Self {
        Self
    }

    async fn again(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
