//! What a start needs of the past, kept beside the log so that it need not be read again: how far
//! each stream goes. A convention is folded when it is first asked for.
//!
//! It says of the first events of a log that a program decoded each of them, and is believed only
//! by a program that knows the same events, and only while these have the root hash that they had
//! then. It can be lost at any time, and is made again.

use std::collections::BTreeMap;

use chancery_kernel::ConventionId;
use chancery_ledger::Hash;
use chancery_register::Event;
use chancery_store::{EventStore, KeptName};
use serde::{Deserialize, Serialize};

use super::{Service, Views, held::Extent, ledger::Ledger};

/// Under which name it is kept.
const NAME: &str = "snapshot";

/// It is kept anew when the log has so many events more: as many as are decoded in some
/// milliseconds.
const FAR: u64 = 4096;

/// The streams of the first events of a log.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Snapshot {
    /// Which program decoded them: what it is called, and what events it knows.
    program: String,
    /// How many events.
    size: u64,
    /// The root hash over them.
    root: String,
    /// How far each stream goes, the journal among them.
    streams: BTreeMap<ConventionId, Extent>,
}

impl Snapshot {
    /// What was kept, if it is of this log and of this program.
    pub(super) async fn kept(store: &dyn EventStore, ledger: &Ledger) -> Option<Self> {
        let kept = match store.kept(&name()?).await {
            Ok(kept) => kept?,
            Err(error) => {
                tracing::warn!(%error, "the log is read whole");
                return None;
            }
        };
        let snapshot: Self = serde_json::from_slice(&kept).ok()?;
        let mut versions = snapshot.streams.values().map(|it| it.version);
        let events = versions.try_fold(0_u64, u64::checked_add);
        if snapshot.program != program() || events != Some(snapshot.size) {
            return None;
        }
        let root = ledger.root(snapshot.size).await.ok()?;
        (root.to_string() == snapshot.root).then_some(snapshot)
    }

    /// How many events it is of.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// How far each stream goes.
    pub(super) fn into_streams(self) -> BTreeMap<ConventionId, Extent> {
        self.streams
    }
}

impl Service {
    /// Keeps a snapshot for the next start, if the log has grown by enough since the last one for
    /// that to matter.
    pub(super) async fn keep_snapshot(&self) {
        let views = self.views();
        let (size, last) = (views.events(), self.snapshot_at);
        // Views that lack an event say nothing of all that stands before it.
        if size < last.saturating_add(FAR) || !views.is_whole() {
            return;
        }
        // A log without a tree has said so already.
        let Ok(root) = self.ledger.root(size).await else { return };
        let Some((name, bytes)) = name().zip(bytes(&views, root)) else { return };
        if let Err(error) = self.store.keep(&name, bytes).await {
            tracing::warn!(%error, "the next start takes longer");
        }
    }
}

fn bytes(views: &Views, root: Hash) -> Option<Vec<u8>> {
    let mut streams: BTreeMap<ConventionId, Extent> =
        views.extents().map(|(id, extent)| (id.clone(), extent)).collect();
    streams.extend(views.journal().and_then(|it| Some((it.convention().clone(), Extent::of(it)?))));
    let (program, size, root) = (program(), views.events(), root.to_string());
    serde_json::to_vec(&Snapshot { program, size, root, streams }).ok()
}

fn name() -> Option<KeptName> {
    NAME.parse().ok()
}

