//! A turn: one knock of the provider and our answer, in one transaction. The knock brings all that the
//! turn needs (token, event), so knocks may come late, twice and in any order: the record and the answers
//! are the same. Without the store the turn is journalled; where nothing can be kept, the caller hears so and
//! is put through elsewhere.

mod alone;
mod effects;
mod facts;
mod keeping;
mod late;
mod lookup;
mod status;
mod stored;
mod walk;

use std::sync::Arc;

use callflow::{CallState, Event, Verb};
use chrono_tz::Tz;
use dialect::incoming::Kind;
use dialect::{Direction, Incoming};
use domain::{CallId, Language, Timestamp};
use store::calls::NewCall;
use store::offers::Offer;

pub(crate) use self::facts::LineFacts;
pub(crate) use self::late::{find_or_open, take_over_report, take_over_turn};
use crate::seal::{Bound, Seal, Standing};
use crate::standby::mode::Mode;
use crate::{Error, Line, Result, Switchboard, fresh_id};

/// A believed hook, understood by its dialect.
#[derive(Debug, Clone)]
pub struct Knock {
    /// Name of the provider in the configuration.
    pub provider: String,
    /// Name of the line.
    pub line: String,
    /// The token of the address; none on the first hook.
    pub token: Option<String>,
    pub incoming: Incoming,
}

/// What the provider is told to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub verbs: Vec<Verb>,
    /// Token of the next hook. None: the walk cannot go on, what comes after these verbs is a hang-up.
    pub token: Option<String>,
}

impl Reply {
    /// The end of the call.
    pub fn goodbye() -> Self {
        Self { verbs: vec![Verb::Hangup], token: None }
    }
}

impl Switchboard {
    /// Answers a first hook or a step. Never silent: if the house fails, the reply is the apology. An error
    /// means that the hook is none of ours and that nothing was changed.
    pub async fn turn(&self, knock: Knock) -> Result<Reply> {
        let line = self.house.lines.get(&knock.line).ok_or(Error::NotFound)?;
        let knock = Arc::new(knock);
        let (mode, settling) = self.standby.stance();
        if mode != Mode::Normal {
            return self.turn_alone(&knock, line, false).await;
        }
        match self.stored_turn(&knock, line, settling).await {
            Err(Error::Unavailable(why) | Error::Conflict(why)) => {
                self.standby.give_up_store(self.now(), &why);
                self.turn_alone(&knock, line, true).await
            }
            answered => answered,
        }
    }

    /// What a caller hears when the provider got no proper answer from us: the line's fallback document.
    pub fn fallback(&self, line: &str) -> Result<Reply> {
        let line = self.house.lines.get(line).ok_or(Error::NotFound)?;
        Ok(self.sorry(line, None, "the provider asked for the fallback document"))
    }

    fn sorry(&self, line: &Line, language: Option<&Language>, why: &str) -> Reply {
        tracing::error!(line = line.name, why, "a caller heard the apology");
        self.pulse.apologies.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let verbs = callflow::apology(&line.script.newest(), language, Some(&line.fallback_number));
        Reply { verbs, token: None }
    }

    /// The sealing key, loaded once.
    pub(crate) async fn seal(&self) -> Result<&Seal> {
        let load = || async {
            let seal = Seal::load(&self.store).await?;
            self.keep_key_at_hand(&seal).await;
            Ok(seal)
        };
        self.seal.get_or_try_init(load).await
    }

    /// Makes the live call of an offered caller fetch its next document at once: the waiting loop then finds
    /// the offer.
    pub(crate) async fn fetch_caller(&self, offer: &Offer) -> Result<()> {
        let seal = self.seal().await?;
        let entry = offer.entry.clone();
        let (call, turn) = self
            .store
            .read(move |tx| {
                let entry = store::queue::find(tx, &entry)?;
                let call = store::calls::by_id(tx, &entry.call)?;
                Ok::<_, store::Error>((call, store::turns::latest(tx, &entry.call)?))
            })
            .await?;
        let turn = turn.ok_or(Error::NotFound)?;
        // A branch of its own: a key press that is on its way at this moment meets another turn number.
        let branch = offer.branch.max(turn.branch.saturating_add(1));
        let standing = Standing { branch, step: 0, state: turn.state };
        let bound =
            Bound { provider: &call.provider, line: &call.line, provider_call_id: &call.provider_call_id };
        let token = seal.close(&standing, bound)?;
        let (base, provider, line) = (&self.house.public_url, &call.provider, &call.line);
        let url = format!("{base}/voice/{provider}/{line}/step?t={token}&fetched=1");
        let fetched = self.carrier.redirect(provider, &call.provider_call_id, &url).await;
        fetched.map_err(|error| Error::Unavailable(error.to_string()))
    }
}

impl<'a> Bound<'a> {
    /// The call of a knock.
    fn to(knock: &'a Knock) -> Self {
        let provider_call_id = &knock.incoming.provider_call_id;
        Self { provider: &knock.provider, line: &knock.line, provider_call_id }
    }
}

/// The call as every hook tells of it, to be opened by whichever comes first.
fn new_call(knock: &Knock, version: Option<String>, at: Timestamp, zone: Tz) -> NewCall {
    NewCall {
        id: CallId::new(fresh_id()),
        provider: knock.provider.clone(),
        provider_call_id: knock.incoming.provider_call_id.clone(),
        line: knock.line.clone(),
        direction: match knock.incoming.direction {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
        },
        caller: knock.incoming.from.clone(),
        dialled: knock.incoming.to.clone(),
        script_version: version,
        at,
        service_day: at.service_day(zone).to_string(),
    }
}

/// The event of a hook that asks for a document.
fn event_of(incoming: &Incoming) -> Result<Event> {
    match &incoming.kind {
        Kind::Start => Ok(incoming.started()),
        Kind::Step(event) => Ok(event.clone()),
        Kind::Status(_) | Kind::Recording(_) => Err(Error::refused("refused-not-a-turn")),
    }
}

/// A state that travelled in a token.
fn read_state(text: &str) -> Result<CallState> {
    // Sealed by us: one that cannot be read was written by another version of the program.
    serde_json::from_str(text).map_err(|error| Error::Unavailable(format!("the state of a call: {error}")))
}

#[cfg(test)]
mod tests;
