//! The doors for tests: the shipped rules, programs with keys, a mailer that only notes, files kept in memory.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use store::Store;

use super::must;
use crate::doors::{Client, Doors, FileRules, MailRules, Scope, WebRules};
use crate::ports::{Answer, Carrier, Clock, FileShelf, Letter, MailError, Mailer, ShelfError, Verdict};
use crate::{Switchboard, secrets};

/// The shipped doors, and programs whose key is their name with `-key`: `city` hands in complaints, `ward` handles the
/// cases of service-supervision, `reader` reads them; `office` handles those of a hospital's complaint office.
pub(super) fn doors() -> Doors {
    let client = |name: &str, scopes: &[Scope], department: Option<&str>| Client {
        name: name.to_owned(),
        key_sha256: secrets::at_rest(&format!("{name}-key")),
        scopes: scopes.iter().copied().collect(),
        department: department.map(str::to_owned),
    };
    let department = Some("service-supervision");
    Doors {
        mail: must(MailRules::parse(include_str!("../../../config/mail.toml"), "mail.toml")),
        files: must(FileRules::parse(include_str!("../../../config/attachments.toml"), "attachments.toml")),
        web: must(WebRules::parse(include_str!("../../../config/web.toml"), "web.toml")),
        clients: vec![
            client("city", &[Scope::Report], None),
            client("ward", &[Scope::Read, Scope::Handle], department),
            client("reader", &[Scope::Read], department),
            client("office", &[Scope::Read, Scope::Handle], Some("yunhe-first-complaints")),
        ],
    }
}

/// A switchboard whose department service-supervision, and the complaint office of a hospital, get their dispatches by
/// mail, in Danish.
pub fn mailed(
    store: Store,
    clock: Arc<dyn Clock>,
    carrier: Arc<dyn Carrier>,
    mailer: Arc<NotedMailer>,
    files: Arc<MemoryFiles>,
) -> Switchboard {
    let mut house = super::house();
    for department in &mut house.directory.departments {
        if ["service-supervision", "yunhe-first-complaints"].contains(&department.code.as_str()) {
            department.mail = Some("service@hospital.example".to_owned());
            department.language = Some("da".to_owned());
        }
    }
    Switchboard::new(store, Arc::new(house), clock, carrier).with_mailer(mailer).with_files(files)
}

/// A mailer that notes what it was given and answers as told; untold: sent.
#[derive(Default)]
pub struct NotedMailer {
    letters: Mutex<Vec<Letter>>,
    answers: Mutex<VecDeque<Result<(), MailError>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl NotedMailer {
    /// The answer to the next mail.
    pub fn will_answer(&self, answer: Result<(), MailError>) {
        lock(&self.answers).push_back(answer);
    }

    /// What it was given, each try.
    pub fn letters(&self) -> Vec<Letter> {
        lock(&self.letters).clone()
    }
}

impl Mailer for NotedMailer {
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, Result<(), MailError>> {
        lock(&self.letters).push(letter.clone());
        let answer = lock(&self.answers).pop_front().unwrap_or(Ok(()));
        Box::pin(async move { answer })
    }
}

/// Files in memory. A file that holds `EICAR` is found infected.
#[derive(Default)]
pub struct MemoryFiles(Mutex<BTreeMap<String, Vec<u8>>>);

impl MemoryFiles {
    /// Where files lie.
    pub fn places(&self) -> Vec<String> {
        lock(&self.0).keys().cloned().collect()
    }
}

impl FileShelf for MemoryFiles {
    fn append<'a>(&'a self, place: &'a str, piece: &'a [u8]) -> Answer<'a, Result<(), ShelfError>> {
        lock(&self.0).entry(place.to_owned()).or_default().extend_from_slice(piece);
        Box::pin(async { Ok(()) })
    }

    fn finish<'a>(&'a self, from: &'a str, to: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        let mut files = lock(&self.0);
        let moved = files.remove(from).map(|bytes| files.insert(to.to_owned(), bytes));
        Box::pin(async move { moved.map(drop).ok_or(ShelfError::NotThere) })
    }

    fn piece<'a>(
        &'a self,
        place: &'a str,
        start: u64,
        most: usize,
    ) -> Answer<'a, Result<Vec<u8>, ShelfError>> {
        let files = lock(&self.0);
        let piece = files.get(place).ok_or(ShelfError::NotThere).map(|bytes| {
            let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
            bytes[start..bytes.len().min(start.saturating_add(most))].to_vec()
        });
        Box::pin(async move { piece })
    }

    fn erase<'a>(&'a self, place: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        lock(&self.0).remove(place);
        Box::pin(async { Ok(()) })
    }

    fn sweep<'a>(&'a self, folder: &'a str, _: u64) -> Answer<'a, Result<u64, ShelfError>> {
        let mut files = lock(&self.0);
        let before = files.len();
        files.retain(|place, _| !place.starts_with(&format!("{folder}/")));
        let gone = before - files.len();
        Box::pin(async move { Ok(gone as u64) })
    }

    fn scan<'a>(&'a self, place: &'a str) -> Answer<'a, Verdict> {
        let infected =
            lock(&self.0).get(place).is_some_and(|bytes| bytes.windows(5).any(|at| at == b"EICAR"));
        Box::pin(async move { if infected { Verdict::Infected } else { Verdict::Clean } })
    }
}
