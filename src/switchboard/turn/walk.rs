//! One turn as a job of the store: finds or opens the call, answers a repetition with what was answered
//! before, or walks the script and keeps everything. Steps that ask nothing are walked before the job, so
//! that the write lane only writes.

use std::convert::Infallible;
use std::sync::Arc;

use callflow::{Answer, CallState, DialOutcome, Event, Facts, Question, Script, Trouble, Turn, Verb};
use chrono_tz::Tz;
use dialect::Incoming;
use domain::Language;
use store::calls::Found;
use store::notes::TurnNumber;
use store::{Tx, calls, turns};

use super::keeping::{Kept, Place, Written, keep};
use super::{Knock, event_of, lookup, new_call, read_state, status};
use crate::queue::{self, Asking};
use crate::seal::{Bound, Seal};
use crate::standby::TurnName;
use crate::standby::entry::{CallEntry, TurnEntry};
use crate::{Error, House, Line, Result, Switchboard, Topic};

/// A hook that comes this long after the end of its call comes from nobody who listens, in seconds.
const LATEST: i64 = 24 * 60 * 60;

/// A turn about to be stored.
pub(super) struct Walk {
    house: Arc<House>,
    script: Arc<Script>,
    knock: Arc<Knock>,
    zone: Tz,
    event: Event,
    event_json: String,
    facts: Facts,
    /// Spoken until the caller chooses.
    language: Language,
    /// None on the first hook.
    from: Option<CallState>,
    pub(super) branch: u32,
    pub(super) step: u32,
    /// The provider says with this hook that the call is over.
    over: Option<dialect::CallStatus>,
    /// Who is counted at the look-up.
    pseudonym: String,
    prepared: Option<Written>,
}

/// What was answered: verbs, and the state as JSON.
pub(super) struct Answered {
    pub(super) verbs: Vec<Verb>,
    pub(super) state: String,
}

/// What the job tells after its commit.
pub(super) struct Done {
    /// None: what was prepared.
    pub(super) answered: Option<Answered>,
    pub(super) repeated: bool,
    pub(super) topics: Vec<Topic>,
    pub(super) troubles: Vec<Trouble>,
}

impl Walk {
    pub(super) fn prepare(
        board: &Switchboard,
        seal: &Seal,
        knock: &Arc<Knock>,
        line: &Line,
        bound: Bound<'_>,
    ) -> Result<Self> {
        let now = board.clock.now();
        let event = event_of(&knock.incoming)?;
        let (from, branch, step) = match &knock.token {
            None => (None, 0, 0),
            Some(token) => {
                let standing = seal.open(token, bound)?;
                (Some(read_state(&standing.state)?), standing.branch, standing.step)
            }
        };
        // A call keeps the version that it began with, whatever was adopted since.
        let script = match &from {
            Some(state) => line.script.of_or_newest(&state.version),
            None => line.script.newest(),
        };
        let who = knock.incoming.from.number();
        let who = who.map_or(knock.incoming.provider_call_id.as_str(), |number| number.as_str());
        let mut walk = Self {
            house: Arc::clone(&board.house),
            knock: Arc::clone(knock),
            zone: line.zone,
            event_json: super::keeping::to_json(&event)?,
            event,
            language: script.languages().first().unwrap_or(&line.languages[0]).clone(),
            script,
            facts: board.line_facts.at(&board.house, line, &knock.provider, now),
            from,
            branch,
            step,
            over: knock.incoming.status.filter(|status| status.is_end()),
            pseudonym: seal.pseudonym(who),
            prepared: None,
        };
        if let Some(state) = &walk.from {
            let turn = callflow::step(&walk.script, state.clone(), &walk.event, &walk.facts);
            if turn.question.is_none() {
                walk.prepared = Some(Written::new(turn)?);
            }
        }
        Ok(walk)
    }

