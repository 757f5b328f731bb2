//! How soon an event reaches a thousand subscribers while fifty commits a second come in, with one
//! among them who never reads. `cargo bench --package chancery-gateway --bench subscribers`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // it measures, and serves nobody

use std::{
    env, fs,
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chancery_gateway::{
    http::{self, Listeners},
    service::{Input, Service},
    settings::{Address, Count, Settings},
};
use chancery_store::SledStore;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    runtime::Runtime,
    sync::{oneshot, watch},
    task::JoinSet,
    time,
};

const SUBSCRIBERS: usize = 1_000;
const COMMITS_A_SECOND: u32 = 50;
const COMMITS: usize = 500;

/// What each of them asks for.
const QUERY: &str = "subscription { events(convention: \\\"ccm\\\") { position type recordedAt recordedBy effective source { symbol paragraph } data } }";

fn main() {
    // `cargo test` runs benches, too: nobody waits for this one there.
    if env::args().any(|arg| arg == "--test") {
        return;
    }
    Runtime::new().unwrap().block_on(measure());
}

async fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    let service = Arc::new(Service::open(Arc::new(store), |_, _| {}).await.unwrap());
    let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/ccm/profile.yaml");
    let profile = Input::file("profile.yaml", fs::read_to_string(profile).unwrap()).unwrap();
    service.record(&[profile]).await.unwrap();

    let mut settings = Settings::default();
    settings.sockets.number = Count::clamped(2 * SUBSCRIBERS);
    settings.sockets.per_client = Count::clamped(2 * SUBSCRIBERS);
    settings.http.requests_per_client = Count::clamped(2 * SUBSCRIBERS);
    settings.http.connections_per_client = Count::clamped(4 * SUBSCRIBERS);
    settings.http.connections = Count::clamped(4 * SUBSCRIBERS);
    settings.listen = Address::loopback(0);
    let listeners = Listeners::bind(&settings).await.unwrap();
    let address = listeners.address();
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async { stopped.await.unwrap_or_default() };
    let served = tokio::spawn(http::serve(listeners, service.clone(), None, settings, shutdown));

    // When each event was given to the register, by its position.
    let (begun, times) = watch::channel(vec![Instant::now(); COMMITS + 1]);
    let deaf = subscribed(address).await;
    let mut subscribers = JoinSet::new();
    for _ in 0..SUBSCRIBERS {
        let socket = subscribed(address).await;
        subscribers.spawn(listen(socket, times.clone()));
    }

    let mut pace = time::interval(Duration::from_secs(1) / COMMITS_A_SECOND);
    let started = Instant::now();
    let mut recording = Vec::new();
    for number in 1..=COMMITS {
        pace.tick().await;
        let input = Input::file("fact.yaml", fact(number)).unwrap();
        let now = Instant::now();
        begun.send_modify(|times| times[number] = now);
        service.record(&[input]).await.unwrap();
        recording.push(now.elapsed());
    }
    let took = started.elapsed();
    let mut waited: Vec<Duration> = subscribers.join_all().await.into_iter().flatten().collect();
    assert_eq!(waited.len(), SUBSCRIBERS * COMMITS);
    drop(deaf);
    stop.send(()).unwrap();
    served.await.unwrap();

    println!("{SUBSCRIBERS} subscribers and one who never reads, {COMMITS} commits in {took:.1?}");
    for (what, times) in [("commit", &mut recording), ("event to a subscriber", &mut waited)] {
        times.sort_unstable();
        let at = |share: usize| times[(times.len() - 1) * share / 1000];
        println!("{what:>22}: p50 {:.1?}, p99 {:.1?}, most {:.1?}", at(500), at(990), at(1000));
    }
}

/// One fact, as a record file.
fn fact(number: usize) -> String {
    format!(
        "convention: ccm\nsource: BENCH/1\nrecorded_by: bench\non: 2020-01-01\nfacts:\n  - {{ para: {number}, decided: {{ id: bench-{number}, verb: noted, summary: fact {number} }} }}\n"
    )
}

/// A WebSocket that follows, by hand: what is measured is the server.
async fn subscribed(address: SocketAddr) -> BufReader<TcpStream> {
    let mut socket = BufReader::with_capacity(2 * 1024, TcpStream::connect(address).await.unwrap());
    let head = "GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\n\
        upgrade: websocket\r\nsec-websocket-version: 13\r\n\
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        sec-websocket-protocol: graphql-transport-ws\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut tail = [0; 4];
    while &tail != b"\r\n\r\n" {
        tail.rotate_left(1);
        tail[3] = socket.read_u8().await.unwrap();
    }
    let subscribe = format!(r#"{{"type":"subscribe","id":"1","payload":{{"query":"{QUERY}"}}}}"#);
    for message in [r#"{"type":"connection_init"}"#, &subscribe, r#"{"type":"ping"}"#] {
        // A text frame whose mask changes nothing (RFC 6455, section 5.2).
        let length = u16::try_from(message.len()).unwrap().to_be_bytes();
        let frame = [&[0x81, 0x80 | 126], &length[..], &[0; 4], message.as_bytes()].concat();
        socket.write_all(&frame).await.unwrap();
    }
    assert!(frame(&mut socket).await.contains("connection_ack"));
    assert!(frame(&mut socket).await.contains("pong"), "it has begun");
    socket
}

/// The text of the next frame.
async fn frame(socket: &mut BufReader<TcpStream>) -> String {
    assert_eq!(socket.read_u8().await.unwrap(), 0x81);
    let length = match socket.read_u8().await.unwrap() {
        126 => usize::from(socket.read_u16().await.unwrap()),
        short => usize::from(short),
    };
    let mut text = vec![0; length];
    socket.read_exact(&mut text).await.unwrap();
    String::from_utf8(text).unwrap()
}

/// How long each event took to come.
async fn listen(
    mut socket: BufReader<TcpStream>,
    times: watch::Receiver<Vec<Instant>>,
) -> Vec<Duration> {
    let mut waited = Vec::with_capacity(COMMITS);
    for number in 1..=COMMITS {
        let text = frame(&mut socket).await;
        let now = Instant::now();
        assert!(text.contains(&format!("{{\"position\":{number},")), "{number}: {text}");
        waited.push(now - times.borrow()[number]);
    }
    waited
}
