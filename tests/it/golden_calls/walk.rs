//! Plays one golden call over the wire: brings the house into its state, does what the caller does, and compares.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use callflow::transcript::{Input, Scenario, event_line};
use callflow::{Answer, DialOutcome, Event};
use chrono::TimeZone;
use domain::{CallId, Language, Timestamp};
use softswitch::{Notice, Phase, Telephone};
use store::queue::Outcome;
use switchboard::queue::{Asking, TurnNumber, answer_after_dial, answer_queue};
use switchboard::{Line, Switchboard};

use super::backstage::Backstage;
use super::carrier::Gate;
use super::group::{Group, groups};
use super::heard::{Said, said};
use super::record;
use super::service::Service;

/// A caller without a number still has a telephone.
const NAMELESS: &str = "99";
/// Wrong tries at the look-up before the house gives no more answers.
const TRIES: usize = 5;
/// How long the house may take to do something of its own.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is different over the wire: the line of the file, and the difference.
pub(super) type Difference = (u32, String);

/// Plays `scenario` on a house of its own. The first difference ends it.
pub(super) async fn play(line: &str, scenario: &Scenario) -> Result<(), Difference> {
    let service = Service::start(&unreachable(scenario)).await;
    let line = service.board.house().lines[line].clone();
    let begun = line.zone.from_local_datetime(&scenario.header.at).unwrap();
    let begun = Timestamp::from(begun.to_utc());
    service.clock.set(&begun.utc().to_rfc3339());
    let walk = Walk::new(&service, &line, scenario, begun).await;
    let played = walk.whole_call().await;
    service.stop().await;
    played
}

/// Numbers that no way leads to: those whose dial fails.
fn unreachable(scenario: &Scenario) -> Vec<String> {
    let groups = groups(scenario);
    let failing = groups.windows(2).filter(|pair| failed(&pair[1]));
    failing.filter_map(|pair| dialled(&pair[0])).map(str::to_owned).collect()
}

fn failed(group: &Group<'_>) -> bool {
    group.event() == Some(&Event::Dialled(DialOutcome::Failed))
}

/// The number dialled at the end of a group.
fn dialled<'s>(group: &Group<'s>) -> Option<&'s str> {
    let last = group.audible().last().copied()?;
    Some(last.strip_prefix("dial ")?.split(',').next().unwrap_or_default())
}

struct Walk<'a> {
    service: &'a Service,
    line: &'a Line,
    scenario: &'a Scenario,
    groups: Vec<Group<'a>>,
    backstage: Backstage<'a>,
    caller: Telephone,
    /// Every telephone that is rung, by number.
    others: BTreeMap<&'a str, Telephone>,
    /// How much was heard before this call began.
    first: usize,
}

impl<'a> Walk<'a> {
    async fn new(service: &'a Service, line: &'a Line, scenario: &'a Scenario, begun: Timestamp) -> Self {
        let own = scenario.header.caller.number().map_or(NAMELESS, |number| number.as_str());
        let caller = Telephone::register(&service.base, own).await.unwrap();
        let mut others = BTreeMap::new();
        let groups = groups(scenario);
        let unreachable = unreachable(scenario);
        for number in groups.iter().filter_map(dialled) {
            if !unreachable.iter().any(|known| known == number) {
                others.insert(number, Telephone::register(&service.base, number).await.unwrap());
            }
        }
        let backstage = Backstage::new(service, line, scenario, begun);
        Self { service, line, scenario, groups, backstage, caller, others, first: 0 }
    }

    async fn whole_call(mut self) -> Result<(), Difference> {
        let asked = self.scenario.parts.iter().flat_map(|part| &part.expected);
        let queue = asked.filter_map(|line| line.strip_prefix("ask queue ")).next().map(str::to_owned);
        self.backstage.before_the_call(queue.as_deref()).await;
        let exhausting =
            |group: &Group<'_>| group.answers().any(|(_, answer)| *answer == Answer::TooManyTries);
        if let Some(last) = self.groups.iter().position(exhausting) {
            for _ in 0..TRIES {
                for at in 0..=last {
                    self.carry_out(self.groups[at], at).await;
                }
                self.caller.hang_up().await.unwrap();
                self.first = self.said().len();
            }
        }
        let mut call = String::new();
        let mut ready = 0;
        for at in 0..self.groups.len() {
            let group = self.groups[at];
            self.service.clock.advance(self.seconds_until(at));
            // A dial that fails at once leaves no time between itself and what comes before it.
            while ready <= at || self.groups.get(ready).is_some_and(failed) {
                self.backstage.set(&self.groups[ready]).await;
                ready += 1;
            }
            if at > 0 && !failed(&group) {
                self.the_house_says(&group, &call).await?;
            }
            self.carry_out(group, at).await;
            if at == 0 {
                call = record::last_call(&self.service.look());
            }
            self.compare(&group, at)?;
            self.compare_record(&group, &call)?;
        }
        self.compare_end(&call)
    }

