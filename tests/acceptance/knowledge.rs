//! What was known at a position is what a register that stopped there says.

use std::sync::Arc;

use chancery_gateway::{
    graphql::execute,
    service::{Dials, Input, Service},
};
use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::record::{TableContext, convention_of};
use chancery_store::{Append, EventStore, MemoryStore, Position};
use chancery_tests::{CCM, TURNS, ccm_id, text};
use jiff::civil::Date;
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::everything::{Step, a_day, assert_same, facts_of, grown, known, steps};

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

/// The histories of two conventions in one store, an event of the one after some of the other.
async fn stored(histories: &[&View; 2]) -> Arc<dyn EventStore> {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let mut left = histories.map(|view| view.log().iter().collect::<Vec<_>>());
    let mut turn = 0;
    while left.iter().any(|events| !events.is_empty()) {
        let events = &mut left[turn % 2];
        let rest = events.split_off((1 + turn % 7).min(events.len()));
        let commit = std::mem::replace(events, rest);
        turn += 1;
        let Some(first) = commit.first() else { continue };
        let stream = first.envelope.convention.as_str().parse().unwrap();
        let expected = store.version(&stream).await.unwrap();
        let events = commit.iter().map(|it| it.envelope.encode().unwrap().into()).collect();
        store.append(Append { stream, expected, events }).await.unwrap();
    }
    store
}

/// All that a register knows of a convention with its dials turned; nothing of one that it had not
/// recorded by then.
fn asked(service: &Service, convention: &ConventionId, dials: Dials) -> Option<Value> {
    let asked = service.moment().ask(convention.as_str(), dials).unwrap()?;
    let mut all = known(&asked.at());
    all["known"] = json!([asked.known().position, asked.known().recorded_at]);
    Some(all)
}

fn check_positions(histories: [&View; 2], positions: &[Index], day: Date) {
    Runtime::new().unwrap().block_on(async {
        let store = stored(&histories).await;
        let service = Service::open(store.clone(), |_, _| ()).await.unwrap();
        let head = store.head().await.unwrap().next.get();
        let day = Some(day);
        for events in positions.iter().map(|at| 1 + at.index(head as usize) as u64) {
            let stopped = stopped(&store, events).await;
            let at_position = Dials::new(day, None, Some(events - 1)).unwrap();
            let no_more = Dials::new(day, None, None).unwrap();
            for convention in histories.map(View::convention) {
                let there = asked(&stopped, convention, no_more);
                let Some(here) = asked(&service, convention, at_position) else {
                    assert!(there.is_none(), "{convention} after {events} events");
                    continue;
                };
                assert_same(&here, &there.unwrap(), &format!("{convention} after {events}"));
            }
        }
        for view in histories {
            // No dial at all is the dial turned to the head, by position or by moment.
            let last = view.known().unwrap().recorded_at;
            let now = asked(&service, view.convention(), Dials::new(day, None, None).unwrap());
            let now = now.unwrap();
            for (moment, position) in [(None, Some(head - 1)), (Some(last), None)] {
                let dials = Dials::new(day, moment, position).unwrap();
                let there = asked(&service, view.convention(), dials).unwrap();
                assert_same(&now, &there, "the head");
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Facts, corrections of any of them, corrections of corrections and dismissals, in two
    /// conventions: at any position a register knows what one that stopped there says.
    #[test]
    fn any_position_is_known_as_by_a_register_that_stopped_there(
        ccm in steps(),
        example in steps(),
        positions in prop::collection::vec(any::<Index>(), 2),
        day in a_day(),
    ) {
        let (ccm, example) = (grown("ccm", &ccm), grown("example", &example));
        check_positions([ccm.last().unwrap(), example.last().unwrap()], &positions, day);
    }

    /// A view that took in one event after the other, and one that took in all at once, from the
    /// stored bytes, know the same.
    #[test]
    fn any_history_is_known_as_it_grew(steps in steps(), stop in any::<Index>(), day in a_day()) {
        for convention in ["ccm", "example"] {
            let grown = grown(convention, &steps);
            let view = stop.get(&grown);
            let folded = super::properties::replayed(view);
            let at_once = View::folded(view.convention().clone(), folded.log().iter().cloned());
            for other in [folded, at_once] {
                prop_assert!(other.state() == view.state());
                prop_assert!(other.events() == view.events());
                assert_same(&known(&other.at(day)), &known(&view.at(day)), convention);
            }
        }
    }
}

#[test]
fn the_steps_of_chance_come_through() {
    // Or the laws above would say little.
    for convention in ["ccm", "example"] {
        let views = grown(convention, &[Step::Facts(usize::MAX, None)]);
        assert_eq!(views.len(), facts_of(convention).len() + 1, "{convention}");
    }
}
