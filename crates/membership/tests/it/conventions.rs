//! The rules of four conventions, as their texts have them.

use chancery_membership::{
    AccessionOpens, Between, Delay, EntryIntoForce, Instrument, Later, LaterThan, Rules,
    SignatureCloses, WithdrawalRule,
};

use crate::words::{day, text};

const WITHOUT_ACCESSION: [Instrument; 3] =
    [Instrument::Ratification, Instrument::Acceptance, Instrument::Approval];

/// The Convention on Cluster Munitions.
pub(crate) fn ccm() -> Rules {
    Rules {
        opens_for_signature: day("2008-12-03"),
        signature_closes: SignatureCloses::AtEntryIntoForce,
        accession_opens: AccessionOpens::AtOnce,
        entry_into_force: EntryIntoForce {
            article: text("17(1)"),
            instruments: 30,
            counted: [&WITHOUT_ACCESSION[..], &[Instrument::Accession]].concat(),
            delay: Delay::FirstDayOfMonth(6),
        },
        later_states: Later {
            article: text("17(2)"),
            than: LaterThan::LastInstrument,
            delay: Delay::FirstDayOfMonth(6),
        },
        withdrawal: Some(WithdrawalRule { article: text("20(3)"), notice: Delay::Months(6) }),
    }
}

/// The Anti-Personnel Mine Ban Convention: as the CCM, ten instruments more.
pub(crate) fn apmbc() -> Rules {
    let mut rules = ccm();
    rules.opens_for_signature = day("1997-12-03");
    rules.entry_into_force.instruments = 40;
    rules
}

/// The Arms Trade Treaty: accessions neither count nor come before entry into force.
pub(crate) fn att() -> Rules {
    Rules {
        opens_for_signature: day("2013-06-03"),
        signature_closes: SignatureCloses::AtEntryIntoForce,
        accession_opens: AccessionOpens::AtEntryIntoForce,
        entry_into_force: EntryIntoForce {
            article: text("22(1)"),
            instruments: 50,
            counted: WITHOUT_ACCESSION.to_vec(),
            delay: Delay::Days(90),
        },
        later_states: Later {
            article: text("22(2)"),
            than: LaterThan::EntryIntoForce {
                between: Between::OwnDeposit,
                reading: text("as status lists date them"),
            },
            delay: Delay::Days(90),
        },
        withdrawal: Some(WithdrawalRule { article: text("24(2)"), notice: Delay::Days(90) }),
    }
}

/// The Treaty on the Prohibition of Nuclear Weapons: signature never closes.
pub(crate) fn tpnw() -> Rules {
    let mut rules = ccm();
    rules.opens_for_signature = day("2017-09-20");
    rules.signature_closes = SignatureCloses::Never;
    rules.entry_into_force.instruments = 50;
    rules.entry_into_force.delay = Delay::Days(90);
    rules.later_states.delay = Delay::Days(90);
    rules.withdrawal = Some(WithdrawalRule { article: text("17(3)"), notice: Delay::Months(12) });
    rules
}

/// A convention whose text is silent on withdrawal.
pub(crate) fn silent_on_withdrawal() -> Rules {
    Rules { withdrawal: None, ..ccm() }
}