    fn said(&self) -> Vec<Said> {
        said(self.caller.heard(), self.usual())
    }

    fn usual(&self) -> &Language {
        &self.line.languages[0]
    }

    /// Time that passes before something happens: a silence and a ringing last as long as they may.
    fn seconds_until(&self, at: usize) -> i64 {
        let Some(before) = at.checked_sub(1).and_then(|before| self.groups.get(before)) else { return 0 };
        let longest = before
            .audible()
            .last()
            .and_then(|line| line.strip_suffix(" s")?.split(' ').next_back()?.parse().ok());
        match self.groups[at].event() {
            Some(Event::NoInput | Event::Dialled(DialOutcome::NoAnswer)) => longest.unwrap_or(1),
            Some(Event::Dialled(DialOutcome::Busy)) => 6,
            _ => 1,
        }
    }

    /// Does what the caller, the telephone or the house does.
    async fn carry_out(&mut self, group: Group<'a>, at: usize) {
        match group.input() {
            Input::HangUp => drop(self.caller.hang_up().await.unwrap()),
            Input::Begin if self.scenario.header.caller.number().is_none() => {
                self.caller.dial_withheld(self.line.numbers[0].as_str()).await.unwrap();
            }
            Input::Begin => drop(self.caller.dial(self.line.numbers[0].as_str()).await.unwrap()),
            Input::Event(event) => self.carry_out_event(group, event, at).await,
        }
    }

    async fn carry_out_event(&mut self, group: Group<'a>, event: &Event, at: usize) {
        let caller = &mut self.caller;
        match event {
            Event::Digits(_) => {
                caller.press(group.text().trim_start_matches("press ")).await.unwrap();
                // The finish key need not be written.
                if matches!(caller.heard().last().map(|heard| &heard.notice), Some(Notice::Pressed { .. })) {
                    caller.press("#").await.unwrap();
                }
            }
            Event::NoInput => drop(caller.wait().await.unwrap()),
            Event::Recorded(recording) if recording.hung_up => {
                caller.record_and_leave(recording.seconds).await.unwrap();
            }
            Event::Recorded(recording) => match recording.ended_by {
                Some(key) => drop(caller.record_until(recording.seconds, key).await.unwrap()),
                None => drop(caller.record(recording.seconds).await.unwrap()),
            },
            Event::Fetched => {
                self.service.carrier.set(Gate::Open);
                self.it_happens(at).await;
            }
            Event::Dialled(outcome) => {
                let number = dialled(&self.groups[at - 1]).unwrap();
                self.dial_ends(number, *outcome, group.text()).await;
                self.it_happens(at).await;
            }
            Event::Started { .. } | Event::Answer(_) => panic!("{event:?} is no line of a golden call"),
        }
    }

    /// What the dialled telephone does.
    async fn dial_ends(&mut self, number: &str, outcome: DialOutcome, text: &str) {
        let is_ringing = |phase: &Phase| matches!(phase, Phase::Ringing { .. });
        match outcome {
            DialOutcome::Completed => {
                let other = self.others.get_mut(number).unwrap();
                other.until(is_ringing).await.unwrap();
                other.answer().await.unwrap();
                let seconds =
                    text.split(' ').nth(2).and_then(|length| length.strip_suffix('s')?.parse().ok());
                self.service.clock.advance(seconds.unwrap_or(60));
                other.hang_up().await.unwrap();
            }
            DialOutcome::Busy => {
                let other = self.others.get_mut(number).unwrap();
                other.until(is_ringing).await.unwrap();
                other.hang_up().await.unwrap();
            }
            DialOutcome::NoAnswer => drop(self.caller.wait().await.unwrap()),
            DialOutcome::Failed => {}
            DialOutcome::Canceled => panic!("{text}: nobody cancels a dial in a golden call"),
        }
    }

    /// Waits until what no hand on the caller's telephone does has happened there, and the telephone wants something.
    async fn it_happens(&mut self, at: usize) {
        let enough = Instant::now() + PATIENCE;
        while self.said().len() <= self.first + at {
            assert!(Instant::now() < enough, "nothing happened: {}", self.caller.transcript());
            self.caller.listen(Duration::from_millis(250)).await.unwrap();
        }
        self.caller.until(|phase| *phase != Phase::Busy).await.unwrap();
    }

    /// Asks the house what the engine will ask, without a trace, and compares its answer.
    async fn the_house_says(&self, group: &Group<'_>, call: &str) -> Result<(), Difference> {
        for ((question, written), line) in group.answers().zip(group.answer_lines()) {
            let Some(queue) = question.split(' ').next_back().filter(|_| !question.contains(" progress "))
            else {
                continue;
            };
            let outcome = match group.event() {
                Some(Event::Dialled(outcome)) if question.contains(" after dial ") => Some(*outcome),
                _ => None,
            };
            let board = self.service.board.clone();
            let caller = self.scenario.header.caller.clone();
            let told = peek(board, self.service, self.line, call, caller, queue, outcome).await;
            let lines = [written, &told].map(|answer| event_line(&Event::Answer(answer.clone())));
            if lines[0] != lines[1] {
                return Err((line, format!("    - {}\n    + {}", lines[0], lines[1])));
            }
        }
        Ok(())
    }

