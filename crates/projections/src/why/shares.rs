use chancery_finance::{Event as Finance, Settled};
use chancery_meetings::Event as Meetings;
use chancery_register::Event;

use super::{Figure, Sharing, Why};
use crate::{
    at::At,
    finances::{ShareAt, SharesAt, WhatIf},
};

impl At<'_> {
    /// Why the costs of a meeting are shared out so.
    pub fn why_shares(&self, of: &SharesAt, what_if: &WhatIf) -> Why {
        let why = Why::new(Figure::Shares(sharing(of, what_if)), of.rule.clone()).is(of.total);
        let parties = of.shares.iter().filter_map(|it| self.last_deposit(it.state.code));
        self.from_sharing(why, of)
            .rests_on(self, parties)
            .rests_on(self, self.attendance_events(of))
    }

    /// Why a State would owe what it does of them.
    pub fn why_share(&self, of: &SharesAt, it: &ShareAt, what_if: &WhatIf) -> Why {
        let how = match it.settled {
            Settled::Floor => "this State pays the least that each pays",
            Settled::Cap => "this State pays the most that each pays",
            Settled::Down => {
                "this State's part is rounded down; what that leaves over goes to those with the largest remainders"
            }
            Settled::Up => {
                "this State's part is rounded down, and it pays a minor unit more, as one of those with the largest remainders"
            }
        };
        let rule = format!("{}; {how}", of.rule);
        let why = Why::new(Figure::Share(it.state.code, sharing(of, what_if)), rule)
            .is(it.amount)
            .from("rate, in per cent of the scale", it.rate)
            .from("rate, in per cent of the payers' sum", it.adjusted);
        self.from_sharing(why, of).rests_on(self, self.last_deposit(it.state.code))
    }

    fn from_sharing(&self, why: Why, of: &SharesAt) -> Why {
        let rule = self.view.state().finance.rules.meeting_costs.as_ref();
        let why = why
            .by_profile(self)
            .from("shared out", of.total)
            .from("scale", of.scale)
            .from("States parties that pay", of.parties)
            .from("participating States not party that pay", of.participants)
            .from("sum of the payers' rates", of.sum_of_rates)
            .from_known("the least that each pays", rule.and_then(|rule| rule.floor))
            .from_known("the most that each pays", rule.and_then(|rule| rule.cap));
        self.from_days(why, &of.meeting).rests_on(
            self,
            self.money_events(
                |event| matches!(event, Finance::ScaleAdopted(it) if it.years == of.scale),
            ),
        )
    }

    /// The lists of who took part, where States not party pay by them.
    fn attendance_events(
        &self,
        of: &SharesAt,
    ) -> impl Iterator<Item = std::sync::Arc<chancery_register::Recorded>> {
        let counted = of.participants > 0;
        let events = self.events_of(&of.meeting).filter(move |recorded| {
            counted && matches!(recorded.envelope.event, Event::Meetings(Meetings::Attended(_)))
        });
        events.cloned()
    }
}

fn sharing(of: &SharesAt, what_if: &WhatIf) -> Sharing {
    Sharing { meeting: of.meeting.clone(), total: of.total, what_if: what_if.clone() }
}
