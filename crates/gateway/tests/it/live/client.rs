//! A client of `graphql-transport-ws` that says exactly what it is told to.

use std::{net::TcpStream, ops::RangeInclusive};

use serde_json::{Value, json};
use tungstenite::{
    Message, WebSocket,
    client::IntoClientRequest as _,
    http::{HeaderValue, Response},
};

use crate::server::Server;

pub(crate) const PROTOCOL: &str = "graphql-transport-ws";

/// A socket of a test.
pub(crate) struct Socket(pub(crate) WebSocket<TcpStream>);

/// Why a handshake was refused: its status and what came with it.
pub(crate) type Refused = Response<Option<Vec<u8>>>;

impl Socket {
    /// A socket on which the client has begun.
    pub(crate) fn begun(server: &Server) -> Self {
        let mut socket = Self::open(server);
        socket.begin();
        socket
    }

    pub(crate) fn open(server: &Server) -> Self {
        Self::attempt(server, PROTOCOL, &[]).map_err(|it| it.status()).unwrap()
    }

    /// A handshake that offers a subprotocol, with more headers.
    pub(crate) fn attempt(
        server: &Server,
        protocol: &'static str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Box<Refused>> {
        let mut request = "ws://localhost/graphql".into_client_request().unwrap();
        let mut header = |name, value: &str| {
            request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
        };
        header("sec-websocket-protocol", protocol);
        headers.iter().for_each(|(name, value)| header(name, value));
        match tungstenite::client(request, server.connect()) {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(response))) => {
                Err(response)
            }
            // A client of a subprotocol takes no server without it.
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) fn begin(&mut self) {
        self.send(&json!({ "type": "connection_init" }));
        assert_eq!(self.receive(), json!({ "type": "connection_ack" }));
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).unwrap();
    }

    pub(crate) fn subscribe(&mut self, id: &str, query: &str, variables: &Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.send(&json!({ "type": "subscribe", "id": id, "payload": payload }));
    }

    pub(crate) fn complete(&mut self, id: &str) {
        self.send(&json!({ "type": "complete", "id": id }));
    }

    /// The next message.
    pub(crate) fn receive(&mut self) -> Value {
        loop {
            match self.0.read().unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The data of the next message, which must be an answer without errors.
    pub(crate) fn data(&mut self) -> Value {
        let mut message = self.receive();
        assert_eq!(
            (&message["type"], message["payload"].get("errors")),
            (&json!("next"), None),
            "{message}"
        );
        message["payload"]["data"].take()
    }

    /// The positions of the next events.
    pub(crate) fn positions(&mut self, number: usize) -> Vec<u64> {
        (0..number).map(|_| self.data()["events"]["position"].as_u64().unwrap()).collect()
    }

    /// The code and the message of an error, which must be next.
    pub(crate) fn error(&mut self) -> (String, String) {
        let message = self.receive();
        assert_eq!(message["type"], "error", "{message}");
        let text = |pointer| message.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        (text("/payload/0/extensions/code"), text("/payload/0/message"))
    }

    /// With which code and words the server closes it, which must be next.
    pub(crate) fn closed(&mut self) -> (u16, String) {
        loop {
            match self.0.read() {
                Ok(Message::Close(Some(frame))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// That the server is there and has said nothing else.
    #[track_caller]
    pub(crate) fn is_silent(&mut self) {
        self.send(&json!({ "type": "ping" }));
        assert_eq!(self.receive(), json!({ "type": "pong" }));
    }
}

/// A record file with decisions of these numbers.
pub(crate) fn decisions(numbers: RangeInclusive<usize>) -> String {
    let mut text =
        "convention: ccm\nsource: LIVE/1\nrecorded_by: isu\non: 2020-01-01\nfacts:\n".to_owned();
    for number in numbers {
        text += &format!(
            "  - {{ para: {number}, decided: {{ id: live-{number}, verb: noted, summary: fact {number} }} }}\n"
        );
    }
    text
}

/// A record file with an accession.
pub(crate) fn accession(state: &str, on: &str) -> String {
    format!(
        "convention: ccm\nsource: C.N.1.{}\nrecorded_by: isu\nfacts:\n  - {{ para: 1, acceded: {{ state: {state}, on: {on} }} }}\n",
        on.split('-').next().unwrap()
    )
}
