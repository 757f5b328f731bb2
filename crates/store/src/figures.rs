use std::time::Duration;

/// How a store has fared since it was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoreFigures {
    /// How long it took to make what was written durable, each time: of a disk, its syncs.
    pub durable: Times,
    /// Why nothing is written any more, if so. What was acknowledged can be read all the same.
    pub stopped: Option<String>,
}

/// How long something took, each time that it was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times {
    /// How many took as long as each bound at the most, and longer than the bound before; those
    /// beyond the last bound come last.
    counts: [u64; BOUNDS + 1],
    total: Duration,
}

/// How many bounds there are: from a tenth of a millisecond, doubling, to 26 seconds.
const BOUNDS: usize = 19;

impl Times {
    /// Adds one time.
    pub fn add(&mut self, took: Duration) {
        let at = bounds().position(|bound| took <= bound).unwrap_or(BOUNDS);
        if let Some(count) = self.counts.get_mut(at) {
            *count += 1;
        }
        self.total = self.total.saturating_add(took);
    }

    /// How often it was done.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How long all of it took.
    pub fn total(&self) -> Duration {
        self.total
    }

    /// How many took as long as each bound at the most, and longer than the bound before; without
    /// a bound, those that took longer than all.
    pub fn counts(&self) -> impl Iterator<Item = (Option<Duration>, u64)> {
        bounds().map(Some).chain([None]).zip(self.counts)
    }
}

fn bounds() -> impl Iterator<Item = Duration> {
    (0..BOUNDS).map(|power| Duration::from_micros(100 << power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_time_is_counted_once_below_its_bound() {
        let mut times = Times::default();
        let took = [0, 100, 101, 26_214_400, 26_214_401].map(Duration::from_micros);
        took.into_iter().for_each(|took| times.add(took));
        let counted: Vec<_> = times.counts().filter(|(_, count)| *count > 0).collect();
        let bound = |micros| Some(Duration::from_micros(micros));
        assert_eq!(counted, [(bound(100), 2), (bound(200), 1), (bound(26_214_400), 1), (None, 1)]);
        assert_eq!((times.count(), times.total()), (5, took.iter().sum()));
    }
}
