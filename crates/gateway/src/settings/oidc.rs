use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Count, Seconds, optional};

/// Tokens of an identity provider (OpenID Connect), beside API keys. Without an issuer none count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Oidc {
    /// Who issues tokens: what their `iss` says, as `https://login.example.org/realms/isu`.
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub issuer: Option<String>,
    /// This register, as the issuer knows it: what `aud` of a token has to name. Not the name of
    /// a client, or tokens that say who logged in there would count.
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub audience: Option<String>,
    /// Where the issuer's public keys are (a JSON Web Key Set): a file, or an address that begins
    /// with https:// (with http:// on this machine alone).
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub jwks: Option<String>,
    /// By which algorithms a token may be signed, of RS256, RS384, RS512, PS256, PS384, PS512,
    /// ES256, ES384 and EdDSA. Name those that the issuer uses and no others.
    pub algorithms: Vec<String>,
    /// The claim that says who it is: what they record is recorded by this name, so it has to be
    /// one that nobody chooses for themselves. A claim within another is written as a JSON Pointer,
    /// as /act/sub.
    pub name_claim: String,
    /// The claim that lists roles, as a list or as words of one text. What is no role of this
    /// register is passed over.
    pub roles_claim: String,
    /// The claim that names the one convention; if it is set, a token without it does not count.
    #[serde(with = "optional")]
    #[schemars(with = "String")]
    pub convention_claim: Option<String>,
    /// By how much the clocks of issuer and register may differ, in seconds.
    pub leeway_seconds: Count<0, 300>,
    /// How often the keys are read again, in seconds: a key that the issuer takes back counts no
    /// longer than this, where the issuer can be reached.
    pub refresh_seconds: Seconds,
    /// When keys that could not be read, or a key that is not known, may be asked for again, in
    /// seconds.
    pub retry_seconds: Seconds,
    /// How long keys count that cannot be read again, in seconds.
    pub keep_seconds: Seconds,
    /// How long reading the keys may take, in seconds.
    pub timeout_seconds: Seconds,
}

impl Default for Oidc {
    fn default() -> Self {
        Self {
            issuer: None,
            audience: None,
            jwks: None,
            algorithms: ["RS256", "PS256", "ES256", "EdDSA"].map(str::to_owned).into(),
            name_claim: "sub".to_owned(),
            roles_claim: "roles".to_owned(),
            convention_claim: None,
            leeway_seconds: Count::clamped(60),
            refresh_seconds: Seconds::new(600),
            retry_seconds: Seconds::new(30),
            keep_seconds: Seconds::new(14_400),
            timeout_seconds: Seconds::new(5),
        }
    }
}
