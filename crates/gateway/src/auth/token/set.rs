//! A JSON Web Key Set (RFC 7517), and the keys in it that signatures are verified by.

use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;

/// The most keys that are kept of a set.
const MAX_KEYS: usize = 100;

/// A public key.
#[derive(Debug, Clone)]
pub(super) struct PublicKey {
    /// Its name (`kid`).
    pub(super) id: Option<String>,
    /// What it may sign by. None of it has a shared secret.
    algorithms: &'static [Algorithm],
    /// The one of them that it says itself.
    only: Option<KeyAlgorithm>,
    pub(super) key: DecodingKey,
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

/// The keys of a set that verify signatures. Others in it are passed over, as RFC 7517, section 5,
/// says: those for encryption, shared secrets, and what is not understood.
///
/// # Errors
/// What is no set.
pub(super) fn read(text: &[u8]) -> Result<Vec<PublicKey>, String> {
    let set: Set = serde_json::from_slice(text)
        .map_err(|error| format!("it holds no JSON Web Key Set ({error})"))?;
    let read = set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok());
    Ok(read.filter_map(|key| PublicKey::of(&key)).take(MAX_KEYS).collect())
}

impl PublicKey {
    /// Whether it is the one that a token names, and signs by the token's algorithm.
    pub(super) fn fits(&self, id: &str, algorithm: Algorithm) -> bool {
        self.id.as_deref() == Some(id) && self.signs_by(algorithm)
    }

    pub(super) fn signs_by(&self, algorithm: Algorithm) -> bool {
        let is_meant = self.only.is_none_or(|only| only == algorithm.into());
        is_meant && self.algorithms.contains(&algorithm)
    }

    fn of(key: &Jwk) -> Option<Self> {
        use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
        let common = &key.common;
        let is_for_signatures =
            matches!(common.public_key_use, None | Some(PublicKeyUse::Signature))
                && common
                    .key_operations
                    .as_ref()
                    .is_none_or(|it| it.contains(&KeyOperations::Verify));
        let algorithms: &[Algorithm] = match &key.algorithm {
            AlgorithmParameters::RSA(_) => &[RS256, RS384, RS512, PS256, PS384, PS512],
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => &[ES256],
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P384 => &[ES384],
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
                &[EdDSA]
            }
            _ => return None,
        };
        if !is_for_signatures {
            return None;
        }
        let (id, only) = (common.key_id.clone(), common.key_algorithm);
        Some(Self { id, algorithms, only, key: DecodingKey::from_jwk(key).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_verifies_no_signature_is_passed_over() {
        let ed = json!({ "kty": "OKP", "crv": "Ed25519", "kid": "a", "x": "AA" });
        let with = |more: Value| {
            let mut key = ed.clone();
            key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            key
        };
        let set = json!({ "more": 1, "keys": [
            ed,
            with(json!({ "kid": "enc", "use": "enc" })),
            with(json!({ "kid": "wrap", "key_ops": ["wrapKey"] })),
            with(json!({ "kid": "verify", "key_ops": ["verify"] })),
            with(json!({ "kid": "448", "crv": "Ed448" })),
            with(json!({ "kid": "new", "kty": "PQC" })),
            with(json!({ "kid": "damaged", "x": "§" })),
            { "kty": "oct", "kid": "shared", "k": "AAAA" },
            { "kty": "EC", "crv": "P-521", "kid": "521", "x": "AA", "y": "AA" },
            { "kty": "RSA", "kid": "half", "n": "AA" },
            7,
        ] });
        let read = read(set.to_string().as_bytes()).unwrap();
        let ids: Vec<&str> = read.iter().filter_map(|key| key.id.as_deref()).collect();
        assert_eq!(ids, ["a", "verify"]);
    }

    #[test]
    fn a_key_fits_the_algorithms_of_its_kind() {
        let set = json!({ "keys": [
            { "kty": "RSA", "kid": "rsa", "n": "AA", "e": "AQAB" },
            { "kty": "RSA", "kid": "pss", "alg": "PS256", "n": "AA", "e": "AQAB" },
            { "kty": "RSA", "kid": "oaep", "alg": "RSA-OAEP", "n": "AA", "e": "AQAB" },
            { "kty": "EC", "kid": "ec", "crv": "P-384", "x": "AA", "y": "AA" },
        ] });
        let read = read(set.to_string().as_bytes()).unwrap();
        let fits = |id: &str, algorithm| read.iter().any(|key| key.fits(id, algorithm));
        for (id, algorithm, is_fit) in [
            ("rsa", Algorithm::RS256, true),
            ("rsa", Algorithm::PS512, true),
            ("rsa", Algorithm::HS256, false),
            ("rsa", Algorithm::ES256, false),
            ("pss", Algorithm::PS256, true),
            ("pss", Algorithm::RS256, false),
            ("oaep", Algorithm::RS256, false),
            ("ec", Algorithm::ES384, true),
            ("ec", Algorithm::ES256, false),
            ("ec", Algorithm::HS256, false),
            ("other", Algorithm::RS256, false),
        ] {
            assert_eq!(fits(id, algorithm), is_fit, "{id} {algorithm:?}");
        }
    }

    #[test]
    fn what_is_no_set_is_refused() {
        for text in ["", "{", "[]", "{}", r#"{"keys": {}}"#, "<html>"] {
            assert!(read(text.as_bytes()).unwrap_err().contains("no JSON Web Key Set"), "{text}");
        }
    }
}
