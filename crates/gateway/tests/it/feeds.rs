//! Atom feeds and calendars.

use std::collections::BTreeMap;

use crate::server::Server;

fn get(server: &Server, path: &str, media_type: &str) -> String {
    let reply = server.send(&format!("GET {path}"), &[], "");
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    assert_eq!(reply.header("content-type"), Some(media_type), "{path}");
    assert!(reply.header("chancery-note").is_some(), "{path}");
    reply.body
}

fn feed(server: &Server, path: &str) -> atom_syndication::Feed {
    let text = get(server, path, "application/atom+xml; charset=utf-8");
    atom_syndication::Feed::read_from(text.as_bytes()).unwrap()
}

/// The entries of a calendar by their UIDs: each its properties by name.
fn calendar(server: &Server, path: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = get(server, path, "text/calendar; charset=utf-8");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    // At 75 octets, and one for the space that says that a line goes on.
    assert!(text.lines().all(|line| line.len() <= 76), "lines are folded");
    let text = text.replace("\r\n ", "");
    let mut entries = BTreeMap::new();
    for entry in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let lines = entry.lines().filter_map(|line| line.split_once(':'));
        let properties: BTreeMap<String, String> =
            lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let uid = properties["UID"].clone();
        assert!(entries.insert(uid, properties).is_none(), "{path}: a UID stands twice");
    }
    entries
}

fn titled<'a>(
    entries: &'a BTreeMap<String, BTreeMap<String, String>>,
    summary: &str,
) -> &'a BTreeMap<String, String> {
    entries.values().find(|it| it["SUMMARY"].contains(summary)).unwrap_or_else(|| {
        panic!("{summary}: {:?}", entries.values().map(|it| &it["SUMMARY"]).collect::<Vec<_>>())
    })
}

#[test]
fn a_feed_holds_the_newest_events_first_and_leads_to_those_before() {
    let server = Server::start();
    let total = server.ccm("2026-02-03", "history { totalCount }")["history"]["totalCount"].clone();
    let mut path = "/export/ccm.atom?asAt=2026-02-03".to_owned();
    let (mut ids, mut feed_ids) = (Vec::new(), Vec::new());
    loop {
        let feed = feed(&server, &path);
        assert!(feed.subtitle.as_ref().unwrap().value.contains("not the depositary"));
        assert_eq!(feed.updated, feed.entries[0].updated.max(feed.updated));
        feed_ids.push(feed.id.clone());
        ids.extend(feed.entries.iter().map(|entry| entry.id.clone()));
        match feed.links.iter().find(|link| link.rel == "next") {
            Some(next) => path = next.href.clone(),
            None => break,
        }
    }
    assert_eq!(serde_json::json!(ids.len()), total);
    feed_ids.dedup();
    assert_eq!(feed_ids.len(), 1, "{feed_ids:?}");
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids.len());
}

#[test]
fn feeds_of_states_meetings_and_obligations_hold_what_is_about_them() {
    let server = Server::start();
    let titles = |path: &str| -> Vec<String> {
        feed(&server, path).entries.into_iter().map(|entry| entry.title.value).collect()
    };
    let benin = titles("/export/ccm/states/BEN.atom");
    assert!(benin.contains(&"Benin: ratified (2017-07-10)".to_owned()), "{benin:?}");
    let meeting = titles("/export/ccm/meetings/7msp.atom");
    assert!(meeting.iter().any(|it| it.ends_with(": elected (2017-09-04)")), "{meeting:?}");
    let clearance = titles("/export/ccm/obligations/clearance.atom");
    assert!(!clearance.is_empty() && clearance.iter().all(|it| it.contains(", ")), "{clearance:?}");
    let day = titles("/export/ccm/states/BEN.atom?asAt=2017-01-01");
    assert!(!day.contains(&"Benin: ratified (2017-07-10)".to_owned()), "{day:?}");
    let corrections = titles("/export/ccm/corrections.atom");
    let rectified = corrections.iter().filter(|it| it.contains(": rectified ("));
    assert_eq!(rectified.count(), 3, "{corrections:?}");
    // There may be none: it is a feed all the same.
    assert!(titles("/export/ccm/corrections.atom?atPosition=9").is_empty());
}

#[test]
fn a_feed_is_xml_whatever_was_recorded() {
    let server = Server::recording();
    server.record(
        "convention: ccm\nsource: \"<A> & 'B' \\uFFFF\"\nrecorded_by: test\nfacts:\n  - entry: \"]]>\"\n    acceded: { state: TON, on: 2026-02-04 }\n",
    );
    let feed = feed(&server, "/export/ccm/states/TON.atom?asAt=2026-02-05");
    let summary = &feed.entries[0].summary.as_ref().unwrap().value;
    assert!(summary.contains("<A> & 'B' \u{fffd}") && summary.contains("]]>"), "{summary}");
}

