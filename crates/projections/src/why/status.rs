use std::sync::Arc;

use chancery_kernel::StateCode;
use chancery_membership::{Delay, Event as Membership, Rules, Standing};
use chancery_register::{Event, Recorded};

use super::{Figure, StatusFigure, Why};
use crate::at::At;

impl At<'_> {
    /// Why a figure of the status is what it is on the day; `None` before the profile is recorded.
    pub fn why_status(&self, figure: StatusFigure) -> Option<Why> {
        let rules = self.view.state().membership.rules()?;
        let status = self.status();
        let why = |rule| Why::new(Figure::Status(figure), rule).by_first_profile(self);
        let why = match figure {
            StatusFigure::Bound => why(
                "a State is bound that has deposited an instrument and whose withdrawal has not taken effect".to_owned(),
            )
            .value(status.bound)
            .with("in force", status.in_force)
            .with("pending", status.pending)
            .rests_on(self, self.binding(&[Standing::InForce, Standing::Pending])),
            StatusFigure::InForce => self
                .with_instruments(why(into_force(rules)), rules)
                .value(status.in_force)
                .rests_on(self, self.binding(&[Standing::InForce])),
            StatusFigure::Pending => self
                .with_instruments(why(format!("bound, but not yet in force: {}", into_force(rules))), rules)
                .value(status.pending)
                .rests_on(self, self.binding(&[Standing::Pending])),
            StatusFigure::SignatoriesOnly => {
                let signed = |event: &Membership| matches!(event, Membership::Signed(_));
                why("a State that has signed and has deposited no instrument".to_owned())
                    .value(status.signatories_only)
                    .rests_on(self, self.acts_of(&[Standing::Signatory], signed))
            }
            StatusFigure::Withdrawn => {
                let withdrew = |event: &Membership| matches!(event, Membership::Withdrew(_));
                why(out_of_force(rules))
                    .value(status.withdrawn)
                    .rests_on(self, self.acts_of(&[Standing::Withdrawn], withdrew))
            }
            StatusFigure::EntryIntoForce => self
                .with_instruments(why(into_force(rules)), rules)
                .value_known(self.entry_into_force())
                .rests_on(self, self.first_instruments(rules)),
        };
        Some(why.with("the day asked about", self.day))
    }

    /// What brought the convention itself into force.
    pub(super) fn with_instruments(&self, why: Why, rules: &Rules) -> Why {
        let last = self.view.state().membership.last_instrument_on();
        why.with("instruments needed", rules.entry_into_force.instruments)
            .with_known("the last of them was deposited on", last.filter(|on| *on <= self.day))
            .with_known("the convention is in force from", self.entry_into_force())
    }

    /// The deposits by which the number of instruments was reached: all of the day on which it was.
    pub(super) fn first_instruments(&self, rules: &Rules) -> Vec<Arc<Recorded>> {
        let last = self.view.state().membership.last_instrument_on();
        let mut events = self
            .acts_of(&[Standing::InForce, Standing::Pending, Standing::Withdrawn], |event| {
                is_deposit(event) && last.is_some_and(|last| event.on().latest() <= last)
            });
        events.retain(|recorded| counted(rules, &recorded.envelope.event));
        events
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

    /// The last act of a State of one kind, done by the day.
    pub(super) fn last_act(
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

fn counted(rules: &Rules, event: &Event) -> bool {
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

/// When the convention enters into force, in one sentence.
pub(super) fn into_force(rules: &Rules) -> String {
    let later = &rules.later_states;
    format!(
        "{}, and for a State that deposits later {} its own deposit (article {})",
        itself_into_force(rules),
        said(later.delay),
        later.article,
    )
}

/// When it does so by itself, whoever else is bound.
pub(super) fn itself_into_force(rules: &Rules) -> String {
    let first = &rules.entry_into_force;
    format!(
        "the convention enters into force {} the deposit of counted instrument number {} (article {})",
        said(first.delay),
        first.instruments,
        first.article,
    )
}

/// When a withdrawal takes effect.
pub(super) fn out_of_force(rules: &Rules) -> String {
    rules.withdrawal.as_ref().map_or_else(
        || "a withdrawal takes effect on the day that the source gives: the profile has no rule for it".to_owned(),
        |rule| format!("a withdrawal takes effect {} the depositary's receipt of the notice (article {})", said(rule.notice), rule.article),
    )
}

pub(super) fn said(delay: Delay) -> String {
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
