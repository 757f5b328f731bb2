//! Tokens of an identity provider: who may write by them, and who may not.

mod issuer;
mod keys;

use std::{
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chancery_gateway::{auth::Access, settings::Oidc};
use jiff::Timestamp;
use ring::signature::KeyPair as _;
use serde_json::{Value, json};

use self::issuer::{ISSUER, Issuer, claims};
use crate::{
    server::Reply,
    writers::{RECORD, Writers},
    writing::{accession, refused, wrong_ones_wait},
};

/// Tries to record by a token, as a client of its own.
fn send(writers: &Writers, token: &str, input: &Value) -> Reply {
    static CLIENTS: AtomicU32 = AtomicU32::new(0);
    let [.., high, low] = CLIENTS.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let client = format!("x-forwarded-for: 198.18.{high}.{low}");
    let token = format!("authorization: Bearer {token}");
    writers.send_with(&[&token, &client], RECORD, &json!({ "input": input }))
}

/// Whether a token counts: nothing is recorded.
fn counts(writers: &Writers, token: &str) -> bool {
    let mut input = accession("TUR");
    input["dryRun"] = true.into();
    let reply = send(writers, token, &input);
    assert!([200, 401, 503].contains(&reply.status), "{}", reply.body);
    reply.status == 200
}

#[test]
fn whom_the_issuer_vouches_for_records_by_the_name_in_the_claim() {
    let issuer = Issuer::new();
    let writers = Writers::with(issuer.settings(|_| {}));
    for (algorithm, key) in
        [("EdDSA", "ed"), ("ES256", "ec"), ("RS256", "rsa"), ("PS256", "pss"), ("PS256", "rsa")]
    {
        for kind in ["JWT", "at+jwt", "application/at+jwt"] {
            let head = json!({ "alg": algorithm, "kid": key, "typ": kind });
            assert!(counts(&writers, &issuer.token(&head, &claims(&json!({})))), "{head}");
        }
    }
    let reply = send(&writers, &issuer.signed(&json!({})), &accession("TUR"));
    assert_eq!(reply.json()["data"]["record"]["receipt"]["facts"], 1, "{}", reply.body);
    let recorded = "history(recordedBy: \"un-ola\") { nodes { type recordedBy } }";
    assert_eq!(
        writers.server.ccm("2026-04-01", recorded)["history"]["nodes"],
        json!([{ "type": "membership.acceded", "recordedBy": "un-ola" }])
    );
    // Keys count beside tokens.
    let key = writers.key(7, "depositary", &["depositary"]);
    assert_eq!(writers.record(&key, &accession("ARG"))["receipt"]["facts"], 1);
}

#[test]
fn a_token_records_what_its_roles_and_its_convention_let_it() {
    let issuer = Issuer::new();
    let writers = Writers::with(issuer.settings(|it| {
        it.name_claim = "client_id".to_owned();
        it.roles_claim = "/resource_access/chancery/roles".to_owned();
        it.convention_claim = Some("convention".to_owned());
    }));
    let token = |roles: Value, convention: &str| {
        let access =
            json!({ "chancery": { "roles": roles }, "other": { "roles": ["depositary"] } });
        issuer.signed(&json!({ "client_id": "isu", "roles": ["depositary"],
            "convention": convention, "resource_access": access }))
    };
    let right = send(&writers, &token(json!("treasurer depositary"), "ccm"), &accession("TUR"));
    assert_eq!(right.json()["data"]["record"]["receipt"]["facts"], 1, "{}", right.body);
    let other = send(&writers, &token(json!(["treasurer", "editor"]), "ccm"), &accession("ARG"));
    refused(&other, 403, "FORBIDDEN", "`isu` is treasurer and editor, and may not record this");
    assert_eq!(
        other.json()["errors"][0]["extensions"]["help"],
        "it takes the role depositary; ask the register's operator for it"
    );
    let elsewhere = send(&writers, &token(json!(["depositary"]), "example"), &accession("ARG"));
    refused(&elsewhere, 403, "FORBIDDEN", "`isu` may record for `example` alone, not for `ccm`");
    let everywhere = issuer.signed(&json!({ "client_id": "isu",
        "resource_access": { "chancery": { "roles": ["depositary"] } } }));
    let reply = send(&writers, &everywhere, &accession("ARG"));
    refused(&reply, 401, "UNAUTHENTICATED", "the claim `convention` of this token is missing");
}

#[test]
fn each_token_that_does_not_hold_is_refused_with_its_reason() {
    let (issuer, other) = (Issuer::new(), Issuer::new());
    let writers = Writers::with(issuer.settings(|_| {}));
    let now = Timestamp::now().as_second();
    let with = |more: Value| issuer.signed(&more);
    let head = |head: Value| issuer.token(&head, &claims(&json!({})));
    let forged = {
        let token = with(json!({}));
        let parts: Vec<&str> = token.split('.').collect();
        let more = BASE64.encode(claims(&json!({ "roles": ["editor"] })).to_string());
        format!("{}.{more}.{}", parts[0], parts[2])
    };
    let unsigned = {
        let token = with(json!({}));
        format!("{}.", token.rsplit_once('.').unwrap().0)
    };
    let own = json!({ "kty": "OKP", "crv": "Ed25519", "x": BASE64.encode(other.ed.public_key()) });
    let own = json!({ "alg": "EdDSA", "kid": "ed", "jwk": own, "jku": "https://evil.example.org" });
    let cases = [
        // Times, with a minute for clocks that differ.
        (with(json!({ "exp": now - 90 })), "has expired; "),
        (with(json!({ "nbf": now + 90 })), "does not count yet; "),
        (with(json!({ "exp": null })), "the claim `exp` of this token is missing"),
        (with(json!({ "exp": "tomorrow" })), "the claim `exp` of this token"),
        (with(json!({ "nbf": "tomorrow" })), "the claim `nbf` of this token"),
        // Who issued it, and for whom.
        (
            with(json!({ "iss": "https://evil.example.org" })),
            "of another issuer; ask `https://login",
        ),
        (with(json!({ "iss": format!("{ISSUER}/") })), "of another issuer"),
        (with(json!({ "iss": null })), "the claim `iss` of this token is missing"),
        (with(json!({ "aud": "another" })), "for another service; ask for one for `chancery`"),
        (with(json!({ "aud": [] })), "for another service"),
        (with(json!({ "aud": null })), "the claim `aud` of this token is missing"),
        // Who it is of.
        (with(json!({ "sub": null })), "the claim `sub` of this token is missing"),
        (with(json!({ "sub": 7 })), "is no text"),
        (with(json!({ "sub": "Jane Doe" })), "cannot be who records"),
        (with(json!({ "roles": ["king"] })), "names no role of this register"),
        (with(json!({ "roles": [] })), "names no role"),
        (with(json!({ "roles": null })), "names no role"),
        (with(json!({ "roles": { "editor": true } })), "names no role"),
        // Bound to its sender.
        (with(json!({ "cnf": { "jkt": "x" } })), "bound to a key"),
        // Signatures.
        (other.signed(&json!({})), "not signed by the key that it names"),
        (forged, "not signed by the key"),
        (unsigned, "not signed by the key"),
        (other.token(&own, &claims(&json!({}))), "not signed by the key"),
        // Algorithms: none, a public key as a secret, and those that are not listed.
        (head(json!({ "alg": "none" })), "no token of the form"),
        (head(json!({ "alg": "none", "kid": "ed" })), "no token of the form"),
        (head(json!({ "alg": "nOnE", "kid": "ed" })), "no token of the form"),
        (head(json!({ "alg": "HS256", "kid": "ed" })), "it takes RS256, PS256, ES256, EdDSA"),
        (head(json!({ "alg": "HS256", "kid": "rsa" })), "an algorithm that this register"),
        (head(json!({ "alg": "HS256", "kid": "shared" })), "an algorithm that this register"),
        (head(json!({ "alg": "RS512", "kid": "rsa" })), "an algorithm that this register"),
        // Keys: unknown, not named, of another kind, for something else.
        (head(json!({ "alg": "EdDSA", "kid": "unknown" })), "names no key"),
        (head(json!({ "alg": "RS256" })), "names no key"),
        (head(json!({ "alg": "EdDSA" })), "names no key"),
        (head(json!({ "alg": "ES256", "kid": "ed" })), "names no key"),
        (head(json!({ "alg": "RS256", "kid": "ed" })), "names no key"),
        (head(json!({ "alg": "RS256", "kid": "pss" })), "names no key"),
        (head(json!({ "alg": "ES256", "kid": "enc" })), "names no key"),
        (head(json!({ "alg": "EdDSA", "kid": "shared" })), "names no key"),
        // Made for something else, or to be understood.
        (head(json!({ "alg": "EdDSA", "kid": "ed", "typ": "logout+jwt" })), "for something else"),
        (head(json!({ "alg": "EdDSA", "kid": "ed", "typ": "dpop+jwt" })), "for something else"),
        (
            head(json!({ "alg": "EdDSA", "kid": "ed", "crit": ["b64"], "b64": false })),
            "of the form",
        ),
        // Not even that.
        ("a.b.c".to_owned(), "no token of the form"),
        ("a.b.c.d.e".to_owned(), "none of what is taken here; keys look like"),
        (format!("{}.x.y", "a".repeat(20_000)), "no token of the form"),
        (format!("chancery_{}", "1".repeat(64)), "no key of this register"),
    ];
    for (token, says) in cases {
        let reply = send(&writers, &token, &accession("TUR"));
        let (code, message) = reply.error();
        assert_eq!((reply.status, code.as_str()), (401, "UNAUTHENTICATED"), "{says}: {message}");
        assert!(message.contains(says), "{says}: {message}");
        assert!(message.contains("; ") && !message.contains(&token), "{message}");
        assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    }
    // Half a minute is within the difference that clocks may have.
    assert!(counts(&writers, &with(json!({ "exp": now - 30, "nbf": now + 30 }))));
}

#[test]
fn who_often_shows_wrong_tokens_waits_and_nobody_else_does() {
    let (issuer, other) = (Issuer::new(), Issuer::new());
    let writers = Writers::with(issuer.settings(|_| {}));
    let (wrong, right) = (other.signed(&json!({})), issuer.signed(&json!({})));
    wrong_ones_wait(&writers, &wrong, &right, &["x-forwarded-for: 192.0.2.1"]);
}

#[test]
fn a_key_needs_no_name_where_it_is_the_only_one() {
    let issuer = Issuer::new();
    let only =
        json!({ "kty": "OKP", "crv": "Ed25519", "x": BASE64.encode(issuer.ed.public_key()) });
    std::fs::write(issuer.file(), json!({ "keys": [only] }).to_string()).unwrap();
    let writers = Writers::with(issuer.settings(|_| {}));
    let token = |head: Value| issuer.token(&head, &claims(&json!({})));
    assert!(counts(&writers, &token(json!({ "alg": "EdDSA" }))));
    assert!(!counts(&writers, &token(json!({ "alg": "EdDSA", "kid": "ed" }))));
    assert!(!counts(&writers, &token(json!({ "alg": "ES256" }))));
}

#[test]
fn without_a_file_of_keys_tokens_alone_count() {
    let issuer = Issuer::new();
    let writers = Writers::without_keys(issuer.settings(|_| {}));
    assert!(counts(&writers, &issuer.signed(&json!({}))));
    let key = format!("chancery_{}", "1".repeat(64));
    let reply = send(&writers, &key, &accession("TUR"));
    refused(&reply, 401, "UNAUTHENTICATED", "no key of this register");
    let nothing = writers.send_with(&[], RECORD, &json!({ "input": accession("TUR") }));
    refused(&nothing, 401, "UNAUTHENTICATED", "a key or a token");
}

#[test]
fn settings_that_cannot_be_meant_are_refused() {
    let issuer = Issuer::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let open = |oidc: &Oidc| runtime.block_on(Access::open(Path::new("/nowhere"), oidc));
    assert!(open(&Oidc::default()).unwrap().is_none());
    let empty = issuer.file().with_file_name("empty.json");
    std::fs::write(&empty, "{}").unwrap();
    let empty = Some(empty.display().to_string());
    for (change, says) in [
        (
            &(|it: &mut Oidc| it.audience = None) as &dyn Fn(&mut Oidc),
            "`auth.oidc.audience` is missing; ",
        ),
        (&|it| it.issuer = None, "`auth.oidc.issuer` is missing; "),
        (&|it| it.jwks = None, "`auth.oidc.jwks` is missing; "),
        (&|it| it.algorithms = vec!["RS256".to_owned(), "HS256".to_owned()], "has `HS256`; "),
        (&|it| it.algorithms = vec!["none".to_owned()], "has `none`; "),
        (&|it| it.algorithms = Vec::new(), "is empty; "),
        (&|it| it.jwks = Some("http://login.example.org/jwks".to_owned()), "begins with https://"),
        (&|it| it.jwks = Some("/nowhere/jwks.json".to_owned()), "/nowhere/jwks.json: "),
        (&|it| it.jwks.clone_from(&empty), "no JSON Web Key Set"),
        (&|it| it.keep_seconds = Duration::from_secs(10).into(), "less than `refresh_seconds`"),
    ] {
        let mut oidc = issuer.settings(|_| {}).auth.oidc;
        change(&mut oidc);
        let Err(error) = open(&oidc) else { panic!("{says}") };
        assert!(error.to_string().contains(says), "{error}");
    }
}
