//! A server of one test, and a client that sends exactly what it is told to.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use chancery_gateway::{
    auth::Access,
    http::{self, Listeners},
    service::{Input, Service},
    settings::{Address, Settings},
};
use chancery_ledger::SigningKey;
use chancery_register::record::{TableContext, convention_of};
use chancery_store::{MemoryStore, Position, StreamName};
use serde_json::{Value, json};
use tokio::{runtime::Runtime, sync::oneshot, task::JoinHandle};

/// A server on a port of its own. It stops when it is dropped.
pub(crate) struct Server {
    service: Arc<Service>,
    address: SocketAddr,
    metrics: Option<SocketAddr>,
    runtime: Option<Runtime>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<()>>,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    /// Empty if it came in a content coding.
    pub(crate) body: String,
    /// What came as body, in bytes.
    pub(crate) length: usize,
    /// What came as body, as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Server {
    /// A server over the whole record.
    pub(crate) fn start() -> Self {
        Self::with(Settings::default())
    }

    /// A server over the whole record, with settings of the test's own.
    pub(crate) fn with(settings: Settings) -> Self {
        Self::over(service(), settings)
    }

    /// A server over a copy of the record that can be added to.
    pub(crate) fn recording() -> Self {
        Self::recording_with(Settings::default())
    }

    /// The same, with settings of the test's own.
    pub(crate) fn recording_with(settings: Settings) -> Self {
        Self::over(recorded(), settings)
    }

    /// Asks the server to stop.
    pub(crate) fn stop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
    }

    /// Records a file behind the server's back.
    pub(crate) fn record(&self, text: &str) {
        let input = Input::file("test.yaml", text.to_owned()).unwrap();
        let runtime = self.runtime.as_ref().unwrap();
        runtime.block_on(self.service.record(&[input])).unwrap();
    }

    /// Seals the log behind the server's back: an event of the journal, which is no convention's.
    /// Gives its position.
    pub(crate) fn seal(&self) -> u64 {
        let runtime = self.runtime.as_ref().unwrap();
        let sealed = runtime.block_on(self.service.seal("isu".parse().unwrap())).unwrap();
        sealed.0.unwrap()
    }

    /// Closes the store behind the server's back.
    pub(crate) fn close(&self) {
        let runtime = self.runtime.as_ref().unwrap();
        runtime.block_on(self.service.close()).unwrap();
    }

    /// The bytes that the store holds at a position.
    pub(crate) fn stored(&self, position: u64) -> Vec<u8> {
        let runtime = self.runtime.as_ref().unwrap();
        let commits = self.service.store().read(Position::new(position), 1);
        let commits = runtime.block_on(commits).unwrap();
        let mut events = commits.iter().flat_map(|commit| commit.iter());
        let found = events.find(|(at, _, _)| at.get() == position).unwrap();
        found.2.to_vec()
    }

    /// A server over the record and, with all that real sources leave open, a made-up one.
    pub(crate) fn of_all() -> Self {
        static SERVICE: OnceLock<Arc<Service>> = OnceLock::new();
        let make = || Arc::new(runtime().block_on(record_of(&["ccm", "example"])));
        Self::over(SERVICE.get_or_init(make).clone(), Settings::default())
    }

    /// The same and one more file, with settings of the test's own.
    pub(crate) fn of_all_and(text: &str, settings: Settings) -> Self {
        let service = Arc::new(runtime().block_on(record_of(&["ccm", "example"])));
        let server = Self::over(service, settings);
        server.record(text);
        server
    }

    /// A server over nothing.
    pub(crate) fn empty() -> Self {
        let runtime = runtime();
        let store = Arc::new(MemoryStore::new());
        let service = runtime.block_on(Service::open(store, |_, _| {})).unwrap();
        Self::over(Arc::new(service), Settings::default())
    }

    fn over(service: Arc<Service>, settings: Settings) -> Self {
        Self::with_access(service, Path::new("/nowhere"), settings)
    }

    /// A server over a service, with the file of keys that let people write.
    pub(crate) fn with_access(service: Arc<Service>, keys: &Path, settings: Settings) -> Self {
        let runtime = runtime();
        let access = runtime.block_on(Access::open(keys, &settings.auth.oidc)).unwrap();
        let settings = Settings { listen: Address::loopback(0), ..settings };
        let listeners = runtime.block_on(Listeners::bind(&settings)).unwrap();
        let (address, metrics) = (listeners.address(), listeners.metrics_address());
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { stopped.await.unwrap_or_default() };
        let served =
            runtime.spawn(http::serve(listeners, service.clone(), access, settings, shutdown));
        Self {
            service,
            address,
            metrics,
            runtime: Some(runtime),
            stop: Some(stop),
            served: Some(served),
        }
    }

    /// Sends a request: its first line and headers without the version, and its body.
    pub(crate) fn send(&self, line: &str, headers: &[&str], body: &str) -> Reply {
        Self::send_to(self.address, line, headers, body)
    }

    fn send_to(address: SocketAddr, line: &str, headers: &[&str], body: &str) -> Reply {
        let (head, body) = Self::exchange(address, line, headers, body);
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let coded = head.contains("content-encoding");
        let bytes = if coded { body.clone() } else { unchunked(&head, &body) };
        let text = if coded { "".into() } else { String::from_utf8_lossy(&bytes) };
        Reply { status, head, body: text.into_owned(), length: body.len(), bytes }
    }

    /// What is served at the address of the metrics.
    pub(crate) fn aside(&self, line: &str) -> Reply {
        Self::send_to(self.metrics.unwrap(), line, &[], "")
    }

    /// A connection for what a client should not do.
    pub(crate) fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    fn exchange(
        address: SocketAddr,
        line: &str,
        headers: &[&str],
        body: &str,
    ) -> (String, Vec<u8>) {
        let mut client = connect(address);
        let mut head = format!("{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        for header in headers {
            head += &format!("{header}\r\n");
        }
        if !body.is_empty() {
            head += &format!("content-length: {}\r\n", body.len());
        }
        // The server may refuse and close before it has read everything.
        let _ = client.write_all(format!("{head}\r\n{body}").as_bytes());
        let mut reply = Vec::new();
        let _ = client.read_to_end(&mut reply);
        let end = reply.windows(4).position(|it| it == b"\r\n\r\n").expect("a whole answer");
        let body = reply.split_off(end + 4);
        let head =
            std::str::from_utf8(&reply).unwrap().lines().map(|line| match line.split_once(':') {
                Some((name, value)) => format!("{}:{value}\n", name.to_lowercase()),
                None => format!("{}\n", line.to_lowercase()),
            });
        (head.collect(), body)
    }

    /// What is at a path, which must be there.
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        let reply = self.send(&format!("GET {path}"), &[], "");
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.bytes
    }

    /// Sends a query by POST, as most clients do.
    pub(crate) fn post(&self, body: &Value) -> Reply {
        let headers = [
            "content-type: application/json",
            "accept: application/graphql-response+json, application/json;q=0.9",
        ];
        self.send("POST /graphql", &headers, &body.to_string())
    }

    /// The data that answers a query; there must be no errors.
    pub(crate) fn data(&self, query: &str, variables: &Value) -> Value {
        let reply = self.post(&json!({ "query": query, "variables": variables }));
        let mut answer = reply.json();
        assert_eq!((reply.status, answer.get("errors")), (200, None), "{}", reply.body);
        answer["data"].take()
    }

    /// What `{ convention(id: "ccm", asAt: …) { … } }` answers.
    pub(crate) fn ccm(&self, as_at: &str, fields: &str) -> Value {
        let query =
            format!("query ($d: Date) {{ convention(id: \"ccm\", asAt: $d) {{ {fields} }} }}");
        self.data(&query, &json!({ "d": as_at }))["convention"].take()
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    pub(crate) fn head_has(&self, name: &str) -> bool {
        self.header(name).is_some()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The code and the message of the first error.
    pub(crate) fn error(&self) -> (String, String) {
        let error = &self.json()["errors"][0];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&error["extensions"]["code"]), text(&error["message"]))
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let client = TcpStream::connect(address).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    client
}

