//! Recording what somebody may send again because no answer came: once, with the same answer.
//!
//! The log itself tells most of it. A command's id follows from its content, so what was recorded is
//! known; and whoever says at which version of the convention they began gets, the second time, the
//! receipt of the first: their facts are those that stand right behind that version. An idempotency
//! key is a name for that version, kept beside the log before anything is appended. If what is kept
//! is lost, facts that were recorded are known all the same, and nothing is recorded twice.

use std::{collections::BTreeSet, slice, sync::Arc};

use chancery_projections::{Finding, FindingStanding, View};
use chancery_register::{Recorded, command_id, record::Content};
use chancery_store::KeptName;
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Input, Receipt, RecordError, Service, record::receipt};

/// Below which name the versions are kept at which requests began.
const KEPT: &str = "begun";

/// For how many days an idempotency key is known.
const DAYS: i32 = 7;

/// On which terms something is recorded.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The version that the convention has to have; any if it is not said.
    pub expected: Option<u64>,
    /// The client's own name for the request.
    pub idempotency_key: Option<String>,
}

/// What recording came to.
#[derive(Debug, Clone)]
pub struct Done {
    /// The receipt.
    pub receipt: Receipt,
    /// The convention before it; `None` if nothing was recorded of it.
    pub before: Option<Arc<View>>,
    /// The convention right after it.
    pub after: Arc<View>,
}

impl Service {
    /// Records one file as one commit, or says what recording it came to the first time.
    ///
    /// # Errors
    /// As [`Service::record`]; [`RecordError::Conflict`] if the convention has another version than
    /// was expected, [`RecordError::KeyReused`] if the idempotency key was used for other facts.
    pub async fn record_once(&self, input: Input, terms: Terms) -> Result<Done, RecordError> {
        let convention = input.convention().clone();
        let _held = self.writer(&convention).lock_owned().await;
        self.catch_up(&convention).await?;
        let now = self.view(convention.as_str())?;
        let version = now.as_ref().map_or(0, |view| view.state().version);
        let request = terms.idempotency_key.map(|key| Request::of(&input, &key));
        let begun = match &request {
            Some(request) => self.begun(request).await?,
            None => None,
        };
        let ids = commands(&input);
        let is_known = |view: &Arc<View>| ids.iter().all(|id| view.state().commands.contains(id));
        let all_known = now.as_ref().is_some_and(is_known);
        // What is recorded already is no reason to turn somebody away.
        if let Some(expected) = terms.expected.filter(|it| *it != version && !all_known) {
            let position = now.and_then(|view| view.known()).map(|known| known.position);
            return Err(RecordError::Conflict { convention, expected, version, position });
        }
        let plan = self.plan(slice::from_ref(&input))?.remove(0);
        if all_known && let (Some(since), Some(now)) = (begun.or(terms.expected), &now) {
            return Ok(self.as_it_was(&input, now, since, &ids));
        }
        if let Some(request) = &request {
            self.begin(request, version).await;
        }
        let commit = self.append(&input, &plan, &[]).await?;
        let after =
            self.view(convention.as_str())?.unwrap_or_else(|| Arc::new(View::empty(convention)));
        Ok(Done { receipt: receipt(&input, &plan, commit.as_deref()), before: now, after })
    }

    /// Checks one file as recording it would, and records nothing.
    ///
    /// # Errors
    /// Every mistake of the file.
    pub fn rehearse(&self, input: &Input) -> Result<Done, RecordError> {
        let before = self.view(input.convention().as_str())?;
        let supposed = self.suppose(slice::from_ref(input))?.remove(0);
        let log = |view: &View| view.log().len();
        let receipt = Receipt {
            file: input.name().to_owned(),
            convention: input.convention().clone(),
            facts: supposed.facts,
            events: log(&supposed.after) - log(&supposed.before),
            known: supposed.known,
            first_position: None,
            findings: Vec::new(),
        };
        Ok(Done { receipt, before, after: Arc::new(supposed.after) })
    }

    /// What recording a file came to that was begun at a version, all of whose facts are recorded:
    /// those right behind that version were new.
    fn as_it_was(&self, input: &Input, now: &Arc<View>, since: u64, ids: &BTreeSet<Uuid>) -> Done {
        let ours = |it: &&Arc<Recorded>| {
            ids.contains(&it.envelope.command) && it.envelope.recorded_by == *input.recorded_by()
        };
        let since = usize::try_from(since).unwrap_or(usize::MAX).min(now.log().len());
        let new: Vec<&Arc<Recorded>> = now.log().iter().skip(since).take_while(ours).collect();
        let facts = new.iter().map(|it| it.envelope.command).collect::<BTreeSet<_>>().len();
        let receipt = Receipt {
            file: input.name().to_owned(),
            convention: input.convention().clone(),
            facts,
            events: new.len(),
            known: ids.len() - facts,
            first_position: new.first().map(|it| it.position),
            findings: Vec::new(),
        };
        let before = (since > 0).then(|| self.past.view(now, since));
        Done { receipt, before, after: self.past.view(now, since + new.len()) }
    }

