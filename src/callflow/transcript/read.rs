//! Reads a `.call` file.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use domain::{Caller, Language, OfferId, PhoneNumber};

use super::{Header, Input, Part, Scenario, lines::outcome_word};
use crate::{Answer, DialOutcome, Event, Recording};

/// A line that cannot be read: where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ReadFault {
    pub line: u32,
    pub message: String,
}

/// Seconds that an agent's telephone rings in a golden call.
const RINGING: u32 = 20;

/// Reads one golden call.
pub fn read(text: &str) -> Result<Scenario, ReadFault> {
    let mut header: Option<Header> = None;
    let mut parts: Vec<Part> = Vec::new();
    let mut comments = Vec::new();
    for (raw, line) in text.lines().zip(1_u32..) {
        let fault = |message: String| ReadFault { line, message };
        let words = raw.trim();
        if words.is_empty() {
            continue;
        }
        if words.starts_with('#') {
            comments.push(words.to_owned());
        } else if raw.starts_with([' ', '\t']) {
            let part =
                parts.last_mut().ok_or_else(|| fault("our answers come after the `call` line".to_owned()))?;
            part.expected.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
        } else if let Some(rest) = words.strip_prefix("number ") {
            let header =
                header.as_mut().ok_or_else(|| fault("`number` comes after the `call` line".to_owned()))?;
            let (name, number) = number_line(rest).map_err(fault)?;
            header.numbers.insert(name, number);
        } else {
            let input = match &header {
                None => {
                    header = Some(header_of(words).map_err(fault)?);
                    Input::Begin
                }
                Some(_) => input(words).map_err(fault)?,
            };
            parts.push(Part {
                comments: std::mem::take(&mut comments),
                line,
                text: words.to_owned(),
                input,
                expected: Vec::new(),
            });
        }
    }
    let header = header
        .ok_or_else(|| ReadFault { line: 1, message: "no `call NUMBER, DATE TIME, open` line".to_owned() })?;
    Ok(Scenario { header, parts, epilogue: comments })
}

fn number_line(rest: &str) -> Result<(String, PhoneNumber), String> {
    let (name, number) = rest.split_once('=').ok_or("write `number config:NAME = 120`")?;
    let number = PhoneNumber::parse(number).map_err(|error| error.to_string())?;
    Ok((name.trim().to_owned(), number))
}

fn header_of(words: &str) -> Result<Header, String> {
    let usage = "begin with `call NUMBER, YYYY-MM-DD HH:MM, open` (or withheld, closed, `en remembered`)";
    let rest = words.strip_prefix("call ").ok_or(usage)?;
    let (caller, rest) = rest.split_once(',').ok_or(usage)?;
    let words: Vec<&str> = rest.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [date, time, more @ ..] = words.as_slice() else { return Err(usage.to_owned()) };
    let moment = |date: &str, time: &str| {
        NaiveDateTime::parse_from_str(&format!("{date} {time}"), "%Y-%m-%d %H:%M")
            .map_err(|error| format!("{usage}: {error}"))
    };
    let at = moment(date, time)?;
    let caller = match caller.trim() {
        "withheld" => Caller::Withheld,
        number => Caller::Known(PhoneNumber::parse(number).map_err(|error| error.to_string())?),
    };
    let mut header = Header {
        caller,
        at,
        open: true,
        next_open: None,
        remembered: None,
        records: true,
        numbers: BTreeMap::new(),
    };
    let mut more = more.iter().peekable();
    while let Some(word) = more.next() {
        match *word {
            "open" => header.open = true,
            "closed" => header.open = false,
            "unrecorded" => header.records = false,
            "until" if !header.open => match (more.next(), more.next()) {
                (Some(date), Some(time)) => header.next_open = Some(moment(date, time)?),
                _ => return Err("write `closed until YYYY-MM-DD HH:MM`".to_owned()),
            },
            tag if more.next_if_eq(&&"remembered").is_some() => {
                header.remembered = Some(Language::parse(tag).map_err(|error| error.to_string())?);
            }
            other => return Err(format!("\"{other}\" is not understood; {usage}")),
        }
    }
    Ok(header)
}

fn input(words: &str) -> Result<Input, String> {
    let all: Vec<&str> = words.split_whitespace().collect();
    Ok(Input::Event(match all.as_slice() {
        ["hang", "up"] => return Ok(Input::HangUp),
        ["press", keys] => Event::Digits(pressed(keys)?),
        ["wait"] => Event::NoInput,
        ["fetched"] => Event::Fetched,
        ["record", length] => Event::Recorded(recording(length, false)?),
        ["record", length, "hung", "up"] => Event::Recorded(recording(length, true)?),
        ["record", length, "then", key] => {
            let ended_by = Some(crate::nodes::single_key(key).ok_or_else(|| format!("\"{key}\" is no key"))?);
            Event::Recorded(Recording { ended_by, ..recording(length, false)? })
        }
        ["dialled", outcome] | ["dialled", outcome, _] => Event::Dialled(dialled(outcome)?),
        ["answer", answer @ ..] => Event::Answer(answer_of(answer)?),
        _ => {
            let known = "press KEYS, wait, record 14s, dialled completed, answer …, fetched, hang up";
            return Err(format!(
                "\"{words}\" is not understood; write one of {known}; our own lines are indented"
            ));
        }
    }))
}

