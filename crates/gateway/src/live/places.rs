use std::sync::{
    Arc, Mutex, PoisonError, Weak,
    atomic::{AtomicU64, Ordering},
};

/// Where each subscriber is in the log.
#[derive(Default)]
pub(super) struct Places(Mutex<Vec<Weak<AtomicU64>>>);

/// A subscriber's place: the next position that it will look at.
pub(super) struct Place(Arc<AtomicU64>);

impl Places {
    pub(super) fn begin(&self, at: u64) -> Place {
        let place = Arc::new(AtomicU64::new(at));
        let mut places = self.lock();
        // Those that have gone give way before the list grows.
        if places.len() == places.capacity() {
            places.retain(|place| place.strong_count() > 0);
        }
        places.push(Arc::downgrade(&place));
        Place(place)
    }

    /// By how many events the one that is furthest behind is behind `next`.
    pub(super) fn furthest_behind(&self, next: u64) -> u64 {
        let places = self.lock();
        let places = places.iter().filter_map(Weak::upgrade);
        let at = places.map(|place| place.load(Ordering::Relaxed)).min();
        at.map_or(0, |at| next.saturating_sub(at))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Weak<AtomicU64>>> {
        // A list of numbers is never left half-written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, at: u64) {
        self.0.store(at, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_furthest_behind_counts_until_it_goes() {
        let places = Places::default();
        assert_eq!(places.furthest_behind(9), 0);
        let (slow, quick) = (places.begin(3), places.begin(5));
        quick.set(9);
        assert_eq!((slow.get(), places.furthest_behind(9)), (3, 6));
        drop(slow);
        assert_eq!(places.furthest_behind(9), 0);
        for _ in 0..1_000 {
            places.begin(0);
        }
        assert!(places.lock().len() < 10);
    }
}
