//! A disk that takes no more, which the size that a process may give a file stands in for.

use std::{env, process::Command};

use chancery_store::{AppendError, EventStore, Position, SledStore};

use crate::{child, log};

#[tokio::test]
async fn a_full_disk_stops_writing_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Ignored, the signal that would end the process becomes an error of the write. A child
    // inherits that, as it does the limit (in blocks of 512 or 1024 bytes).
    let plain = child::command(&env::current_exe().unwrap(), "disk_full::child", folder.path());
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 6000; exec \"$@\"", "sh"]);
    limited.arg(plain.get_program()).args(plain.get_args());
    for (name, value) in plain.get_envs() {
        limited.env(name, value.unwrap());
    }
    limited.stdout(std::process::Stdio::piped());
    let mut child = limited.spawn().unwrap();
    let said: Vec<String> = child::says(&mut child, "SAID ").collect();
    assert!(child.wait().unwrap().success(), "{said:?}");
    let acknowledged: u64 = said.last().unwrap().parse().unwrap();
    assert!(acknowledged > 100, "{said:?}");

    let store = SledStore::open(folder.path()).unwrap();
    let found = log::check_whole(&store).await;
    assert!(found["ccm"] >= acknowledged, "{found:?}, acknowledged {acknowledged}");
    log::fill(&store, 3).await;
}

#[test]
fn child() {
    let Some(folder) = child::folder() else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let acknowledged = runtime.block_on(async {
        let store = SledStore::open(&folder).unwrap();
        let stream = "ccm".parse().unwrap();
        let reason = loop {
            let version = store.version(&stream).await.unwrap();
            match store.append(log::append("ccm", version)).await {
                Ok(_) => {}
                Err(AppendError::Stopped { reason }) => break reason,
                Err(other) => panic!("{other}"),
            }
            assert!(version.get() < 100_000, "the limit does not bind");
        };
        println!("SAID {reason}");
        let version = store.version(&stream).await.unwrap();
        let again = store.append(log::append("ccm", version)).await;
        assert!(matches!(again, Err(AppendError::Stopped { .. })), "{again:?}");
        // Reads go on, from the first to the last that was acknowledged.
        let read = store.read(Position::START, usize::MAX).await.unwrap();
        assert_eq!(read.last().unwrap().version(), version);
        assert_eq!(store.head().await.unwrap().next, read.last().unwrap().next());
        assert!(store.close().await.is_err());
        version
    });
    println!("SAID {acknowledged}");
}
