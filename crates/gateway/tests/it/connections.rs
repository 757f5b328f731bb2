//! Connections: how many there may be, how long nothing may come on them, and TLS.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chancery_gateway::{
    http::Listeners,
    settings::{Address, Count, Http, Settings, Tls},
};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring,
};

use crate::server::{Server, until};

/// Far longer than the limit that a test sets, far shorter than the usual one.
const SOON: Duration = Duration::from_secs(10);

fn over(http: Http) -> Server {
    Server::with(Settings { http, ..Settings::default() })
}

fn hasty() -> Http {
    Http { request_seconds: Duration::from_secs(1).into(), ..Http::default() }
}

/// Reads until the other side closes, and says what came.
#[track_caller]
fn to_the_end(client: &mut impl Read) -> String {
    let began = Instant::now();
    let mut said = Vec::new();
    // A connection that is cut may end in an error.
    let _ = client.read_to_end(&mut said);
    assert!(began.elapsed() < SOON, "it was not closed in time");
    String::from_utf8(said).unwrap()
}

/// Asks and leaves the connection open.
fn asks(client: &mut (impl Read + Write)) -> String {
    client.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    let mut said = [0; 15];
    let read = client.read(&mut said).unwrap_or_default();
    String::from_utf8_lossy(&said[..read]).into_owned()
}

#[test]
fn who_sends_half_a_head_is_cut_off() {
    let server = over(hasty());
    for half in ["", "GET", "GET /healthz HTTP/1.1\r\nhost: a\r\nx-a: "] {
        let mut client = server.connect();
        client.write_all(half.as_bytes()).unwrap();
        assert_eq!(to_the_end(&mut client), "", "{half}");
    }
}

#[test]
fn who_asks_nothing_more_is_cut_off() {
    let server = over(hasty());
    let mut client = server.connect();
    assert_eq!(asks(&mut client), "HTTP/1.1 200 OK");
    assert!(!to_the_end(&mut client).contains("HTTP/1.1"));
}

#[test]
fn a_head_has_its_bounds() {
    let server = Server::start();
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(200 << 10));
    let mut client = server.connect();
    // The server may close before it has read everything.
    let _ = client.write_all(long.as_bytes());
    let said = to_the_end(&mut client);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    assert_eq!(server.send("GET /healthz", &[], "").status, 200);
}

#[test]
fn one_client_has_so_many_connections() {
    let server = over(Http { connections_per_client: Count::clamped(2), ..Http::default() });
    let mut held = [server.connect(), server.connect()];
    for client in &mut held {
        assert_eq!(asks(client), "HTTP/1.1 200 OK");
    }
    assert_eq!(to_the_end(&mut server.connect()), "");
    drop(held);
    until(|| {
        let mut client = server.connect();
        // Cut while it writes, it is one of too many.
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").is_ok()
            && to_the_end(&mut client).starts_with("HTTP/1.1 200 OK")
    });
}

#[test]
fn who_comes_when_all_are_taken_waits() {
    let server = over(Http { connections: Count::clamped(1), ..Http::default() });
    let mut first = server.connect();
    assert_eq!(asks(&mut first), "HTTP/1.1 200 OK");
    let mut second = server.connect();
    second.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    assert_eq!(asks(&mut second), "", "there was a place after all");
    second.set_read_timeout(Some(SOON)).unwrap();
    drop(first);
    let mut said = [0; 15];
    second.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"HTTP/1.1 200 OK");
}

/// A certificate for `localhost`, its files, and what trusts it.
struct Made {
    tls: Tls,
    trusts: Arc<ClientConfig>,
    _folder: tempfile::TempDir,
}

fn made() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    let trusts = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tls = Tls {
        certificate: Some(file(folder.path(), "certificate.pem", &cert.pem())),
        key: Some(file(folder.path(), "key.pem", &signing_key.serialize_pem())),
    };
    Made { tls, trusts: Arc::new(trusts), _folder: folder }
}

fn file(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn secured(stream: TcpStream, made: &Made) -> StreamOwned<ClientConnection, TcpStream> {
    let name = "localhost".try_into().unwrap();
    StreamOwned::new(ClientConnection::new(made.trusts.clone(), name).unwrap(), stream)
}

#[test]
fn https_is_served_with_a_certificate() {
    let made = made();
    let server = Server::with(Settings { tls: made.tls.clone(), ..Settings::default() });
    let mut client = secured(server.connect(), &made);
    assert_eq!(asks(&mut client), "HTTP/1.1 200 OK");
    assert_eq!(client.conn.protocol_version().unwrap().as_str(), Some("TLSv1_3"));

    // Who speaks no TLS is told so.
    let mut plain = server.connect();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    let mut said = Vec::new();
    let _ = plain.read_to_end(&mut said);
    assert!(!said.starts_with(b"HTTP"), "{said:?}");
}

#[test]
fn who_does_not_begin_with_tls_is_cut_off() {
    let server = Server::with(Settings { tls: made().tls, http: hasty(), ..Settings::default() });
    assert_eq!(to_the_end(&mut server.connect()), "");
}

/// Why a server does not start with such files.
fn refused(tls: Tls) -> String {
    let settings = Settings { listen: Address::loopback(0), tls, ..Settings::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(Listeners::bind(&settings)).err().unwrap().to_string()
}

#[test]
fn certificates_that_cannot_be_used_are_refused_at_the_start() {
    let (one, other) = (made(), made());
    let half = refused(Tls { key: None, ..one.tls.clone() });
    assert_eq!(half, "`tls.certificate` is set and `tls.key` is not; set both, or neither");
    let half = refused(Tls { certificate: None, ..one.tls.clone() });
    assert!(half.starts_with("`tls.key` is set"), "{half}");
    let gone = refused(Tls { key: Some("/no/such.pem".into()), ..one.tls.clone() });
    assert!(gone.starts_with("/no/such.pem cannot be read"), "{gone}");
    let wrong = refused(Tls { certificate: one.tls.key.clone(), ..one.tls.clone() });
    assert!(wrong.contains("holds no certificate in PEM"), "{wrong}");
    let wrong = refused(Tls { key: one.tls.certificate.clone(), ..one.tls.clone() });
    assert!(wrong.contains("holds no private key in PEM"), "{wrong}");
    let mixed = refused(Tls { key: other.tls.key.clone(), ..one.tls.clone() });
    assert!(mixed.contains("must belong together"), "{mixed}");
}
