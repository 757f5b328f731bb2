//! Tokens of an identity provider: JSON Web Tokens (RFC 7519) that an issuer signs, checked against
//! its published keys, as RFC 8725 advises and RFC 9068 has it for access tokens.
//!
//! What a token has to say stands in the settings: issuer, audience, algorithms, and the claims
//! that hold name, roles and convention. A token that lacks any of it does not count.

mod fetch;
mod keys;
mod place;
mod set;
mod verifier;

use std::collections::BTreeSet;

use chancery_kernel::{ConventionId, RecorderId};
use jsonwebtoken::{
    Algorithm, Header, Validation, decode, decode_header,
    errors::{Error as JwtError, ErrorKind},
};
use serde_json::Value;

use self::{
    keys::{Keys, NoKey},
    place::Place,
};
use super::{Role, Writer};
use crate::settings::Oidc;

/// The longest token that is looked at, in bytes.
const MAX_BYTES: usize = 16 << 10;

/// Those whom an issuer vouches for.
pub struct Tokens {
    settings: Oidc,
    issuer: String,
    audience: String,
    algorithms: Vec<Algorithm>,
    keys: Keys,
}

/// Why the settings about tokens cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OidcError {
    /// Something is not said.
    #[error(
        "`auth.oidc.{0}` is missing; tokens are taken where `issuer`, `audience` and `jwks` are all set"
    )]
    Missing(&'static str),
    /// An algorithm that is none, or that needs a shared secret.
    #[error(
        "`auth.oidc.algorithms` has `{0}`; there are RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 and EdDSA"
    )]
    Algorithm(String),
    /// No algorithm at all.
    #[error("`auth.oidc.algorithms` is empty; name those that the issuer signs by, as RS256")]
    NoAlgorithm,
    /// Keys that anybody on the way could change.
    #[error("`auth.oidc.jwks`: {0}")]
    Place(String),
    /// A file that cannot be read.
    #[error("`auth.oidc.jwks`: {0}; give the file that holds the issuer's keys")]
    File(String),
    /// Keys that are not kept as long as they are used.
    #[error(
        "`auth.oidc.keep_seconds` is less than `refresh_seconds`, so that keys would end before they are read again; let them be kept for longer"
    )]
    Keep,
}

/// Why a token does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is none.
    #[error(
        "this is no token of the form that this register takes; send the access token as it was issued"
    )]
    Form,
    /// It is signed by an algorithm that is not taken.
    #[error("this token is signed by an algorithm that this register does not take; it takes {0}")]
    Algorithm(String),
    /// Its key is none of the issuer's.
    #[error(
        "this token names no key that its issuer has published for it; ask its issuer for another"
    )]
    Key,
    /// Its signature does not fit.
    #[error("this token is not signed by the key that it names; ask its issuer for another")]
    Signature,
    /// It is for something else than this, or bound to a key of its sender.
    #[error(
        "this token is {0}; ask its issuer for an access token that whoever bears it may use (Bearer)"
    )]
    Kind(&'static str),
    /// Its time is over.
    #[error("this token has expired; ask its issuer for another")]
    Expired,
    /// Its time has not come.
    #[error(
        "this token does not count yet; look whether the clocks of its issuer and here are right"
    )]
    Early,
    /// It is of another issuer.
    #[error("this token is of another issuer; ask `{0}` for one")]
    Issuer(String),
    /// It is for another service.
    #[error("this token is for another service; ask for one for `{0}`")]
    Audience(String),
    /// A claim is missing or says what cannot be.
    #[error("the claim `{claim}` of this token {what}")]
    Claim {
        /// Which.
        claim: String,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// Whether it counts cannot be said now.
    #[error(
        "whether this token counts cannot be looked up: the keys of its issuer cannot be read now; send it again later"
    )]
    Unavailable,
}

impl Tokens {
    /// Those whom the issuer in the settings vouches for; `None` if the settings name none. Keys
    /// that an address does not give now are asked for again.
    ///
    /// # Errors
    /// Settings that cannot be meant.
    pub async fn open(settings: &Oidc) -> Result<Option<Self>, OidcError> {
        let said = [
            ("issuer", &settings.issuer),
            ("audience", &settings.audience),
            ("jwks", &settings.jwks),
        ];
        if said.iter().all(|(_, it)| it.is_none()) {
            return Ok(None);
        }
        let missing = said.iter().find(|(_, it)| it.is_none());
        let (Some(issuer), Some(audience), Some(jwks), None) =
            (&settings.issuer, &settings.audience, &settings.jwks, missing)
        else {
            return Err(OidcError::Missing(missing.map_or("issuer", |(name, _)| name)));
        };
        if settings.keep_seconds < settings.refresh_seconds {
            return Err(OidcError::Keep);
        }
        verifier::install();
        let mut algorithms = Vec::new();
        for name in &settings.algorithms {
            let algorithm = name.parse().ok().filter(|it: &Algorithm| verifier::is_verifiable(*it));
            algorithms.push(algorithm.ok_or_else(|| OidcError::Algorithm(name.clone()))?);
        }
        if algorithms.is_empty() {
            return Err(OidcError::NoAlgorithm);
        }
        let place = Place::of(jwks).map_err(OidcError::Place)?;
        let is_file = matches!(place, Place::File(_));
        let (keys, failed) = Keys::open(place, settings).await;
        if let (Some(error), true) = (failed, is_file) {
            return Err(OidcError::File(error));
        }
        let (issuer, audience) = (issuer.clone(), audience.clone());
        Ok(Some(Self { settings: settings.clone(), issuer, audience, algorithms, keys }))
    }

