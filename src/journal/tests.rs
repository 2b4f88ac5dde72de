//! The journal on a real folder: what was acknowledged is read again, whatever happened in between.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("hotline-journal-{}-{count}", std::process::id())))
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::set_permissions(&self.0, std::fs::Permissions::from_mode(0o700)));
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn records(page: &Page) -> Vec<String> {
    let text = |(_, bytes): (u64, Vec<u8>)| String::from_utf8(bytes).unwrap();
    page.read().unwrap().records.into_iter().map(text).collect()
}

#[tokio::test]
async fn what_was_kept_is_read_in_its_order_and_goes_when_it_is_taken_over() {
    let folder = Folder::new();
    let journal = Journal::open(&folder.0).unwrap();
    for record in ["one", "two"] {
        journal.keep(record.into()).await.unwrap();
    }
    assert!(journal.pages().unwrap().is_empty(), "a page is read while it is written");
    journal.turn_page().await;
    journal.keep("three".into()).await.unwrap();
    let mut pages = journal.pages().unwrap();
    assert_eq!(pages.len(), 1);
    assert_eq!(records(&pages[0]), ["one", "two"]);
    pages.remove(0).remove().unwrap();
    journal.turn_page().await;
    assert_eq!(records(&journal.pages().unwrap()[0]), ["three"]);
}

#[tokio::test]
async fn a_page_that_somebody_takes_over_is_nobody_elses() {
    let folder = Folder::new();
    let journal = Journal::open(&folder.0).unwrap();
    journal.keep("one".into()).await.unwrap();
    journal.turn_page().await;
    let mine = journal.pages().unwrap();
    assert_eq!((mine.len(), Journal::open(&folder.0).unwrap().pages().unwrap().len()), (1, 0));
    drop(mine);
    assert_eq!(journal.pages().unwrap().len(), 1);
}

#[tokio::test]
async fn many_at_once_are_all_there() {
    let folder = Folder::new();
    let journal = Journal::open(&folder.0).unwrap();
    let all: Vec<_> = (0..500)
        .map(|number: u32| {
            let journal = journal.clone();
            tokio::spawn(async move { journal.keep(number.to_string().into_bytes()).await })
        })
        .collect();
    for one in all {
        one.await.unwrap().unwrap();
    }
    journal.turn_page().await;
    let mut found: Vec<u32> =
        records(&journal.pages().unwrap()[0]).iter().map(|text| text.parse().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, (0..500).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_torn_end_and_damage_are_set_aside_and_the_rest_is_read() {
    let folder = Folder::new();
    let journal = Journal::open(&folder.0).unwrap();
    for record in ["first", "second", "third"] {
        journal.keep(record.into()).await.unwrap();
    }
    journal.turn_page().await;
    let path = folder.files().remove(0);
    let mut bytes = std::fs::read(&path).unwrap();
    let damaged = bytes.windows(6).position(|window| window == b"second").unwrap();
    bytes[damaged] = b'S';
    bytes.extend(b"hjr1\x40\0\0\0half");
    std::fs::write(&path, bytes).unwrap();
    let page = journal.pages().unwrap().remove(0);
    assert_eq!(records(&page), ["first", "third"]);
    let unreadable = page.read().unwrap().unreadable;
    assert_eq!(unreadable.len(), 2);
    for (end, bytes) in &unreadable {
        page.set_aside(*end, bytes).unwrap();
        page.set_aside(*end, bytes).unwrap();
    }
    page.remove().unwrap();
    let aside = std::fs::read_dir(folder.0.join("set-aside")).unwrap().count();
    assert_eq!(aside, 2);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told_and_used_again_when_it_is_back() {
    let folder = Folder::new();
    let journal = Journal::open(&folder.0).unwrap();
    std::fs::remove_dir(&folder.0).unwrap();
    assert!(matches!(journal.keep("lost".into()).await, Err(Error::Broken(_))));
    slip::make_folder(&folder.0).unwrap();
    journal.keep("kept".into()).await.unwrap();
    journal.turn_page().await;
    assert_eq!(records(&journal.pages().unwrap()[0]), ["kept"]);
}

#[tokio::test]
async fn only_this_user_may_read_any_of_it() {
    let folder = Folder::new();
    let journal = Journal::open(&folder.0).unwrap();
    journal.keep("one".into()).await.unwrap();
    slip::write(&folder.0, "key", "secret").unwrap();
    assert_eq!(slip::read(&folder.0, "key").unwrap().as_deref(), Some("secret"));
    assert_eq!(slip::read(&folder.0, "none").unwrap(), None);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.0), 0o700);
    assert_eq!(folder.files().len(), 2);
    assert!(folder.files().iter().all(|path| mode(path) == 0o600));
    slip::remove(&folder.0, "key").unwrap();
    slip::remove(&folder.0, "key").unwrap();
    assert_eq!(folder.files().len(), 1);
}
