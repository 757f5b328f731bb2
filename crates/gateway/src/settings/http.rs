use std::{borrow::Cow, str::FromStr};

use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{Count, Seconds};

/// Requests, and who may send them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// The longest body that is read, in bytes.
    pub body_bytes: Count<1_024, { 64 << 20 }>,
    /// How long a request may take, in seconds, reading its body included and sending the answer
    /// not. Its head may take as long; a connection on which none comes for so long is closed.
    pub request_seconds: Seconds,
    /// How long a client may take nothing of what is sent, in seconds, before its connection is cut.
    pub send_seconds: Seconds,
    /// How many connections may be open at a time, WebSockets not counted. Who comes then waits
    /// until one ends. The system must allow the program as many open files.
    pub connections: Count<1, 1_000_000>,
    /// How many of them one client may have; more are cut. Trusted proxies may have any number.
    pub connections_per_client: Count<1, 1_000_000>,
    /// How many requests of one client are worked on at a time. A client is an IPv4 address, or
    /// the first half of an IPv6 address.
    pub requests_per_client: Count<1, 100_000>,
    /// The addresses and networks of proxies, as 10.0.0.5 or 10.0.0.0/8. From there the client is
    /// who `X-Forwarded-For` names last and who is no such proxy. From elsewhere that header is
    /// not believed.
    #[schemars(with = "Vec<String>")]
    #[serde(with = "networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// Which web pages of other origins may read answers in a browser, as
    /// `https://example.org`; `*` means all.
    pub cors_origins: Vec<Origin>,
    /// For how long browsers shall come back by HTTPS only, in seconds; 0 leaves it to them. Set
    /// it where the register is served by HTTPS and will stay so.
    pub hsts_seconds: Count<0, 63_072_000>,
    /// How long requests that are under way may take to end once the program is asked to stop, in
    /// seconds.
    pub stop_seconds: Seconds,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            body_bytes: Count::clamped(64 << 10),
            request_seconds: Seconds::new(15),
            send_seconds: Seconds::new(20),
            connections: Count::clamped(2_000),
            connections_per_client: Count::clamped(600),
            requests_per_client: Count::clamped(256),
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            hsts_seconds: Count::clamped(0),
            stop_seconds: Seconds::new(10),
        }
    }
}

/// An origin as browsers send it (RFC 6454): a scheme, a host, and a port unless it is the usual
/// one; or `*`, which means every one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin(String);

impl Origin {
    /// As browsers send it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_host = |host: &str| {
            let part = |byte: u8| byte.is_ascii_graphic() && !b"/?#@\\\"',;".contains(&byte);
            !host.is_empty() && host.bytes().all(part) && host == host.to_ascii_lowercase()
        };
        if text == "*" || rest.is_some_and(is_host) {
            return Ok(Self(text.to_owned()));
        }
        Err(format!(
            "`{text}` is not an origin; write scheme and host in lower case and nothing behind, as https://example.org"
        ))
    }
}

impl TryFrom<String> for Origin {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.0
    }
}

impl JsonSchema for Origin {
    fn schema_name() -> Cow<'static, str> {
        "Origin".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// Networks, of which an address alone is one.
mod networks {
    use std::net::IpAddr;

    use ipnet::IpNet;
    use serde::{Deserialize, Deserializer, Serialize as _, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(nets: &[IpNet], to: S) -> Result<S::Ok, S::Error> {
        nets.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IpNet>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let network = |text: &String| {
            let address = || text.parse::<IpAddr>().map(IpNet::from);
            text.parse::<IpNet>().or_else(|_| address()).map_err(|_| {
                D::Error::custom(format!(
                    "`{text}` is not an address or a network; write it as 10.0.0.5 or 10.0.0.0/8"
                ))
            })
        };
        texts.iter().map(network).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_those_that_browsers_send() {
        for good in ["*", "https://example.org", "http://localhost:3000", "https://[::1]:8443"] {
            assert!(good.parse::<Origin>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "https://",
            "https://example.org/",
            "https://Example.org",
            "https://a, https://b",
            "ftp://example.org",
            "https://user@example.org",
        ] {
            assert!(bad.parse::<Origin>().unwrap_err().contains("is not an origin"), "{bad}");
        }
    }
}
