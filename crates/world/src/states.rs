//! Who joins a convention when, and what the depositary notes of it, year by year.

use std::collections::BTreeMap;

use chancery_kernel::{Decider, StateCode};
use chancery_membership::{
    AccessionOpens, Command, Declaration, Deposit, Event, Instrument, Membership,
    ProvisionalApplication, Rules, Signature, SignatureCloses, State, TerritoryChange,
    TerritoryChangeKind, Withdrawal,
};
use jiff::{ToSpan, civil::Date};

use crate::{chance::Chance, error::MakeError, words::text};

/// One State's course in one convention.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) state: StateCode,
    pub(crate) signed: Option<Date>,
    pub(crate) bound: Option<(Date, Instrument)>,
    pub(crate) in_force: Option<Date>,
    /// The last day on which nothing of a withdrawal is felt: the one before the notice.
    pub(crate) until: Option<Date>,
}

/// Everybody in a convention, and the depositary's acts by year.
#[derive(Debug)]
pub(crate) struct States {
    pub(crate) members: Vec<Member>,
    /// The day on which the convention enters into force.
    pub(crate) entry_into_force: Option<Date>,
    acts: BTreeMap<i16, Vec<(Date, Command)>>,
}

/// How wide a convention reaches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// How many States may take part.
    pub(crate) states: usize,
    /// How many of a hundred of them sign.
    pub(crate) sign: u32,
    /// The last day that is recorded.
    pub(crate) last: Date,
}

