//! A village: lawful, the same every time, and of everything something.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)] // a test

use std::{collections::BTreeMap, sync::Arc};

use chancery_gateway::service::{
    Service,
    verify::{Trust, verify},
};
use chancery_register::record;
use chancery_store::{EventStore, MemoryStore};
use chancery_world::{Size, World, convention};
use sha2::{Digest, Sha256};

async fn village(store: Arc<dyn EventStore>) -> Service {
    let service = Arc::new(Service::open(store, |_, _| ()).await.unwrap());
    let recorded = chancery_world::record(&service, 1, Size::Village, 8, |_| ()).await;
    let recorded = recorded.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(recorded.events, Size::Village.events());
    Arc::into_inner(service).unwrap()
}

#[tokio::test]
async fn a_village_is_lawful_verifies_and_has_of_everything_something() {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let service = village(store.clone()).await;
    let verified = verify(&*store, &Trust::default(), |_, _| ()).await.unwrap();
    assert_eq!(verified.size, 10_000);

    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for view in service.views().all().unwrap() {
        for recorded in view.log() {
            *kinds.entry(recorded.envelope.event.kind().to_owned()).or_default() += 1;
        }
    }
    for promised in [
        "membership.signed",
        "membership.ratified",
        "membership.acceded",
        "membership.withdrew",
        "meetings.scheduled",
        "meetings.rescheduled",
        "meetings.attended",
        "meetings.issued",
        "offices.elected",
        "offices.designated",
        "offices.succeeded",
        "decisions.adopted",
        "decisions.decided",
        "decisions.dissociated",
        "decisions.voted",
        "decisions.mandated",
        "decisions.fulfilled",
        "finance.scale_adopted",
        "finance.budget_approved",
        "finance.invoiced",
        "finance.contributed",
        "finance.reserve_drawn",
        "finance.arrears_reported",
        "obligations.declared",
        "obligations.reported",
        "obligations.extension_requested",
        "obligations.extension_granted",
        "obligations.completed",
        "obligations.reopened",
        "register.rectified",
    ] {
        assert!(kinds.contains_key(promised), "no {promised} among {kinds:#?}");
    }
    for (domain, least) in [
        ("membership", 400),
        ("meetings", 2_000),
        ("offices", 300),
        ("decisions", 1_500),
        ("finance", 500),
        ("obligations", 800),
        ("register", 5),
    ] {
        let prefix = format!("{domain}.");
        let many: u32 =
            kinds.iter().filter(|(kind, _)| kind.starts_with(&prefix)).map(|(_, n)| n).sum();
        assert!(many >= least, "{many} of {domain}: {kinds:#?}");
    }

    // It comes to the same when it is read again, and when it is not: the first start keeps a
    // snapshot for the second.
    let root = service.state_root(10_000).unwrap();
    for _ in 0..2 {
        let again = Service::open(store.clone(), |_, _| ()).await.unwrap();
        assert_eq!(again.state_root(10_000).unwrap(), root);
    }

    // The first convention has what the benchmarks ask for.
    let first = service.view(chancery_world::id(0).unwrap().as_str()).unwrap().unwrap();
    let at = first.at(jiff::civil::date(2025, 12, 31));
    assert!(first.log().len() > 4_500, "{}", first.log().len());
    assert!(first.state().decisions.decisions().len() >= 1_000);
    assert!(at.participants().len() >= 190);
}

#[test]
fn the_same_seed_makes_the_same_record_files_to_the_byte() {
    let bytes = |seed| {
        let mut hash = Sha256::new();
        for files in World::new(seed, Size::Village) {
            for file in files.unwrap() {
                hash.update(record::write(&file).unwrap());
            }
        }
        hash.finalize()
    };
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[test]
fn a_world_begins_with_the_conventions_of_a_village() {
    let village = World::new(7, Size::Village).next().unwrap().unwrap();
    let world = World::new(7, Size::World).next().unwrap().unwrap();
    assert_eq!(village, world);
    assert_eq!(world, convention(7, 0).unwrap());
}

#[test]
fn what_is_written_of_it_is_read_again() {
    for file in convention(3, 1).unwrap() {
        let text = record::write(&file).unwrap();
        let again = record::read("written", &text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let facts = |file: &record::RecordFile| file.facts().cloned().collect::<Vec<_>>();
        assert_eq!(facts(&again), facts(&file));
    }
}