    /// What was prepared and then kept; after a job that answered nothing else.
    pub(super) fn prepared(&self) -> Answered {
        match &self.prepared {
            Some(written) => Answered { verbs: written.turn.verbs.clone(), state: written.state.clone() },
            // Not reached: a job without a prepared turn answers with its own.
            None => Answered { verbs: vec![Verb::Hangup], state: String::new() },
        }
    }

    /// The job. May run twice.
    pub(super) fn run(&self, tx: &mut Tx<'_>) -> Result<Done> {
        let Knock { provider, incoming, .. } = &*self.knock;
        let version = self.version();
        let mut found = match calls::find(tx, provider, &incoming.provider_call_id)? {
            Some(found) => found,
            None => {
                let new = new_call(&self.knock, Some(version.to_owned()), self.facts.now, self.zone);
                calls::open(tx, &new)?
            }
        };
        if !found.versioned {
            calls::set_script_version(tx, &found.id, version)?;
        }
        let lost = std::mem::take(&mut found.lost);
        if lost {
            found.ended_at = None;
        } else if found.ended_at.is_some_and(|ended| self.facts.now.seconds_since(ended) > LATEST) {
            return self.too_late(tx, &found);
        }
        let mut done = match &self.prepared {
            Some(written) => self.keep(tx, &found, written)?,
            None => match turns::repeat(tx, &found.id, self.branch, self.step)? {
                Some(before) => Done::repeated(&before)?,
                None => {
                    let (turn, topics) = self.walk(tx, &found)?;
                    let written = Written::new(turn)?;
                    let mut done = self.keep(tx, &found, &written)?;
                    done.topics.extend(topics);
                    done.answered =
                        done.answered.or(Some(Answered { verbs: written.turn.verbs, state: written.state }));
                    done
                }
            },
        };
        if lost && !done.repeated {
            calls::find_again(tx, &found.id)?;
        }
        if let Some(over) = self.over {
            let topics = status::merge(tx, &self.house, &found, over, None, self.facts.now)?;
            done.topics.extend(topics);
        }
        Ok(done)
    }

    /// Long after the end of a call its hooks change nothing: an old signature is still a right one, and the turns may
    /// have been forgotten by now.
    fn too_late(&self, tx: &mut Tx<'_>, found: &Found) -> Result<Done> {
        let before = turns::repeat(tx, &found.id, self.branch, self.step)?;
        before.map_or_else(|| Err(Error::refused("refused-too-late")), |before| Done::repeated(&before))
    }

    /// Walks in the transaction: the first turn, and turns that ask the house.
    fn walk(&self, tx: &mut Tx<'_>, found: &Found) -> Result<(Turn, Vec<Topic>)> {
        let script: &Script = &self.script;
        let mut facts = self.facts.clone();
        let turn = match (&self.from, &self.event) {
            (Some(state), event) => callflow::step(script, state.clone(), event, &facts),
            (None, _) => {
                let Incoming { from: caller, to: dialled, .. } = &self.knock.incoming;
                if let Some(number) = caller.number() {
                    facts.remembered = calls::remembered_language(tx, number, &found.id)?;
                }
                callflow::begin(script, caller.clone(), dialled, &facts)
            }
        };
        let mut topics = Vec::new();
        let language = turn.state.language.clone();
        let turn = callflow::settle(script, turn, &facts, |question| {
            let asking = Asking { language: &language, ..self.asking(found) };
            let (house, now) = (&*self.house, self.facts.now);
            let answered = match question {
                Question::Queue { queue, visit } => {
                    queue::answer_queue(tx, house, &Asking { visit: *visit, ..asking }, queue, now)?
                }
                Question::AfterDial { queue, visit, outcome } => {
                    let asking = Asking { visit: *visit, ..asking };
                    queue::answer_after_dial(tx, house, &asking, queue, *outcome, now)?
                }
                Question::Lookup { case_number, pin } => {
                    return lookup::progress(tx, &self.pseudonym, now, case_number, pin);
                }
            };
            topics.extend(answered.topics);
            Ok::<_, Error>(answered.answer)
        })?;
        Ok((turn, topics))
    }

