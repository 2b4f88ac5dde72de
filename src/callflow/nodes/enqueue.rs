//! `enqueue`: the caller waits for an agent, hears the place in the queue, and may choose to be called back.
//!
//! The queue itself is the house's: each round of the loop asks where the caller stands.

use crate::fields::Fields;
use crate::model::{Link, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::{Value, Values};
use crate::walk::{Go, Keys, Wait, Walk};
use crate::{Answer, DialOutcome, Event, Question, tune};

/// Waiting without and with the offer of a callback; an agent's telephone is ringing. `tries` of the wait
/// counts the rounds of waiting, so that advice is given once and the place every so often.
const WAITING: u8 = 0;
const DIALLING: u8 = 1;
const OFFERED: u8 = 2;

const MINUTE: u32 = 60;

/// Rounds are counted up to here; what comes after repeats as from the second telling of the place.
const MOST_ROUNDS: u8 = 200;

#[derive(Debug, Clone)]
pub(crate) struct Enqueue {
    pub(crate) queue: String,
    prompt: Option<Words>,
    waiting: Words,
    advice: Option<Words>,
    hold: Words,
    every: u8,
    round_seconds: u32,
    /// No music between the words.
    quiet: bool,
    callback: Option<Offer>,
    nobody: Link,
    served: Link,
    /// Where this queue's callers are led while the house's records are out of reach, if not where all are.
    pub(crate) down: Option<Link>,
}

/// The key that leads to a callback node.
#[derive(Debug, Clone)]
struct Offer {
    key: char,
    prompt: Words,
    next: Link,
    line: u32,
}

impl Enqueue {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            queue: fields.text("queue").0,
            prompt: fields.words_or_none("prompt"),
            waiting: fields.words("waiting"),
            advice: fields.words_or_none("advice"),
            hold: fields.words("hold"),
            every: fields.small("every", Some(4), 1, 20),
            round_seconds: fields.number("round_seconds", Some(12), *tune::ROUND.start(), *tune::ROUND.end()),
            quiet: fields.flag("quiet"),
            callback: fields.table("callback").and_then(Offer::read),
            nobody: fields.link("nobody"),
            served: fields.link("served"),
            down: fields.link_or_none("down"),
        }
    }

    fn ask_queue<'s>(&self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let visit = walk.state.served;
        walk.ask_house(Question::Queue { queue: self.queue.clone(), visit }, wait)
    }

    fn after_dial<'s>(&self, walk: &mut Walk<'s>, outcome: DialOutcome) -> Go<'s> {
        let visit = walk.state.served;
        walk.ask_house(Question::AfterDial { queue: self.queue.clone(), visit, outcome }, Wait::default())
    }

    fn answered<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, answer: &Answer) -> Go<'s> {
        match answer {
            Answer::Waiting { .. } | Answer::Ring { .. } => walk.state.queue = Some(self.queue.clone()),
            Answer::Served | Answer::Left => walk.state.queue = None,
            // With nobody there, the place is given up where the script leads to.
            _ => {}
        }
        if *answer == Answer::Served {
            walk.state.served = walk.state.served.saturating_add(1);
        }
        match answer {
            Answer::Waiting { position, estimate_seconds, callback_offered } => {
                let minutes = estimate_seconds.map_or(0, |seconds| seconds.div_ceil(MINUTE).max(1));
                let place = vec![
                    ("position".to_owned(), Value::Number(*position)),
                    ("minutes".to_owned(), Value::Number(minutes)),
                ];
                self.say_and_wait(walk, wait, Some(place), *callback_offered)
            }
            Answer::Ring { phone, timeout_seconds, .. } => {
                walk.dial(phone.clone(), *timeout_seconds, Wait::stage(DIALLING))
            }
            Answer::NobodyThere => Go::To(&self.nobody),
            Answer::Served | Answer::Left => Go::To(&self.served),
            Answer::Down if walk.state.queue.as_ref() == Some(&self.queue) => {
                self.say_and_wait(walk, wait, None, true)
            }
            Answer::Down => walk.down(self.down.as_ref()),
            Answer::Progress { .. } | Answer::NoSuchCase | Answer::TooManyTries => {
                Go::Fail("unexpected-answer", "enqueue".to_owned())
            }
        }
    }

    /// One round of the loop. Without a `place` it is kept, but cannot be told.
    fn say_and_wait<'s>(
        &'s self,
        walk: &mut Walk<'s>,
        wait: Wait,
        place: Option<Values>,
        offered: bool,
    ) -> Go<'s> {
        let round = wait.tries;
        let every = self.every.max(1);
        let tells_place = round.is_multiple_of(every);
        let mut prompts = Vec::new();
        prompts.extend(match (&self.advice, place) {
            (_, Some(place)) if tells_place => walk.prompt(&self.waiting, place),
            (Some(advice), _) if round == 1 => walk.prompt(advice, Values::new()),
            _ => walk.prompt(&self.hold, Values::new()),
        });
        let offer = self.callback.as_ref().filter(|_| offered);
        // Told with the place, and at once when it has only now become possible.
        if let Some(offer) = offer.filter(|_| tells_place || wait.stage != OFFERED) {
            prompts.extend(walk.prompt(&offer.prompt, Values::new()));
        }
        let stage = if offer.is_some() { OFFERED } else { WAITING };
        let next_round = match round.saturating_add(1) {
            next if next >= MOST_ROUNDS && next.is_multiple_of(every) => every,
            next => next,
        };
        let tune = if self.quiet { None } else { Some(walk.tune(self.round_seconds)) };
        let wait = Wait { stage, tries: next_round };
        walk.gather_with(prompts, Keys::One, (self.round_seconds, tune), wait)
    }
}

