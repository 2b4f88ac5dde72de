//! What the house needs from outside, as traits: the front door and the tests choose who fills them.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

pub use dialect::{CallFilter, ListedCall, RecordOrder};
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
