//! What the house needs from outside, as traits: the front door and the tests choose who fills them.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

pub use dialect::{CallFilter, ListedCall, Parting, RecordOrder};
use domain::{PhoneNumber, Timestamp};

/// The only reader of the clock.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A boxed answer of a port.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why a carrier did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarrierError {
    /// The provider refused: nothing was done.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// No clear answer came (time-out, broken connection): it may or may not have been done. Never repeat
    /// what could ring a person twice.
    #[error("no clear answer from the provider: {0}")]
    Unclear(String),
}

/// A call to be placed.
#[derive(Debug, Clone)]
pub struct NewCall {
    /// Name of the provider in the configuration.
    pub provider: String,
    pub from: String,
    pub to: PhoneNumber,
    /// Address of the first document, absolute.
    pub url: String,
    /// Address of the status hook, absolute.
    pub status_url: String,
    pub timeout_seconds: u32,
    /// Longest length of the whole call in seconds; it is ended then.
    pub most_seconds: u32,
    /// Whether the provider is to say if a machine answered.
    pub detect_machine: bool,
    /// An id of ours, where the provider takes one: by it the call is found again.
    pub wanted_id: String,
}

/// How we stand with a provider's REST side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitState {
    /// It is asked as usual.
    Closed,
    /// It failed again and again, and is not asked for a while.
    Open,
    /// One request tries whether it is back.
    HalfOpen,
}

impl CircuitState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Closed, Self::Open, Self::HalfOpen];

    /// The word for it in metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half-open",
        }
    }
}

/// How we stand with one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircuitStand {
    /// Its name in the configuration.
    pub provider: String,
    pub state: CircuitState,
    /// How long it is still not asked; nothing where the next request may try.
    pub rest: Duration,
}

/// A recording's sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// As `audio/wav`.
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Why a recording cannot be heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SoundError {
    /// The provider has it not yet, or no longer.
    #[error("the provider has no such recording")]
    NotThere,
    /// The address does not belong to our account at the provider: it is not asked.
    #[error("the address of the recording is not the provider's")]
    Foreign,
    /// The provider did not hand it over.
    #[error("the provider did not hand the recording over: {0}")]
    Unclear(String),
}

/// Who places and steers calls for us: the provider's REST side.
pub trait Carrier: Send + Sync {
    /// Places a call; the provider's id for it.
    fn create<'a>(&'a self, call: &'a NewCall) -> Answer<'a, Result<String, CarrierError>>;
    /// Calls that the provider knows and that fit, to learn whether one was placed after all; nothing where it keeps
    /// no list.
    fn find<'a>(
        &'a self,
        provider: &'a str,
        filter: &'a CallFilter,
    ) -> Answer<'a, Result<Option<Vec<ListedCall>>, CarrierError>> {
        let _ = (provider, filter);
        Box::pin(async { Ok(None) })
    }
    /// How we stand with each provider that was asked for something, in the order of their names.
    fn circuits(&self) -> Vec<CircuitStand> {
        Vec::new()
    }
    /// Makes a live call fetch another document.
    fn redirect<'a>(
        &'a self,
        provider: &'a str,
        provider_call_id: &'a str,
        url: &'a str,
    ) -> Answer<'a, Result<(), CarrierError>>;
    /// Parts two calls that a document connected, each to a document of its own. A carrier that cannot refuses.
    fn part<'a>(
        &'a self,
        provider: &'a str,
        parting: &'a Parting<'a>,
    ) -> Answer<'a, Result<(), CarrierError>> {
        let _ = (provider, parting);
        Box::pin(async { Err(CarrierError::Refused("this provider parts no calls".to_owned())) })
    }
    /// Ends a live call.
    fn end<'a>(
        &'a self,
        provider: &'a str,
        provider_call_id: &'a str,
    ) -> Answer<'a, Result<(), CarrierError>>;
    /// Fetches a recording from the address the provider told. A carrier without recordings has none.
    fn sound<'a>(&'a self, provider: &'a str, url: &'a str) -> Answer<'a, Result<Sound, SoundError>> {
        let _ = (provider, url);
        Box::pin(async { Err(SoundError::NotThere) })
    }
    /// Starts, pauses, resumes or stops the recording of a live call; the provider's id of the recording, where it
    /// gives one. A carrier that cannot record refuses.
    fn record<'a>(
        &'a self,
        provider: &'a str,
        provider_call_id: &'a str,
        order: &'a RecordOrder,
    ) -> Answer<'a, Result<Option<String>, CarrierError>> {
        let _ = (provider, provider_call_id, order);
        Box::pin(async { Err(CarrierError::Refused("this provider records no calls".to_owned())) })
    }
    /// Deletes the provider's copy of a recording; one that is not there is deleted.
    fn delete_sound<'a>(&'a self, provider: &'a str, url: &'a str) -> Answer<'a, Result<(), SoundError>> {
        let _ = (provider, url);
        Box::pin(async { Ok(()) })
    }
}

/// Why the shelf did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// No file lies there.
    #[error("no such file on the shelf")]
    NotThere,
    /// The disk failed; the place is named, never what it holds.
    #[error("the shelf failed: {0}")]
    Broken(String),
}

