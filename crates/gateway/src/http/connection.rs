use std::{convert::Infallible, net::SocketAddr, pin::pin, time::Duration};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::watch,
    time,
};
use tokio_rustls::TlsAcceptor;

use super::{endpoints::Endpoints, live::Sockets, patience::Patient};
use crate::settings::Http;

/// The longest head of a request, in bytes: the longest query by GET, and what browsers add.
const HEAD_BYTES: usize = 128 << 10;

/// How connections are spoken to. A clone is cheap.
#[derive(Clone)]
pub(super) struct Speaking {
    endpoints: Endpoints,
    tls: Option<TlsAcceptor>,
    sockets: Sockets,
    head: Duration,
    send: Duration,
}

impl Speaking {
    pub(super) fn new(
        endpoints: Endpoints,
        tls: Option<TlsAcceptor>,
        settings: &Http,
        sockets: Sockets,
    ) -> Self {
        let (head, send) = (settings.request_seconds.get(), settings.send_seconds.get());
        Self { endpoints, tls, sockets, head, send }
    }

    /// Answers what comes on a connection, until it ends or has become a socket. Once the server
    /// stops, no further request is taken on it.
    pub(super) async fn with(
        self,
        stream: TcpStream,
        address: SocketAddr,
        stopped: watch::Receiver<bool>,
    ) {
        // What happens is told at once, not when more has come together.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection collects what it sends");
        }
        let stream = Patient::new(stream, self.send, self.sockets.clone());
        let Some(tls) = self.tls.clone() else {
            return self.answer(stream, address, stopped).await;
        };
        match time::timeout(self.head, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.answer(stream, address, stopped).await,
            Ok(Err(error)) => tracing::debug!(%error, "a client does not speak TLS as it should"),
            Err(_) => tracing::debug!("a client took too long to begin with TLS"),
        }
    }

    async fn answer(
        self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        address: SocketAddr,
        mut stopped: watch::Receiver<bool>,
    ) {
        let endpoints = &self.endpoints;
        let service = service_fn(async |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            Ok::<_, Infallible>(endpoints.answer(request.map(Body::new)).await)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => Some(ended),
            // Also if nobody is left to say so.
            _ = stopped.wait_for(|stopped| *stopped) => None,
        };
        let ended = match ended {
            Some(ended) => ended,
            None => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            // Most of them are clients that went away.
            tracing::debug!(%error, "a connection broke off");
        }
    }
}