    /// Who issues them.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether a text may be a token: its head, its claims and its signature (RFC 7515).
    pub fn look_like(text: &str) -> bool {
        text.split('.').count() == 3
    }

    /// Whom a token is of.
    ///
    /// # Errors
    /// A token that does not count.
    pub async fn writer(&self, token: &str) -> Result<Writer, TokenError> {
        if token.len() > MAX_BYTES {
            return Err(TokenError::Form);
        }
        let head = decode_header(token).map_err(|_| TokenError::Form)?;
        if !self.algorithms.contains(&head.alg) {
            return Err(TokenError::Algorithm(self.settings.algorithms.join(", ")));
        }
        check_head(&head)?;
        let key = self.keys.key(head.kid.as_deref(), head.alg).await;
        let key = key.map_err(|error| match error {
            NoKey::Unknown => TokenError::Key,
            NoKey::Unavailable => TokenError::Unavailable,
        })?;
        let decoded = decode::<Value>(token, &key, &self.validation(head.alg));
        let claims = decoded.map_err(|error| self.refused(&error))?.claims;
        if claims.get("cnf").is_some() {
            // RFC 7800: its sender has to prove more, which nobody here checks.
            return Err(TokenError::Kind("bound to a key that its sender has to show"));
        }
        self.of_claims(&claims)
    }

    /// What is checked of a token of an algorithm that is taken, and of no other.
    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.leeway = self.settings.leeway_seconds.get() as u64;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        validation
    }

    fn refused(&self, error: &JwtError) -> TokenError {
        let claim = |claim: &str, what: &str| TokenError::Claim {
            claim: claim.to_owned(),
            what: what.to_owned(),
        };
        match error.kind() {
            ErrorKind::ExpiredSignature => TokenError::Expired,
            ErrorKind::ImmatureSignature => TokenError::Early,
            ErrorKind::InvalidIssuer => TokenError::Issuer(self.issuer.clone()),
            ErrorKind::InvalidAudience => TokenError::Audience(self.audience.clone()),
            ErrorKind::MissingRequiredClaim(name) => {
                claim(name, "is missing or cannot be read; its issuer has to say it")
            }
            ErrorKind::InvalidClaimFormat(name) => {
                claim(name, "is no time; its issuer has to say it in seconds since 1970")
            }
            ErrorKind::InvalidSignature
            | ErrorKind::InvalidAlgorithm
            | ErrorKind::InvalidKeyFormat
            | ErrorKind::UnsupportedAlgorithm => TokenError::Signature,
            _ => TokenError::Form,
        }
    }

    fn of_claims(&self, claims: &Value) -> Result<Writer, TokenError> {
        let Oidc { name_claim, roles_claim, convention_claim, .. } = &self.settings;
        let wrong = |claim: &str, what: String| TokenError::Claim { claim: claim.to_owned(), what };
        let text = |claim: &str| match find(claims, claim) {
            Some(Value::String(text)) => Ok(text.as_str()),
            Some(_) => Err(wrong(claim, "is no text; its issuer has to say it as one".to_owned())),
            None => Err(wrong(claim, "is missing; its issuer has to say it".to_owned())),
        };
        let name = text(name_claim)?;
        let name = name
            .parse::<RecorderId>()
            .map_err(|error| wrong(name_claim, format!("cannot be who records: {error}")))?;
        let roles = roles(find(claims, roles_claim));
        if roles.is_empty() {
            let what = "names no role of this register; it has to name one of depositary, secretariat, treasurer and editor";
            return Err(wrong(roles_claim, what.to_owned()));
        }
        let convention = convention_claim.as_ref().map(|claim| {
            let id = text(claim)?;
            id.parse::<ConventionId>()
                .map_err(|error| wrong(claim, format!("names no convention: {error}")))
        });
        Ok(Writer { name, roles, convention: convention.transpose()? })
    }
}

/// Whether what a token says of itself lets it be an access token.
fn check_head(head: &Header) -> Result<(), TokenError> {
    // What nobody here understands must be understood (RFC 7515, section 4.1.11).
    if head.crit.is_some() {
        return Err(TokenError::Form);
    }
    // RFC 8725, section 3.11: one that is made for something else, as to log somebody out, says so.
    let kind = head.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
    match kind.strip_prefix("application/").unwrap_or(&kind) {
        "jwt" | "at+jwt" => Ok(()),
        _ => Err(TokenError::Kind("made for something else, as its `typ` says")),
    }
}

/// A claim by its name, or by a JSON Pointer (RFC 6901).
fn find<'a>(claims: &'a Value, claim: &str) -> Option<&'a Value> {
    if claim.starts_with('/') { claims.pointer(claim) } else { claims.get(claim) }
}

/// The roles among what a claim lists.
fn roles(claim: Option<&Value>) -> BTreeSet<Role> {
    let read = |text: &str| text.parse().ok();
    match claim {
        Some(Value::String(words)) => words.split_whitespace().filter_map(read).collect(),
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).filter_map(read).collect()
        }
        _ => BTreeSet::new(),
    }
}