impl Member {
    /// Whether the convention is in force for it on a day, and no withdrawal is on its way.
    pub(crate) fn party_on(&self, day: Date) -> bool {
        self.in_force.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl States {
    pub(crate) fn new(chance: &mut Chance, rules: &Rules, reach: Reach) -> Result<Self, MakeError> {
        let everybody: Vec<StateCode> = StateCode::all().collect();
        let mut members = Vec::new();
        for state in chance.some(reach.states, &everybody) {
            members.push(signatory(chance, rules, reach, state)?);
        }
        let opens_at_once = rules.accession_opens == AccessionOpens::AtOnce;
        let first_accession = match fold(rules, &members).entry_into_force() {
            Some(in_force) if !opens_at_once => in_force,
            _ => rules.opens_for_signature,
        };
        for member in members.iter_mut().filter(|it| it.signed.is_none()) {
            let days = 310 + chance.soon(8_000);
            let on = first_accession.checked_add(days.days())?;
            member.bound = (on <= reach.last).then_some((on, Instrument::Accession));
        }
        members.retain(|it| it.signed.is_some() || it.bound.is_some());
        let law = fold(rules, &members);
        let entry_into_force = law.entry_into_force();
        let mut states = Self { members: Vec::new(), entry_into_force, acts: BTreeMap::new() };
        for mut member in members {
            member.in_force = member.bound.and_then(|(on, _)| Some(law.force_after(on)?.on));
            states.acts_of(chance, reach, &mut member)?;
            states.members.push(member);
        }
        for acts in states.acts.values_mut() {
            // What a State does on one day is in the order in which it was made.
            acts.sort_by_key(|(on, _)| *on);
        }
        Ok(states)
    }

    /// What the depositary notes in a year, by day.
    pub(crate) fn acts_in(&mut self, year: i16) -> Vec<Command> {
        let acts = self.acts.remove(&year).unwrap_or_default();
        acts.into_iter().map(|(_, command)| command).collect()
    }

    fn act(&mut self, on: Date, command: Command) {
        self.acts.entry(on.year()).or_default().push((on, command));
    }

    fn acts_of(
        &mut self,
        chance: &mut Chance,
        reach: Reach,
        member: &mut Member,
    ) -> Result<(), MakeError> {
        let state = member.state;
        if let Some(on) = member.signed {
            self.act(on, Command::Sign(Signature { state, on }));
            if chance.percent(3) {
                let articles = text("1".to_owned())?;
                let applies = ProvisionalApplication { state, articles, on };
                self.act(on, Command::ApplyProvisionally(applies));
            }
        }
        let Some((on, instrument)) = member.bound else { return Ok(()) };
        let in_force_as_printed = printed(chance, member.in_force, self.entry_into_force, on)?;
        let deposit = Deposit { state, on, in_force_as_printed };
        self.act(on, deposited(deposit, instrument));
        if chance.percent(5) {
            let summary = text("understands the convention to apply to structures built before its entry into force, too (fictional)".to_owned())?;
            self.act(on, Command::Declare(Declaration { state, summary, on }));
        }
        if chance.percent(2) {
            let territory = text("the Outer Rocks (fictional)".to_owned())?;
            let change = TerritoryChangeKind::Excluded;
            let change = TerritoryChange { state, territory, change, on: on.into() };
            self.act(on, Command::ChangeTerritory(change));
        }
        self.leave(chance, reach, member)
    }

    /// A few withdraw after some years, and some of them come back.
    fn leave(
        &mut self,
        chance: &mut Chance,
        reach: Reach,
        member: &mut Member,
    ) -> Result<(), MakeError> {
        let (state, Some(in_force)) = (member.state, member.in_force) else { return Ok(()) };
        if !chance.percent(2) {
            return Ok(());
        }
        let on = in_force.checked_add(chance.between(1_000, 5_000).days())?;
        if on > reach.last {
            return Ok(());
        }
        member.until = Some(on.yesterday()?);
        self.act(on, Command::Withdraw(Withdrawal { state, on: Some(on), takes_effect: None }));
        let again = on.checked_add(chance.between(800, 2_000).days())?;
        if again <= reach.last && chance.percent(50) {
            let deposit = Deposit { state, on: again, in_force_as_printed: None };
            self.act(again, Command::Accede(deposit));
        }
        Ok(())
    }
}

/// A State that may sign and, after a time, consent to be bound.
fn signatory(
    chance: &mut Chance,
    rules: &Rules,
    reach: Reach,
    state: StateCode,
) -> Result<Member, MakeError> {
    let mut member = Member { state, signed: None, bound: None, in_force: None, until: None };
    if !chance.percent(reach.sign) {
        return Ok(member);
    }
    let most = if rules.signature_closes == SignatureCloses::Never { 900 } else { 300 };
    let late = if chance.percent(50) { 0 } else { chance.soon(most) };
    let signed = rules.opens_for_signature.checked_add(late.days())?;
    member.signed = Some(signed);
    // Nobody consents while the others may still sign, so that no signature comes too late.
    let bound = rules.opens_for_signature.checked_add((950 + chance.soon(6_000)).days())?;
    if bound <= reach.last && chance.percent(88) {
        use Instrument::{Acceptance, Approval, Ratification};
        let kinds = [Ratification, Ratification, Ratification, Acceptance, Approval];
        member.bound = Some((bound, *chance.one(&kinds)));
    }
    Ok(member)
}

/// What the law makes of these deposits.
fn fold(rules: &Rules, members: &[Member]) -> State {
    let deposits = members.iter().filter_map(|it| {
        let (on, instrument) = it.bound?;
        let deposit = Deposit { state: it.state, on, in_force_as_printed: None };
        Some(match instrument {
            Instrument::Ratification | Instrument::Succession => Event::Ratified(deposit.into()),
            Instrument::Acceptance => Event::Accepted(deposit.into()),
            Instrument::Approval => Event::Approved(deposit.into()),
            Instrument::Accession => Event::Acceded(deposit.into()),
        })
    });
    deposits.fold(State::default().under(rules.clone()), |state, event| {
        Membership::evolve(state, &event)
    })
}

fn deposited(deposit: Deposit, instrument: Instrument) -> Command {
    match instrument {
        Instrument::Ratification | Instrument::Succession => Command::Ratify(deposit),
        Instrument::Acceptance => Command::Accept(deposit),
        Instrument::Approval => Command::Approve(deposit),
        Instrument::Accession => Command::Accede(deposit),
    }
}

/// The entry into force that a notification prints: of one in five, and of one in a hundred a wrong
/// one. Nobody knows it before the convention's own is settled.
fn printed(
    chance: &mut Chance,
    in_force: Option<Date>,
    entry_into_force: Option<Date>,
    on: Date,
) -> Result<Option<Date>, MakeError> {
    let known = entry_into_force.is_some_and(|from| from <= on);
    let Some(day) = in_force.filter(|_| known && chance.percent(20)) else { return Ok(None) };
    Ok(Some(if chance.percent(5) { day.checked_add(1.month())? } else { day }))
}
