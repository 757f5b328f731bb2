use std::{future, io, net::SocketAddr, pin::pin, sync::Arc};

use axum::serve::Listener;
use ipnet::IpNet;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use super::{
    client::{Clients, Place},
    connection::Speaking,
    endpoints::Endpoints,
    live::Sockets,
    tls::{self, TlsError},
};
use crate::settings::{self, Settings};

/// Where a server listens, and how it is spoken to there.
pub struct Listeners {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    metrics: Option<(TcpListener, SocketAddr)>,
}

/// Why a server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address cannot be had.
    #[error("{address} cannot be served: {source}; choose another with --{flag}")]
    Address {
        /// The flag that sets it.
        flag: &'static str,
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// HTTPS cannot be served.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

impl Listeners {
    /// Takes the addresses that the settings name. Who connects waits until they are served.
    ///
    /// # Errors
    /// An address cannot be had, or the certificate cannot be used.
    pub async fn bind(settings: &Settings) -> Result<Self, ListenError> {
        let tls = tls::acceptor(&settings.tls)?;
        let (listener, address) = listen(settings.listen.get(), "listen").await?;
        let metrics = match settings.metrics.listen {
            None => None,
            Some(address) => Some(listen(address.get(), "metrics-listen").await?),
        };
        Ok(Self { listener, address, tls, metrics })
    }

    /// The address that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the metrics, where they are served.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|(_, address)| *address)
    }

    /// How addresses begin that are served: `http` or `https`.
    pub fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }

    /// Serves until `shutdown` is done and the requests that are under way then have ended. Given
    /// up before, it cuts every connection.
    pub(super) async fn serve(
        self,
        endpoints: Endpoints,
        settings: &settings::Http,
        sockets: Sockets,
        shutdown: impl Future<Output = ()>,
    ) {
        let speaking = Speaking::new(endpoints, self.tls, settings, sockets);
        let door = Door {
            listener: self.listener,
            free: Arc::new(Semaphore::new(settings.connections.get())),
            clients: Arc::new(Clients::new(settings.connections_per_client.get(), "connections")),
            trusted: settings.trusted_proxies.clone(),
        };
        door.serve(speaking, shutdown).await;
    }

    /// Serves what is at the address of the metrics, where there is one, until this is dropped. Who
    /// may ask there is few.
    pub(super) fn metrics(
        &mut self,
        endpoints: Endpoints,
        settings: &settings::Http,
        sockets: Sockets,
    ) -> impl Future<Output = ()> + Send + use<> {
        let door = self.metrics.take().map(|(listener, _)| Door {
            listener,
            free: Arc::new(Semaphore::new(WATCHERS)),
            clients: Arc::new(Clients::new(WATCHERS, "connections")),
            trusted: Vec::new(),
        });
        let speaking = Speaking::new(endpoints, None, settings, sockets);
        async move {
            if let Some(door) = door {
                door.serve(speaking, future::pending()).await;
            }
        }
    }
}

/// How many connections may be open at the address of the metrics.
const WATCHERS: usize = 32;

async fn listen(
    address: SocketAddr,
    flag: &'static str,
) -> Result<(TcpListener, SocketAddr), ListenError> {
    let refused = |source| ListenError::Address { flag, address, source };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((listener, address))
}

/// Where connections come in.
struct Door {
    listener: TcpListener,
    free: Arc<Semaphore>,
    clients: Arc<Clients>,
    trusted: Vec<IpNet>,
}

/// A connection's place, among all and among those of its client.
type Held = (OwnedSemaphorePermit, Place);

impl Door {
    /// Lets people in until `shutdown` is done, and waits for what is under way then.
    async fn serve(mut self, speaking: Speaking, shutdown: impl Future<Output = ()>) {
        let stopped = watch::Sender::new(false);
        let mut connections = JoinSet::new();
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                Some(ended) = connections.join_next() => {
                    if let Err(error) = ended {
                        tracing::error!(%error, "a connection failed");
                    }
                }
                Some((stream, address, held)) = self.next() => {
                    let (speaking, stopped) = (speaking.clone(), stopped.subscribe());
                    connections.spawn(async move {
                        speaking.with(stream, address, stopped).await;
                        drop(held);
                    });
                }
            }
        }
        // Nobody who comes now is kept waiting.
        drop(self);
        stopped.send_replace(true);
        while connections.join_next().await.is_some() {}
    }

    /// The next connection, once there is a place for it; `None` if its client has too many.
    async fn next(&mut self) -> Option<(TcpStream, SocketAddr, Held)> {
        // The semaphore is never closed.
        let free = self.free.clone().acquire_owned().await.ok()?;
        // Where the system is out of files, this waits until it is not.
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let client = address.ip().to_canonical();
        let is_proxy = self.trusted.iter().any(|net| net.contains(&client));
        match self.clients.admit((!is_proxy).then_some(client)) {
            Ok(place) => Some((stream, address, (free, place))),
            Err(_) => {
                tracing::debug!("a client has as many connections as it may; one more is cut");
                None
            }
        }
    }
}