    /// Keeps a turn and carries out its effects, unless it was kept before.
    fn keep(&self, tx: &mut Tx<'_>, found: &Found, written: &Written) -> Result<Done> {
        let place = Place {
            house: &self.house,
            found,
            line: &self.knock.line,
            caller: &self.knock.incoming.from,
            turn: TurnNumber { branch: self.branch, step: self.step },
            queue: self.from.as_ref().and_then(|state| state.queue.as_deref()),
            event: &self.event_json,
            at: self.facts.now,
        };
        match keep(tx, &place, written)? {
            Kept::Before(before) => Done::repeated(&before),
            Kept::First(topics) => {
                let troubles = written.turn.troubles.clone();
                Ok(Done { answered: None, repeated: false, topics, troubles })
            }
        }
    }

    /// The turn without the store: what would have to be asked of it is out of reach. An end of a dial that the store
    /// must hear of later comes along.
    pub(super) fn alone(&self) -> (Turn, Option<(u32, DialOutcome)>) {
        if let Some(written) = &self.prepared {
            return (written.turn.clone(), None);
        }
        let turn = match &self.from {
            Some(state) => callflow::step(&self.script, state.clone(), &self.event, &self.facts),
            None => {
                let Incoming { from: caller, to: dialled, .. } = &self.knock.incoming;
                callflow::begin(&self.script, caller.clone(), dialled, &self.facts)
            }
        };
        let mut after_dial = None;
        let Ok(turn) = callflow::settle(&self.script, turn, &self.facts, |question| {
            let Question::AfterDial { visit, outcome, .. } = question else {
                return Ok::<_, Infallible>(Answer::Down);
            };
            after_dial = Some((*visit, *outcome));
            Ok(if *outcome == DialOutcome::Completed { Answer::Served } else { Answer::Down })
        });
        (turn, after_dial)
    }

    /// What is journalled of the turn that was answered without the store.
    pub(super) fn entry(
        &self,
        turn: Turn,
        after_dial: Option<(u32, DialOutcome)>,
        unsure: bool,
    ) -> TurnEntry {
        TurnEntry {
            call: CallEntry::of(&self.knock),
            branch: self.branch,
            step: self.step,
            at: self.facts.now,
            event: self.event.clone(),
            version: self.version().to_owned(),
            queue: self.from.as_ref().and_then(|state| state.queue.clone()),
            after_dial,
            over: self.over.map(|status| status.as_str().to_owned()),
            unsure,
            turn,
        }
    }

    /// Names the turn among all turns of all calls.
    pub(super) fn name(&self) -> TurnName {
        let Knock { provider, incoming, .. } = &*self.knock;
        (provider.clone(), incoming.provider_call_id.clone(), self.branch, self.step)
    }

    /// The version of the script that the call began with.
    fn version(&self) -> &str {
        self.from.as_ref().map_or(self.script.version(), |state| &state.version)
    }

    /// The language of the caller, as far as the token tells it.
    pub(super) fn language(&self) -> &Language {
        self.from.as_ref().map_or(&self.language, |state| &state.language)
    }

    fn asking<'a>(&'a self, found: &'a Found) -> Asking<'a> {
        Asking {
            call: &found.id,
            visit: self.from.as_ref().map_or(0, |state| state.served),
            line: &self.knock.line,
            caller: &self.knock.incoming.from,
            language: self.language(),
            ended_at: found.ended_at,
            turn: TurnNumber { branch: self.branch, step: self.step },
        }
    }
}

impl Done {
    fn repeated(before: &turns::Answered) -> Result<Self> {
        let verbs = serde_json::from_str(&before.reply)
            .map_err(|error| Error::Unavailable(format!("a stored reply: {error}")))?;
        let answered = Some(Answered { verbs, state: before.state.clone() });
        Ok(Self { answered, repeated: true, topics: Vec::new(), troubles: Vec::new() })
    }
}
