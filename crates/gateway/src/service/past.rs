use std::{convert::Infallible, sync::Arc};

use chancery_kernel::ConventionId;
use chancery_projections::View;
use quick_cache::{
    DefaultHashBuilder, OptionsBuilder, Weighter,
    sync::{Cache, DefaultLifecycle},
};

/// What the views that are kept come to, in events.
const MAX_EVENTS: u64 = 1 << 20;

/// How many views are kept.
const MAX_VIEWS: u64 = 64;

/// Views of what was known earlier. Each is folded from the first events of the present view, so it
/// is what a register that stopped there would hold; some are kept, since one question leads to the
/// next.
pub(super) struct PastViews(Cache<(ConventionId, usize), Arc<View>, Events>);

#[derive(Clone)]
struct Events;

impl PastViews {
    pub(super) fn new() -> Self {
        let entries = usize::try_from(MAX_VIEWS).unwrap_or(usize::MAX);
        let options = OptionsBuilder::new()
            .shards(1)
            .estimated_items_capacity(entries)
            .weight_capacity(MAX_EVENTS)
            .build();
        // All of the options are given, so there is nothing that building them could miss.
        Self(match options {
            Ok(options) => Cache::with_options(
                options,
                Events,
                DefaultHashBuilder::default(),
                DefaultLifecycle::default(),
            ),
            Err(_) => Cache::with_weighter(entries, MAX_EVENTS, Events),
        })
    }

    /// What was known of a convention after so many of its events.
    pub(super) fn view(&self, now: &Arc<View>, events: usize) -> Arc<View> {
        if events >= now.log().len() {
            return now.clone();
        }
        let fold = || {
            let first = now.log().take(events);
            Ok::<_, Infallible>(Arc::new(View::folded(now.convention().clone(), first)))
        };
        // Who asks for the same at once waits for the one that folds it.
        let key = (now.convention().clone(), events);
        match self.0.get_or_insert_with(&key, fold) {
            Ok(view) => view,
        }
    }
}

impl Weighter<(ConventionId, usize), Arc<View>> for Events {
    fn weight(&self, (_, events): &(ConventionId, usize), _: &Arc<View>) -> u64 {
        (*events as u64).max(MAX_EVENTS / MAX_VIEWS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_views_are_kept_than_the_bounds_allow() {
        let past = PastViews::new();
        let view = Arc::new(View::empty("ccm".parse().unwrap()));
        for events in 0..1_000 {
            past.0.insert(("ccm".parse().unwrap(), events), view.clone());
        }
        assert!(past.0.len() as u64 <= MAX_VIEWS && !past.0.is_empty(), "{}", past.0.len());
        past.0.insert(("att".parse().unwrap(), MAX_EVENTS as usize + 1), view);
        assert!(past.0.weight() <= MAX_EVENTS);
    }
}