/// Keys without the finish key, as a provider reports them.
fn pressed(keys: &str) -> Result<String, String> {
    let keys = if keys.len() > 1 { keys.strip_suffix('#').unwrap_or(keys) } else { keys };
    if keys.chars().all(crate::fields::is_key) {
        Ok(keys.to_owned())
    } else {
        Err(format!("\"{keys}\" cannot be pressed"))
    }
}

fn seconds(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('s').and_then(|number| number.parse().ok());
    number.ok_or_else(|| format!("\"{text}\" is no length; write it as 14s"))
}

fn recording(length: &str, hung_up: bool) -> Result<Recording, String> {
    Ok(Recording { url: "scenario:recording".to_owned(), seconds: seconds(length)?, hung_up, ended_by: None })
}

fn dialled(word: &str) -> Result<DialOutcome, String> {
    use DialOutcome::{Busy, Canceled, Completed, Failed, NoAnswer};
    let all = [Completed, Busy, NoAnswer, Failed, Canceled];
    let known = || all.map(outcome_word).join(", ");
    all.into_iter()
        .find(|outcome| outcome_word(*outcome) == word)
        .ok_or_else(|| format!("no dial ends as \"{word}\"; it ends as {}", known()))
}

fn answer_of(words: &[&str]) -> Result<Answer, String> {
    Ok(match words {
        ["waiting", position, more @ ..] => {
            let position = position.parse().map_err(|_| format!("\"{position}\" is no place in a queue"))?;
            let (callback, more) = match more {
                [more @ .., "callback"] => (true, more),
                more => (false, more),
            };
            let estimate_seconds = more.first().map(|text| seconds(text)).transpose()?;
            Answer::Waiting { position, estimate_seconds, callback_offered: callback }
        }
        ["ring", phone] => {
            let phone = PhoneNumber::parse(phone).map_err(|error| error.to_string())?;
            Answer::Ring { offer: OfferId::new("scenario"), phone, timeout_seconds: RINGING }
        }
        ["nobody"] => Answer::NobodyThere,
        ["served"] => Answer::Served,
        ["left"] => Answer::Left,
        ["progress", status] => Answer::Progress { status: (*status).to_owned() },
        ["no-such-case"] => Answer::NoSuchCase,
        ["too-many-tries"] => Answer::TooManyTries,
        ["down"] => Answer::Down,
        _ => {
            let known = "waiting 2 180s callback, ring 8001, nobody, served, left, progress WORD, no-such-case, too-many-tries, down";
            return Err(format!("the house answers one of: {known}"));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_read_with_its_comments() {
        let text = "# Night.\ncall withheld, 2026-03-03 23:40, en remembered, closed\nnumber config:emergency = 120\n\n  say  Hello   there\n# why\npress 0#\nanswer waiting 2 180s callback\nhang up\n# end";
        let scenario = read(text).unwrap();
        assert!(!scenario.header.open);
        assert_eq!(scenario.header.remembered.as_ref().map(Language::as_str), Some("en"));
        assert_eq!(scenario.header.numbers["config:emergency"].as_str(), "120");
        assert_eq!(scenario.parts[0].expected, ["say Hello there"]);
        assert_eq!(scenario.parts[1].input, Input::Event(Event::Digits("0".to_owned())));
        let waiting = Answer::Waiting { position: 2, estimate_seconds: Some(180), callback_offered: true };
        assert_eq!(scenario.parts[2].input, Input::Event(Event::Answer(waiting)));
        assert_eq!(scenario.parts[3].input, Input::HangUp);
        assert_eq!(scenario.epilogue, ["# end"]);
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        for words in [
            "press 12*",
            "wait",
            "record 14s",
            "record 3s hung up",
            "dialled no-answer",
            "fetched",
            "answer waiting 3",
            "answer waiting 1 60s",
            "answer ring 8001",
            "answer nobody",
            "answer served",
            "answer left",
            "answer progress received",
            "answer no-such-case",
            "answer too-many-tries",
            "answer down",
        ] {
            let Input::Event(event) = input(words).unwrap() else { panic!("{words}") };
            assert_eq!(super::super::event_line(&event), words);
        }
    }

    #[test]
    fn a_line_that_is_no_line_is_named() {
        for (text, line, part) in [
            ("", 1, "no `call"),
            ("call +86, now", 1, "begin with"),
            ("call 123, 2026-03-03 10:00\npress x", 2, "cannot be pressed"),
            ("call 123, 2026-03-03 10:00\ndance", 2, "not understood"),
            ("  say x", 1, "after the `call`"),
        ] {
            let fault = read(text).unwrap_err();
            assert_eq!(fault.line, line, "{text}");
            assert!(fault.message.contains(part), "{}", fault.message);
        }
    }
}
