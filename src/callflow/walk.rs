//! One turn in the making: what nodes use to speak, to wait, to ask the house and to be led on.

use std::collections::BTreeMap;

use domain::{Language, PhoneNumber};

use crate::model::{Link, Node, PERSON, Patience, Script, Words};
use crate::prompts::{Value, Values};
use crate::{CallState, Edge, Effect, Facts, Place, Prompt, Question, Trouble, Turn, Verb};

/// What a node decided.
pub(crate) enum Go<'s> {
    /// On to that node.
    To(&'s Link),
    /// The turn is complete: the caller is waited for, the house is asked, or the call has ended.
    Wait,
    /// Something is broken; the caller hears the apology and is led to a person.
    Fail(&'static str, String),
}

/// Which of a node's waits this is, and how often it failed so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Wait {
    pub(crate) stage: u8,
    pub(crate) tries: u8,
}

impl Wait {
    /// The first wait of a stage.
    pub(crate) fn stage(stage: u8) -> Self {
        Self { stage, tries: 0 }
    }
}

/// What a gather takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keys {
    /// One key, taken at once.
    One,
    /// Up to so many, ended by the key.
    UpTo(u8, char),
}

/// The turn being made.
pub(crate) struct Walk<'s> {
    pub(crate) script: &'s Script,
    pub(crate) facts: &'s Facts,
    pub(crate) state: CallState,
    pub(crate) here: Option<&'s Node>,
    verbs: Vec<Verb>,
    effects: Vec<Effect>,
    question: Option<Question>,
    troubles: Vec<Trouble>,
    walked: Vec<Edge>,
    spoken: Vec<(Language, String)>,
    /// Said at the head of the next gather, so that a key interrupts it: "that was not a choice".
    preface: Vec<Prompt>,
}

impl<'s> Walk<'s> {
    pub(crate) fn new(script: &'s Script, facts: &'s Facts, state: CallState) -> Self {
        let (verbs, effects, troubles) = <(Vec<_>, Vec<_>, Vec<_>)>::default();
        let (walked, spoken, preface) = <(Vec<_>, Vec<_>, Vec<_>)>::default();
        let (here, question) = (None, None);
        Self { script, facts, state, here, verbs, effects, question, troubles, walked, spoken, preface }
    }

    /// Steps onto a node along `way`: its note is taken.
    pub(crate) fn arrive(&mut self, way: &str, node: &'s Node) {
        self.walked.push(Edge::new(self.here.map_or("", |node| &node.name), way, &node.name));
        self.here = Some(node);
        self.take_notes(&node.note);
    }

    /// The caller stays at this node and hears it again.
    pub(crate) fn stay(&mut self, way: &str) {
        self.walked.extend(self.here.map(|node| Edge::new(&node.name, way, &node.name)));
    }

    pub(crate) fn take_notes(&mut self, notes: &BTreeMap<String, String>) {
        for (key, value) in notes {
            if self.script.branched_on.contains(key) {
                self.state.held.insert(key.clone(), value.clone());
            }
            self.effect(Effect::Note { key: key.clone(), value: value.clone() });
        }
    }

    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(crate) fn trouble(&mut self, code: &'static str, detail: impl Into<String>) {
        let node = self.name();
        self.troubles.push(Trouble { code: code.to_owned(), node, detail: detail.into() });
    }

    fn name(&self) -> String {
        self.here.map(|node| node.name.clone()).unwrap_or_default()
    }

    // -- speaking -----------------------------------------------------------------------------------

    /// A prompt in the caller's language; a missing one is a trouble and silence.
    pub(crate) fn prompt(&mut self, words: &Words, values: Values) -> Option<Prompt> {
        let language = self.state.language.clone();
        self.prompt_in(&language, words, values)
    }

