//! Why a figure is what it is: the rule in one sentence, and the events behind it.

use std::sync::Arc;

use chancery_kernel::StateCode;
use chancery_membership::{Delay, Event as Membership, Standing};
use chancery_register::{Event, Recorded};

use crate::at::At;

/// A figure of the status that can say why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// States that have consented to be bound.
    Bound,
    /// States parties in force.
    InForce,
    /// Bound, not yet in force.
    Pending,
    /// Signed only.
    SignatoriesOnly,
    /// Withdrawn.
    Withdrawn,
    /// The convention's own entry into force.
    EntryIntoForce,
}

/// The rule and the events behind a figure.
#[derive(Debug, Clone)]
pub struct Why {
    /// The rule in one sentence, with its article.
    pub rule: String,
    /// The events, in the order of recording.
    pub events: Vec<Arc<Recorded>>,
}

impl At<'_> {
    /// Why a figure is what it is on the day; `None` before the profile is recorded.
    pub fn why(&self, figure: Figure) -> Option<Why> {
        let rules = self.view.state().membership.rules()?;
        let (eif, later) = (&rules.entry_into_force, &rules.later_states);
        let in_force = format!(
            "the convention enters into force {} the deposit of counted instrument number {} (article {}), and for a State that deposits later {} its own deposit (article {})",
            said(eif.delay),
            eif.instruments,
            eif.article,
            said(later.delay),
            later.article,
        );
        Some(match figure {
            Figure::Bound => Why {
                rule: "a State is bound that has deposited an instrument and whose withdrawal has not taken effect".to_owned(),
                events: self.binding(&[Standing::InForce, Standing::Pending]),
            },
            Figure::InForce => {
                Why { rule: in_force, events: self.binding(&[Standing::InForce]) }
            }
            Figure::Pending => {
                Why { rule: format!("bound, but not yet in force: {in_force}"), events: self.binding(&[Standing::Pending]) }
            }
            Figure::SignatoriesOnly => Why {
                rule: "a State that has signed and has deposited no instrument".to_owned(),
                events: self.acts_of(&[Standing::Signatory], |event| matches!(event, Membership::Signed(_))),
            },
            Figure::Withdrawn => Why {
                rule: rules.withdrawal.as_ref().map_or_else(
                    || "a State whose withdrawal has taken effect".to_owned(),
                    |rule| format!("a withdrawal takes effect {} the depositary's receipt of the notice (article {})", said(rule.notice), rule.article),
                ),
                events: self.acts_of(&[Standing::Withdrawn], |event| matches!(event, Membership::Withdrew(_))),
            },
            Figure::EntryIntoForce => {
                let last = self.view.state().membership.last_instrument_on();
                let mut events = self.acts_of(
                    &[Standing::InForce, Standing::Pending, Standing::Withdrawn],
                    |event| is_deposit(event) && last.is_some_and(|last| event.on().latest() <= last),
                );
                events.retain(|recorded| counted(rules, &recorded.envelope.event));
                Why { rule: in_force, events }
            }
        })
    }

    fn binding(&self, standings: &[Standing]) -> Vec<Arc<Recorded>> {
        self.acts_of(standings, is_deposit)
    }

    /// The acts of the States that stand so: of each kind of act the last that counts.
    fn acts_of(
        &self,
        standings: &[Standing],
        wanted: impl Fn(&Membership) -> bool,
    ) -> Vec<Arc<Recorded>> {
        let states = self.standings().filter(|(_, standing)| standings.contains(standing));
        let mut events: Vec<Arc<Recorded>> =
            states.filter_map(|(state, _)| self.last_act(state, &wanted)).collect();
        events.sort_by_key(|recorded| recorded.position);
        events
    }

    /// The deposit by which a State is bound on the day.
    pub(crate) fn last_deposit(&self, state: StateCode) -> Option<Arc<Recorded>> {
        self.last_act(state, &is_deposit)
    }

    fn last_act(
        &self,
        state: StateCode,
        wanted: &impl Fn(&Membership) -> bool,
    ) -> Option<Arc<Recorded>> {
        let indexes = self.view.by_state.get(&state)?;
        indexes
            .iter()
            .rev()
            .filter_map(|index| self.event(*index))
            .find(|recorded| {
                self.counts(recorded.envelope.effective)
                    && matches!(&recorded.envelope.event, Event::Membership(event) if wanted(event))
            })
            .cloned()
    }
}

fn is_deposit(event: &Membership) -> bool {
    matches!(
        event,
        Membership::Ratified(_)
            | Membership::Accepted(_)
            | Membership::Approved(_)
            | Membership::Acceded(_)
            | Membership::Succeeded(_)
    )
}

fn counted(rules: &chancery_membership::Rules, event: &Event) -> bool {
    use chancery_membership::Instrument;
    let Event::Membership(event) = event else {
        return false;
    };
    let instrument = match event {
        Membership::Ratified(_) => Instrument::Ratification,
        Membership::Accepted(_) => Instrument::Acceptance,
        Membership::Approved(_) => Instrument::Approval,
        Membership::Acceded(_) => Instrument::Accession,
        Membership::Succeeded(_) => Instrument::Succession,
        _ => return false,
    };
    rules.entry_into_force.counted.contains(&instrument)
}

fn said(delay: Delay) -> String {
    match delay {
        Delay::FirstDayOfMonth(n) => format!("on the first day of the {} month after", ordinal(n)),
        Delay::Days(0) => "on the day of".to_owned(),
        Delay::Days(n) => format!("{n} days after"),
        Delay::Months(n) => format!("{n} months after"),
    }
}

fn ordinal(number: u8) -> String {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let word = usize::from(number).checked_sub(1).and_then(|index| WORDS.get(index));
    word.map_or_else(|| format!("{number}th"), |word| (*word).to_owned())
}
