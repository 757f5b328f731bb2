//! The register's own journal: appended like everything else, shown with no convention.

use std::sync::Arc;

use chancery_kernel::{ConventionId, Decider as _, PartialDate, RecorderId, Text, TextError};
use chancery_ledger::{SigningKey, VerifierKey, note};
use chancery_register::{
    Command, Decided, Event, Plan, Recorded, Register, command_id,
    journal::{self, JOURNAL, KeyRotation, Seal},
};

use super::{JournalError, ProofError, Service, StateRoot, state_root::FORM};

/// What an old key signs for a new one.
fn endorsement(from: &VerifierKey, to: &VerifierKey) -> String {
    format!("chancery key rotation\n{from}\n{to}\n")
}

/// A rotation of keys as the journal holds it.
struct Rotation {
    position: u64,
    from: VerifierKey,
    to: VerifierKey,
}

/// Which keys may have signed a log, from those that are trusted to begin with and what its journal
/// says.
pub(super) struct Trusted {
    keys: Vec<VerifierKey>,
    rotations: Vec<Rotation>,
}

impl Trusted {
    /// Also those that a trusted key has endorsed, in the order of the rotations.
    ///
    /// # Errors
    /// The new key of a rotation that the old one did not endorse.
    pub(super) fn of<'a>(
        keys: &[VerifierKey],
        journal: impl IntoIterator<Item = &'a Arc<Recorded>>,
    ) -> Result<Self, String> {
        let mut trusted = Self { keys: keys.to_vec(), rotations: Vec::new() };
        for recorded in journal {
            let Event::Journal(journal::Event::KeyRotated(it)) = &recorded.envelope.event else {
                continue;
            };
            let unsaid = || it.to.to_string();
            let from: VerifierKey = it.from.parse().map_err(|_| unsaid())?;
            let to: VerifierKey = it.to.parse().map_err(|_| unsaid())?;
            let text = endorsement(&from, &to);
            match note::open(&it.endorsement, std::slice::from_ref(&from)) {
                Ok((said, _)) if said == text => {}
                _ => return Err(unsaid()),
            }
            if trusted.keys.contains(&from) {
                trusted.keys.push(to.clone());
            }
            trusted.rotations.push(Rotation { position: recorded.position, from, to });
        }
        Ok(trusted)
    }

    /// The keys that are trusted, retired or not.
    pub(super) fn keys(&self) -> &[VerifierKey] {
        &self.keys
    }

    /// How often the key was changed.
    pub(super) fn rotations(&self) -> usize {
        self.rotations.len()
    }

    /// The position of the rotation that retired a key before a log had `size` events.
    pub(super) fn retired(&self, key: &VerifierKey, size: u64) -> Option<u64> {
        let mut before = self.rotations.iter().filter(|it| it.position < size);
        let last = before.rfind(|it| it.from == *key || it.to == *key)?;
        (last.from == *key).then_some(last.position)
    }
}

/// The keys whose last checkpoint may be followed by one of this key: it alone, or where the journal
/// names it as the one that signs, all that the journal names.
///
/// # Errors
/// [`ProofError::Retired`].
pub(super) fn may_go_on_from(
    key: &VerifierKey,
    journal: &journal::State,
) -> Result<Vec<VerifierKey>, ProofError> {
    let text = key.to_string();
    match journal.key() {
        Some(signs) if **signs == text => {
            let named = journal.rotations.iter().flat_map(|it| [&it.from, &it.to]);
            Ok(named.filter_map(|key| key.parse().ok()).collect())
        }
        Some(signs) if journal.is_retired(&text) => {
            Err(ProofError::Retired { key: text, signs: signs.to_string() })
        }
        _ => Ok(vec![key.clone()]),
    }
}

impl Service {
    /// The journal: who signs, what was sealed.
    pub fn journal(&self) -> journal::State {
        let views = self.views();
        views.journal().map_or_else(Default::default, |view| view.state().journal.clone())
    }

    /// Records what the log comes to now. Returns the position of the entry and what was sealed;
    /// no position if the same was sealed before, with nothing recorded since.
    ///
    /// # Errors
    /// The journal's rules, or the store's refusal.
    pub async fn seal(
        &self,
        recorded_by: RecorderId,
    ) -> Result<(Option<u64>, StateRoot), JournalError> {
        let journal = journal_id()?;
        let _held = self.writer(&journal).lock_owned().await;
        // A seal is over all that stands before it: nobody appends until it is there.
        let _alone = self.appending.write().await;
        self.catch_up_with_all().await?;
        let (size, root) = self.log_head().await?;
        // A seal is itself an event: what it says is of the events before it.
        if let Some(last) = self.journal().sealed.filter(|last| last.size + 1 == size) {
            return Ok((None, self.state_root(last.size)?));
        }
        let found = self.state_root(size)?;
        let seal = Seal {
            on: PartialDate::from(self.today()),
            size,
            root: text(&root)?,
            form: FORM,
            state_root: text(&found.root)?,
            conventions: found
                .conventions
                .iter()
                .map(|(id, hash)| Ok((id.clone(), text(hash)?)))
                .collect::<Result<_, JournalError>>()?,
        };
        let plan = self.decide_in_journal(&journal, journal::Command::Seal(seal), recorded_by)?;
        let commit = self.append_alone(&journal, &plan).await?;
        Ok((Some(commit.first.get()), found))
    }

    /// Records that another key signs from here on. The old key endorses the new one. The new one
    /// signs once it is given to [`Service::sign_with`].
    ///
    /// # Errors
    /// The journal's rules, or the store's refusal.
    pub async fn rotate_key(
        &self,
        from: &SigningKey,
        to: &SigningKey,
        reason: &str,
        recorded_by: RecorderId,
    ) -> Result<u64, JournalError> {
        let endorsed = endorsement(from.public(), to.public());
        let rotation = KeyRotation {
            on: PartialDate::from(self.today()),
            from: text(from.public())?,
            to: text(to.public())?,
            endorsement: note::sign(&endorsed, &[from])?,
            reason: text(&reason)?,
        };
        let journal = journal_id()?;
        let _held = self.writer(&journal).lock_owned().await;
        self.catch_up(&journal).await?;
        let command = journal::Command::RotateKey(rotation);
        let plan = self.decide_in_journal(&journal, command, recorded_by)?;
        Ok(self.append_plan(&journal, &plan).await?.first.get())
    }

    /// What an entry of the journal comes to. The caller holds the journal's writer.
    fn decide_in_journal(
        &self,
        journal: &ConventionId,
        command: journal::Command,
        recorded_by: RecorderId,
    ) -> Result<Plan, JournalError> {
        let views = self.views();
        let state = views.journal().map(|view| view.state().clone()).unwrap_or_default();
        let source = command.source().ok_or(JournalError::Name)?;
        let command = Command::Journal(command);
        let id = command_id(journal, &source, &command);
        let events = Register::decide(&state, command)?;
        let decided = vec![Decided::new(journal, id, recorded_by, source, events)?];
        Ok(Plan { decided, known: 0 })
    }
}

fn text(it: &impl ToString) -> Result<Text, TextError> {
    it.to_string().try_into()
}

fn journal_id() -> Result<ConventionId, JournalError> {
    JOURNAL.parse().map_err(|_| JournalError::Name)
}
