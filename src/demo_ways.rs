//! The ways that the demo's callers went: the real engine walks the real script, and dice press the keys. Pure: the same
//! call, the same ways.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use callflow::{Answer, CallState, DialOutcome, Edge, Event, Facts, Place, Question, Script, Turn, Verb};
use domain::{Caller, Language, OfferId, PhoneNumber, Timestamp};
use store::queue::Outcome;
use switchboard::walks::Walk;
use switchboard::{House, Line};

use crate::demo_calls::PastCall;
use crate::demo_dice::Dice;

/// So much happens in a call at most.
const MOST_EVENTS: usize = 40;
/// After so many a caller who came for a person presses 0.
const PATIENT: usize = 9;

/// Callers in a hundred who hang up in the menus: they are none of the calls that asked for a person.
pub(crate) const GIVE_UP_EARLY: i64 = 17;

/// The walk of a call that asked for a person.
pub(crate) fn walk(house: &House, line: &Line, past: &PastCall) -> Walk {
    Telephone { dice: Dice::new(past.seed ^ 0xA11), outcome: Some(past.outcome), rounds: 0 }
        .walk(house, line, past)
}

/// The walk of another one, at the same time of day, who hung up on the way or only wanted to hear something.
pub(crate) fn early(house: &House, line: &Line, past: &PastCall) -> Option<Walk> {
    let mut dice = Dice::new(past.seed ^ 0xEA71);
    dice.chance(GIVE_UP_EARLY).then(|| Telephone { dice, outcome: None, rounds: 0 }.walk(house, line, past))
}

/// Somebody with a telephone in the hand.
struct Telephone {
    dice: Dice,
    /// How the waiting ends; nothing: this caller leaves before.
    outcome: Option<Outcome>,
    rounds: i64,
}

/// What happens next.
enum Next {
    Event(Event),
    HangUp,
}

impl Telephone {
    fn walk(mut self, house: &House, line: &Line, past: &PastCall) -> Walk {
        let script: Arc<Script> = line.script.newest();
        let facts = facts(&mut self.dice, house, line, past);
        let choices = choices(&script);
        let caller = past.caller.as_ref().map_or(Caller::Withheld, |number| Caller::parse(number));
        let mut turn = callflow::begin(&script, caller, &line.name, &facts);
        let mut edges: BTreeSet<Edge> = turn.walked.iter().cloned().collect();
        for happened in 0..MOST_EVENTS {
            match self.next(&turn, &choices, happened) {
                None => break,
                Some(Next::HangUp) => return Walk::new(edges, node(&turn.state).map(str::to_owned)),
                Some(Next::Event(event)) => {
                    turn = callflow::step(&script, turn.state.clone(), &event, &facts);
                    edges.extend(turn.walked.iter().cloned());
                }
            }
        }
        Walk::new(edges, None)
    }

    fn next(&mut self, turn: &Turn, choices: &BTreeMap<String, Vec<char>>, happened: usize) -> Option<Next> {
        if let Some(question) = &turn.question {
            return Some(self.house(question));
        }
        let node = node(&turn.state)?;
        let own = choices.get(node).map_or(&[][..], Vec::as_slice);
        match turn.verbs.last()? {
            Verb::Dial { .. } => {
                let busy = turn.state.queue.is_none() && self.dice.chance(20);
                let outcome = if busy { DialOutcome::Busy } else { DialOutcome::Completed };
                Some(Next::Event(Event::Dialled(outcome)))
            }
            Verb::Record { .. } => Some(Next::HangUp),
            Verb::Gather { .. } if turn.state.queue.is_some() => Some(self.waits(own)),
            Verb::Gather { max_digits: Some(1), .. } => Some(self.chooses(own, happened)),
            Verb::Gather { .. } => Some(self.keys_in()),
            _ => None,
        }
    }

    fn house(&mut self, question: &Question) -> Next {
        self.rounds += 1;
        let outcome = self.outcome.unwrap_or(Outcome::Abandoned);
        let waiting = Answer::Waiting { position: 2, estimate_seconds: Some(120), callback_offered: true };
        let answer = match (question, outcome) {
            (Question::Lookup { .. }, _) if self.dice.chance(80) => {
                Answer::Progress { status: "in_progress".to_owned() }
            }
            (Question::Lookup { .. }, _) => Answer::NoSuchCase,
            (Question::AfterDial { .. }, _) => Answer::Served,
            (Question::Queue { .. }, Outcome::Answered) if self.rounds > 2 || self.dice.chance(55) => {
                let offer = OfferId::new("demo");
                match PhoneNumber::parse("8001") {
                    Ok(phone) => Answer::Ring { offer, phone, timeout_seconds: 20 },
                    Err(_) => waiting,
                }
            }
            (Question::Queue { .. }, Outcome::NobodyThere) => Answer::NobodyThere,
            (Question::Queue { .. }, _) => waiting,
        };
        Next::Event(Event::Answer(answer))
    }

