use std::{
    collections::VecDeque,
    sync::{Mutex, OnceLock, PoisonError},
};

use jiff::civil::Date;

/// What follows from a view, computed when it is first asked for. A copy begins anew: whoever copies
/// a view is about to change it.
#[derive(Debug)]
pub(crate) struct Memo<T>(OnceLock<T>);

impl<T> Memo<T> {
    /// The value; of several who ask at once, one computes it.
    pub(crate) fn get(&self, compute: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(compute)
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// How many values are kept.
const KEPT: usize = 4;

/// What follows, for a day, from facts of which each counts from a day of its own on. It changes on
/// those days alone, so it is kept by how many of them count, for the numbers that were asked about
/// last: most days have the value of the day before. A clone of the value is cheap.
#[derive(Debug)]
pub(crate) struct ByCount<T> {
    /// From when on each fact counts, in order.
    days: OnceLock<Box<[Date]>>,
    kept: Mutex<VecDeque<(usize, T)>>,
}

impl<T: Clone> ByCount<T> {
    /// The value on a day. `days` gives from when on each fact counts, in any order, and is called
    /// once. Who asks meanwhile for the same value may compute it, too.
    pub(crate) fn get<D: IntoIterator<Item = Date>>(
        &self,
        day: Date,
        days: impl FnOnce() -> D,
        compute: impl FnOnce() -> T,
    ) -> T {
        let days = self.days.get_or_init(|| {
            let mut days: Vec<Date> = days().into_iter().collect();
            days.sort_unstable();
            days.into()
        });
        let count = days.partition_point(|from| *from <= day);
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().iter().find(|(of, _)| *of == count).map(|(_, value)| value.clone());
        found.unwrap_or_else(|| {
            let value = compute();
            let mut kept = kept();
            kept.push_front((count, value.clone()));
            kept.truncate(KEPT);
            value
        })
    }
}

impl<T> Default for ByCount<T> {
    fn default() -> Self {
        Self { days: OnceLock::new(), kept: Mutex::default() }
    }
}
