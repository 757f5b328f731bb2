//! A whole log as it was written once: it is read, found lawful, and comes to the same results.

use std::{fs, io::BufReader, sync::Arc};

use chancery_gateway::{
    copy::Reading,
    service::{
        STATE_ROOT_FORM, Service,
        verify::{Trust, verify},
    },
};
use chancery_store::{Append, EventStore, MemoryStore};
use chancery_tests::workspace;

/// What the log comes to, by the form in which results are hashed.
///
/// A seal vouches for results in its form. When this fails, a projection shows something else of
/// the same events: raise `STATE_ROOT_FORM` together with the root here, or seals that were made
/// before look wrong. As long as no release has sealed in the present form, the root alone may
/// change.
const RESULTS: (u32, &str) = (2, "Yl7/lzxZBa0d/ehQiEpE6KDpt8jNY/K5pcqWvdsVTKQ=");

#[tokio::test]
async fn a_log_that_was_written_once_is_read_and_comes_to_the_same() {
    let path = workspace().join("tests/acceptance/frozen/log-form-2.jsonl");
    let mut reading = Reading::begin(BufReader::new(fs::File::open(path).unwrap())).unwrap();
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    while let Some(commit) = reading.commit().unwrap() {
        let append =
            Append { stream: commit.stream, expected: commit.first_version, events: commit.events };
        store.append(append).await.unwrap();
    }
    let verified = verify(&*store, &Trust::default(), |_, _| ()).await.unwrap();
    let head = reading.head();
    assert_eq!((verified.size, verified.root), (head.events, head.root));

    let service = Service::open(store, |_, _| ()).await.unwrap();
    let found = service.state_root(head.events).unwrap().root.to_string();
    assert_eq!((STATE_ROOT_FORM, found.as_str()), RESULTS);
}
