use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chancery_kernel::StateCode;
use chancery_membership::Standing;
use chancery_projections::StandingChange;
use chancery_register::record::{TableContext, convention_of};
use chancery_store::{EventStore, MemoryStore};
use jiff::Timestamp;
use tokio::time::timeout;

use super::{EventsAsk, Feed, Item, Live};
use crate::service::{Input, Service};

async fn next(feed: &mut Feed) -> Item {
    timeout(Duration::from_secs(10), feed.next()).await.unwrap().unwrap().unwrap()
}

fn inputs() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/ccm");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let profile = read("profile.yaml");
    let (convention, recorded_by) = convention_of(&profile).unwrap();
    let context = TableContext { convention, recorded_by };
    let status = Input::table("status.csv", read("status.csv"), &context).unwrap();
    vec![Input::file("profile.yaml", profile).unwrap(), status]
}

async fn service(store: &Arc<MemoryStore>) -> Service {
    let store: Arc<dyn EventStore> = store.clone();
    Service::open(store, |_, _| {}).await.unwrap()
}

/// Madagascar deposited on 20 May 2017: it was bound from then on, and a State party in force from
/// the first day of the sixth month after.
#[tokio::test]
async fn a_day_turns_and_the_convention_enters_into_force_for_somebody() {
    static NOW: AtomicI64 = AtomicI64::new(0);
    let set =
        |now: &str| NOW.store(now.parse::<Timestamp>().unwrap().as_second(), Ordering::SeqCst);
    let clock = || Timestamp::from_second(NOW.load(Ordering::SeqCst)).unwrap();
    set("2026-02-03T12:00:00Z");
    let service = Arc::new(service(&Arc::default()).await.with_clock(clock));
    service.record(&inputs()).await.unwrap();

    set("2017-10-31T23:59:59Z");
    let mut feed = Live::follow(service).status("ccm".parse().unwrap(), None).await.unwrap();
    set("2017-11-01T00:00:00Z");
    let Item::Status(change) = next(&mut feed).await else { panic!() };
    let madagascar: StateCode = "MDG".parse().unwrap();
    let expected = StandingChange {
        state: madagascar,
        before: Some(Standing::Pending),
        now: Some(Standing::InForce),
    };
    assert_eq!(change.changes, [expected]);
    assert_eq!((change.before.in_force, change.now.in_force), (100, 101));
    assert_eq!(change.asked.day().to_string(), "2017-11-01");
}

/// So it is with whoever appended and went away before the answer, too.
#[tokio::test]
async fn what_another_one_appended_to_the_store_is_told_and_shown() {
    let store = Arc::default();
    let (here, there) = (Arc::new(service(&store).await), service(&store).await);
    let live = Live::follow(here.clone());
    let mut feed = live.events(EventsAsk::default()).await.unwrap();
    assert!(here.view("ccm").unwrap().is_none());
    there.record(&inputs()).await.unwrap();
    let last = there.view("ccm").unwrap().unwrap().known().unwrap().position;
    for position in 0..=last {
        let Item::Event(asked, recorded) = next(&mut feed).await else { panic!() };
        assert_eq!(recorded.position, position);
        assert!(asked.known().position >= position);
    }
    assert_eq!(
        here.view("ccm").unwrap().unwrap().known(),
        there.view("ccm").unwrap().unwrap().known()
    );
    assert_eq!(live.behind(), 0);
}

#[tokio::test]
async fn a_feed_ends_with_its_store() {
    let store = Arc::default();
    let service = Arc::new(service(&store).await);
    let live = Live::follow(service.clone());
    let mut feed = live.events(EventsAsk::default()).await.unwrap();
    service.close().await.unwrap();
    assert!(timeout(Duration::from_secs(10), feed.next()).await.unwrap().is_none());
}
