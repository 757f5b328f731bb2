//! Folders that cannot be had.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, symlink},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

use chancery_store::{OpenError, SledStore};

use crate::{child, log};

fn open(path: &Path) -> OpenError {
    SledStore::open(path).expect_err("it cannot be opened")
}

fn names(path: &Path) -> Vec<String> {
    let names = fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_not_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(open(&file), OpenError::NotADirectory { .. }));
    assert!(matches!(open(&file.join("below")), OpenError::NotADirectory { .. }));
    assert_eq!(names(folder.path()), ["file"]);
    assert_eq!(fs::read(&file).unwrap(), b"x");
}

/// A pipe in a file's place would be waited for, and what the system says of the others helps
/// nobody.
#[test]
fn what_stands_in_a_files_place_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(SledStore::open(&data).unwrap());
    for name in ["chancery.head", "chancery.lock", "db", "conf", "snap.1"] {
        let (path, aside) = (data.join(name), folder.path().join("aside"));
        let moved = fs::rename(&path, &aside).is_ok();
        let named = |what: &str| {
            let text = open(&data).to_string();
            let says = format!("{} is {what}, where a file of the log belongs", path.display());
            assert!(text.starts_with(&says), "{text}");
            assert!(SledStore::check_files(&data).is_err());
        };
        fs::create_dir(&path).unwrap();
        named("a folder");
        fs::remove_dir(&path).unwrap();
        symlink("/nowhere", &path).unwrap();
        named("a link that leads nowhere");
        fs::remove_file(&path).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        named("a pipe or a device");
        fs::remove_file(&path).unwrap();
        if moved {
            // A link to a file is as good as the file.
            symlink(&aside, &path).unwrap();
            drop(SledStore::open(&data).unwrap());
            fs::remove_file(&path).unwrap();
            fs::rename(&aside, &path).unwrap();
        }
    }
    drop(SledStore::open(&data).unwrap());
    fs::remove_dir(data.join("blobs")).unwrap();
    fs::write(data.join("blobs"), "").unwrap();
    let text = open(&data).to_string();
    assert!(text.contains("blobs is no folder, where a folder of the log belongs"), "{text}");
}

#[test]
fn a_place_where_nothing_can_be_made_is_named() {
    let text = open(Path::new("/proc/chancery")).to_string();
    assert!(text.starts_with("the folder /proc/chancery cannot be written: "), "{text}");
}

/// Permissions do not bind root, as whom tests may run: a child with another user's rights tries.
#[test]
fn a_read_only_folder_gives_one_clear_error_and_stays_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let writable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(place.path(), writable.clone()).unwrap();
    let exe = place.path().join("it-copy");
    fs::copy(std::env::current_exe().unwrap(), &exe).unwrap();

    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let used = place.path().join("used");
    drop(SledStore::open(&used).unwrap());
    // A lock file that can be opened says nothing about the folder.
    fs::set_permissions(used.join("chancery.lock"), fs::Permissions::from_mode(0o666)).unwrap();

    for folder in [&empty, &used] {
        let before = names(folder);
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
        let mut command = child::command(&exe, "folder::child", folder);
        if fs::metadata(place.path()).unwrap().uid() == 0 {
            command.uid(65_534);
        }
        let mut child = command.spawn().unwrap();
        let said: Vec<String> = child::says(&mut child, "OPENED ").collect();
        child.wait().unwrap();
        let expected = format!("the folder {} cannot be written: Permission", folder.display());
        assert!(said.len() == 1 && said[0].starts_with(&expected), "{said:?}");
        assert_eq!(names(folder), before);
        fs::set_permissions(folder, writable.clone()).unwrap();
    }
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

#[test]
fn a_folder_is_made_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("a/b");
    drop(SledStore::open(&below).unwrap());
    drop(SledStore::open(&below).unwrap());
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let db = sled::open(folder.path()).unwrap();
    db.insert("theirs", "x").unwrap();
    drop(db);
    let before = names(folder.path());
    let bytes = fs::read(folder.path().join("db")).unwrap();
    let text = open(folder.path()).to_string();
    assert!(text.contains("holds a sled database without the file chancery.head"), "{text}");
    assert_eq!(names(folder.path()), before);
    assert_eq!(fs::read(folder.path().join("db")).unwrap(), bytes);
}

#[tokio::test]
async fn a_newer_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    log::fill(&store, 3).await;
    drop(store);
    let head = folder.path().join("chancery.head");
    let mut bytes = fs::read(&head).unwrap();
    let title = b"chancery log, format 2\n";
    bytes[..title.len()].copy_from_slice(title);
    fs::write(&head, bytes).unwrap();
    match open(folder.path()) {
        OpenError::Format { found, supported, .. } => {
            assert_eq!(found, "a chancery log, format 2");
            assert_eq!(supported, "a chancery log, format 1");
        }
        other => panic!("{other}"),
    }
}
