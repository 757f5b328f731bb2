//! Everything that a convention says, and histories made by chance: for the laws that hold of all of
//! it.

use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::{Citation, Decider, Place};
use chancery_projections::{At, Entry, FindingStanding, HistoryFilter, Standing, View};
use chancery_register::{Command, Envelope, Event, Recorded, Register, corrections};
use chancery_tests::{CCM, TURNS, ccm_file, file_of, text};
use jiff::{
    Span, Timestamp,
    civil::{Date, date},
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use uuid::Uuid;

use super::why::figures;

/// What the events that count say on a day: every projection under its name.
pub(crate) fn said(at: &At<'_>) -> Value {
    let meetings = at.meetings();
    let of_meetings: Vec<Value> = meetings
        .iter()
        .map(|it| {
            json!({
                "attendance": at.attendance(&it.id),
                "officers": at.officers(&it.id),
                "decisions": at.decisions_of(&it.id),
                "documents": at.documents_of(&it.id),
            })
        })
        .collect();
    json!({
        "status": at.status(),
        "entry_into_force": at.entry_into_force(),
        "participants": at.participants(),
        "meetings": meetings,
        "of meetings": of_meetings,
        "offices": at.offices(),
        "terms": at.terms().collect::<Vec<_>>(),
        "decisions": at.decisions(),
        "votes": at.votes(),
        "documents": at.documents(),
        "finances": at.finances(),
        "deadlines": at.deadlines(),
        "reports": at.reports(),
        "mandates": at.mandates(),
    })
}

/// What a view knows on a day: what its events say, what contradicts what, why every figure is what
/// it is, and its history with what has become of each event.
pub(crate) fn known(at: &At<'_>) -> Value {
    let mut known = said(at);
    let view = at.view();
    known["findings"] = json!(view.findings());
    known["idle dismissals"] = json!(versions(view.idle_dismissals().iter()));
    known["history"] = at
        .history(&HistoryFilter::default())
        .filter_map(|it| view.entry(it.envelope.version))
        .map(|it| entry(&it))
        .collect();
    let found = |filter: HistoryFilter| json!(versions(at.history(&filter)));
    for state in at.participants().iter().take(12).map(|it| it.state.code) {
        let filter = HistoryFilter { state: Some(state), ..HistoryFilter::default() };
        known[format!("history of {state}")] = found(filter);
    }
    for it in at.meetings() {
        let key = format!("history of {}", it.id);
        known[key] = found(HistoryFilter { meeting: Some(it.id), ..HistoryFilter::default() });
    }
    for it in at.documents().into_iter().take(12) {
        let key = format!("history of {}", it.symbol);
        known[key] = found(HistoryFilter { document: Some(it.symbol), ..HistoryFilter::default() });
    }
    for corrected in [true, false] {
        let filter = HistoryFilter { corrected: Some(corrected), ..HistoryFilter::default() };
        known[format!("history, corrected: {corrected}")] = found(filter);
    }
    // Each figure costs as much as the projection that it is of.
    for figure in figures(*at).into_iter().step_by(23) {
        let why = at.why(&figure).unwrap_or_else(|error| panic!("{figure}: {error}"));
        known[format!("why {figure}")] = json!({
            "value": why.value, "rule": why.rule, "inputs": why.inputs,
            "law": versions(why.law.iter()), "events": versions(why.events.iter()),
        });
    }
    known
}

fn versions<'a>(events: impl Iterator<Item = &'a Arc<Recorded>>) -> Vec<u64> {
    events.map(|it| it.envelope.version).collect()
}

fn entry(it: &Entry) -> Value {
    json!({
        "recorded": String::from_utf8(it.recorded.envelope.encode().unwrap()).unwrap(),
        "standing": match &it.standing {
            Standing::AsRecorded => json!("as recorded"),
            Standing::Annulled => json!("annulled"),
            Standing::Corrected(now) => now.envelope.event.data().unwrap(),
        },
        "rectified by": versions(it.rectified_by.iter()),
        "rectifies": versions(it.rectifies.iter()),
        "dismisses": versions(it.dismisses.iter()),
    })
}