/// What this program is called, and a hash over the types of events that it knows.
fn program() -> String {
    let types: Vec<String> =
        Event::types().map(|(kind, schema)| format!("{kind} {schema}")).collect();
    format!("{} {}", env!("CARGO_PKG_VERSION"), Hash::of(types.join("\n").as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, sync::Arc};

    use chancery_store::{Append, MemoryStore, Version};

    use super::*;
    use crate::service::{DialError, Dials, Input, LoadError};

    async fn open(store: &Arc<MemoryStore>) -> Service {
        Service::open(store.clone(), |_, _| ()).await.unwrap()
    }

    async fn record(service: &Service, convention: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
        let profile = fs::read_to_string(folder.join(convention).join("profile.yaml")).unwrap();
        service.record(&[Input::file("profile.yaml", profile).unwrap()]).await.unwrap();
    }

    /// Keeps a snapshot of what a service holds, of however little.
    async fn keep(service: &Service, change: impl FnOnce(&mut Snapshot)) {
        let views = service.views();
        let root = service.log_root(views.events()).await.unwrap();
        let mut snapshot = serde_json::from_slice(&bytes(&views, root).unwrap()).unwrap();
        change(&mut snapshot);
        let bytes = serde_json::to_vec(&snapshot).unwrap();
        service.store().keep(&name().unwrap(), bytes).await.unwrap();
    }

    async fn filled() -> (Arc<MemoryStore>, Service) {
        let store = Arc::new(MemoryStore::new());
        let service = open(&store).await;
        record(&service, "ccm").await;
        record(&service, "att").await;
        service.seal("isu".parse().unwrap()).await.unwrap();
        (store, service)
    }

    #[tokio::test]
    async fn what_is_opened_with_a_snapshot_is_the_same_and_folds_what_is_asked_for() {
        let (store, service) = filled().await;
        keep(&service, |_| ()).await;
        record(&service, "example").await;
        let again = open(&store).await;
        assert_eq!(again.snapshot_at, 3);
        let (then, now) = (service.views(), again.views());
        assert_eq!(now.extents().collect::<Vec<_>>(), then.extents().collect::<Vec<_>>());
        let counts = |it: &Views| (it.events(), it.position(), it.since(), it.is_whole());
        assert_eq!((counts(&now), counts(&now).0), (counts(&then), 4));
        assert_eq!(again.journal(), service.journal());
        let folded = || now.held().filter(|it| it.is_folded()).count();
        assert_eq!(folded(), 0);
        assert!(again.moment().ask("ccm", Dials::default()).unwrap().is_some());
        assert_eq!(folded(), 1);
        let root = service.state_root(4).unwrap();
        assert_eq!(again.state_root(4).unwrap(), root);
        assert_eq!(folded(), 3);
        // What is appended goes on from what is stored.
        record(&again, "tpnw").await;
        assert_eq!((again.views().events(), again.views().is_whole()), (5, true));
    }

    #[tokio::test]
    async fn a_view_is_of_its_moment_though_it_is_folded_later() {
        let (store, service) = filled().await;
        keep(&service, |_| ()).await;
        let again = open(&store).await;
        let before = again.views();
        let text = "convention: ccm\nsource: a letter\nrecorded_by: isu\nfacts:\n  - { entry: TUR, acceded: { state: TUR, on: 2026-01-05 } }\n";
        service.record(&[Input::file("a.yaml", text.to_owned()).unwrap()]).await.unwrap();
        assert_eq!(before.get("ccm").unwrap().unwrap().log().len(), 1);
        assert_eq!(open(&store).await.view("ccm").unwrap().unwrap().log().len(), 2);
    }

    #[tokio::test]
    async fn a_snapshot_of_another_log_or_program_is_not_believed() {
        let (store, service) = filled().await;
        let changes: [fn(&mut Snapshot); 6] = [
            |it| it.program.push('x'),
            |it| it.root = Hash::of(b"another log").to_string(),
            |it| it.size += 1,
            |it| it.streams.values_mut().for_each(|it| it.version += 1),
            |it| it.streams.values_mut().for_each(|it| it.version = u64::MAX),
            // The sum is right: what each stream has is compared with the store.
            |it| {
                it.streams.get_mut("ccm").unwrap().version += 1;
                it.streams.get_mut("att").unwrap().version -= 1;
            },
        ];
        for change in changes {
            keep(&service, change).await;
            let again = open(&store).await;
            assert_eq!(again.snapshot_at, 0);
            assert_eq!(again.state_root(3).unwrap(), service.state_root(3).unwrap());
        }
        for bytes in [&b""[..], b"{}", b"[1]", &[0xff; 100]] {
            store.keep(&name().unwrap(), bytes.to_vec()).await.unwrap();
            assert_eq!(open(&store).await.snapshot_at, 0);
        }
        store.forget_kept(&"snapshot".parse().unwrap()).await.unwrap();
        assert_eq!(open(&store).await.snapshot_at, 0);
    }

    /// The time before which nothing can be recorded is that of the last event, whatever a snapshot
    /// says; and who asks for a convention that ends otherwise is told.
    #[tokio::test]
    async fn a_wrong_time_in_a_snapshot_does_not_come_into_the_log() {
        let (store, service) = filled().await;
        let later: jiff::Timestamp = "2199-01-01T00:00:00Z".parse().unwrap();
        keep(&service, |it| it.streams.get_mut("ccm").unwrap().recorded_at = later).await;
        let again = open(&store).await;
        assert_eq!(again.snapshot_at, 3);
        assert!(matches!(again.view("ccm").err(), Some(LoadError::Otherwise { .. })));
        record(&again, "example").await;
        let view = again.view("example").unwrap().unwrap();
        assert!(view.known().unwrap().recorded_at < later);
    }

    /// Bytes behind a snapshot that are no event give whoever asks for them an error, every time,
    /// and harm nobody else.
    #[tokio::test]
    async fn what_cannot_be_decoded_is_told_to_who_asks_for_it() {
        let (store, service) = filled().await;
        let stream = "ccm".parse().unwrap();
        let events = vec![b"{}".as_slice().into()];
        store.append(Append { stream, expected: Version::new(1), events }).await.unwrap();
        record(&service, "example").await;
        keep(&service, |it| {
            it.size += 1;
            if let Some(extent) = it.streams.get_mut("ccm") {
                (extent.version, extent.position) = (2, 3);
            }
        })
        .await;
        // Without the right root it is found at the start.
        assert!(matches!(
            Service::open(store.clone(), |_, _| ()).await.err(),
            Some(LoadError::Decode(_))
        ));
        let root = service.log_root(5).await.unwrap().to_string();
        let kept = store.kept(&name().unwrap()).await.unwrap().unwrap();
        let snapshot: Snapshot = serde_json::from_slice(&kept).unwrap();
        let bytes = serde_json::to_vec(&Snapshot { root, ..snapshot }).unwrap();
        store.keep(&name().unwrap(), bytes).await.unwrap();

        let again = open(&store).await;
        let moment = again.moment();
        for _ in 0..2 {
            let asked = moment.ask("ccm", Dials::default());
            assert!(matches!(asked.err(), Some(DialError::Load(LoadError::Decode(_)))));
            assert!(moment.ask_all(Dials::default()).is_err());
        }
        assert!(moment.ask("att", Dials::default()).unwrap().is_some());
        record(&again, "tpnw").await;
        assert!(again.view("tpnw").unwrap().is_some());
    }
}
