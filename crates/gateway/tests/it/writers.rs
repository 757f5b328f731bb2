//! A server whose writers have keys.

use std::path::{Path, PathBuf};

use chancery_gateway::{
    auth::{FILE, Key, KeyFile, KeyFileError, Secret},
    settings::Settings,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::server::{Reply, Server, recorded};

/// A server over a copy of the record, and the keys of those who may write.
pub(crate) struct Writers {
    pub(crate) server: Server,
    folder: TempDir,
}

impl Writers {
    /// With one key that counts for nothing here, so that others can be added.
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let folder = TempDir::new().unwrap();
        add(&folder.path().join(FILE), 0, "somebody", &["editor"], |_| {});
        Self::over(folder, settings)
    }

    /// With no key at all.
    pub(crate) fn without_keys(settings: Settings) -> Self {
        Self::over(TempDir::new().unwrap(), settings)
    }

    fn over(folder: TempDir, settings: Settings) -> Self {
        let server = Server::with_access(recorded(), &folder.path().join(FILE), settings);
        Self { server, folder }
    }

    /// Lets somebody write: a key made of a number, as it is shown.
    pub(crate) fn key(&self, number: u8, name: &str, roles: &[&str]) -> String {
        self.key_with(number, name, roles, |_| {})
    }

    pub(crate) fn key_with(
        &self,
        number: u8,
        name: &str,
        roles: &[&str],
        change: impl FnOnce(&mut Key),
    ) -> String {
        add(&self.path(), number, name, roles, change)
    }

    /// Takes back every key of a name.
    pub(crate) fn revoke(&self, name: &str) {
        KeyFile::change::<_, KeyFileError>(&self.path(), |keys| {
            for key in keys.iter_mut().filter(|key| key.name.as_str() == name) {
                key.revoked = Some(Timestamp::now());
            }
            Ok(())
        })
        .unwrap();
    }

    /// Sends a mutation with a key.
    pub(crate) fn send(&self, key: &str, query: &str, variables: &Value) -> Reply {
        let authorization = format!("authorization: Bearer {key}");
        self.send_with(&[&authorization], query, variables)
    }

    pub(crate) fn send_with(&self, more: &[&str], query: &str, variables: &Value) -> Reply {
        let mut headers = vec![
            "content-type: application/json",
            "accept: application/graphql-response+json, application/json;q=0.9",
        ];
        headers.extend(more);
        let body = json!({ "query": query, "variables": variables }).to_string();
        self.server.send("POST /graphql", &headers, &body)
    }

    /// Records what `input` says, and gives what it came to; nothing may be wrong.
    pub(crate) fn record(&self, key: &str, input: &Value) -> Value {
        let reply = self.send(key, RECORD, &json!({ "input": input }));
        let answer = reply.json();
        assert_eq!((reply.status, answer.get("errors")), (200, None), "{}", reply.body);
        answer["data"]["record"].clone()
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }
}

/// Records, and asks for everything that a payload has.
pub(crate) const RECORD: &str = "mutation ($input: RecordInput!) { record(input: $input) {
    receipt { facts known events firstPosition lastPosition version }
    findings { rule message event { position } }
    convention { known { position version } }
    log { size checkpoint } } }";

fn add(
    path: &Path,
    number: u8,
    name: &str,
    roles: &[&str],
    change: impl FnOnce(&mut Key),
) -> String {
    let secret = Secret::new([number; 32]);
    let mut key = Key {
        name: name.parse().unwrap(),
        sha256: secret.sha256(),
        roles: roles.iter().map(|role| role.parse().unwrap()).collect(),
        convention: None,
        made: Timestamp::now(),
        expires: None,
        revoked: None,
    };
    change(&mut key);
    KeyFile::change::<_, KeyFileError>(path, |keys| {
        keys.push(key);
        Ok(())
    })
    .unwrap();
    secret.reveal()
}
