//! The settings of a server, each with a default that is right for a small public register.
//!
//! A setting has one name everywhere: `body_bytes` below `[http]` in the file, the environment
//! variable `CHANCERY_HTTP_BODY_BYTES`, the flag `--http-body-bytes`. They are passed to what they
//! are about; nothing looks them up by itself.
//!
//! To add one: a field with its documentation, whose units it names, and its default. Its names,
//! its place in the sample and its checks follow from that.

mod auth;
mod cache;
mod http;
mod known;
mod limits;
mod log;
mod metrics;
mod oidc;
mod optional;
mod print;
mod read;
mod sockets;
mod tls;
mod units;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use auth::Auth;
pub use cache::Cache;
pub use http::{Http, Origin};
pub use known::{Kind, Setting, find, known};
pub use limits::Limits;
pub use log::{Format, Level, Log};
pub use metrics::Metrics;
pub use oidc::Oidc;
pub use read::{Effective, Place, Wrong, read};
pub use sockets::Sockets;
pub use tls::Tls;
pub use units::{Address, Count, Seconds};

/// Every setting of a server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where to listen: an address and a port; port 0 takes a free one.
    pub listen: Address,
    /// On which terms the data are given: the address of a licence, or words.
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub licence: Option<String>,
    /// What one GraphQL request may ask.
    pub limits: Limits,
    /// Requests, and who may send them.
    pub http: Http,
    /// Serving by HTTPS alone. Where a proxy does that, leave both empty.
    pub tls: Tls,
    /// WebSockets and subscriptions.
    pub sockets: Sockets,
    /// What is kept in memory to be given again.
    pub cache: Cache,
    /// Who may write.
    pub auth: Auth,
    /// What the program writes about its work, on the standard error. Never a query, a variable or a
    /// header; an address only of who showed a key or token that does not count.
    pub log: Log,
    /// Figures for Prometheus.
    pub metrics: Metrics,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: Address::loopback(8017),
            licence: None,
            limits: Limits::default(),
            http: Http::default(),
            tls: Tls::default(),
            sockets: Sockets::default(),
            cache: Cache::default(),
            auth: Auth::default(),
            log: Log::default(),
            metrics: Metrics::default(),
        }
    }
}
