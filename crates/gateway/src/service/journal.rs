//! The register's own journal: appended like everything else, shown with no convention.

use chancery_kernel::{ConventionId, Decider as _, PartialDate, RecorderId, Text, TextError};
use chancery_ledger::{SigningKey, VerifierKey, note};
use chancery_register::{
    Command, Decided, Plan, Register, command_id,
    journal::{self, JOURNAL, KeyRotation, Seal},
};

use super::{JournalError, Service, StateRoot, state_root::FORM};

/// What an old key signs for a new one.
fn endorsement(from: &VerifierKey, to: &VerifierKey) -> String {
    format!("chancery key rotation\n{from}\n{to}\n")
}

/// The keys that are trusted when these are: also those that a trusted key has endorsed, in the
/// order of the rotations.
///
/// # Errors
/// The new key of a rotation that the old one did not endorse.
pub(super) fn trusted(
    keys: &[VerifierKey],
    journal: &journal::State,
) -> Result<Vec<VerifierKey>, String> {
    let mut trusted = keys.to_vec();
    for it in &journal.rotations {
        let unsaid = || it.to.to_string();
        let from: VerifierKey = it.from.parse().map_err(|_| unsaid())?;
        let to: VerifierKey = it.to.parse().map_err(|_| unsaid())?;
        let text = endorsement(&from, &to);
        match note::open(&it.endorsement, std::slice::from_ref(&from)) {
            Ok((said, _)) if said == text => {}
            _ => return Err(unsaid()),
        }
        if trusted.contains(&from) {
            trusted.push(to);
        }
    }
    Ok(trusted)
}

impl Service {
    /// The journal: who signs, what was sealed.
    pub fn journal(&self) -> journal::State {
        self.journal
            .load()
            .as_ref()
            .map_or_else(Default::default, |view| view.state().journal.clone())
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
        let (size, _) = self.log_head().await?;
        // A seal is itself an event: what it says is of the events before it.
        if let Some(last) = self.journal().sealed.filter(|last| last.size + 1 == size) {
            return Ok((None, self.state_root(last.size)?));
        }
        let found = self.state_root(size)?;
        let seal = Seal {
            on: PartialDate::from(self.today()),
            size,
            root: text(&self.log_root(size).await?)?,
            form: FORM,
            state_root: text(&found.root)?,
            conventions: found
                .conventions
                .iter()
                .map(|(id, hash)| Ok((id.clone(), text(hash)?)))
                .collect::<Result<_, JournalError>>()?,
        };
        let position = self.record_in_journal(journal::Command::Seal(seal), recorded_by).await?;
        Ok((Some(position), found))
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
        let command = journal::Command::RotateKey(rotation);
        self.record_in_journal(command, recorded_by).await
    }

    /// Decides and appends one entry of the journal, and gives its position.
    async fn record_in_journal(
        &self,
        command: journal::Command,
        recorded_by: RecorderId,
    ) -> Result<u64, JournalError> {
        let convention: ConventionId = JOURNAL.parse().map_err(|_| JournalError::Name)?;
        let _held = self.writer(&convention).lock_owned().await;
        self.catch_up(&convention).await?;
        let view = self.journal.load_full();
        let state = view.map(|view| view.state().clone()).unwrap_or_default();
        let source = command.source().ok_or(JournalError::Name)?;
        let command = Command::Journal(command);
        let id = command_id(&convention, &source, &command);
        let events = Register::decide(&state, command)?;
        let decided = vec![Decided { command: id, recorded_by, source, events }];
        let plan = Plan { decided, known: 0 };
        let commit = self.append_plan(&convention, &plan).await?;
        Ok(commit.first.get())
    }
}

fn text(it: &impl ToString) -> Result<Text, TextError> {
    it.to_string().try_into()
}