    /// The version at which a request began that was sent before; `None` if nobody knows it.
    async fn begun(&self, request: &Request) -> Result<Option<u64>, RecordError> {
        let today = self.day();
        for name in request.names(today) {
            let kept = match self.store.kept(&name).await {
                Ok(kept) => kept,
                Err(error) => {
                    tracing::warn!(%error, "an idempotency key is not known");
                    None
                }
            };
            let Some((facts, version)) = kept.as_deref().and_then(|it| it.split_at_checked(32))
            else {
                continue;
            };
            if facts != request.facts {
                return Err(RecordError::KeyReused { key: request.key.clone() });
            }
            return Ok(version.try_into().ok().map(u64::from_be_bytes));
        }
        Ok(None)
    }

    /// Keeps at which version a request begins. Without it the request is still recorded once; only
    /// that its key was used for it is not known.
    async fn begin(&self, request: &Request, version: u64) {
        let today = self.day();
        let Some(name) = request.names(today).next() else { return };
        let bytes = [&request.facts[..], &version.to_be_bytes()].concat();
        if let Err(error) = self.store.keep(&name, bytes).await {
            tracing::warn!(%error, "an idempotency key is not kept");
        }
        self.forget_begun(today).await;
    }

    /// Forgets what was kept for longer than it is promised, once a day.
    async fn forget_begun(&self, today: Date) {
        let last = self
            .forgot_begun
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .replace(today);
        if last == Some(today) {
            return;
        }
        // A server that slept for long may leave some: they are small, and harm nobody.
        for days in DAYS + 1..DAYS + 60 {
            let Some(name) = day_name(today, days).and_then(|name| name.parse::<KeptName>().ok())
            else {
                continue;
            };
            if let Err(error) = self.store.forget_kept(&name).await {
                tracing::warn!(%error, "old idempotency keys stay");
            }
        }
    }

    fn day(&self) -> Date {
        TimeZone::UTC.to_datetime((self.clock)()).date()
    }
}

impl Done {
    /// The version of the convention after it.
    pub fn version(&self) -> u64 {
        self.after.state().version
    }

    /// What it brought that contradicts something.
    pub fn findings(&self) -> Vec<Finding> {
        brought(self.before.as_deref(), &self.after)
    }
}

/// The open findings of a view that an earlier one does not have.
pub(super) fn brought(before: Option<&View>, after: &View) -> Vec<Finding> {
    let known: BTreeSet<&str> =
        before.into_iter().flat_map(open).map(|it| it.key.as_str()).collect();
    open(after).filter(|it| !known.contains(it.key.as_str())).cloned().collect()
}

fn open(view: &View) -> impl Iterator<Item = &Finding> {
    view.findings().iter().filter(|it| it.standing == FindingStanding::Open)
}

/// The ids of a file's facts.
fn commands(input: &Input) -> BTreeSet<Uuid> {
    let facts = input.entries().iter().filter_map(|entry| match &entry.content {
        Content::Fact(command) => Some(command_id(input.convention(), &entry.citation, command)),
        Content::NoFact(_) => None,
    });
    facts.collect()
}

/// A request that has a name.
struct Request {
    key: String,
    /// Whose request it is, and about which convention: to others the same name means nothing.
    name: String,
    /// The SHA-256 of what is to be recorded.
    facts: [u8; 32],
}

impl Request {
    fn of(input: &Input, key: &str) -> Self {
        let whose = [input.recorded_by().as_str(), input.convention().as_str(), key];
        let name = whose.iter().fold(Sha256::new(), |hash, part| {
            hash.chain_update((part.len() as u64).to_be_bytes()).chain_update(part)
        });
        Self {
            key: key.to_owned(),
            name: base16ct::lower::encode_string(&name.finalize()),
            facts: Sha256::digest(input.text()).into(),
        }
    }

    /// The names under which its beginning may be kept, today's first.
    fn names(&self, today: Date) -> impl Iterator<Item = KeptName> {
        let days = (0..=DAYS).filter_map(move |days| day_name(today, days));
        days.filter_map(|day| format!("{day}/{}", self.name).parse().ok())
    }
}

fn day_name(today: Date, days_ago: i32) -> Option<String> {
    let day = today.checked_sub(days_ago.days()).ok()?;
    Some(format!("{KEPT}/{day}"))
}
