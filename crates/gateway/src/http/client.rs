//! Who asks, as far as an address says it, and how much of them is under way.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{ConnectInfo, Request},
    response::Response,
};
use http_body::{Frame, SizeHint};
use ipnet::IpNet;

use super::reply::Refusal;
use crate::graphql::ErrorCode;

/// The client of a request: the other end of its connection, or whom a trusted proxy names. `None`
/// where there is no connection.
pub(super) fn of(request: &Request, trusted: &[IpNet]) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    if !is_trusted(&peer) {
        return Some(peer);
    }
    // Each proxy adds at the end whom it got the request from. What stands before the first that is
    // not trusted is the client's own word.
    let named = request.headers().get_all("x-forwarded-for");
    let named = named.iter().rev().filter_map(|value| value.to_str().ok());
    let mut hops = named.flat_map(|value| value.rsplit(',')).map(str::trim);
    let mut client = peer;
    while is_trusted(&client) {
        match hops.next().map(str::parse::<IpAddr>) {
            Some(Ok(address)) => client = address.to_canonical(),
            Some(Err(_)) | None => break,
        }
    }
    Some(client)
}

/// How many requests of each client are under way, or how many of something else.
pub(super) struct Clients {
    limit: usize,
    what: &'static str,
    under_way: Mutex<HashMap<IpAddr, usize>>,
}

/// A request's place among those of its client, until this is dropped.
pub(super) struct Place {
    clients: Arc<Clients>,
    client: Option<IpAddr>,
}

impl Clients {
    pub(super) fn new(limit: usize, what: &'static str) -> Self {
        Self { limit, what, under_way: Mutex::default() }
    }

    /// A place for one more request.
    ///
    /// # Errors
    /// The client has as many as it may.
    pub(super) fn admit(self: &Arc<Self>, client: Option<IpAddr>) -> Result<Place, Refusal> {
        let client = client.map(household);
        if let Some(client) = client {
            let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
            let number = under_way.entry(client).or_default();
            if *number >= self.limit {
                let message = format!(
                    "{} {} of this client are under way already; wait for some to end",
                    self.limit, self.what
                );
                return Err(Refusal::new(ErrorCode::TooManyRequests, &message));
            }
            *number += 1;
        }
        Ok(Place { clients: self.clone(), client })
    }
}

/// Whoever has an IPv6 address has the whole of its /64.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let network = u128::from(address) & (u128::MAX << 64);
            Ipv6Addr::from(network).into()
        }
    }
}

impl Place {
    /// Keeps the place until the whole of an answer has been sent, or its client has gone.
    pub(super) fn held_by(place: Option<Self>, response: Response) -> Response<Held> {
        response.map(|body| Held { body, _place: place })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(client) = self.client else { return };
        let mut under_way = self.clients.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = under_way.get_mut(&client) {
            *number -= 1;
            if *number == 0 {
                under_way.remove(&client);
            }
        }
    }
}

/// A body that holds a place, if it has one.
pub(super) struct Held {
    body: Body,
    _place: Option<Place>,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(peer: &str, forwarded: &[&str], expected: &str) {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let mut request = Request::builder();
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: IpAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer, 1)));
        assert_eq!(of(&request, &trusted).unwrap().to_string(), expected, "{peer} {forwarded:?}");
    }

    #[test]
    fn only_a_trusted_proxy_says_who_asks() {
        check("192.0.2.1", &[], "192.0.2.1");
        check("192.0.2.1", &["198.51.100.1"], "192.0.2.1");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("::1", &["2001:db8::1"], "2001:db8::1");
    }

    #[test]
    fn what_a_client_says_of_itself_is_not_believed() {
        check("10.0.0.1", &["203.0.113.9, 198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &["203.0.113.9", "198.51.100.1, 10.2.2.2"], "198.51.100.1");
        check("10.0.0.1", &["nonsense"], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.1, nonsense"], "10.0.0.1");
    }

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let clients = Arc::new(Clients::new(2, "requests"));
        let place = |address: &str| clients.admit(Some(address.parse().unwrap()));
        let held = [place("2001:db8::1").ok(), place("2001:db8::2").ok()];
        assert!(held.iter().all(Option::is_some));
        assert!(place("2001:db8::3").is_err());
        assert!(place("2001:db8:0:1::3").is_ok());
        drop(held);
        assert!(place("2001:db8::3").is_ok());
        assert!(clients.under_way.lock().unwrap().is_empty());
    }
}