    pub(crate) fn prompt_in(&mut self, language: &Language, words: &Words, values: Values) -> Option<Prompt> {
        let (state, facts) = (&self.state, self.facts);
        let prompt = self.script.prompts.say(language, &words.id, || known(state, facts, values));
        match &prompt {
            Some(prompt) => self.spoken.push((prompt.language.clone(), words.id.clone())),
            None => self.trouble("missing-prompt", &words.id),
        }
        prompt
    }

    /// What is played through a round of waiting of so many seconds.
    pub(crate) fn tune(&self, round_seconds: u32) -> Prompt {
        let file =
            self.script.prompts.own_tune().map_or_else(|| crate::tune::name(round_seconds), str::to_owned);
        let (language, text) = (self.state.language.clone(), String::new());
        Prompt { language, text, audio: Some(format!("audio/{file}")) }
    }

    pub(crate) fn say(&mut self, words: &Words, values: Values) {
        let prompt = self.prompt(words, values);
        self.verbs.extend(prompt.map(Verb::Say));
    }

    // -- ending the turn ----------------------------------------------------------------------------

    fn wait_at(&mut self, wait: Wait) -> Go<'s> {
        self.state.place = Place::At { node: self.name(), stage: wait.stage, tries: wait.tries };
        Go::Wait
    }

    /// Speaks and waits for keys.
    pub(crate) fn gather(
        &mut self,
        prompts: impl IntoIterator<Item = Prompt>,
        keys: Keys,
        timeout: u32,
        wait: Wait,
    ) -> Go<'s> {
        self.gather_with(prompts, keys, (timeout, None), wait)
    }

    /// The same, with a tune for the time of waiting.
    pub(crate) fn gather_with(
        &mut self,
        prompts: impl IntoIterator<Item = Prompt>,
        keys: Keys,
        (timeout_seconds, tune): (u32, Option<Prompt>),
        wait: Wait,
    ) -> Go<'s> {
        let mut all = std::mem::take(&mut self.preface);
        all.extend(prompts);
        let (max_digits, finish_key) = match keys {
            Keys::One => (Some(1), None),
            Keys::UpTo(most, finish) => (Some(most), Some(finish)),
        };
        self.verbs.push(Verb::Gather { prompts: all, max_digits, finish_key, timeout_seconds, tune });
        self.wait_at(wait)
    }

    /// Records until `#`, or until a key that leads on from everywhere.
    pub(crate) fn record(&mut self, max_seconds: u32, silence_seconds: u32, wait: Wait) -> Go<'s> {
        let emergency = self.script.settings.emergency.as_ref().map(|it| it.key);
        let finish_keys = ['#', PERSON].into_iter().chain(emergency).collect();
        self.verbs.push(Verb::Record { max_seconds, silence_seconds, finish_keys, beep: true });
        self.wait_at(wait)
    }

    pub(crate) fn dial(&mut self, to: PhoneNumber, timeout: u32, wait: Wait) -> Go<'s> {
        self.verbs.push(Verb::Dial { to, timeout_seconds: timeout });
        self.wait_at(wait)
    }

    pub(crate) fn ask_house(&mut self, question: Question, wait: Wait) -> Go<'s> {
        self.question = Some(question);
        self.state.place = Place::Asking { node: self.name(), stage: wait.stage, tries: wait.tries };
        Go::Wait
    }

    pub(crate) fn hang_up(&mut self) -> Go<'s> {
        self.verbs.push(Verb::Hangup);
        self.state.place = Place::Ended;
        Go::Wait
    }

    /// The last resort when not even a person can be reached through the script.
    pub(crate) fn give_up(&mut self) {
        let settings = &self.script.settings;
        self.preface.clear();
        match self.facts.numbers.get("fallback").cloned() {
            Some(number) => {
                self.say(&settings.unavailable, vec![("number".to_owned(), Value::number(&number))]);
                self.verbs.push(Verb::Dial { to: number, timeout_seconds: 60 });
            }
            None => {
                self.say(&settings.apology, Values::new());
                self.verbs.push(Verb::Hangup);
            }
        }
        self.state.place = Place::Ended;
    }

    /// What was asked for needs the house's records, which are out of reach.
    pub(crate) fn down(&mut self, own: Option<&'s Link>) -> Go<'s> {
        match own.or(self.script.settings.down.as_ref()) {
            Some(link) => Go::To(link),
            None => {
                self.give_up();
                Go::Wait
            }
        }
    }

    // -- the ladder ---------------------------------------------------------------------------------

    /// Nobody pressed a key: either once more from the returned wait, or on to `no_input`.
    pub(crate) fn nothing_heard(&mut self, patience: &'s Patience, wait: Wait) -> Result<Wait, Go<'s>> {
        let settings = &self.script.settings;
        self.again(patience.tries, wait, &settings.nothing_heard, &patience.no_input)
    }

    /// A wrong key: either once more from the returned wait, or on to `invalid`.
    pub(crate) fn not_understood(&mut self, patience: &'s Patience, wait: Wait) -> Result<Wait, Go<'s>> {
        let settings = &self.script.settings;
        self.again(patience.tries, wait, &settings.not_understood, &patience.invalid)
    }

    /// One more try after `words`, or `then` when there were enough.
    pub(crate) fn again(
        &mut self,
        tries: u8,
        wait: Wait,
        words: &Words,
        then: &'s Link,
    ) -> Result<Wait, Go<'s>> {
        let wait = Wait { tries: wait.tries.saturating_add(1), ..wait };
        if wait.tries >= tries {
            return Err(Go::To(then));
        }
        self.stay(&then.way);
        let prompt = self.prompt(words, Values::new());
        self.preface.extend(prompt);
        Ok(wait)
    }

    /// The finished turn.
    pub(crate) fn turn(mut self) -> Turn {
        self.leave_queue();
        let Self { state, verbs, effects, question, troubles, walked, spoken, .. } = self;
        Turn { state, verbs: interruptible(verbs), effects, question, troubles, walked, spoken }
    }

    /// A caller who waits for something else now has given up the place in the queue; arranging a callback
    /// keeps it.
    fn leave_queue(&mut self) {
        let Some(queue) = self.state.queue.clone() else { return };
        let keeps = match &self.state.place {
            Place::At { node, .. } | Place::Asking { node, .. } => {
                self.script.nodes.get(node).is_some_and(|node| node.action.keeps_queue(&queue))
            }
            Place::Ended => false,
        };
        if !keeps {
            self.state.queue = None;
            self.effect(Effect::LeaveQueue);
        }
    }
}

/// What a prompt may speak: what its node tells, what the call holds, and what time it is.
fn known(state: &CallState, facts: &Facts, mut values: Values) -> Values {
    let held = state.held.iter().filter(|(name, _)| *name != crate::nodes::LOOKED_UP);
    values.extend(held.map(|(name, value)| (name.clone(), Value::Digits(value.clone()))));
    let [now, next_open, next_open_day] = crate::prompts::EVERYWHERE.map(str::to_owned);
    values.push((now, Value::Moment(facts.local)));
    values.push((next_open_day, Value::Text(facts.next_open_day().to_owned())));
    values.extend(facts.next_open.map(|at| (next_open, Value::Moment(at))));
    values
}

/// What is said right before keys are gathered becomes part of the gathering: a key must work while any of it is
/// spoken, the emergency key above all.
pub(crate) fn interruptible(mut verbs: Vec<Verb>) -> Vec<Verb> {
    let Some(Verb::Gather { prompts, .. }) = verbs.last_mut() else { return verbs };
    let asked = std::mem::take(prompts);
    let said = verbs.iter().rev().skip(1).take_while(|verb| matches!(verb, Verb::Say(_))).count();
    let behind = verbs.len() - 1 - said;
    let said = verbs.drain(behind..behind + said).filter_map(|verb| match verb {
        Verb::Say(prompt) => Some(prompt),
        _ => None,
    });
    let all: Vec<_> = said.chain(asked).collect();
    if let Some(Verb::Gather { prompts, .. }) = verbs.last_mut() {
        *prompts = all;
    }
    verbs
}
