//! One process at a time.

use chancery_store::{OpenError, SledStore};

use crate::child;

#[tokio::test]
async fn a_second_opener_learns_who_was_first() {
    let folder = tempfile::tempdir().unwrap();
    let first = SledStore::open(folder.path()).unwrap();
    let own = std::process::id().to_string();
    let program = std::env::current_exe().unwrap();
    let program = program.file_name().unwrap().to_string_lossy();
    match SledStore::open(folder.path()) {
        Err(error @ OpenError::InUse { .. }) => {
            let text = error.to_string();
            assert!(text.contains(&format!("process {own} ({program}, since 2")), "{text}");
            assert!(text.contains("which is this one"), "{text}");
        }
        other => panic!("{other:?}"),
    }

    let mut other = child::start("in_use::child", folder.path());
    let said: Vec<String> = child::says(&mut other, "OPENED ").collect();
    other.wait().unwrap();
    let [text] = said.as_slice() else { panic!("{said:?}") };
    assert!(text.contains(&format!("in use by process {own} ({program}, since 2")), "{text}");
    assert!(!text.contains("which is this one"), "{text}");

    drop(first);
    let mut other = child::start("in_use::child", folder.path());
    assert_eq!(child::says(&mut other, "OPENED ").collect::<Vec<_>>(), ["well"]);
    other.wait().unwrap();
}

#[test]
fn child() {
    let Some(folder) = child::folder() else {
        return;
    };
    match SledStore::open(&folder) {
        Ok(_) => println!("OPENED well"),
        Err(error) => println!("OPENED {error}"),
    }
}
