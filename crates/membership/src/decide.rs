use chancery_kernel::{Decider, StateCode};
use jiff::civil::Date;

use crate::{
    command::Command,
    error::Rejection,
    event::{Deposit, Event, PrintedForce, Signature, Succession, Withdrawal},
    force::delayed,
    rules::{AccessionOpens, Instrument, SignatureCloses},
    state::{Bond, State},
};

/// The decider of membership.
#[derive(Debug, Clone, Copy)]
pub struct Membership;

impl Decider for Membership {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Sign(it) => sign(state, &it).map(|()| Event::Signed(it.into())),
            Command::Ratify(it) => {
                bind(state, &it, Instrument::Ratification).map(|()| Event::Ratified(it.into()))
            }
            Command::Accept(it) => {
                bind(state, &it, Instrument::Acceptance).map(|()| Event::Accepted(it.into()))
            }
            Command::Approve(it) => {
                bind(state, &it, Instrument::Approval).map(|()| Event::Approved(it.into()))
            }
            Command::Accede(it) => accede(state, &it).map(|()| Event::Acceded(it.into())),
            Command::Succeed(it) => succeed(state, &it).map(|()| Event::Succeeded(it.into())),
            Command::ApplyProvisionally(it) => {
                let known = state.participants().get(&it.state);
                let has_acted = known.is_some_and(|participant| {
                    participant.signed.is_some_and(|on| on <= it.on)
                        || participant.bond_at(it.on).is_some()
                });
                if !has_acted {
                    return Err(Rejection::NothingToApply { state: it.state, on: it.on });
                }
                Ok(Event::ProvisionallyApplied(it.into()))
            }
            Command::Declare(it) => Ok(Event::Declared(it.into())),
            Command::ChangeTerritory(it) => Ok(Event::TerritoryChanged(it.into())),
            Command::Withdraw(it) => withdraw(state, &it).map(|it| Event::Withdrew(it.into())),
            Command::Rename(it) => Ok(Event::Renamed(it.into())),
            Command::PrintForce(it) => {
                print_force(state, &it).map(|()| Event::EntryIntoForcePrinted(it.into()))
            }
        };
        event.map(|event| vec![event])
    }

    fn evolve(mut state: State, event: &Event) -> State {
        match event {
            Event::Signed(it) => state.participant_mut(it.state).signed = Some(it.on),
            Event::Ratified(it) => state.bind(it.state, bond(it, Instrument::Ratification)),
            Event::Accepted(it) => state.bind(it.state, bond(it, Instrument::Acceptance)),
            Event::Approved(it) => state.bind(it.state, bond(it, Instrument::Approval)),
            Event::Acceded(it) => state.bind(it.state, bond(it, Instrument::Accession)),
            Event::Succeeded(it) => state.bind(
                it.state,
                Bond {
                    instrument: Instrument::Succession,
                    deposited: it.on,
                    from: Some(it.from),
                    in_force_as_printed: None,
                    withdrawal_notified: None,
                    withdrawn: None,
                },
            ),
            Event::ProvisionallyApplied(it) => {
                state.participant_mut(it.state).provisional.push_back((it.on, it.articles.clone()));
            }
            Event::Declared(it) => {
                state.participant_mut(it.state).declarations.push_back((it.on, it.summary.clone()));
            }
            Event::TerritoryChanged(it) => state.participant_mut(it.state).territories.push_back((
                it.on,
                it.territory.clone(),
                it.change,
            )),
            Event::Withdrew(it) => {
                if let Some(bond) = state.participant_mut(it.state).bonds.back_mut() {
                    bond.withdrawal_notified = it.on;
                    bond.withdrawn = it.takes_effect;
                }
            }
            Event::Renamed(it) => {
                state.participant_mut(it.state).names.insert(it.on, it.name.clone());
            }
            Event::EntryIntoForcePrinted(it) => {
                let mut bonds = state.participant_mut(it.state).bonds.iter_mut();
                if let Some(bond) = bonds.find(|bond| bond.deposited == it.on) {
                    bond.in_force_as_printed = Some(it.in_force_as_printed);
                }
            }
        }
        state
    }
}

fn sign(state: &State, it: &Signature) -> Result<(), Rejection> {
    let rules = state.rules().ok_or(Rejection::NoRules)?;
    let Signature { state: who, on } = *it;
    if on < rules.opens_for_signature {
        return Err(Rejection::NotYetOpen { state: who, on, opened: rules.opens_for_signature });
    }
    let closed = match rules.signature_closes {
        SignatureCloses::Never => None,
        SignatureCloses::On(day) => Some(day),
        SignatureCloses::AtEntryIntoForce => state.entry_into_force(),
    };
    if let Some(closed) = closed.filter(|closed| on > *closed) {
        return Err(Rejection::SignatureClosed { state: who, on, closed });
    }
    let Some(participant) = state.participants().get(&who) else {
        return Ok(());
    };
    if let Some(before) = participant.signed {
        return Err(Rejection::AlreadySigned { state: who, before });
    }
    match participant.bonds.front() {
        Some(bond) => Err(Rejection::SignsWhenBound { state: who, since: bond.deposited }),
        None => Ok(()),
    }
}