/// Where sounds are kept as files. A place is relative, as `2026/03/ID.wav`.
pub trait SoundShelf: Send + Sync {
    /// Puts a file there, all of it or nothing; answers when it would survive a power cut.
    fn put<'a>(&'a self, place: &'a str, bytes: &'a [u8]) -> Answer<'a, Result<(), ShelfError>>;
    /// The whole file.
    fn read<'a>(&'a self, place: &'a str) -> Answer<'a, Result<Vec<u8>, ShelfError>>;
    /// Removes the file; one that is not there is removed.
    fn erase<'a>(&'a self, place: &'a str) -> Answer<'a, Result<(), ShelfError>>;
}

/// No shelf: nothing can be kept. For a house that never meets a recording.
pub struct NoShelf;

impl SoundShelf for NoShelf {
    fn put<'a>(&'a self, _: &'a str, _: &'a [u8]) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async { Err(ShelfError::Broken("this house keeps no sounds".to_owned())) })
    }

    fn read<'a>(&'a self, _: &'a str) -> Answer<'a, Result<Vec<u8>, ShelfError>> {
        Box::pin(async { Err(ShelfError::NotThere) })
    }

    fn erase<'a>(&'a self, _: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async { Ok(()) })
    }
}

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Stands in the mail's head: the same mail tried again is seen to be the same.
    pub id: String,
    /// Who sends it; none: the house.
    pub from: Option<String>,
    /// The address.
    pub to: String,
    pub subject: String,
    /// Plain text.
    pub body: String,
    pub enclosed: Vec<Enclosure>,
}

/// A file that comes along with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Its name in the mail.
    pub called: String,
    /// As `application/pdf`.
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// No server is configured: it waits.
    #[error("mail is off")]
    Off,
    /// It will never be taken: no such address, a relay that is denied.
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// The server could not be reached or asks to come again.
    #[error("the mail was not taken yet: {0}")]
    Unclear(String),
}

/// Who sends mails for us.
pub trait Mailer: Send + Sync {
    /// Hands one over; it counts as sent when the server has taken it.
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, Result<(), MailError>>;
}

/// A house without mail.
pub(crate) struct NoMailer;

impl Mailer for NoMailer {
    fn send<'a>(&'a self, _: &'a Letter) -> Answer<'a, Result<(), MailError>> {
        Box::pin(async { Err(MailError::Off) })
    }
}

/// What a scanner says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was found: nobody may open it.
    Infected,
    /// The scanner gave no clear answer: nobody may open it.
    Unclear,
    /// No scanner is configured.
    None,
}

impl Verdict {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::Unclear => "unclear",
            Self::None => "none",
        }
    }
}

/// Where files that were handed in are kept, outside of what the web serves. They come and go in pieces: none is ever
/// whole in memory. A place is relative, as `2026/03/ID.pdf`.
pub trait FileShelf: Send + Sync {
    /// Begins a file, or adds a piece to the one that was begun there.
    fn append<'a>(&'a self, place: &'a str, piece: &'a [u8]) -> Answer<'a, Result<(), ShelfError>>;
    /// Ends the file that was begun at `from`: from now on it lies at `to` and would survive a power cut.
    fn finish<'a>(&'a self, from: &'a str, to: &'a str) -> Answer<'a, Result<(), ShelfError>>;
    /// At most `most` bytes from `start`; none: the end.
    fn piece<'a>(
        &'a self,
        place: &'a str,
        start: u64,
        most: usize,
    ) -> Answer<'a, Result<Vec<u8>, ShelfError>>;
    /// Takes a file away, or the beginning of one; one that is not there is gone.
    fn erase<'a>(&'a self, place: &'a str) -> Answer<'a, Result<(), ShelfError>>;
    /// Takes away what lies in `folder` and was not touched for so many seconds: files that were begun and never ended.
    /// How many.
    fn sweep<'a>(&'a self, folder: &'a str, older_seconds: u64) -> Answer<'a, Result<u64, ShelfError>>;
    /// Has it looked through for what harms.
    fn scan<'a>(&'a self, place: &'a str) -> Answer<'a, Verdict>;
}

/// A shelf that keeps no files.
pub(crate) struct NoFiles;

impl FileShelf for NoFiles {
    fn append<'a>(&'a self, _: &'a str, _: &'a [u8]) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async { Err(ShelfError::Broken("no shelf".to_owned())) })
    }

    fn finish<'a>(&'a self, _: &'a str, _: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async { Err(ShelfError::Broken("no shelf".to_owned())) })
    }

    fn piece<'a>(&'a self, _: &'a str, _: u64, _: usize) -> Answer<'a, Result<Vec<u8>, ShelfError>> {
        Box::pin(async { Err(ShelfError::NotThere) })
    }

    fn erase<'a>(&'a self, _: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async { Ok(()) })
    }

    fn sweep<'a>(&'a self, _: &'a str, _: u64) -> Answer<'a, Result<u64, ShelfError>> {
        Box::pin(async { Ok(0) })
    }

    fn scan<'a>(&'a self, _: &'a str) -> Answer<'a, Verdict> {
        Box::pin(async { Verdict::Unclear })
    }
}