    /// In the queue: on, to the callback, or gone.
    fn waits(&mut self, own: &[char]) -> Next {
        match (self.outcome, own.first()) {
            (Some(Outcome::MovedToCallback), Some(key)) => Next::Event(Event::Digits(key.to_string())),
            (None | Some(Outcome::Abandoned), _) if self.rounds > 1 => Next::HangUp,
            _ => Next::Event(Event::NoInput),
        }
    }

    fn chooses(&mut self, own: &[char], happened: usize) -> Next {
        let early = self.outcome.is_none();
        let key = |key: char| Next::Event(Event::Digits(key.to_string()));
        match self.dice.between(0, 99) {
            _ if early && self.dice.chance(45) => Next::HangUp,
            _ if !early && happened > PATIENT => key('0'),
            0..=6 => Next::Event(Event::NoInput),
            7..=9 => key('#'),
            10..=12 => key('*'),
            13..=24 if !early => key('0'),
            _ => match self.one_of(own) {
                Some(chosen) => key(chosen),
                // A choice of languages has keys that lead to one place.
                None => key('1'),
            },
        }
    }

    /// The first choices are taken more often, as everywhere.
    fn one_of(&mut self, own: &[char]) -> Option<char> {
        let (one, other) = (self.dice.one_of(own), self.dice.one_of(own));
        one.min(other).copied()
    }

    fn keys_in(&mut self) -> Next {
        match self.dice.between(0, 99) {
            0..=9 if self.outcome.is_none() => Next::HangUp,
            0..=14 => Next::Event(Event::NoInput),
            15..=20 => Next::Event(Event::Digits("12".to_owned())),
            _ => Next::Event(Event::Digits("00001234".to_owned())),
        }
    }
}

fn node(state: &CallState) -> Option<&str> {
    match &state.place {
        Place::At { node, .. } | Place::Asking { node, .. } => Some(node),
        Place::Ended => None,
    }
}

/// The keys that each node has a use of its own for.
fn choices(script: &Script) -> BTreeMap<String, Vec<char>> {
    let mut choices: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for edge in callflow::edges(script) {
        let mut letters = edge.way.chars();
        if let (Some(key @ '1'..='8'), None) = (letters.next(), letters.next()) {
            choices.entry(edge.from).or_default().push(key);
        }
    }
    choices
}

fn facts(dice: &mut Dice, house: &House, line: &Line, past: &PastCall) -> Facts {
    let usual =
        dice.chance(45).then(|| Language::parse(if past.danish { "da" } else { "zh-CN" }).ok()).flatten();
    let now: Timestamp = past.started_at;
    let phones =
        house.directory.offices.iter().filter_map(|office| Some((&office.code, office.phone.as_ref()?)));
    let offices =
        phones.filter_map(|(code, phone)| Some((format!("office:{code}"), PhoneNumber::parse(phone).ok()?)));
    let own = [("config:emergency", &line.emergency), ("config:fallback", &line.fallback_number)];
    let own = own.map(|(name, number)| (name.to_owned(), number.clone()));
    Facts {
        now,
        local: now.local(line.zone).naive_local(),
        next_open: None,
        open: true,
        records: true,
        remembered: usual,
        numbers: Arc::new(offices.chain(own).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house() -> House {
        let config = crate::config::Config::load(&crate::config::Flags::default()).unwrap();
        crate::furnish::house(&config, String::new()).unwrap().house
    }

    fn past(seed: u64, outcome: Outcome) -> PastCall {
        PastCall {
            seed,
            danish: false,
            started_at: Timestamp(0),
            entered_at: Timestamp(20_000),
            wait_seconds: 10,
            talk_seconds: 100,
            outcome,
            agent: 0,
            caller: Some("13800138000".to_owned()),
            request_type: domain::RequestType::Inquiry,
            wrap_up: "answered",
            story: None,
        }
    }

    #[test]
    fn callers_walk_ways_of_the_script_and_end_as_they_did() {
        let house = house();
        let line = &house.lines["12320"];
        let all = callflow::edges(&line.script.newest());
        let (mut served, mut lost) = (0, 0);
        for seed in 0..200 {
            let answered = walk(&house, line, &past(seed, Outcome::Answered));
            assert!(answered.edges.is_subset(&all), "{:?}", answered.edges.difference(&all));
            served += usize::from(answered.edges.iter().any(|edge| edge.way == "served"));
            let gone = walk(&house, line, &past(seed, Outcome::Abandoned));
            lost += usize::from(gone.hung_up.is_some());
            assert_eq!(
                walk(&house, line, &past(seed, Outcome::Answered)),
                answered,
                "the same call, the same ways"
            );
        }
        assert!(served > 190 && lost > 180, "{served} {lost}");
        let early = (0..500).filter_map(|seed| early(&house, line, &past(seed, Outcome::Answered))).count();
        assert!((50..120).contains(&early), "{early}");
    }
}
