//! A WebSocket of the protocol `graphql-transport-ws`.

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::{
    extract::{
        FromRequestParts as _, Request, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::{
    StreamExt as _,
    stream::{AbortHandle, BoxStream, SelectAll, abortable},
};
use serde_json::{Map, Value};
use tokio::time::{self, Instant};

use super::{
    Admitted,
    message::{self, ClientMessage, Close, PROTOCOL},
    operation::{self, Output},
    origin,
};
use crate::{
    graphql::{Answer, ErrorCode},
    http::{Site, client, read, reply::Refusal},
};

/// How long the other side may take to answer a close.
const CLOSING: Duration = Duration::from_secs(1);

/// How much is read at a time, in bytes, for each socket.
const READ_BYTES: usize = 4 * 1024;

/// Whether a request wants to become a WebSocket.
pub(in crate::http) fn is_wanted(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE).and_then(|value| value.to_str().ok());
    upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Makes a request a WebSocket.
pub(in crate::http) async fn upgrade(site: Site, request: Request) -> Response {
    let opened = open(site, request).await;
    opened.unwrap_or_else(IntoResponse::into_response)
}

async fn open(site: Site, request: Request) -> Result<Response, Refusal> {
    let http = &site.settings.http;
    origin::check(request.headers(), request.uri(), http)?;
    let client = client::of(&request, &http.trusted_proxies);
    let (mut parts, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await.map_err(|error| {
        let message = format!("this is no handshake of a WebSocket: {}", error.body_text());
        Refusal::new(ErrorCode::BadRequest, &message)
    })?;
    let admitted = site.sockets.admit(client)?;
    let most = site.settings.sockets.message_bytes.get();
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .max_message_size(most)
        .max_frame_size(most)
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(0);
    let is_ours = upgrade.selected_protocol().is_some();
    Ok(upgrade.on_upgrade(move |socket| async move {
        Session::new(site, socket, admitted).run(is_ours).await;
    }))
}

type Outputs = BoxStream<'static, (Arc<str>, Output)>;

/// One socket.
struct Session {
    site: Site,
    socket: WebSocket,
    /// Whether the client has begun.
    begun: bool,
    /// What is waited for until when.
    waits: Waits,
    /// The operations that are under way.
    running: HashMap<Arc<str>, AbortHandle>,
    outputs: SelectAll<futures_util::stream::Abortable<Outputs>>,
    _admitted: Admitted,
}

#[derive(Clone, Copy)]
enum Waits {
    /// The client to begin.
    Beginning(Instant),
    /// A sign of it.
    Sign(Instant),
    /// Its answer whether it is there.
    Answer(Instant),
}

/// Why a socket ends.
enum End {
    /// The server closes it.
    Close(Close),
    /// The client has gone, or is as good as gone.
    Gone,
}

impl Session {
    fn new(site: Site, socket: WebSocket, admitted: Admitted) -> Self {
        let waits = Waits::Beginning(Instant::now() + site.settings.sockets.init_seconds.get());
        Self {
            site,
            socket,
            begun: false,
            waits,
            running: HashMap::new(),
            outputs: SelectAll::new(),
            _admitted: admitted,
        }
    }

    async fn run(mut self, is_ours: bool) {
        let end = if is_ours {
            self.serve().await
        } else {
            let reason = format!("the subprotocol is {PROTOCOL}; offer it");
            End::Close(Close::new(4406, reason))
        };
        // What was under way is given up before the other side is waited for.
        self.outputs.clear();
        if let End::Close(Close { code, reason }) = end {
            let frame = CloseFrame { code, reason: reason.into() };
            let closing = async {
                if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                    // A connection that ends with something unread takes the close with it.
                    while let Some(Ok(_)) = self.socket.recv().await {}
                }
            };
            // It is over in any case.
            let _ = time::timeout(CLOSING, closing).await;
        }
    }

    /// Serves until the socket ends.
    async fn serve(&mut self) -> End {
        let sockets = self.site.sockets.clone();
        let mut stopped = std::pin::pin!(sockets.stopped());
        loop {
            let (Waits::Beginning(until) | Waits::Sign(until) | Waits::Answer(until)) = self.waits;
            let done = tokio::select! {
                () = &mut stopped => Err(End::Close(Close::new(1001, "the server stops"))),
                received = self.socket.recv() => self.received(received).await,
                Some((id, output)) = self.outputs.next() => self.tell(&id, output).await,
                () = time::sleep_until(until) => self.waited().await,
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn received(
        &mut self,
        received: Option<Result<Message, axum::Error>>,
    ) -> Result<(), End> {
        let message = match received {
            None => return Err(End::Gone),
            // The library's limit is known by its words alone.
            Some(Err(error)) if error.to_string().starts_with("Space limit exceeded") => {
                let most = self.site.settings.sockets.message_bytes.get();
                let reason = format!("a message has at most {most} bytes");
                return Err(End::Close(Close::new(1009, reason)));
            }
            Some(Err(_)) => return Err(End::Gone),
            Some(Ok(message)) => message,
        };
        if self.begun {
            self.waits = Waits::Sign(self.idle());
        }
        match message {
            Message::Text(text) => self.said(ClientMessage::read(&text).map_err(End::Close)?).await,
            Message::Binary(_) => {
                Err(End::Close(Close::invalid("messages are text; this one is binary")))
            }
            // The library answers pings.
            Message::Ping(_) | Message::Pong(_) => Ok(()),
            Message::Close(_) => Err(End::Gone),
        }
    }

    async fn said(&mut self, message: ClientMessage) -> Result<(), End> {
        match message {
            ClientMessage::ConnectionInit { .. } if self.begun => {
                Err(End::Close(Close::new(4429, "Too many initialisation requests")))
            }
            ClientMessage::ConnectionInit { .. } => {
                self.begun = true;
                self.waits = Waits::Sign(self.idle());
                self.send(message::ack()).await
            }
            ClientMessage::Ping { payload } => self.send(message::pong(payload)).await,
            ClientMessage::Pong { .. } => Ok(()),
            ClientMessage::Subscribe { .. } if !self.begun => {
                Err(End::Close(Close::new(4401, "Unauthorized: begin with connection_init")))
            }
            ClientMessage::Subscribe { id, payload } => self.subscribe(id.into(), payload).await,
            ClientMessage::Complete { id } => {
                if let Some(operation) = self.running.remove(&*id) {
                    operation.abort();
                }
                Ok(())
            }
        }
    }

    async fn subscribe(&mut self, id: Arc<str>, payload: Map<String, Value>) -> Result<(), End> {
        if self.running.contains_key(&id) {
            let reason = format!("Subscriber for {id} already exists");
            return Err(End::Close(Close::new(4409, reason)));
        }
        let most = self.site.settings.sockets.subscriptions.get();
        if self.running.len() >= most {
            let message = format!(
                "{most} operations are under way on this socket already; complete some, or open another"
            );
            return self.refuse(&id, &Answer::refused(ErrorCode::TooManyRequests, message)).await;
        }
        let mut request = match read::from_json(payload, &self.site.persisted) {
            Ok(request) => request,
            Err(refusal) if refusal.code() == ErrorCode::BadRequest => {
                return Err(End::Close(Close::invalid(refusal.message())));
            }
            Err(refusal) => return self.refuse(&id, &refusal.answer()).await,
        };
        request.only_queries = true;
        // Begun before the next message is read: whoever hears a pong after it knows so.
        let outputs = operation::run(&self.site, request, None).await;
        let of = id.clone();
        let outputs: Outputs = outputs.map(move |output| (of.clone(), output)).boxed();
        let (outputs, operation) = abortable(outputs);
        self.running.insert(id, operation);
        self.outputs.push(outputs);
        Ok(())
    }

    async fn tell(&mut self, id: &Arc<str>, output: Output) -> Result<(), End> {
        match output {
            Output::Next(payload) => self.send(message::next(id, &payload.body)).await,
            Output::Refused(answer) => {
                self.running.remove(id);
                self.refuse(id, &answer).await
            }
            Output::Complete => {
                self.running.remove(id);
                self.send(message::complete(id)).await
            }
            Output::Closed => Err(End::Close(Close::new(1001, "the log was closed"))),
        }
    }

    async fn refuse(&mut self, id: &str, answer: &Answer) -> Result<(), End> {
        self.send(message::error(id, &answer.errors())).await
    }

    /// Nothing came in time.
    async fn waited(&mut self) -> Result<(), End> {
        match self.waits {
            Waits::Beginning(_) => {
                Err(End::Close(Close::new(4408, "Connection initialisation timeout")))
            }
            Waits::Sign(_) => {
                self.waits = Waits::Answer(self.idle());
                self.send_frame(Message::Ping(axum::body::Bytes::new())).await
            }
            Waits::Answer(_) => {
                Err(End::Close(Close::new(1001, "nobody answers on the other side")))
            }
        }
    }

    fn idle(&self) -> Instant {
        Instant::now() + self.site.settings.sockets.idle_seconds.get()
    }

    async fn send(&mut self, text: impl Into<Vec<u8>>) -> Result<(), End> {
        // JSON is always UTF-8.
        let text = Utf8Bytes::try_from(text.into()).map_err(|_| End::Gone)?;
        self.send_frame(Message::Text(text)).await
    }

    /// Sends one message and waits until it is taken. Nothing else is made for this client
    /// meanwhile; the connection of one who takes nothing is cut.
    async fn send_frame(&mut self, message: Message) -> Result<(), End> {
        self.socket.send(message).await.map_err(|_| End::Gone)
    }
}