#[test]
fn the_same_log_gives_the_same_feeds_and_calendars() {
    let server = Server::start();
    for path in ["/export/ccm.atom", "/export/ccm.ics", "/export/ccm/states/BIH.ics"] {
        let path = format!("{path}?asAt=2017-10-01");
        let once = server.send(&format!("GET {path}"), &[], "").body;
        assert_eq!(once, server.send(&format!("GET {path}"), &[], "").body, "{path}");
    }
}

#[test]
fn a_calendar_holds_meetings_deadlines_mandates_and_terms() {
    let server = Server::start();
    let all = calendar(&server, "/export/ccm.ics?asAt=2017-10-01");
    let meeting = titled(&all, "Seventh Meeting of States Parties");
    // The end of a whole-day entry is the first day that is not part of it.
    assert_eq!(meeting["DTSTART;VALUE=DATE"], "20170904");
    assert_eq!(meeting["DTEND;VALUE=DATE"], "20170907");
    assert_eq!(meeting["CATEGORIES"], "meeting");
    for category in ["meeting", "deadline", "mandate", "term"] {
        assert!(all.values().any(|it| it["CATEGORIES"] == category), "{category}");
    }
    let bosnia = calendar(&server, "/export/ccm/states/BIH.ics?asAt=2017-10-01");
    let clearance = titled(&bosnia, "Bosnia and Herzegovina: ");
    assert!(all.contains_key(&clearance["UID"]), "an entry has one UID everywhere");
    assert!(bosnia.len() < all.len());
    let terms: Vec<&String> =
        bosnia.values().filter(|it| it["CATEGORIES"] == "term").map(|it| &it["SUMMARY"]).collect();
    assert!(terms.iter().all(|it| it.contains("Bosnia")), "{terms:?}");
}

#[test]
fn an_extension_moves_a_deadline_whose_uid_stays() {
    let server = Server::start();
    let on = |day: &str| {
        let all = calendar(&server, &format!("/export/ccm/states/BIH.ics?asAt={day}"));
        let mut found = all.into_values().filter(|it| it["DESCRIPTION"].contains("article 4"));
        found.next().unwrap()
    };
    let (before, after) = (on("2020-08-31"), on("2021-03-02"));
    assert_eq!(before["UID"], after["UID"]);
    assert_eq!(before["DTSTART;VALUE=DATE"], "20210301");
    assert_eq!(after["DTSTART;VALUE=DATE"], "20220901");
    let sequence = |it: &BTreeMap<String, String>| it["SEQUENCE"].parse::<u64>().unwrap();
    assert!(sequence(&before) < sequence(&after));
}

#[test]
fn the_uid_of_a_term_stays_when_an_earlier_one_is_annulled() {
    let server = Server::recording();
    let fact = |entry: u8, fact: &str| format!("  - {{ entry: {entry}, {fact} }}\n");
    let record = |facts: &str| {
        server.record(&format!(
            "convention: ccm\nsource: C.N.1.2019.TEST\nrecorded_by: test\nfacts:\n{facts}"
        ));
    };
    let elected = "elected: { office: coordinator, theme: general_status, meeting: 7msp, state: DEU, by: welcome";
    record(&fact(1, &format!("{elected}, from: 2019-01-01, until: 2019-06-30, on: 2017-09-06 }}")));
    record(&fact(2, &format!("{elected}, from: 2019-09-01, until: 2019-12-31, on: 2017-09-06 }}")));
    let uids = || {
        let all = calendar(&server, "/export/ccm/states/DEU.ics?asAt=2019-10-01");
        let terms = all.into_iter().filter(|(_, it)| it["CATEGORIES"] == "term");
        terms.map(|(uid, it)| (it["DTSTART;VALUE=DATE"].clone(), uid)).collect::<BTreeMap<_, _>>()
    };
    let before = uids();
    record(&fact(
        3,
        "rectified: { event: { source: C.N.1.2019.TEST, entry: 1 }, annulled: true, reason: a trial, authority: { body: test }, on: 2019-10-01 }",
    ));
    let after = uids();
    assert_eq!((before.contains_key("20190101"), after.contains_key("20190101")), (true, false));
    assert_eq!(before["20190901"], after["20190901"]);
}

#[test]
fn feeds_and_calendars_take_both_dials() {
    let server = Server::start();
    let known = "{ convention(id: \"ccm\", asAt: \"2017-10-01\", atPosition: 100) { history(first: 1000) { totalCount } meetings { code } } }";
    let ccm = server.data(known, &serde_json::json!({}))["convention"].take();
    let dials = "asAt=2017-10-01&atPosition=100";
    let feed = feed(&server, &format!("/export/ccm.atom?{dials}"));
    assert_eq!(feed.entries().len() as u64, ccm["history"]["totalCount"].as_u64().unwrap());
    // The meetings were recorded later.
    assert_eq!(ccm["meetings"], serde_json::json!([]));
    let meetings = |path: &str| {
        let all = calendar(&server, path);
        all.values().filter(|it| it["CATEGORIES"] == "meeting").count()
    };
    assert_eq!(meetings(&format!("/export/ccm.ics?{dials}")), 0);
    assert!(meetings("/export/ccm.ics?asAt=2017-10-01") > 2);
}
