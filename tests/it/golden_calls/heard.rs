//! What a telephone heard, in the lines of a golden call.

use callflow::transcript::{event_line, verb_lines};
use callflow::{Event, Prompt, Recording, Verb, tune};
use domain::{Language, PhoneNumber};
use softswitch::{Heard, Notice};

/// What happened on a telephone, and what was heard until the next thing happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) after: String,
    pub(super) lines: Vec<String>,
}

/// Sorts what was heard. Words in another language than `usual` carry its tag.
pub(super) fn said(heard: &[Heard], usual: &Language) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    // Seconds of the tune that fills the time in which keys are waited for.
    let mut tune = None;
    for Heard { notice, .. } in heard {
        if let Notice::Pressed { key } = notice
            && let Some(last) = all.last_mut()
            && last.after.starts_with("press ")
            && last.lines.is_empty()
        {
            last.after.push(*key);
        } else if let Some(after) = margin(notice) {
            all.push(Said { after, lines: Vec::new() });
        } else if let Some(seconds) = played(notice) {
            tune = Some(seconds);
        } else if let Some(last) = all.last_mut() {
            last.lines.extend(ours(notice, tune.take(), usual));
        }
    }
    all
}

/// A line at the margin.
fn margin(notice: &Notice) -> Option<String> {
    match notice {
        Notice::Calling { .. } => Some("call".to_owned()),
        Notice::Pressed { key } => Some(format!("press {key}")),
        Notice::Silence => Some(event_line(&Event::NoInput)),
        Notice::Recorded { seconds, left, by } => {
            let recording =
                Recording { url: String::new(), seconds: *seconds, hung_up: *left, ended_by: *by };
            Some(event_line(&Event::Recorded(recording)))
        }
        Notice::Fetched => Some(event_line(&Event::Fetched)),
        Notice::Dialled { outcome } => Some(format!("dialled {outcome}")),
        _ => None,
    }
}

/// How long a waiting tune lasts that is played.
fn played(notice: &Notice) -> Option<u32> {
    if let Notice::Play { url } = notice { tune::seconds_of(url) } else { None }
}

/// Lines of ours; `tune` is played for so many seconds in front of what is waited for.
fn ours(notice: &Notice, tune: Option<u32>, usual: &Language) -> Vec<String> {
    let verb = match notice {
        Notice::Say { language, text } => {
            let language = Language::parse(language).unwrap();
            Verb::Say(Prompt { language, text: text.clone(), audio: None })
        }
        Notice::Gather { most, finish_key, timeout_seconds } => Verb::Gather {
            prompts: Vec::new(),
            max_digits: most.map(|most| u8::try_from(most).unwrap()),
            finish_key: *finish_key,
            timeout_seconds: tune.unwrap_or(*timeout_seconds),
            tune: tune.map(|_| Prompt { language: usual.clone(), text: String::new(), audio: None }),
        },
        Notice::Record { most_seconds, silence_seconds, beep, .. } => Verb::Record {
            max_seconds: *most_seconds,
            silence_seconds: *silence_seconds,
            finish_keys: String::new(),
            beep: *beep,
        },
        Notice::Connecting { to, timeout_seconds } => {
            Verb::Dial { to: PhoneNumber::parse(to).unwrap(), timeout_seconds: *timeout_seconds }
        }
        Notice::Ended { reason } if reason == "finished" => Verb::Hangup,
        Notice::Ended { reason } if reason == "hung-up" => return Vec::new(),
        Notice::Ended { reason } => return vec![format!("ended: {reason}")],
        Notice::Fault { text } => return vec![format!("fault: {text}")],
        Notice::Play { url } => return vec![format!("play {url}")],
        _ => return Vec::new(),
    };
    let lines = verb_lines(&verb, usual);
    // As the reader of golden calls does.
    lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}
