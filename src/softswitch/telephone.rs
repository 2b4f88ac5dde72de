//! A telephone for programs: the terminal's and the tests'. It meets the switch over HTTP only, and time
//! stands still for it: prompts take no time, and silence comes when [`Telephone::wait`] says so.

use std::time::Duration;

use crate::notice::{Heard, Notice, Phase, Snapshot};
use crate::phone_api::{Registered, Registration, Wish};
use crate::wire;

/// How long a service may take before the telephone stops waiting for it.
const PATIENCE: Duration = Duration::from_secs(25);

/// A registered telephone.
pub struct Telephone {
    http: reqwest::Client,
    address: String,
    key: String,
    /// Numbers that can be called.
    lines: Vec<String>,
    phase: Phase,
    heard: Vec<Heard>,
}

/// Why a telephone could not do something.
#[derive(Debug, thiserror::Error)]
pub enum TelephoneError {
    #[error(
        "the switch at {address} cannot be reached ({why}); is the service running with [switch] on = true?"
    )]
    Unreachable { address: String, why: String },
    #[error("the switch says: {0}")]
    Refused(String),
    #[error("nothing happened for {} s; the telephone shows {phase:?}", PATIENCE.as_secs())]
    TooLong { phase: Phase },
}

impl Telephone {
    /// Registers at the switch whose doors are at `base_url`.
    pub async fn register(base_url: &str, number: &str) -> Result<Self, TelephoneError> {
        Self::enrol(base_url, number, Registration { driven: true, ..Registration::default() }).await
    }

    /// Registers as the telephone of a desk, with a permit made by [`crate::permit()`].
    pub async fn register_desk(base_url: &str, number: &str, permit: String) -> Result<Self, TelephoneError> {
        let wish = Registration { driven: true, permit: Some(permit), ..Registration::default() };
        Self::enrol(base_url, number, wish).await
    }

    /// Registers as an answering machine, which answers by itself.
    pub async fn register_machine(base_url: &str, number: &str) -> Result<Self, TelephoneError> {
        let wish = Registration { driven: true, machine: true, ..Registration::default() };
        Self::enrol(base_url, number, wish).await
    }

    async fn enrol(base_url: &str, number: &str, wish: Registration) -> Result<Self, TelephoneError> {
        let unreachable = |error: reqwest::Error| TelephoneError::Unreachable {
            address: base_url.to_owned(),
            why: wire::root_cause(&error),
        };
        let http = wire::phone_client().map_err(unreachable)?;
        let address = format!("{}/switch/phones/{number}", base_url.trim_end_matches('/'));
        let reply = http.put(&address).json(&wish).send().await.map_err(unreachable)?;
        let registered: Registered = accepted(reply).await?.json().await.map_err(unreachable)?;
        let Registered { key, lines, .. } = registered;
        Ok(Self { http, address, key, lines, phase: Phase::Idle, heard: Vec::new() })
    }

    /// Numbers that can be called.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Calls a line and waits until it wants something.
    pub async fn dial(&mut self, to: &str) -> Result<&Phase, TelephoneError> {
        self.place(to, false).await
    }

    /// The same with the number withheld.
    pub async fn dial_withheld(&mut self, to: &str) -> Result<&Phase, TelephoneError> {
        self.place(to, true).await
    }

    async fn place(&mut self, to: &str, withheld: bool) -> Result<&Phase, TelephoneError> {
        let wish = serde_json::json!({ "to": to, "withheld": withheld });
        self.post("call", &wish).await?;
        self.settle().await
    }

    /// Presses keys one after another, each when the line is ready for it.
    pub async fn press(&mut self, keys: &str) -> Result<&Phase, TelephoneError> {
        for key in keys.chars() {
            self.wish(&Wish::Press { keys: key.to_string() }).await?;
            self.settle().await?;
        }
        Ok(&self.phase)
    }