    fn compare(&self, group: &Group<'_>, at: usize) -> Result<(), Difference> {
        let all = self.said();
        let after = match group.input() {
            Input::HangUp => return Ok(()),
            Input::Begin => "call".to_owned(),
            Input::Event(event) => event_line(event),
        };
        let nothing = Said { after: "(nothing more)".to_owned(), lines: Vec::new() };
        let said = all.get(self.first + at).unwrap_or(&nothing);
        // A provider reports keys without the key that ends them.
        let done =
            if said.after.len() > "press #".len() { said.after.trim_end_matches('#') } else { &said.after };
        if done != after {
            return Err((group.line(), format!("    - {after}\n    + {}", said.after)));
        }
        unlike(&group.audible(), &said.lines).map_or(Ok(()), |unlike| Err((group.line(), unlike)))
    }

    /// What the group has to keep is in the database.
    fn compare_record(&self, group: &Group<'_>, call: &str) -> Result<(), Difference> {
        let kept = record::kept(&self.service.look(), call, &self.scenario.header.caller);
        let missing: Vec<_> = group.effects().into_iter().filter(|effect| !kept.contains(*effect)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err((group.line(), format!("    not in the database: {}", missing.join("; "))))
    }

    /// The call is over, and nothing but what is written was kept of it.
    fn compare_end(&self, call: &str) -> Result<(), Difference> {
        let last = self.groups[self.groups.len() - 1].line();
        let effects = self.groups.iter().flat_map(Group::effects);
        let (mut expected, database) = (record::expected(effects), self.service.look());
        let mut kept = record::kept(&database, call, &self.scenario.header.caller);
        // A place is also lost by hanging up.
        for set in [&mut expected, &mut kept] {
            set.remove("leave queue");
        }
        if expected != kept {
            return Err((last, format!("    - kept {expected:?}\n    + kept {kept:?}")));
        }
        match record::end(&database, call).as_deref() {
            Some("completed") if *self.caller.phase() == Phase::Idle => Ok(()),
            status => Err((last, format!("    the call is not over: {status:?}, {:?}", self.caller.phase()))),
        }
    }
}

fn unlike(written: &[&str], said: &[String]) -> Option<String> {
    if written == said {
        return None;
    }
    let gone = written
        .iter()
        .filter(|line| !said.iter().any(|said| said == *line))
        .map(|line| format!("    - {line}"));
    let new =
        said.iter().filter(|line| !written.contains(&line.as_str())).map(|line| format!("    + {line}"));
    let lines: Vec<String> = gone.chain(new).collect();
    Some(if lines.is_empty() { format!("    in another order: {said:?}") } else { lines.join("\n") })
}

/// A transaction that is undone, with what was seen in it.
enum Peeked {
    Said(Answer),
    Fault(String),
}

impl From<store::Error> for Peeked {
    fn from(fault: store::Error) -> Self {
        Self::Fault(fault.to_string())
    }
}

async fn peek(
    board: Switchboard,
    service: &Service,
    line: &Line,
    call: &str,
    caller: domain::Caller,
    queue: &str,
    outcome: Option<DialOutcome>,
) -> Answer {
    let (call, line, queue) = (CallId::new(call), line.clone(), queue.to_owned());
    let seen = service.store.write(move |tx| -> Result<(), Peeked> {
        let (house, now) = (board.house(), board.now());
        let language = &line.languages[0];
        // The turn to come: later than any that is stored.
        let turn = TurnNumber { branch: u32::MAX, step: u32::MAX };
        let latest = store::queue::of_call(tx, &call).map_err(switchboard::Error::from);
        let latest = latest.map_err(|fault| Peeked::Fault(fault.to_string()))?.into_iter().next();
        // Whoever asks after a conversation comes to the queue anew.
        let visit = latest.map_or(0, |entry| {
            entry.visit + u32::from(outcome.is_none() && entry.outcome == Some(Outcome::Answered))
        });
        let asking =
            Asking { call: &call, visit, line: &line.name, caller: &caller, language, ended_at: None, turn };
        let answered = match outcome {
            Some(outcome) => answer_after_dial(tx, house, &asking, &queue, outcome, now),
            None => answer_queue(tx, house, &asking, &queue, now),
        };
        Err(answered.map_or_else(|fault| Peeked::Fault(fault.to_string()), |told| Peeked::Said(told.answer)))
    });
    match seen.await {
        Err(Peeked::Said(answer)) => answer,
        Err(Peeked::Fault(fault)) => panic!("the house cannot answer: {fault}"),
        Ok(()) => panic!("nothing was asked"),
    }
}
