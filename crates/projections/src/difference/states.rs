use std::sync::Arc;

use chancery_kernel::StateCode;
use chancery_membership::{Event as Membership, Instrument};
use chancery_register::{Event, Recorded};

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
    words::date,
};
use crate::{
    participants::ParticipantAt,
    why::{Figure, StatusFigure},
};

impl Telling<'_> {
    /// Who signed, is bound, in force, has withdrawn, and under which name.
    pub(super) fn states(&self) -> Vec<Statement> {
        let own = self.at.entry_into_force().map(|on| {
            let verb = if on <= self.at.day { "entered" } else { "enters" };
            let why = self.at.why(&Figure::Status(StatusFigure::EntryIntoForce)).ok();
            Statement::new(
                ChangeKind::EntryIntoForce,
                Family::EntryIntoForce,
                self.at.view.convention(),
            )
            .said(format!("The Convention {verb} into force on {}", date(on.into())))
            .value("on", Some(on))
            .rests_on(why.map(|it| it.events).unwrap_or_default())
        });
        let participants = self.at.participants();
        own.into_iter().chain(participants.iter().flat_map(|it| self.state(it))).collect()
    }

    fn state(&self, it: &ParticipantAt) -> Vec<Statement> {
        let (code, name) = (it.state.code, &it.state.name);
        let signed = it.signed_on.map(|on| {
            Statement::new(ChangeKind::Signed, Family::Signature, code)
                .said(format!("{name} signed the Convention on {}", date(on.into())))
                .value("on", Some(on))
                .rests_on(self.acts(code, |it| matches!(it, Membership::Signed(_))))
        });
        let provisional = it.provisional_application.as_ref().map(|articles| {
            Statement::new(ChangeKind::ProvisionallyApplied, Family::Provisional, code)
                .said(format!("{name} applies the Convention provisionally: {articles}"))
                .value("articles", Some(articles.clone()))
                .rests_on(self.acts(code, |it| matches!(it, Membership::ProvisionallyApplied(_))))
        });
        let listed = Statement::new(ChangeKind::Renamed, Family::Name, code)
            .said(format!("{name} is listed under this name"))
            .value("name", Some(name.to_string()))
            .silent()
            .rests_on(self.acts(code, |it| matches!(it, Membership::Renamed(_))));
        let bond = [self.joined(it), self.in_force(it), self.notified(it), self.withdrew(it)];
        let rest = [signed, provisional, Some(listed), self.in_force_from(it)];
        bond.into_iter().chain(rest).flatten().collect()
    }

    fn joined(&self, it: &ParticipantAt) -> Option<Statement> {
        let (name, on, act) = (&it.state.name, it.bound_on?, it.act?);
        let did = match act {
            Instrument::Ratification => "ratified",
            Instrument::Acceptance => "accepted",
            Instrument::Approval => "approved",
            Instrument::Accession => "acceded to",
            Instrument::Succession => "succeeded to",
        };
        let mut text = format!("{name} {did} the Convention on {}", date(on.into()));
        if let Some(from) = it.in_force_from {
            text += &format!("; in force for it from {}", date(from.into()));
        }
        let statement = Statement::new(ChangeKind::Joined, Family::Bond, it.state.code)
            .said(text)
            .value("on", Some(on))
            .value("act", Some(act.to_string()))
            .rests_on(self.deposits(it.state.code));
        Some(statement)
    }

    fn in_force(&self, it: &ParticipantAt) -> Option<Statement> {
        let from = it.in_force_from.filter(|from| *from <= self.at.day)?;
        let name = &it.state.name;
        let text = format!("The Convention entered into force for {name} on {}", date(from.into()));
        let statement =
            Statement::new(ChangeKind::EnteredIntoForce, Family::InForce, it.state.code)
                .said(text)
                .value("on", Some(from))
                .rests_on(self.deposits(it.state.code));
        Some(statement)
    }

    /// Told where the day changes: that there is one is told with the deposit.
    fn in_force_from(&self, it: &ParticipantAt) -> Option<Statement> {
        let (name, from) = (&it.state.name, it.in_force_from?);
        let on = date(from.into());
        let statement =
            Statement::new(ChangeKind::InForceMoved, Family::InForceFrom, it.state.code)
                .said(format!("For {name} the Convention's entry into force is that of {on}"))
                .value("on", Some(from))
                .silent()
                .rests_on(self.deposits(it.state.code));
        Some(statement)
    }

    fn notified(&self, it: &ParticipantAt) -> Option<Statement> {
        let on = it.withdrawal_notified_on?;
        let mut text =
            format!("{} gave notice of withdrawal on {}", it.state.name, date(on.into()));
        if let Some(from) = it.withdrawn_on {
            text += &format!("; it takes effect on {}", date(from.into()));
        }
        let statement =
            Statement::new(ChangeKind::WithdrawalNotified, Family::Notice, it.state.code)
                .said(text)
                .value("on", Some(on))
                .value("takes_effect_on", it.withdrawn_on)
                .rests_on(self.withdrawals(it.state.code));
        Some(statement)
    }

    fn withdrew(&self, it: &ParticipantAt) -> Option<Statement> {
        let from = it.withdrawn_on.filter(|from| *from <= self.at.day)?;
        let text = format!("{}'s withdrawal took effect on {}", it.state.name, date(from.into()));
        let statement = Statement::new(ChangeKind::Withdrew, Family::Withdrawal, it.state.code)
            .said(text)
            .value("on", Some(from))
            .rests_on(self.withdrawals(it.state.code));
        Some(statement)
    }

    /// The last deposit.
    fn deposits(&self, state: StateCode) -> Option<Arc<Recorded>> {
        self.at.last_deposit(state)
    }

    fn withdrawals(&self, state: StateCode) -> Vec<Arc<Recorded>> {
        self.acts(state, |it| matches!(it, Membership::Withdrew(_)))
    }

    fn acts(&self, state: StateCode, wanted: fn(&Membership) -> bool) -> Vec<Arc<Recorded>> {
        let indexes = self.at.view.by_state.get(&state);
        let mut acts = self.counting(indexes.into_iter().flatten());
        acts.retain(|it| matches!(&it.envelope.event, Event::Membership(event) if wanted(event)));
        acts
    }
}
