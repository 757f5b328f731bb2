use std::{
    collections::BTreeSet,
    sync::{PoisonError, RwLock},
};

/// The names of operations that are told apart. Clients choose them, and each is kept for as long
/// as the program runs, so that there must be an end of them.
pub(super) struct Names {
    limit: usize,
    known: RwLock<BTreeSet<String>>,
}

/// An operation without a name.
const UNNAMED: &str = "unnamed";

/// An operation that came when there were as many as there may be.
const OTHER: &str = "other";

impl Names {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, known: RwLock::default() }
    }

    /// What an operation is called. A name is learnt from a query that was answered without an
    /// error, so that who sends nonsense fills no place.
    pub(super) fn label(&self, name: Option<&str>, learn: bool) -> String {
        let Some(name) = name else { return UNNAMED.to_owned() };
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if known.contains(name) {
            return name.to_owned();
        }
        let full = known.len() >= self.limit;
        drop(known);
        if full || !learn {
            return OTHER.to_owned();
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= self.limit && !known.contains(name) {
            return OTHER.to_owned();
        }
        known.insert(name.to_owned());
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_told_apart_and_no_more() {
        let names = Names::new(2);
        assert_eq!(names.label(None, true), "unnamed");
        assert_eq!(names.label(Some("Wrong"), false), "other");
        assert_eq!(names.label(Some("A"), true), "A");
        assert_eq!(names.label(Some("B"), true), "B");
        assert_eq!(names.label(Some("C"), true), "other");
        assert_eq!(names.label(Some("A"), false), "A");
        assert_eq!(Names::new(0).label(Some("A"), true), "other");
    }
}
