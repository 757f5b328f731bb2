//! The issuer's keys: changed, taken back, and not to be had.

use std::{
    thread,
    time::{Duration, Instant},
};

use chancery_gateway::settings::Oidc;
use serde_json::json;

use super::{
    counts,
    issuer::{Answer, Issuer, Publisher, claims},
    send,
};
use crate::{
    writers::Writers,
    writing::{accession, refused},
};

const SOON: Duration = Duration::from_millis(50);
const NEVER: Duration = Duration::from_secs(3_600);

/// Waits for what must happen.
#[track_caller]
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it does not happen: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn at(publisher: &Publisher, refresh: Duration, retry: Duration) -> impl FnOnce(&mut Oidc) {
    let address = publisher.address.clone();
    move |it| {
        it.jwks = Some(address);
        it.refresh_seconds = refresh.into();
        it.retry_seconds = retry.into();
        it.timeout_seconds = Duration::from_secs(1).into();
    }
}

#[test]
fn a_key_that_is_new_is_asked_for_and_many_unknown_ones_are_asked_for_once() {
    let issuer = Issuer::new();
    let publisher = Publisher::new(Answer::Keys(issuer.published("ed")));
    let retry = Duration::from_secs(3);
    let writers = Writers::with(issuer.settings(at(&publisher, NEVER, retry)));
    let named = |id: &str| issuer.token(&json!({ "alg": "EdDSA", "kid": id }), &claims(&json!({})));
    assert!(counts(&writers, &named("ed")));
    assert!(counts(&writers, &named("ed")));
    assert_eq!(publisher.asked(), 1, "what is known is not asked for");
    publisher.answers(Answer::Keys(issuer.published("next")));
    until("the new key counts", || counts(&writers, &named("next")));
    assert!(!counts(&writers, &named("ed")), "the old one is gone with that");
    let (asked, begun) = (publisher.asked(), Instant::now());
    thread::scope(|scope| {
        let flood = |number: u32| {
            let (writers, named) = (&writers, &named);
            scope.spawn(move || assert!(!counts(writers, &named(&format!("unknown-{number}")))))
        };
        let flood: Vec<_> = (0..40).map(flood).collect();
        assert!(counts(&writers, &named("next")), "others do not wait for it");
        flood.into_iter().for_each(|it| it.join().unwrap());
    });
    let allowed = 1 + begun.elapsed().as_secs() / retry.as_secs();
    let asked = publisher.asked() - asked;
    assert!(asked as u64 <= allowed, "{asked} of {allowed}");
}

#[test]
fn a_key_that_is_taken_back_counts_until_the_keys_are_read_again() {
    let issuer = Issuer::new();
    let writers = Writers::with(issuer.settings(|it| {
        it.refresh_seconds = SOON.into();
        it.retry_seconds = SOON.into();
    }));
    let token = issuer.signed(&json!({}));
    assert!(counts(&writers, &token));
    std::fs::write(issuer.file(), r#"{ "keys": [] }"#).unwrap();
    until("the key is gone", || !counts(&writers, &token));
    std::fs::write(issuer.file(), issuer.published("ed")).unwrap();
    until("it is back", || counts(&writers, &token));
    // What cannot be read takes nothing away.
    std::fs::write(issuer.file(), "{").unwrap();
    thread::sleep(SOON * 10);
    assert!(counts(&writers, &token));
}

#[test]
fn while_the_issuer_is_away_known_keys_count_for_their_time() {
    let issuer = Issuer::new();
    let publisher = Publisher::new(Answer::Status("503 Service Unavailable"));
    let keep = Duration::from_secs(4);
    let settings = issuer.settings(|it| {
        at(&publisher, SOON, SOON)(it);
        it.keep_seconds = keep.into();
    });
    // It is away when the server starts: that keeps nobody from reading.
    let writers = Writers::with(settings);
    let token = issuer.signed(&json!({}));
    let reply = send(&writers, &token, &accession("TUR"));
    refused(&reply, 503, "UNAVAILABLE", "cannot be read now; send it again later");
    assert!(reply.head_has("retry-after"));
    assert_eq!(
        writers.server.ccm("2026-04-01", "name")["name"].as_str().map(str::is_empty),
        Some(false)
    );

    publisher.answers(Answer::Keys(issuer.published("ed")));
    until("it is there", || counts(&writers, &token));
    publisher.answers(Answer::Status("500 Internal Server Error"));
    let away = Instant::now();
    let asked = publisher.asked();
    until("it was asked in vain", || publisher.asked() > asked + 2);
    if away.elapsed() < keep {
        let is_known = counts(&writers, &token);
        assert!(is_known || away.elapsed() >= keep, "known keys count on");
    }
    // Whether a key has come since, nobody can say.
    let unknown = issuer.token(&json!({ "alg": "EdDSA", "kid": "new" }), &claims(&json!({})));
    refused(&send(&writers, &unknown, &accession("TUR")), 503, "UNAVAILABLE", "later");
    until("its time is over", || !counts(&writers, &token));
    assert!(away.elapsed() >= keep - SOON, "{:?}", away.elapsed());
    refused(&send(&writers, &token, &accession("TUR")), 503, "UNAVAILABLE", "later");
    publisher.answers(Answer::Keys(issuer.published("ed")));
    until("it is back", || counts(&writers, &token));
}

#[test]
fn an_issuer_that_answers_badly_holds_nobody_up() {
    let issuer = Issuer::new();
    let right = Publisher::new(Answer::Keys(issuer.published("ed")));
    let token = issuer.signed(&json!({}));
    for answer in [
        Answer::Silence,
        Answer::Endless,
        Answer::Elsewhere(right.address.clone()),
        Answer::Keys("<html>".to_owned()),
        Answer::Keys(format!("{{ \"keys\": [] {} }}", " ".repeat(300_000))),
    ] {
        let publisher = Publisher::new(answer.clone());
        let writers = Writers::with(issuer.settings(at(&publisher, SOON, SOON)));
        let begun = Instant::now();
        let reply = send(&writers, &token, &accession("TUR"));
        refused(&reply, 503, "UNAVAILABLE", "cannot be read now");
        assert!(begun.elapsed() < Duration::from_secs(10), "{answer:?}: {:?}", begun.elapsed());
        let begun = Instant::now();
        assert_eq!(writers.send_with(&[], "{ conventions { id } }", &json!({})).status, 200);
        assert!(begun.elapsed() < Duration::from_secs(5), "{answer:?}: {:?}", begun.elapsed());
        // It comes to itself.
        publisher.answers(Answer::Keys(issuer.published("ed")));
        until("it counts", || counts(&writers, &token));
    }
    assert_eq!(right.asked(), 0, "nobody is followed elsewhere");
}
