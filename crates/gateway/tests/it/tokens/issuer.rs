//! An issuer of tokens, and the server that publishes its keys.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chancery_gateway::settings::{Auth, Oidc, Settings};
use jiff::Timestamp;
use ring::{
    hmac,
    rand::SystemRandom,
    rsa,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
        RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding,
    },
};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(super) const ISSUER: &str = "https://login.example.org";

/// An issuer with keys of its own, made for the test. The one of RSA is the same for all: it takes
/// long to make one.
pub(super) struct Issuer {
    pub(super) ed: Ed25519KeyPair,
    ec: EcdsaKeyPair,
    rsa: Value,
    folder: TempDir,
}

impl Issuer {
    pub(super) fn new() -> Self {
        let random = SystemRandom::new();
        let ed = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
        let ec = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let issuer = Self {
            ed: Ed25519KeyPair::from_pkcs8(ed.as_ref()).unwrap(),
            ec: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, ec.as_ref(), &random)
                .unwrap(),
            rsa: serde_json::from_str(include_str!("rsa.json")).unwrap(),
            folder: TempDir::new().unwrap(),
        };
        std::fs::write(issuer.file(), issuer.published("ed")).unwrap();
        issuer
    }

    /// The set of its keys; `ed` is what the one of Ed25519 is called.
    pub(super) fn published(&self, ed: &str) -> String {
        let point = self.ec.public_key().as_ref();
        let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
        json!({ "keys": [
            { "kty": "OKP", "crv": "Ed25519", "kid": ed, "use": "sig", "alg": "EdDSA", "x": BASE64.encode(self.ed.public_key()) },
            { "kty": "EC", "crv": "P-256", "kid": "ec", "x": x, "y": y },
            { "kty": "RSA", "kid": "rsa", "use": "sig", "n": self.rsa["n"], "e": self.rsa["e"] },
            { "kty": "RSA", "kid": "pss", "alg": "PS256", "n": self.rsa["n"], "e": self.rsa["e"] },
            { "kty": "EC", "crv": "P-256", "kid": "enc", "use": "enc", "x": x, "y": y },
            { "kty": "oct", "kid": "shared", "k": BASE64.encode("known to everybody") },
            { "kty": "unheard of", "kid": "new" },
        ] })
        .to_string()
    }

    /// Where its keys are as a file.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join("jwks.json")
    }

    /// Settings that let its tokens count, but for what is changed. Each request may say whose it
    /// is, so that wrong ones do not wait for one another.
    pub(super) fn settings(&self, change: impl FnOnce(&mut Oidc)) -> Settings {
        let mut oidc = Oidc {
            issuer: Some(ISSUER.to_owned()),
            audience: Some("chancery".to_owned()),
            jwks: Some(self.file().display().to_string()),
            ..Oidc::default()
        };
        change(&mut oidc);
        let mut settings =
            Settings { auth: Auth { oidc, ..Auth::default() }, ..Settings::default() };
        settings.http.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        settings
    }

    /// A token with this head and these claims, signed as the head says.
    pub(super) fn token(&self, head: &Value, claims: &Value) -> String {
        let signed =
            format!("{}.{}", BASE64.encode(head.to_string()), BASE64.encode(claims.to_string()));
        let message = signed.as_bytes();
        let signature = match head["alg"].as_str() {
            Some("ES256") => self.ec.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Some("RS256") => self.by_rsa(&RSA_PKCS1_SHA256, message),
            Some("PS256") => self.by_rsa(&RSA_PSS_SHA256, message),
            Some("none") => Vec::new(),
            // Whoever takes a public key for a shared secret is taken in by this.
            Some("HS256") => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, self.ed.public_key().as_ref());
                hmac::sign(&key, message).as_ref().to_vec()
            }
            _ => self.ed.sign(message).as_ref().to_vec(),
        };
        format!("{signed}.{}", BASE64.encode(signature))
    }

    /// A token of somebody who may write, but for what is changed.
    pub(super) fn signed(&self, more: &Value) -> String {
        self.token(&json!({ "alg": "EdDSA", "kid": "ed" }), &claims(more))
    }

    fn by_rsa(&self, encoding: &'static dyn RsaEncoding, message: &[u8]) -> Vec<u8> {
        let part = |name: &str| BASE64.decode(self.rsa[name].as_str().unwrap()).unwrap();
        let key = rsa::KeyPair::from_components(&rsa::KeyPairComponents {
            public_key: rsa::PublicKeyComponents { n: part("n"), e: part("e") },
            d: part("d"),
            p: part("p"),
            q: part("q"),
            dP: part("dp"),
            dQ: part("dq"),
            qInv: part("qi"),
        })
        .unwrap();
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(encoding, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    }
}

/// What a token says, but for what is changed; null takes away.
pub(super) fn claims(more: &Value) -> Value {
    let now = Timestamp::now().as_second();
    let mut claims = json!({
        "iss": ISSUER, "aud": ["another", "chancery"], "exp": now + 300,
        "sub": "un-ola", "roles": ["depositary", "offline_access"],
    });
    let fields = claims.as_object_mut().unwrap();
    for (name, value) in more.as_object().unwrap() {
        match value.is_null() {
            true => fields.remove(name),
            false => fields.insert(name.clone(), value.clone()),
        };
    }
    claims
}

/// What whoever asks for keys gets.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    Keys(String),
    Status(&'static str),
    /// To where the keys would be.
    Elsewhere(String),
    /// Nothing, and the connection stays.
    Silence,
    /// Without end.
    Endless,
}

/// A server that publishes keys, and counts who asks.
pub(super) struct Publisher {
    pub(super) address: String,
    answer: Arc<Mutex<Answer>>,
    asked: Arc<AtomicUsize>,
}

impl Publisher {
    pub(super) fn new(first: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/jwks", listener.local_addr().unwrap());
        let (answer, asked) = (Arc::new(Mutex::new(first)), Arc::new(AtomicUsize::new(0)));
        let publisher = Self { address, answer, asked };
        let (answer, asked) = (publisher.answer.clone(), publisher.asked.clone());
        // It ends with the test's process.
        thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.unwrap();
                asked.fetch_add(1, Ordering::SeqCst);
                let answer = answer.lock().unwrap().clone();
                thread::spawn(move || reply(client, &answer));
            }
        });
        publisher
    }

    pub(super) fn answers(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn reply(mut client: TcpStream, answer: &Answer) {
    let _ = client.read(&mut [0; 4096]);
    let (status, more, body) = match answer {
        Answer::Keys(keys) => ("200 OK", String::new(), keys.as_str()),
        Answer::Status(status) => (*status, String::new(), ""),
        Answer::Elsewhere(place) => ("302 Found", format!("location: {place}\r\n"), ""),
        Answer::Silence => return thread::sleep(Duration::from_secs(20)),
        Answer::Endless => {
            let _ = client.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            while client.write_all(&[b' '; 4096]).is_ok() {}
            return;
        }
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\n{more}content-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = client.write_all((head + body).as_bytes());
}