    /// Lets the time for a key, a recording or an answer run out at once.
    pub async fn wait(&mut self) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Wait).await?;
        self.settle().await
    }

    /// Speaks for so many seconds into the open recording.
    pub async fn record(&mut self, seconds: u32) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Record { seconds, leave: false, by: None }).await?;
        self.settle().await
    }

    /// Speaks, and ends the recording with a key.
    pub async fn record_until(&mut self, seconds: u32, key: char) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Record { seconds, leave: false, by: Some(key) }).await?;
        self.settle().await
    }

    /// Speaks, and ends the recording by hanging up.
    pub async fn record_and_leave(&mut self, seconds: u32) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Record { seconds, leave: true, by: None }).await?;
        self.settle().await
    }

    /// Answers a ringing telephone.
    pub async fn answer(&mut self) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Answer).await?;
        self.settle().await
    }

    /// Says something to the person at the other end.
    pub async fn say(&mut self, text: &str) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Say { text: text.to_owned() }).await?;
        self.settle().await
    }

    /// Lets the others wait, or takes them back.
    pub async fn hold(&mut self, on: bool) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Hold { on }).await?;
        self.settle().await
    }

    /// Brings another telephone into the conversation; only desks may.
    pub async fn invite(&mut self, to: &str) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::Invite { to: to.to_owned() }).await?;
        self.settle().await
    }

    /// Hangs up, or declines a call that rings. Afterwards every status hook has been delivered.
    pub async fn hang_up(&mut self) -> Result<&Phase, TelephoneError> {
        self.wish(&Wish::HangUp).await?;
        self.until(|phase| *phase == Phase::Idle).await
    }

    /// Waits until the telephone shows what is asked for, as a call from another telephone.
    pub async fn until(&mut self, wanted: impl Fn(&Phase) -> bool) -> Result<&Phase, TelephoneError> {
        let enough = tokio::time::Instant::now() + PATIENCE;
        loop {
            self.look(false, Duration::ZERO).await?;
            if wanted(&self.phase) {
                return Ok(&self.phase);
            }
            if tokio::time::Instant::now() > enough {
                return Err(TelephoneError::TooLong { phase: self.phase.clone() });
            }
            self.look(false, Duration::from_millis(250)).await?;
        }
    }

    /// Looks at the telephone again: at once, or as soon as something new is heard within `patience`.
    pub async fn listen(&mut self, patience: Duration) -> Result<&Phase, TelephoneError> {
        self.look(false, patience).await?;
        Ok(&self.phase)
    }

    /// Waits until words are heard that nobody on this telephone asked for, as an offer from the queue.
    pub async fn until_heard(&mut self, words: &str) -> Result<&Phase, TelephoneError> {
        let enough = tokio::time::Instant::now() + PATIENCE;
        while !self.last_words().contains(words) {
            if tokio::time::Instant::now() > enough {
                return Err(TelephoneError::TooLong { phase: self.phase.clone() });
            }
            self.look(false, Duration::from_millis(250)).await?;
        }
        self.settle().await
    }

    /// Everything heard so far.
    pub fn heard(&self) -> &[Heard] {
        &self.heard
    }

    /// What the telephone can do now.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The words spoken since the caller last did something, joined by a space.
    pub fn last_words(&self) -> String {
        let own = |heard: &Heard| {
            matches!(
                heard.notice,
                Notice::Pressed { .. } | Notice::Recorded { .. } | Notice::Silence | Notice::Calling { .. }
            )
        };
        let from = self.heard.iter().rposition(own).unwrap_or(0);
        let words = self.heard.iter().skip(from).filter_map(|heard| match &heard.notice {
            Notice::Say { text, .. } => Some(text.as_str()),
            _ => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// What was heard and done, readable, one line each.
    pub fn transcript(&self) -> String {
        self.heard.iter().map(|heard| format!("{}\n", heard.notice)).collect()
    }

    /// Waits until the line wants something of the caller, or the call is over.
    async fn settle(&mut self) -> Result<&Phase, TelephoneError> {
        self.look(true, PATIENCE).await?;
        if self.phase == Phase::Busy {
            Err(TelephoneError::TooLong { phase: Phase::Busy })
        } else {
            Ok(&self.phase)
        }
    }

    async fn look(&mut self, settled: bool, patience: Duration) -> Result<(), TelephoneError> {
        let after = self.heard.last().map_or(0, |heard| heard.seq);
        let address = format!(
            "{}?key={}&after={after}&settled={settled}&wait_ms={}",
            self.address,
            self.key,
            patience.as_millis()
        );
        let reply = self.http.get(address).send().await.map_err(|error| self.unreachable(error))?;
        let shown: Snapshot = accepted(reply).await?.json().await.map_err(|error| self.unreachable(error))?;
        self.phase = shown.phase;
        self.heard.extend(shown.heard);
        Ok(())
    }

    async fn wish(&self, wish: &Wish) -> Result<(), TelephoneError> {
        self.post("order", wish).await
    }

    async fn post(&self, what: &str, body: &impl serde::Serialize) -> Result<(), TelephoneError> {
        let address = format!("{}/{what}?key={}", self.address, self.key);
        let reply =
            self.http.post(address).json(body).send().await.map_err(|error| self.unreachable(error))?;
        accepted(reply).await.map(|_| ())
    }

    fn unreachable(&self, error: reqwest::Error) -> TelephoneError {
        TelephoneError::Unreachable { address: self.address.clone(), why: wire::root_cause(&error) }
    }
}

async fn accepted(reply: reqwest::Response) -> Result<reqwest::Response, TelephoneError> {
    if reply.status().is_success() {
        return Ok(reply);
    }
    let status = reply.status();
    let body: serde_json::Value = reply.json().await.unwrap_or_default();
    let why = body
        .get("error")
        .and_then(serde_json::Value::as_str)
        .map_or_else(|| status.to_string(), str::to_owned);
    Err(TelephoneError::Refused(why))
}
