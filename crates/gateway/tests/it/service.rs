//! The service over a store: what it does when it is not alone, or not listened to.

use std::sync::Arc;

use chancery_gateway::service::{Input, RecordError, Service};
use chancery_register::record::{self, Content};
use chancery_store::{EventStore, MemoryStore};

const PROFILE: &str = include_str!("../../../../fixtures/ccm/profile.yaml");

fn accession(state: &str) -> Input {
    let text = format!(
        "convention: ccm\nsource: a letter\nrecorded_by: isu\nfacts:\n  - {{ entry: {state}, acceded: {{ state: {state}, on: 2026-01-05 }} }}\n"
    );
    Input::file(state, text).unwrap()
}

#[tokio::test]
async fn an_append_that_nobody_waited_for_is_taken_in_before_the_next() {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let stale = Service::open(store.clone(), |_, _| ()).await.unwrap();
    // To the first service, the appends of a second one look like its own with the caller gone:
    // durable, but in no view.
    let other = Service::open(store.clone(), |_, _| ()).await.unwrap();
    other.record(&[Input::file("profile", PROFILE.to_owned()).unwrap()]).await.unwrap();
    other.record(&[accession("TUR")]).await.unwrap();

    let receipts = stale.record(&[accession("TUR"), accession("ARG")]).await.unwrap();
    assert_eq!((receipts[0].known, receipts[0].facts), (1, 0));
    assert_eq!(receipts[1].first_position, Some(2));
    assert_eq!(stale.view("ccm").unwrap().unwrap().events().len(), 3);
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_the_service_whole() {
    let service = Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await.unwrap();
    service.record(&[Input::file("profile", PROFILE.to_owned()).unwrap()]).await.unwrap();
    for state in ["TUR", "ARG", "CHN", "FIN", "USA"] {
        let (first, inputs) = (service.record(&[]), [accession(state)]);
        let call = service.record(&inputs);
        tokio::select! { biased; _ = first => {} _ = call => {} }
        service.record(&[accession(state)]).await.unwrap();
    }
    assert_eq!(
        service.view("ccm").unwrap().unwrap().at(jiff::civil::date(2026, 2, 1)).status().bound,
        5
    );
}

#[tokio::test]
async fn many_calls_at_once_each_come_through_in_order() {
    let service = Arc::new(Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await.unwrap());
    service.record(&[Input::file("profile", PROFILE.to_owned()).unwrap()]).await.unwrap();
    let states = ["TUR", "ARG", "CHN", "FIN", "USA", "POL", "ROU", "GRC", "EST", "LVA"];
    let calls: Vec<_> = states
        .into_iter()
        .map(|state| {
            let service = service.clone();
            tokio::spawn(async move { service.record(&[accession(state)]).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let view = service.view("ccm").unwrap().unwrap();
    let times: Vec<_> = view.events().iter().map(|it| it.envelope.recorded_at).collect();
    assert_eq!(times.len(), 11);
    assert!(times.is_sorted());
}

#[tokio::test]
async fn facts_from_no_text_are_recorded_as_those_of_a_file() {
    let service = Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await.unwrap();
    let file = |state: &str| {
        let text = format!(
            "convention: ccm\nsource: a letter\nrecorded_by: isu\nfacts:\n  - {{ entry: {state}, acceded: {{ state: {state}, on: 2026-01-05 }} }}\n"
        );
        record::read("letter", &text).unwrap()
    };
    let profile = record::read("profile", PROFILE).unwrap();
    service.record(&[Input::of_facts("profile", profile)]).await.unwrap();
    service.record(&[Input::of_facts("letter", file("TUR"))]).await.unwrap();

    let receipts = service.record(&[accession("TUR")]).await.unwrap();
    assert_eq!((receipts[0].known, receipts[0].facts), (1, 0));

    // Two entries, numbered by whoever made them: the second is refused.
    let mut two = file("ARG");
    two.entries.extend(file("TUR").entries);
    if let Content::Fact(fact) = &mut two.entries[1].content {
        **fact = chancery_register::Command::read(
            "acceded",
            &serde_json::json!({ "state": "TUR", "on": "2026-01-06" }),
        )
        .unwrap()
        .unwrap();
    }
    for (number, entry) in two.entries.iter_mut().enumerate() {
        (entry.span, entry.whole) = (number..number, number..number);
    }
    let refused = service.record(&[Input::of_facts("two", two)]).await.unwrap_err();
    let RecordError::Mistakes(mistakes) = refused else { panic!("{refused}") };
    let told: Vec<_> = mistakes[0].lines().map(|(_, _, it)| (it.span.start, &it.what)).collect();
    assert!(matches!(told.as_slice(), [(1, what)] if what.contains("TUR")), "{told:?}");
}