/// Fails with the first place where two answers differ.
#[track_caller]
pub(crate) fn assert_same(one: &Value, other: &Value, what: &str) {
    if let Some((path, one, other)) = first_difference(one, other) {
        panic!("{what}: {path} is\n{one}\nand\n{other}");
    }
}

fn first_difference(one: &Value, other: &Value) -> Option<(String, Value, Value)> {
    let parts: Vec<(String, &Value, &Value)> = match (one, other) {
        _ if one == other => return None,
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().map(|(key, value)| (key.clone(), value, &b[key])).collect()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().map(|(at, (a, b))| (at.to_string(), a, b)).collect()
        }
        _ => return Some((String::new(), one.clone(), other.clone())),
    };
    parts.into_iter().find_map(|(part, a, b)| {
        let (path, a, b) = first_difference(a, b)?;
        Some((format!("/{part}{path}"), a, b))
    })
}

/// One thing that happens to a register.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Some of the facts that come next are recorded, one of them left out.
    Facts(usize, Option<Index>),
    /// An event counts for nothing.
    Annul(Index),
    /// An event bears another date.
    Redate(Index, Date),
    /// An event is another State's.
    Restate(Index, Index),
    /// A correction counts for nothing, or bears another date: a correction of a correction.
    Again(Index, Option<Date>),
    /// A finding is set aside.
    Dismiss(Index),
}

/// Facts with corrections of anything among them.
pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (1..60_usize, proptest::option::of(any::<Index>())).prop_map(|(facts, but)| Step::Facts(facts, but)),
        3 => any::<Index>().prop_map(Step::Annul),
        3 => (any::<Index>(), a_day()).prop_map(|(event, on)| Step::Redate(event, on)),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(event, who)| Step::Restate(event, who)),
        2 => (any::<Index>(), proptest::option::of(a_day())).prop_map(|(it, on)| Step::Again(it, on)),
        2 => any::<Index>().prop_map(Step::Dismiss),
    ];
    vec(step, 4..24)
}

/// From the adoption of either convention on.
pub(crate) fn a_day() -> impl Strategy<Value = Date> {
    (0..7000_i32).prop_map(|days| date(2008, 5, 30).checked_add(Span::new().days(days)).unwrap())
}

/// Every fact of a convention's fixtures, the profile first, but for the corrections among them.
pub(crate) fn facts_of(convention: &str) -> Vec<Command> {
    let files: Vec<_> = if convention == "ccm" {
        CCM.iter().map(|name| ccm_file(name)).collect()
    } else {
        let names = std::iter::once("profile.yaml").chain(TURNS.iter().map(|(name, _)| *name));
        let path = |name| format!("fixtures/{convention}/{name}");
        names.map(path).map(|path| file_of(&path, &text(&path))).collect()
    };
    let facts = files.iter().flat_map(|file| file.facts().cloned());
    facts.filter(|it| !matches!(it, Command::Corrections(_))).collect()
}

