//! What was known at a position is what a register that stopped there says.

use std::sync::Arc;

use chancery_gateway::{
    graphql::execute,
    service::{Input, Service},
};
use chancery_kernel::{Citation, Decider, Place};
use chancery_projections::View;
use chancery_register::{
    Command, Envelope, Recorded, Register, corrections,
    record::{TableContext, convention_of},
};
use chancery_store::{Append, EventStore, MemoryStore, Position};
use chancery_tests::{CCM, TURNS, ccm_file, ccm_id, text};
use jiff::{Timestamp, civil::date};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use uuid::Uuid;

/// What two conventions know, on a day between and on the last.
const QUERY: &str = "query ($p: SafeInt) { conventions(asAt: \"2017-12-31\", atPosition: $p) {
  code known { position recordedAt } entryIntoForce status { bound inForce pending signatoriesOnly withdrawn }
  meetings { code opensOn closesOn openedOn closedOn } offices { office theme state { code } from until }
  decisions { totalCount } documents { totalCount } findings { message }
  mandates { nodes { action dueOn } } history(last: 3) { nodes { uuid data } }
  deadlines { totalCount nodes { state { code } dueOn } } } }";

/// A register with both fixtures, recorded turn by turn.
async fn recorded(store: &Arc<dyn EventStore>) -> Service {
    let service = Service::open(store.clone(), |_, _| ()).await.unwrap();
    let example = std::iter::once("profile.yaml").chain(TURNS.iter().map(|(name, _)| *name));
    let example = example.map(|name| format!("fixtures/example/{name}"));
    let mut names: Vec<String> = CCM.iter().map(|name| format!("fixtures/ccm/{name}")).collect();
    // Neither convention's events stand next to each other.
    for (at, name) in example.enumerate() {
        names.insert(2 * at + 1, name);
    }
    for name in names {
        let input = if name.ends_with(".csv") {
            let (_, recorded_by) = convention_of(&text("fixtures/ccm/profile.yaml")).unwrap();
            Input::table(&name, text(&name), &TableContext { convention: ccm_id(), recorded_by })
        } else {
            Input::file(&name, text(&name))
        };
        service.record(&[input.unwrap()]).await.unwrap();
    }
    service
}

/// A register that holds the first events only.
async fn stopped(store: &Arc<dyn EventStore>, events: u64) -> Arc<Service> {
    let short: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    for commit in store.read(Position::default(), usize::MAX).await.unwrap() {
        let kept: Vec<_> = commit
            .iter()
            .filter(|(position, _, _)| position.get() < events)
            .map(|(_, _, body)| body.to_vec().into())
            .collect();
        if !kept.is_empty() {
            let (stream, expected) =
                (commit.stream.clone(), short.version(&commit.stream).await.unwrap());
            short.append(Append { stream, expected, events: kept }).await.unwrap();
        }
    }
    Arc::new(Service::open(short, |_, _| ()).await.unwrap())
}

async fn answer(service: &Arc<Service>, position: Option<u64>) -> Value {
    let answer = execute(service, QUERY, json!({ "p": position }), None).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer
}

#[test]
fn a_position_is_answered_as_by_a_register_that_stopped_there() {
    Runtime::new().unwrap().block_on(async {
        let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
        let service = Arc::new(recorded(&store).await);
        let head = store.head().await.unwrap().next.get();
        // Every correction, the edges, and a walk through the rest.
        let edges = [1, 2, head - 5, head - 4, head - 3, head - 2, head - 1, head];
        for events in edges.into_iter().chain((7..head).step_by(61)) {
            let stopped = stopped(&store, events).await;
            let known = answer(&service, Some(events - 1)).await;
            assert!(known == answer(&stopped, None).await, "after {events} events");
        }
        assert!(answer(&service, Some(head - 1)).await == answer(&service, None).await);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Facts in any order, with corrections of any of them among them: a view that took in one event
    /// after the other, one that took in all at once, and one of the first events alone agree.
    #[test]
    fn any_history_is_known_as_it_grew(
        picks in prop::collection::vec((any::<Index>(), any::<Index>(), 0..4u8), 1..60),
        stop in any::<Index>(),
    ) {
        let facts: Vec<Command> =
            CCM.iter().flat_map(|name| ccm_file(name).facts().cloned().collect::<Vec<_>>()).collect();
        let mut grown = vec![View::empty(ccm_id())];
        for (pick, about, kind) in picks {
            let view = grown.last().unwrap();
            let version = 1 + about.index(view.log().len().max(1)) as u64;
            let command = match kind {
                0 => rectified(version, json!({})),
                1 => rectified(version, json!({ "on": "2012-03-04" })),
                _ => pick.get(&facts).clone(),
            };
            // The profile first, or nothing would be accepted.
            let command = if view.log().is_empty() { facts[0].clone() } else { command };
            if let Ok(events) = Register::decide(view.state(), command) {
                let next = events.into_iter().fold(view.clone(), |view, event| {
                    let envelope = sealed(&view, event);
                    view.after(envelope)
                });
                grown.push(next);
            }
        }
        let last = grown.last().unwrap();
        let view = stop.get(&grown);
        let first = View::folded(ccm_id(), last.log().take(view.log().len()));
        prop_assert!(first.state() == view.state());
        prop_assert!(first.events() == view.events());
        let day = date(2020, 1, 1);
        prop_assert!(first.at(day).status() == view.at(day).status());
        prop_assert!(first.at(day).meetings() == view.at(day).meetings());
        prop_assert!(first.findings() == view.findings());
    }
}

fn rectified(version: u64, correct: Value) -> Command {
    let correct: std::collections::BTreeMap<String, Value> =
        serde_json::from_value(correct).unwrap();
    Command::Corrections(corrections::Command::Rectify(corrections::Rectification {
        event: corrections::Reference::Version(version),
        annulled: correct.is_empty(),
        correct,
        reason: "chance".try_into().unwrap(),
        authority: serde_json::from_value(json!({ "body": "chance" })).unwrap(),
        on: date(2026, 1, 1).into(),
    }))
}

fn sealed(view: &View, event: chancery_register::Event) -> Arc<Recorded> {
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
