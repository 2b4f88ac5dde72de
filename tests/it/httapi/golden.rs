//! Every golden call of the shipped lines once more, through documents and hooks of httapi: our small switch hears
//! exactly the words of each document, in their order, and what it then sends is read as exactly what the golden call
//! says has happened.

use callflow::transcript::{Input, Scenario};
use callflow::{DialOutcome, Event, Recording, Verb, transcript};
use dialect::incoming::Kind;
use dialect::{CallStatus, Hook, Links, Route};

use super::calls::{silent, spoken, written};
use super::switch::{Asked, Doing, Leg};
use super::wire::Answer;
use crate::golden_calls::shipped_script;
use crate::tidy;

const BASE: &str = "https://hotline.example/voice/fs/line";

/// What happens in a golden call, without what the house answers to itself.
fn happenings(scenario: &Scenario) -> Vec<&Input> {
    let inputs = scenario.parts.iter().map(|part| &part.input);
    inputs.filter(|input| !matches!(input, Input::Event(Event::Answer(_)))).collect()
}

/// The service of one golden call: its documents, written for the address that asks for them.
struct House {
    documents: Vec<Vec<Verb>>,
    expected: Vec<Event>,
}

impl House {
    /// The answer to a hook. The number of the turn stands in the address, where a real one has its token.
    fn answer(&self, asked: &Asked) -> Answer {
        let (path, query) =
            asked.url.strip_prefix(BASE).unwrap().split_once('?').unwrap_or((&asked.url[BASE.len()..], ""));
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let turn: usize = value("t").map_or(0, |text| text.parse().unwrap());
        let part = value("part").map_or(0, |text| text.parse().unwrap());
        let route = match path {
            "" => Route::First,
            _ => Route::Step { none: value("none").is_some(), fetched: value("fetched").is_some() },
        };
        let (kind, body) = written(asked);
        let headers = |name: &str| (name == "content-type").then_some(kind.as_str());
        let hook = Hook::new("POST", &asked.url, &headers, &body).unwrap();
        let dialect = dialect::by_name("httapi", "freeswitch").unwrap();
        let incoming = dialect.parse(&hook, route).unwrap_or_else(|error| panic!("turn {turn}: {error}"));
        match incoming.kind {
            Kind::Status(_) => return reply(dialect.acknowledgement().to_owned()),
            Kind::Start => assert_eq!(turn, 0),
            // The caller left while a telephone rang: the end of the dial comes with the end of the call.
            Kind::Step(Event::Dialled(DialOutcome::Canceled)) if self.expected.len() < turn => {
                assert_eq!(incoming.status, Some(CallStatus::Completed));
                return reply(dialect.acknowledgement().to_owned());
            }
            Kind::Step(event) if part == 0 => same(&event, &self.expected[turn - 1], turn),
            Kind::Step(_) => {}
            Kind::Recording(_) => panic!("turn {turn}: a recording without a step"),
        }
        let again = format!("{BASE}{path}{}", value("t").map(|t| format!("?t={t}")).unwrap_or_default());
        let (action, way_out) =
            (format!("{BASE}/step?t={}", turn + 1), format!("{BASE}/step?t={}&none=1", turn + 1));
        let links = Links {
            action: &action,
            way_out: &way_out,
            recording_status: None,
            dial_status: Some("https://hotline.example/voice/fs/line/status"),
            machine_status: None,
            audio: None,
            caller_id: None,
            again: Some(&again),
            part,
        };
        reply(dialect.render(&self.documents[turn], &links))
    }
}

fn reply(body: String) -> Answer {
    Answer { status: 200, content_type: "text/xml; charset=utf-8".to_owned(), body }
}

/// The same event; where a recording is kept is nothing that the switch knows.
fn same(told: &Event, expected: &Event, turn: usize) {
    match (told, expected) {
        (Event::Recorded(told), Event::Recorded(expected)) => {
            let known = |it: &Recording| (it.seconds, it.hung_up, it.ended_by);
            assert_eq!(known(told), known(expected), "turn {turn}");
        }
        _ => assert_eq!(told, expected, "turn {turn}"),
    }
}

