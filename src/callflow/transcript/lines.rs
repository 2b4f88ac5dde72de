//! One line for each thing that happens in a call.

use domain::{Caller, Language};

use super::Header;
use crate::{Answer, DialOutcome, Effect, Event, Prompt, Question, Recording, Trouble, Verb};

/// `call +8613800138000, 2026-03-03 23:30, en remembered, closed until 2026-03-04 08:00`
pub fn header_line(header: &Header) -> String {
    let mut line = format!("call {}, {}", caller_word(&header.caller), header.at.format("%Y-%m-%d %H:%M"));
    if let Some(language) = &header.remembered {
        line.push_str(&format!(", {language} remembered"));
    }
    line.push_str(if header.open { ", open" } else { ", closed" });
    if let Some(at) = header.next_open {
        line.push_str(&at.format(" until %Y-%m-%d %H:%M").to_string());
    }
    if !header.records {
        line.push_str(", unrecorded");
    }
    line
}

fn caller_word(caller: &Caller) -> &str {
    caller.number().map_or("withheld", |number| number.as_str())
}

/// What the caller, the telephone or the house did.
pub fn event_line(event: &Event) -> String {
    match event {
        Event::Started { caller, .. } => format!("call {}", caller_word(caller)),
        Event::Digits(keys) => format!("press {keys}"),
        Event::NoInput => "wait".to_owned(),
        Event::Recorded(recording) if recording.hung_up => format!("record {}s hung up", recording.seconds),
        Event::Recorded(Recording { seconds, ended_by: Some(key), .. }) if *key != '#' => {
            format!("record {seconds}s then {key}")
        }
        Event::Recorded(recording) => format!("record {}s", recording.seconds),
        Event::Dialled(outcome) => format!("dialled {}", outcome_word(*outcome)),
        Event::Fetched => "fetched".to_owned(),
        Event::Answer(answer) => format!("answer {}", answer_words(answer)),
    }
}

pub(super) fn outcome_word(outcome: DialOutcome) -> &'static str {
    match outcome {
        DialOutcome::Completed => "completed",
        DialOutcome::Busy => "busy",
        DialOutcome::NoAnswer => "no-answer",
        DialOutcome::Failed => "failed",
        DialOutcome::Canceled => "canceled",
    }
}

fn answer_words(answer: &Answer) -> String {
    match answer {
        Answer::Waiting { position, estimate_seconds, callback_offered } => {
            let estimate = estimate_seconds.map(|seconds| format!(" {seconds}s")).unwrap_or_default();
            format!("waiting {position}{estimate}{}", if *callback_offered { " callback" } else { "" })
        }
        Answer::Ring { phone, .. } => format!("ring {}", phone.as_str()),
        Answer::NobodyThere => "nobody".to_owned(),
        Answer::Served => "served".to_owned(),
        Answer::Left => "left".to_owned(),
        Answer::Progress { status } => format!("progress {status}"),
        Answer::NoSuchCase => "no-such-case".to_owned(),
        Answer::TooManyTries => "too-many-tries".to_owned(),
        Answer::Down => "down".to_owned(),
    }
}

/// What the caller hears and may do. Words in another language than `usual` carry its tag.
pub fn verb_lines(verb: &Verb, usual: &Language) -> Vec<String> {
    match verb {
        Verb::Say(prompt) => vec![say_line(prompt, usual)],
        Verb::Gather { prompts, max_digits, finish_key, timeout_seconds, tune } => {
            let mut lines: Vec<String> = prompts.iter().map(|prompt| say_line(prompt, usual)).collect();
            let most = match max_digits {
                Some(1) => "1 key".to_owned(),
                Some(most) => format!("up to {most} keys"),
                None => "keys".to_owned(),
            };
            let finish = finish_key.map(|key| format!(" then {key}")).unwrap_or_default();
            let music = if tune.is_some() { " with music" } else { "" };
            lines.push(format!("gather {most}{finish}{music}, {timeout_seconds} s"));
            lines
        }
        Verb::Record { max_seconds, silence_seconds, .. } => {
            vec![format!("record up to {max_seconds} s, until {silence_seconds} s of silence")]
        }
        Verb::Dial { to, timeout_seconds } => vec![format!("dial {}, {timeout_seconds} s", to.as_str())],
        Verb::Meet { room } => vec![format!("meet {room}")],
        Verb::Next => vec!["next".to_owned()],
        Verb::Hangup => vec!["hangup".to_owned()],
    }
}

fn say_line(prompt: &Prompt, usual: &Language) -> String {
    if prompt.language == *usual {
        format!("say {}", prompt.text)
    } else {
        format!("say [{}] {}", prompt.language, prompt.text)
    }
}

/// What the house has to keep.
pub fn effect_line(effect: &Effect) -> String {
    match effect {
        Effect::Note { key, value } => format!("note {key} = {value}"),
        Effect::SetLanguage(language) => format!("language {language}"),
        Effect::LeaveQueue => "leave queue".to_owned(),
        Effect::PromiseCallback { number: None } => "promise callback".to_owned(),
        Effect::PromiseCallback { number: Some(number) } => format!("promise callback {number}"),
        Effect::TakeMessage { purpose, recording } => format!("message {purpose}, {} s", recording.seconds),
        Effect::Rate { question, score } => format!("rate {question} {score}"),
        Effect::Emergency => "emergency".to_owned(),
    }
}

/// What the house is asked.
pub fn question_line(question: &Question) -> String {
    match question {
        Question::Queue { queue, .. } => format!("ask queue {queue}"),
        Question::AfterDial { queue, .. } => format!("ask after dial {queue}"),
        // The PIN is a secret even in a test.
        Question::Lookup { case_number, .. } => format!("ask progress of {case_number}"),
    }
}

/// What went wrong.
pub fn trouble_line(trouble: &Trouble) -> String {
    let detail = if trouble.detail.is_empty() { String::new() } else { format!(": {}", trouble.detail) };
    format!("trouble {} at {}{detail}", trouble.code, trouble.node)
}
