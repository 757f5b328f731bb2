//! The suite, on both backends.

mod memory {
    use std::sync::Arc;

    use chancery_store::{EventStore, MemoryStore, conformance_tests};

    fn empty() -> (Arc<dyn EventStore>, ()) {
        (Arc::new(MemoryStore::new()), ())
    }

    conformance_tests!(empty);
}

mod sled {
    use std::sync::Arc;

    use chancery_store::{EventStore, SledStore, conformance_tests};
    use tempfile::TempDir;

    fn empty() -> (Arc<dyn EventStore>, TempDir) {
        let folder = TempDir::new().unwrap();
        (Arc::new(SledStore::open(folder.path()).unwrap()), folder)
    }

    conformance_tests!(empty);
}
