//! Steps of calls that go through a script in every direction.

use std::collections::BTreeMap;
use std::sync::Arc;

use callflow::{Answer, CallState, DialOutcome, Event, Facts, Question, Recording, Script, Turn};
use domain::{Caller, OfferId, PhoneNumber, Timestamp};

/// Turns of a call at most.
const TURNS: usize = 6;
/// Different steps that are measured.
const STEPS: usize = 200;

/// A state of a call and what happens then.
pub(crate) struct Step {
    state: CallState,
    event: Event,
    facts: Facts,
    answer: Answer,
}

impl Step {
    /// Walks it once more, with the house's answer where it is asked.
    pub(crate) fn again(&self, script: &Script) -> Turn {
        let turn = callflow::step(script, self.state.clone(), &self.event, &self.facts);
        settled(script, turn, &self.facts, &self.answer)
    }
}

fn settled(script: &Script, turn: Turn, facts: &Facts, answer: &Answer) -> Turn {
    // What the house says to a look-up is not what it says to a caller who waits.
    let answer = |question: &Question| -> Result<Answer, std::convert::Infallible> {
        Ok(match question {
            Question::Lookup { .. } => Answer::Progress { status: "received".to_owned() },
            _ => answer.clone(),
        })
    };
    let Ok(turn) = callflow::settle(script, turn, facts, answer);
    turn
}

/// Calls by every combination of events, breadth first, so that no part of the script is left out.
pub(crate) fn walked(script: &Script) -> Vec<Step> {
    let phone = PhoneNumber::parse("+4570102030").unwrap();
    let events = || {
        let keys = ["1", "2", "3", "4", "9", "00001234"].map(|keys| Event::Digits(keys.to_owned()));
        let recording =
            Recording { url: "https://p.example/r".to_owned(), seconds: 14, hung_up: false, ended_by: None };
        let others = [
            Event::NoInput,
            Event::Recorded(recording),
            Event::Fetched,
            Event::Dialled(DialOutcome::NoAnswer),
        ];
        keys.into_iter().chain(others)
    };
    let ring = Answer::Ring { offer: OfferId::new("offer"), phone: phone.clone(), timeout_seconds: 20 };
    let waiting = Answer::Waiting { position: 2, estimate_seconds: Some(180), callback_offered: true };
    let mut steps = Vec::new();
    let mut reached = Vec::new();
    for open in [true, false] {
        let turn = callflow::begin(script, Caller::Known(phone.clone()), "12320", &facts(open));
        reached.push((settled(script, turn, &facts(open), &waiting).state, open));
    }
    for _ in 0..TURNS {
        let mut next: Vec<(CallState, bool)> = Vec::new();
        for (state, open) in reached {
            for (number, event) in events().enumerate() {
                let answer = if number % 3 == 0 { ring.clone() } else { waiting.clone() };
                let step = Step { state: state.clone(), event, facts: facts(open), answer };
                let after = step.again(script).state;
                let known = next.iter().any(|(other, _)| other.place == after.place);
                steps.push(step);
                if !known {
                    next.push((after, open));
                }
            }
        }
        reached = next;
    }
    // Spread over the whole walk: the first ones are only the beginnings of calls.
    let every = (steps.len() / STEPS).max(1);
    steps.into_iter().step_by(every).collect()
}

/// A working day before noon, or a night.
fn facts(open: bool) -> Facts {
    let fallback = PhoneNumber::parse("12345").unwrap();
    let local = chrono::NaiveDate::from_ymd_opt(2026, 3, 3).unwrap().and_hms_opt(9, 30, 0).unwrap();
    Facts {
        now: Timestamp(1_772_530_200_000),
        local,
        next_open: (!open).then(|| local + chrono::Duration::hours(23)),
        open,
        records: true,
        remembered: None,
        numbers: Arc::new(BTreeMap::from([("fallback".to_owned(), fallback)])),
    }
}
