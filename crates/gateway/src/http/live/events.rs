//! Server-sent events, after the protocol of `graphql-sse`, in the mode of one connection for each
//! operation. Its other mode, one connection for all, is left out: who wants that opens a socket.

use std::{net::IpAddr, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{self, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{
    StreamExt as _,
    stream::{self, BoxStream},
};
use tokio::time;

use super::{
    Admitted, Sockets,
    operation::{self, Output},
};
use crate::{
    graphql::Request,
    http::{Site, client},
};

/// How long nothing is said before a comment says that the server is there. Proxies cut what is
/// silent for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The media type of a stream of events.
pub(in crate::http) const CONTENT_TYPE: &str = "text/event-stream";

/// A stream of events that somebody asks for.
pub(in crate::http) struct Stream {
    client: Option<IpAddr>,
    /// The position that a browser's `EventSource` saw last: the id of the last event.
    resume: Option<u64>,
}

impl Stream {
    pub(in crate::http) fn of(site: &Site, request: &http::Request<Body>) -> Self {
        let last = request.headers().get("last-event-id").and_then(|value| value.to_str().ok());
        Self {
            client: client::of(request, &site.settings.http.trusted_proxies),
            resume: last.and_then(|position| position.parse().ok()),
        }
    }

    /// Answers an operation by the stream. Also what is refused is said in it, as the protocol
    /// wants it.
    pub(in crate::http) async fn begin(self, site: &Site, mut request: Request) -> Response {
        request.only_queries = true;
        match site.sockets.admit(self.client) {
            Ok(admitted) => respond(site, admitted, request, self.resume).await,
            Err(refusal) => refusal.into_response(),
        }
    }
}

async fn respond(
    site: &Site,
    admitted: Admitted,
    request: Request,
    resume: Option<u64>,
) -> Response {
    let sockets = site.sockets.clone();
    let said = Said {
        sockets,
        outputs: operation::run(site, request, resume).await,
        ended: false,
        _admitted: admitted,
    };
    let body = stream::unfold(said, |mut said| async {
        let text = said.next().await?;
        Some((Ok::<_, std::convert::Infallible>(text), said))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE)),
        // Some proxies hold back what comes bit by bit unless they are told.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Body::from_stream(body)).into_response()
}

/// What is said on one connection.
struct Said {
    sockets: Sockets,
    outputs: BoxStream<'static, Output>,
    ended: bool,
    _admitted: Admitted,
}

impl Said {
    async fn next(&mut self) -> Option<Bytes> {
        if self.ended {
            return None;
        }
        let output = tokio::select! {
            // Without its last event: the client comes back.
            () = self.sockets.stopped() => None,
            output = self.outputs.next() => Some(output?),
            () = time::sleep(KEEP_ALIVE) => return Some(Bytes::from_static(b":\n\n")),
        };
        match output? {
            Output::Next(payload) => Some(next(&payload.body, payload.position)),
            Output::Refused(answer) => {
                self.ended = true;
                Some([&next(&answer.into_json(), None), COMPLETE].concat().into())
            }
            Output::Complete => {
                self.ended = true;
                Some(Bytes::from_static(COMPLETE))
            }
            Output::Closed => None,
        }
    }
}

/// The field `data` has browsers take notice.
const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// An answer as an event. JSON as it is written here has no line breaks.
fn next(answer: &[u8], position: Option<u64>) -> Bytes {
    let id = position.map_or_else(String::new, |position| format!("id: {position}\n"));
    [b"event: next\n", id.as_bytes(), b"data: ", answer, b"\n\n"].concat().into()
}