/// The words of a document, in order.
fn words(verbs: &[Verb]) -> String {
    let prompts = verbs.iter().flat_map(|verb| match verb {
        Verb::Say(prompt) => std::slice::from_ref(prompt),
        Verb::Gather { prompts, .. } => prompts,
        _ => &[],
    });
    let words: Vec<&str> = prompts.flat_map(|prompt| prompt.text.split_whitespace()).collect();
    words.join(" ")
}

/// Does what the golden call says.
fn carry_out(leg: &mut Leg<'_>, input: &Input, turn: usize) {
    let event = match input {
        Input::Begin => return leg.dial(),
        Input::HangUp => return leg.hang_up(),
        Input::Event(event) => event,
    };
    match event {
        Event::Digits(keys) => {
            let Doing::Keys(tag) = &leg.doing else { panic!("turn {turn}: {:?}", leg.doing) };
            let ends = tag.get("terminators").unwrap_or_default().to_owned();
            leg.press(&format!("{keys}{ends}"));
        }
        Event::NoInput => match leg.doing {
            Doing::Recording(_) => leg.record(silent(5), None),
            _ => leg.silence(),
        },
        Event::Recorded(recording) if recording.hung_up => leg.record_and_leave(spoken(recording.seconds)),
        Event::Recorded(recording) => leg.record(spoken(recording.seconds), recording.ended_by),
        Event::Dialled(outcome) => leg.dialled(match outcome {
            DialOutcome::Completed => "SUCCESS",
            DialOutcome::Busy => "USER_BUSY",
            DialOutcome::NoAnswer => "NO_ANSWER",
            DialOutcome::Failed => "NORMAL_TEMPORARY_FAILURE",
            DialOutcome::Canceled => "ORIGINATOR_CANCEL",
        }),
        Event::Fetched => leg.transfer(&format!("{BASE}/step?t={turn}&fetched=1")),
        Event::Started { .. } | Event::Answer(_) => panic!("{event:?} is no line of a golden call"),
    }
}

fn play(line: &str, path: &str) {
    let scenario = transcript::read(&tidy::text(path)).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    let documents = transcript::play(&shipped_script(line), &scenario)
        .unwrap_or_else(|fault| panic!("{path}: {fault}"))
        .documents;
    let happenings = happenings(&scenario);
    let events = happenings.iter().filter_map(|input| match input {
        Input::Event(event) => Some(event.clone()),
        Input::Begin | Input::HangUp => None,
    });
    let house = House { documents, expected: events.collect() };
    let caller = scenario.header.caller.number().map_or("anonymous", |number| number.as_str());
    let mut leg = Leg::new("u-1", caller, line, BASE, |asked| house.answer(asked));
    let mut before = 0;
    for (turn, input) in happenings.iter().enumerate() {
        carry_out(&mut leg, input, turn);
        let left = matches!(input, Input::HangUp)
            || matches!(input, Input::Event(Event::Recorded(recording)) if recording.hung_up);
        if left {
            assert_eq!(leg.doing, Doing::Over, "{path}");
            continue;
        }
        let heard: Vec<&str> = leg.heard[before..].iter().map(|(_, words)| words.as_str()).collect();
        let heard: Vec<&str> =
            heard.into_iter().filter(|words| !words.starts_with("silence_stream:")).collect();
        assert_eq!(heard.join(" "), words(&house.documents[turn]), "{path}: turn {turn}");
        before = leg.heard.len();
    }
    assert_eq!(leg.doing, Doing::Over, "{path}: the call goes on");
}

#[test]
fn every_golden_call_sounds_the_same_on_a_switch_of_ones_own() {
    let mut calls = 0;
    for line in tidy::folders("ivr-scripts") {
        for path in tidy::files(&format!("ivr-scripts/{line}/scenarios"), &["call"]) {
            play(&line, &path);
            calls += 1;
        }
    }
    println!("{calls} golden calls through httapi");
    assert!(calls >= 29);
}
