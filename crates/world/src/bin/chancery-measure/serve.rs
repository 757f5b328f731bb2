//! Serving while something is recorded.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use chancery_gateway::{
    http::{self, Listeners},
    service::{Input, Service},
    settings::Settings,
};
use chancery_store::SledStore;
use tokio::signal::unix;

use crate::{Failure, commands::command};

pub(crate) async fn run(data: &Path, listen: SocketAddr, appends: u32) -> Result<(), Failure> {
    let service = Service::open(Arc::new(SledStore::open(data)?), |_, _| ()).await?;
    let service = Arc::new(service);
    let settings = Settings { listen: listen.into(), ..Settings::default() };
    let listeners = Listeners::bind(&settings).await?;
    println!("serving at http://{}/graphql", listeners.address());
    if appends > 0 {
        tokio::spawn(append(service.clone(), appends));
    }
    let mut end = unix::signal(unix::SignalKind::terminate())?;
    let stopped = async move {
        end.recv().await;
    };
    http::serve(listeners, service.clone(), None, settings, stopped).await;
    Ok(service.close().await?)
}

/// Records so many commands a second to the last convention, and tells when one fails.
async fn append(service: Arc<Service>, each_second: u32) {
    let Some(last) = service.views().conventions().next_back().cloned() else { return };
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / each_second);
    for number in 0.. {
        ticks.tick().await;
        let recorded = match command(&last, number) {
            Ok(file) => {
                service.record(&[Input::of_facts("command", file)]).await.err().map(Failure::from)
            }
            Err(error) => Some(error),
        };
        if let Some(error) = recorded {
            eprintln!("error: {error}");
        }
    }
}
