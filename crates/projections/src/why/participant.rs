use chancery_kernel::StateCode;
use chancery_membership::{Between, Event as Membership, ForceBy, LaterThan, Rules, Standing};

use super::{
    Figure, Why, WhyRefused,
    status::{into_force, itself_into_force, out_of_force, said},
};
use crate::{at::At, participants::ParticipantFound};

impl At<'_> {
    /// Why a State stands as it does.
    pub fn why_standing(&self, it: &ParticipantFound) -> Why {
        let state = it.state.code;
        let why = |rule: String| Why::new(Figure::Standing(state), rule).by_first_profile(self);
        let rules = self.view.state().membership.rules();
        let rule = |rule: fn(&Rules) -> String| rules.map(rule).unwrap_or_default();
        let (word, why) = match it.standing {
            Standing::Signatory => (
                "signatory",
                why("a State that has signed and has deposited no instrument".to_owned()),
            ),
            Standing::Pending => {
                ("pending", why(format!("bound, but not yet in force: {}", rule(into_force))))
            }
            Standing::InForce => ("in force", why(rule(into_force))),
            Standing::Withdrawn => ("withdrawn", why(rule(out_of_force))),
        };
        why.value(word)
            .with_known("signed on", it.signed_on)
            .with_known("deposited on", it.bound_on)
            .with_known("by", it.act)
            .with_known("in force from", it.in_force_from)
            .with_known("notice of withdrawal received on", it.withdrawal_notified_on)
            .with_known("no longer bound from", it.withdrawn_on)
            .with("the day asked about", self.day)
            .rests_on(self, self.last_act(state, &|event| matches!(event, Membership::Signed(_))))
            .rests_on(self, it.bound_on.and_then(|_| self.last_deposit(state)))
            .rests_on(self, it.withdrawn_on.and_then(|_| self.notice(state)))
    }

    /// Why the convention enters into force for a State on its day.
    ///
    /// # Errors
    /// A State for which it has no such day.
    pub fn why_in_force_from(&self, it: &ParticipantFound) -> Result<Why, WhyRefused> {
        let state = it.state.code;
        let rules = self.view.state().membership.rules();
        let (Some(rules), Some(force)) = (rules, self.force(state)) else {
            let what = match it.bound_on {
                Some(on) => format!(
                    "{} deposited on {on}, and too few have for anybody to know the day",
                    it.state.name
                ),
                None => format!("{} has deposited no instrument", it.state.name),
            };
            return Err(self.no_value(what));
        };
        let first = |why: Why| why.rests_on(self, self.first_instruments(rules));
        let own = format!(
            "for a State that deposits later, the convention enters into force {} its own deposit (article {})",
            said(rules.later_states.delay),
            rules.later_states.article
        );
        let why =
            |rule: String| Why::new(Figure::EntryIntoForce(state), rule).by_first_profile(self);
        let why = match force.by {
            ForceBy::Convention => first(why(format!(
                "{}, and so it does for each State that had deposited by then",
                itself_into_force(rules)
            ))),
            ForceBy::Deposit => why(own),
            ForceBy::NotBeforeConvention => first(why(format!(
                "{own}, but not before the convention itself: {}",
                itself_into_force(rules)
            ))),
            ForceBy::Reading => first(by_reading(rules, why)),
            ForceBy::Succession => first(why(format!(
                "a State that succeeds is a party from the day from which its succession counts, but not before the convention itself is in force (Vienna Convention on Succession of States in respect of Treaties, article 23(1)): {}",
                itself_into_force(rules)
            ))),
        };
        let why =
            why.value(force.on).with_known("deposited on", it.bound_on).with_known("by", it.act);
        Ok(self.with_instruments(why, rules).rests_on(self, self.last_deposit(state)))
    }

    /// Why a State's withdrawal takes effect on its day.
    ///
    /// # Errors
    /// A State that gave no notice by the day.
    pub fn why_withdrawn_on(&self, it: &ParticipantFound) -> Result<Why, WhyRefused> {
        let state = it.state.code;
        let rules = self.view.state().membership.rules();
        let (Some(rules), Some(on)) = (rules, it.withdrawn_on) else {
            return Err(self.no_value(format!("{} has not withdrawn", it.state.name)));
        };
        let rule = match it.withdrawal_notified_on {
            Some(_) => format!("{}, unless the source gives a later day", out_of_force(rules)),
            None => format!(
                "the source gives the day itself, and not that of the notice: {}",
                out_of_force(rules)
            ),
        };
        Ok(Why::new(Figure::Withdrawal(state), rule)
            .by_first_profile(self)
            .value(on)
            .with_known("notice received on", it.withdrawal_notified_on)
            .with_known("deposited on", it.bound_on)
            .rests_on(self, self.last_deposit(state))
            .rests_on(self, self.notice(state)))
    }

    fn notice(&self, state: StateCode) -> Option<std::sync::Arc<chancery_register::Recorded>> {
        self.last_act(state, &|event| matches!(event, Membership::Withdrew(_)))
    }

    fn no_value(&self, what: String) -> WhyRefused {
        WhyRefused::NoValue {
            what,
            day: self.day,
            help: "ask of its `standing`, or of a later day",
        }
    }
}

/// Of a deposit between the last instrument and the entry into force, of which the text says nothing.
fn by_reading(rules: &Rules, why: impl Fn(String) -> Why) -> Why {
    let later = &rules.later_states;
    let LaterThan::EntryIntoForce { between, reading } = &later.than else {
        return why(into_force(rules));
    };
    let counted = match between {
        Between::OwnDeposit => {
            format!("{} its own deposit, and not before the convention itself", said(later.delay))
        }
        Between::WithConvention => "with the convention itself".to_owned(),
    };
    let rule = format!(
        "article {} says nothing of a deposit after the last instrument that was needed and before the entry into force; by the profile's reading the convention is in force for the State {counted}, and {}",
        later.article,
        itself_into_force(rules)
    );
    why(rule).with("the reading", reading)
}