fn bind(state: &State, it: &Deposit, instrument: Instrument) -> Result<(), Rejection> {
    not_bound(state, it.state, it.on)?;
    let participant = state.participants().get(&it.state);
    if participant.is_some_and(|participant| !participant.bonds.is_empty()) {
        return Err(Rejection::ReturnsAsSignatory { state: it.state, instrument });
    }
    let signed = participant.and_then(|participant| participant.signed);
    if signed.is_some_and(|on| on <= it.on) {
        Ok(())
    } else {
        Err(Rejection::NotASignatory { state: it.state, on: it.on, instrument })
    }
}

fn accede(state: &State, it: &Deposit) -> Result<(), Rejection> {
    not_bound(state, it.state, it.on)?;
    let rules = state.rules().ok_or(Rejection::NoRules)?;
    if it.on < rules.opens_for_signature {
        return Err(Rejection::NotYetOpen {
            state: it.state,
            on: it.on,
            opened: rules.opens_for_signature,
        });
    }
    let in_force = state.entry_into_force().is_some_and(|from| from <= it.on);
    if rules.accession_opens == AccessionOpens::AtEntryIntoForce && !in_force {
        return Err(Rejection::AccessionNotOpen { state: it.state, on: it.on });
    }
    let participant = state.participants().get(&it.state);
    match participant.and_then(|participant| participant.signed) {
        // A State that withdrew may come back only by accession, whether it once signed or not.
        Some(signed) if participant.is_some_and(|it| it.bonds.is_empty()) => {
            Err(Rejection::AccedesAsSignatory { state: it.state, signed })
        }
        _ => Ok(()),
    }
}

fn succeed(state: &State, it: &Succession) -> Result<(), Rejection> {
    // Its own day may lie before the notification, but not in a time of being bound already.
    not_bound(state, it.state, it.on.min(it.from))
}

/// One deposit: only a withdrawal that has taken effect opens the way for another.
fn not_bound(state: &State, who: StateCode, on: Date) -> Result<(), Rejection> {
    state.rules().ok_or(Rejection::NoRules)?;
    let last = state.participants().get(&who).and_then(|participant| participant.bonds.back());
    match last {
        Some(bond) if bond.withdrawn.is_none_or(|first_day_out| on < first_day_out) => {
            Err(Rejection::AlreadyBound { state: who, before: bond.deposited })
        }
        _ => Ok(()),
    }
}

fn withdraw(state: &State, it: &Withdrawal) -> Result<Withdrawal, Rejection> {
    let rules = state.rules().ok_or(Rejection::NoRules)?;
    let day = it.on.or(it.takes_effect).ok_or(Rejection::UndatedWithdrawal { state: it.state })?;
    let last = state.participants().get(&it.state).and_then(|participant| participant.bonds.back());
    let Some(bond) = last.filter(|bond| bond.deposited <= day && bond.withdrawn.is_none()) else {
        return Err(Rejection::NotBound { state: it.state, on: day });
    };
    // Where the notice is not known, it was given once bound: the effect cannot come sooner.
    let on = it.on.unwrap_or(bond.deposited);
    let takes_effect = match (&rules.withdrawal, it.takes_effect) {
        (None, None) => return Err(Rejection::NoWithdrawalRule),
        (None, Some(takes_effect)) if takes_effect < on => {
            return Err(Rejection::EffectBeforeNotice { state: it.state, on, takes_effect });
        }
        (None, Some(named)) => named,
        (Some(rule), named) => {
            let earliest = delayed(on, rule.notice).ok_or(Rejection::BeyondCalendar(on))?;
            match named {
                Some(takes_effect) if takes_effect < earliest => {
                    let (state, article) = (it.state, rule.article.clone());
                    return Err(Rejection::WithdrawsTooSoon {
                        state,
                        takes_effect,
                        earliest,
                        article,
                    });
                }
                named => named.unwrap_or(earliest),
            }
        }
    };
    Ok(Withdrawal { takes_effect: Some(takes_effect), ..it.clone() })
}

fn print_force(state: &State, it: &PrintedForce) -> Result<(), Rejection> {
    let bond = state.participants().get(&it.state).and_then(|participant| participant.of(it.on));
    match bond.map(|bond| bond.in_force_as_printed) {
        None => Err(Rejection::NoDeposit { state: it.state, on: it.on }),
        Some(Some(printed)) if printed == it.in_force_as_printed => {
            Err(Rejection::PrintedAlready { state: it.state, printed })
        }
        Some(_) => Ok(()),
    }
}

fn bond(it: &Deposit, instrument: Instrument) -> Bond {
    Bond {
        instrument,
        deposited: it.on,
        from: None,
        in_force_as_printed: it.in_force_as_printed,
        withdrawal_notified: None,
        withdrawn: None,
    }
}