/// A body whose length was not known when it began comes in chunks (RFC 9112, section 7.1).
fn unchunked(head: &str, body: &[u8]) -> Vec<u8> {
    if !head.contains("transfer-encoding: chunked") {
        return body.to_vec();
    }
    let (mut whole, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.windows(2).position(|it| it == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    panic!("the answer broke off");
}

impl Drop for Server {
    fn drop(&mut self) {
        let (runtime, served) = (self.runtime.take().unwrap(), self.served.take().unwrap());
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let ended =
            runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), served).await });
        if !std::thread::panicking() {
            ended.expect("the server stops when told to").unwrap();
        }
    }
}

/// Waits until something holds that comes a little later than what brings it about.
#[track_caller]
pub(crate) fn until(mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "it never came");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The texts of a list's items at a JSON pointer.
pub(crate) fn texts(list: &Value, pointer: &str) -> Vec<String> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// The record, made once for all tests: none of them writes.
fn service() -> Arc<Service> {
    static SERVICE: OnceLock<Arc<Service>> = OnceLock::new();
    SERVICE.get_or_init(|| Arc::new(runtime().block_on(record()))).clone()
}

/// A copy of the record that can be added to.
pub(crate) fn recorded() -> Arc<Service> {
    Arc::new(runtime().block_on(record()))
}

/// The record, signed by a key that is no secret.
pub(crate) async fn record() -> Service {
    record_of(&["ccm"]).await
}

/// The records of some folders of `fixtures`, signed by a key that is no secret.
async fn record_of(folders: &[&str]) -> Service {
    let store = Arc::new(MemoryStore::new());
    let service = Service::open(store, |_, _| {}).await.unwrap();
    for folder in folders {
        let recorded = service.record(&inputs(folder)).await;
        recorded.unwrap_or_else(|error| panic!("{error:?}"));
        let stream: StreamName = folder.parse().unwrap();
        assert!(service.store().version(&stream).await.unwrap().get() > 0);
    }
    let key = SigningKey::new("example.org/register", &[7; 32]).unwrap();
    service.sign_with(key).await.unwrap();
    service
}

/// What is to be recorded of a folder: the profile first, then tables, then records.
fn inputs(folder: &str) -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let profile = read(&folder.join("profile.yaml"));
    let (convention, recorded_by) = convention_of(&profile).unwrap();
    let context = TableContext { convention, recorded_by };
    let mut inputs = vec![Input::file("profile.yaml", profile).unwrap()];
    for table in ["status.csv", "un_scale.csv"] {
        if folder.join(table).exists() {
            inputs.push(Input::table(table, read(&folder.join(table)), &context).unwrap());
        }
    }
    let entries = fs::read_dir(folder.join("records")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        inputs.push(Input::file(name, read(&file)).unwrap());
    }
    inputs
}
