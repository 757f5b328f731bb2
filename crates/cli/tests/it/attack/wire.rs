//! Bytes over a socket, as an attacker writes them.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::{Value, json};

/// How long the attacker waits for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back; a connection that was closed without a word has the status 0.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Reply {
    /// The code of its first error.
    pub(crate) fn code(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }

    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let status = text.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or_default();
        let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body).to_owned();
        Self { status, body }
    }
}

pub(crate) fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// A request's bytes; after the answer the connection ends.
pub(crate) fn request(head: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{head} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for header in headers {
        text += header;
        text += "\r\n";
    }
    if !body.is_empty() {
        text += &format!("content-length: {}\r\n", body.len());
    }
    [text.as_bytes(), b"\r\n", body].concat()
}

/// Sends bytes and reads what comes, until the connection ends.
pub(crate) fn send(address: &str, bytes: &[u8]) -> Reply {
    let mut stream = connect(address);
    // Who is refused early finds the connection closed while writing.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Reply::read(&answer)
}

/// A query by POST.
pub(crate) fn post(address: &str, query: &str) -> Reply {
    let body = json!({ "query": query }).to_string();
    let headers = ["content-type: application/json", NEW];
    send(address, &request("POST /graphql", &headers, body.as_bytes()))
}

/// A query by GET.
pub(crate) fn get(address: &str, query: &str) -> Reply {
    let coded: String = query.bytes().map(coded).collect();
    send(address, &request(&format!("GET /graphql?query={coded}"), &[NEW], b""))
}

/// With this media type the status says how it went.
pub(crate) const NEW: &str = "accept: application/graphql-response+json";

fn coded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}
