use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
    iter,
    sync::Arc,
};

use chancery_kernel::ConventionId;
use chancery_projections::HistoryFilter;
use chancery_register::Recorded;
use tokio::{sync::watch, task};

use super::{FeedError, Head, Item, Live, places::Place};
use crate::service::{Asked, DialError, Dials, Service};

/// How many events are looked at before others have their turn.
const STEP: usize = 256;

/// Which events are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventsAsk {
    /// Of this convention; of all if it is not said.
    pub(crate) convention: Option<ConventionId>,
    pub(crate) filter: HistoryFilter,
    /// Those behind this position; those to come if it is not said.
    pub(crate) after: Option<u64>,
    /// Without `after`: all that are stored, too.
    pub(crate) from_start: bool,
}

/// Appended events in the order of the log.
pub(crate) struct EventFeed {
    live: Live,
    head: watch::Receiver<Arc<Head>>,
    ask: EventsAsk,
    place: Place,
    ready: VecDeque<Item>,
}

impl EventFeed {
    pub(super) fn begin(live: Live, ask: EventsAsk) -> Result<Self, FeedError> {
        if let Some(convention) = &ask.convention {
            live.convention(convention.as_str())?;
        }
        let head = live.0.head.clone();
        let from = match ask.after {
            None if ask.from_start => 0,
            after => live.place_after(after)?,
        };
        let place = live.0.places.begin(from);
        Ok(Self { live, head, ask, place, ready: VecDeque::new() })
    }

    /// The next event; waits for one. `None` once the store is closed.
    pub(super) async fn next(&mut self) -> Option<Result<Item, FeedError>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            let head = self.head.borrow_and_update().clone();
            if self.place.get() < head.next {
                if let Err(error) = self.step(&head) {
                    return Some(Err(error.into()));
                }
                task::yield_now().await;
            } else {
                self.head.changed().await.ok()?;
            }
        }
    }

    /// Looks at some of the events up to the head.
    fn step(&mut self, head: &Head) -> Result<(), DialError> {
        let from = self.place.get();
        let conventions;
        let events: Box<dyn Iterator<Item = (&Asked, &Arc<Recorded>)>> = match head.from(from) {
            Some(recent) => Box::new(recent.flat_map(move |appended| {
                let events = appended.events.iter().filter(move |it| it.position >= from);
                appended
                    .asked
                    .iter()
                    .flat_map(move |asked| events.clone().map(move |it| (asked, it)))
            })),
            None => {
                conventions = present(&self.live.0.service, self.ask.convention.as_ref())?;
                Box::new(stored(&conventions, from).take_while(|(_, it)| it.position < head.next))
            }
        };
        let convention = self.ask.convention.as_ref();
        let is_asked_for =
            |asked: &Asked| convention.is_none_or(|it| it == asked.view().convention());
        let mut reached = head.next;
        for (looked_at, (asked, event)) in events.enumerate() {
            if looked_at == STEP {
                reached = event.position;
                break;
            }
            if is_asked_for(asked) && asked.view().takes(&self.ask.filter, event) {
                self.ready.push_back(Item::Event(asked.clone(), event.clone()));
            }
        }
        self.place.set(reached);
        Ok(())
    }
}

impl Live {
    /// The place behind a position, or that of the next event to come.
    pub(super) fn place_after(&self, position: Option<u64>) -> Result<u64, DialError> {
        let next = self.0.head.borrow().next;
        match (position, next.checked_sub(1)) {
            (None, _) => Ok(next),
            (Some(_), None) => Err(DialError::Empty),
            // The log may be a copy that is older than what its client has seen.
            (Some(position), Some(head)) if position > head => {
                Err(DialError::BeyondHead { position, head })
            }
            (Some(position), Some(_)) => Ok(position + 1),
        }
    }
}

/// A convention, or all of them, as they are now.
fn present(service: &Service, convention: Option<&ConventionId>) -> Result<Vec<Asked>, DialError> {
    let (moment, dials) = (service.moment(), Dials::default());
    match convention {
        Some(convention) => Ok(moment.ask(convention.as_str(), dials)?.into_iter().collect()),
        None => moment.ask_all(dials),
    }
}

/// The events of conventions from a place of the log on, in its order.
fn stored(conventions: &[Asked], from: u64) -> impl Iterator<Item = (&Asked, &Arc<Recorded>)> {
    let mut nexts: BinaryHeap<Reverse<(u64, usize, usize)>> = BinaryHeap::new();
    for (convention, asked) in conventions.iter().enumerate() {
        let log = asked.view().log();
        let index = log.binary_search_by_key(&from, |it| it.position).unwrap_or_else(|index| index);
        nexts.extend(log.get(index).map(|it| Reverse((it.position, convention, index))));
    }
    iter::from_fn(move || {
        let Reverse((_, convention, index)) = nexts.pop()?;
        let asked = conventions.get(convention)?;
        let log = asked.view().log();
        nexts.extend(log.get(index + 1).map(|it| Reverse((it.position, convention, index + 1))));
        Some((asked, log.get(index)?))
    })
}
