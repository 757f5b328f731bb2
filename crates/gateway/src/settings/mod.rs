//! The settings of a server, each with a default that is right for a small public register.
//!
//! A setting has one name everywhere: `body_bytes` below `[http]` in the file, the environment
//! variable `CHANCERY_HTTP_BODY_BYTES`, the flag `--http-body-bytes`. They are passed to what they
//! are about; nothing looks them up by itself.

mod auth;
mod cache;
mod http;
mod limits;
mod sockets;
mod units;

use std::net::{Ipv4Addr, SocketAddr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use auth::Auth;
pub use cache::Cache;
pub use http::{Http, Origin};
pub use limits::Limits;
pub use sockets::Sockets;
pub use units::{Count, Seconds};

/// Every setting of a server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where to listen: an address and a port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// On which terms the data are given: the address of a licence, or words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What one GraphQL request may ask.
    pub limits: Limits,
    /// Requests, and who may send them.
    pub http: Http,
    /// WebSockets and subscriptions.
    pub sockets: Sockets,
    /// What is kept in memory to be given again.
    pub cache: Cache,
    /// Who may write.
    pub auth: Auth,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8017).into(),
            licence: None,
            limits: Limits::default(),
            http: Http::default(),
            sockets: Sockets::default(),
            cache: Cache::default(),
            auth: Auth::default(),
        }
    }
}
