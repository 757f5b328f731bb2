use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
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

/// How many days are kept.
const DAYS: usize = 8;

/// What follows from a view for a day, kept for the days that were asked about last. A copy begins
/// anew.
#[derive(Debug)]
pub(crate) struct ByDay<T>(Mutex<VecDeque<(Date, Arc<T>)>>);

impl<T> ByDay<T> {
    /// The value for a day. Who asks meanwhile for the same day may compute it, too.
    pub(crate) fn get(&self, day: Date, compute: impl FnOnce() -> T) -> Arc<T> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().iter().find(|(of, _)| *of == day).map(|(_, value)| value.clone());
        found.unwrap_or_else(|| {
            let value = Arc::new(compute());
            let mut kept = kept();
            kept.push_front((day, value.clone()));
            kept.truncate(DAYS);
            value
        })
    }
}

impl<T> Default for ByDay<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Clone for ByDay<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}