impl Offer {
    fn read(mut fields: Fields<'_, '_>) -> Option<Self> {
        let (key, prompt, next) = (fields.key("key"), fields.words("prompt"), fields.link("next"));
        if key.is_none() {
            fields.report(
                fields.line(),
                "missing-key",
                "a callback offer without its key".to_owned(),
                "add `key = \"1\"`",
            );
        }
        fields.finish();
        key.map(|(key, line)| Self { key, prompt, next: next.by(key), line })
    }
}

impl Kind for Enqueue {
    fn exits(&self) -> Vec<Exit<'_>> {
        let mut exits = vec![Exit::new(&self.nobody, How::AtOnce), Exit::new(&self.served, How::Ended)];
        exits.extend(self.down.iter().map(|link| Exit::new(link, How::AtOnce)));
        exits.extend(self.callback.iter().map(|offer| Exit::new(&offer.next, How::Input)));
        exits
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        let mut spoken: Vec<_> = self.prompt.iter().map(Spoken::plain).collect();
        spoken.push(Spoken::with(&self.waiting, &["position", "minutes"]));
        spoken.extend(self.advice.iter().map(Spoken::plain));
        spoken.push(Spoken::plain(&self.hold));
        spoken.extend(self.callback.iter().map(|offer| Spoken::plain(&offer.prompt).offering([offer.key])));
        spoken
    }

    fn keys(&self) -> Vec<(char, u32)> {
        self.callback.iter().map(|offer| (offer.key, offer.line)).collect()
    }

    fn enter<'s>(&'s self, walk: &mut Walk<'s>) -> Go<'s> {
        if let Some(prompt) = &self.prompt {
            walk.say(prompt, Values::new());
        }
        self.ask_queue(walk, Wait::default())
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::Gather { seconds: self.round_seconds, digits: 1 }]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        self.ask_queue(walk, wait)
    }

    fn repeat<'s>(&'s self, walk: &mut Walk<'s>, _: Wait) -> Go<'s> {
        self.ask_queue(walk, Wait::default())
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        let pressed = |offer: &&Offer| matches!(event, Event::Digits(keys) if keys.chars().eq([offer.key]));
        if let (OFFERED, Some(offer)) = (wait.stage, self.callback.as_ref().filter(pressed)) {
            return Go::To(&offer.next);
        }
        match event {
            // Any other key is impatience, not a mistake: the wait goes on without a word about it.
            Event::NoInput | Event::Digits(_) | Event::Fetched => self.ask_queue(walk, wait),
            Event::Dialled(outcome) if wait.stage == DIALLING => self.after_dial(walk, *outcome),
            Event::Answer(answer) => self.answered(walk, wait, answer),
            _ => unexpected(self, walk, wait, event),
        }
    }
}
