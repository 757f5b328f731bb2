//! Rules and commands by chance: few States and crowded days, so that rules meet each other.

use chancery_kernel::PartialDate;
use chancery_kernel::StateCode;
use chancery_membership::{
    AccessionOpens, Command, Declaration, Delay, Deposit, EntryIntoForce, Instrument, Later,
    LaterThan, PrintedForce, ProvisionalApplication, Renaming, Rules, Signature, SignatureCloses,
    Succession, TerritoryChange, TerritoryChangeKind, Withdrawal, WithdrawalRule,
};
use jiff::{ToSpan, civil::Date};
use proptest::{collection::vec, option, prelude::*, sample::subsequence};

use crate::words::{day, state, text};

pub(crate) const STATES: [&str; 5] = ["BFA", "CHE", "LTU", "MDA", "NOR"];

pub(crate) fn states() -> impl Strategy<Value = StateCode> {
    prop::sample::select(&STATES).prop_map(state)
}

/// Thirty years, on the first, the second or the last of a month, and the ends of the calendar.
pub(crate) fn days() -> impl Strategy<Value = Date> {
    let usual = (0..360i32, prop::sample::select(vec![0, 1, 30])).prop_map(|(month, later)| {
        let first = day("1997-01-01") + month.months();
        (first + later.days()).min(first.last_of_month())
    });
    let ends = prop::sample::select(vec![day("1000-01-01"), day("9999-12-31")]);
    prop_oneof![30 => usual, 1 => ends]
}

fn delays() -> impl Strategy<Value = Delay> {
    prop_oneof![
        4 => (1..13u8).prop_map(Delay::FirstDayOfMonth),
        4 => any::<u16>().prop_map(|it| Delay::Days(it % 400)),
        4 => (0..13u16).prop_map(Delay::Months),
        1 => any::<u16>().prop_map(Delay::Months),
    ]
}

pub(crate) fn rules() -> impl Strategy<Value = Rules> {
    const ALL: [Instrument; 5] = [
        Instrument::Ratification,
        Instrument::Acceptance,
        Instrument::Approval,
        Instrument::Accession,
        Instrument::Succession,
    ];
    let closes = prop_oneof![
        Just(SignatureCloses::AtEntryIntoForce),
        Just(SignatureCloses::Never),
        days().prop_map(SignatureCloses::On),
    ];
    let accession =
        prop_oneof![Just(AccessionOpens::AtOnce), Just(AccessionOpens::AtEntryIntoForce),];
    let instruments = prop_oneof![9 => 1..4u32, 1 => Just(0)];
    let counted = subsequence(ALL.to_vec(), 1..=5);
    let withdrawal = option::weighted(0.8, delays());
    (closes, accession, instruments, counted, delays(), delays(), withdrawal).prop_map(
        |(signature_closes, accession_opens, instruments, counted, delay, later, notice)| Rules {
            opens_for_signature: day("1998-01-01"),
            signature_closes,
            accession_opens,
            entry_into_force: EntryIntoForce { article: text("17"), instruments, counted, delay },
            later_states: Later {
                article: text("17"),
                than: LaterThan::LastInstrument,
                delay: later,
            },
            withdrawal: notice.map(|notice| WithdrawalRule { article: text("20"), notice }),
        },
    )
}

fn deposits() -> impl Strategy<Value = Deposit> {
    (states(), days(), option::of(days())).prop_map(|(state, on, in_force_as_printed)| Deposit {
        state,
        on,
        in_force_as_printed,
    })
}

fn commands_about_bonds() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => (states(), days()).prop_map(|(state, on)| Command::Sign(Signature { state, on })),
        2 => deposits().prop_map(Command::Ratify),
        1 => deposits().prop_map(Command::Accept),
        1 => deposits().prop_map(Command::Approve),
        3 => deposits().prop_map(Command::Accede),
        1 => (states(), days(), days()).prop_map(|(state, on, from)| {
            Command::Succeed(Succession { state, predecessor: text("another"), on, from })
        }),
        3 => (states(), option::weighted(0.8, days()), option::weighted(0.3, days())).prop_map(
            |(state, on, takes_effect)| Command::Withdraw(Withdrawal { state, on, takes_effect })
        ),
    ]
}

fn other_commands() -> impl Strategy<Value = Command> {
    (states(), days(), 0..5u8).prop_map(|(state, on, which)| match which {
        0 => Command::ApplyProvisionally(ProvisionalApplication { state, articles: text("1"), on }),
        1 => Command::Declare(Declaration { state, summary: text("so and so"), on }),
        2 => Command::ChangeTerritory(TerritoryChange {
            state,
            territory: text("an island"),
            change: TerritoryChangeKind::Extended,
            on: PartialDate::Day(on),
        }),
        3 => Command::PrintForce(PrintedForce { state, on, in_force_as_printed: on }),
        _ => Command::Rename(Renaming { state, name: text("a name"), on }),
    })
}

/// Mostly in the order of the days, as a record is kept; else in any.
pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    let command = prop_oneof![6 => commands_about_bonds(), 1 => other_commands()];
    (vec(command, 0..60), prop::bool::weighted(0.7)).prop_map(|(mut commands, in_order)| {
        if in_order {
            commands.sort_by_key(day_of);
        }
        commands
    })
}

/// The day of an act that binds or frees a State.
fn day_of(command: &Command) -> Option<Date> {
    match command {
        Command::Sign(it) => Some(it.on),
        Command::Ratify(it) | Command::Accept(it) | Command::Approve(it) | Command::Accede(it) => {
            Some(it.on)
        }
        Command::Succeed(it) => Some(it.on),
        Command::Withdraw(it) => it.on.or(it.takes_effect),
        _ => None,
    }
}