/// The view after each step that the rules allow; the first knows nothing, the second the profile.
pub(crate) fn grown(convention: &str, steps: &[Step]) -> Vec<View> {
    let facts = facts_of(convention);
    let (profile, mut left) = facts.split_first().unwrap();
    let mut grown = vec![View::empty(convention.parse().unwrap())];
    grow(&mut grown, profile.clone());
    for step in steps {
        let view = grown.last().unwrap();
        let any = |index: &Index| 1 + index.index(view.log().len()) as u64;
        match step {
            Step::Facts(count, but) => {
                let (now, later) = left.split_at((*count).min(left.len()));
                left = later;
                let but = but.filter(|_| !now.is_empty()).map(|but| but.index(now.len()));
                let kept = now.iter().enumerate().filter(|(at, _)| Some(*at) != but);
                kept.for_each(|(_, fact)| grow(&mut grown, fact.clone()));
            }
            Step::Annul(index) => {
                let command = rectified(any(index), None);
                grow(&mut grown, command);
            }
            Step::Redate(index, on) => {
                let command = rectified(any(index), Some(*on));
                grow(&mut grown, command);
            }
            Step::Restate(index, who) => {
                let who = who.get(&["DEU", "AND", "BEN", "LUX", "CHE"]);
                let fields = BTreeMap::from([("state".to_owned(), json!(who))]);
                let command = rectification(any(index), fields);
                grow(&mut grown, command);
            }
            Step::Again(index, on) => {
                let corrections: Vec<u64> = corrections_of(view);
                if !corrections.is_empty() {
                    let command = again(index.get(&corrections), view, *on);
                    grow(&mut grown, command);
                }
            }
            Step::Dismiss(index) => {
                let open = view.findings().iter();
                let open: Vec<_> = open.filter(|it| it.standing == FindingStanding::Open).collect();
                if !open.is_empty() {
                    let it = index.get(&open);
                    let command = dismissed(it.rule.id(), it.events[0].envelope.version);
                    grow(&mut grown, command);
                }
            }
        }
    }
    grown
}

/// The view after one more command, if the rules allow it.
pub(crate) fn grow(grown: &mut Vec<View>, command: Command) {
    let view = grown.last().unwrap();
    if let Ok(events) = Register::decide(view.state(), command) {
        let next = events.into_iter().fold(view.clone(), |view, event| {
            let recorded = sealed(&view, event);
            view.after(recorded)
        });
        grown.push(next);
    }
}

fn corrections_of(view: &View) -> Vec<u64> {
    let of = view.log().iter().filter(|it| matches!(it.envelope.event, Event::Corrections(_)));
    versions(of)
}

/// A correction, annulled or with another value for the date that it gives.
fn again(version: &u64, view: &View, on: Option<Date>) -> Command {
    let it = &view.recorded(*version).unwrap().envelope.event;
    match (it, on) {
        (Event::Corrections(corrections::Event::Rectified(it)), Some(on)) if !it.annulled => {
            let fields = json!({ "correct": { "on": on } });
            rectification(*version, serde_json::from_value(fields).unwrap())
        }
        _ => rectified(*version, None),
    }
}

/// A correction of an event's date, or its annulment.
pub(crate) fn rectified(version: u64, on: Option<Date>) -> Command {
    let fields = on.map(|on| ("on".to_owned(), json!(on)));
    rectification(version, fields.into_iter().collect())
}

fn rectification(version: u64, correct: BTreeMap<String, Value>) -> Command {
    Command::Corrections(corrections::Command::Rectify(corrections::Rectification {
        event: corrections::Reference::Version(version),
        annulled: correct.is_empty(),
        correct,
        reason: "chance".try_into().unwrap(),
        authority: serde_json::from_value(json!({ "body": "chance" })).unwrap(),
        on: date(2026, 1, 1).into(),
    }))
}

fn dismissed(rule: &str, version: u64) -> Command {
    Command::Corrections(corrections::Command::Dismiss(corrections::Dismissal {
        rule: rule.try_into().unwrap(),
        event: corrections::Reference::Version(version),
        about: None,
        reason: "chance".try_into().unwrap(),
        authority: serde_json::from_value(json!({ "body": "chance" })).unwrap(),
        on: date(2026, 1, 1).into(),
    }))
}

/// An event with its envelope, as the next of a view.
fn sealed(view: &View, event: Event) -> Arc<Recorded> {
    let version = view.log().len() as u64 + 1;
    let place = Place::Paragraph(version.to_string().as_str().try_into().unwrap());
    let envelope = Envelope {
        id: Uuid::from_u128(version.into()),
        convention: view.convention().clone(),
        version,
        recorded_at: Timestamp::from_second(1_500_000_000 + version as i64).unwrap(),
        recorded_by: "isu".parse().unwrap(),
        effective: event.on(),
        source: Citation { symbol: "chance".parse().unwrap(), place },
        command: Uuid::from_u128(u128::from(version) << 64),
        event,
    };
    Arc::new(Recorded { position: version - 1, envelope })
}
