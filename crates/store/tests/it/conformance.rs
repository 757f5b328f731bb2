//! The suite, on both backends.

mod memory {
    use std::sync::Arc;

    use chancery_store::{EventStore, MemoryStore, conformance_tests};

    fn empty() -> (Arc<dyn EventStore>, ()) {
        (Arc::new(MemoryStore::new()), ())
    }

    conformance_tests!(empty);
}
