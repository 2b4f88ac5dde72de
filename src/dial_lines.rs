//! What a telephone heard, in the words of golden calls, so that a call made by hand can become a test.

use callflow::transcript::{event_line, verb_lines};
use callflow::{DialOutcome, Event, Prompt, Recording, Verb, tune};
use domain::{Language, PhoneNumber};
use softswitch::Notice;

/// Turns notices into lines, one call after another.
#[derive(Default)]
pub(crate) struct Lines {
    /// Keys pressed since the last line: they stand together.
    keys: String,
    /// Words in any other language carry its tag.
    usual: Option<Language>,
    /// Seconds of the waiting tune that was played last.
    tune: Option<u32>,
}

impl Lines {
    /// The lines that stand after `notice`; keys come with the notice that follows them.
    pub(crate) fn take(&mut self, notice: &Notice) -> Vec<String> {
        if let Notice::Pressed { key } = notice {
            self.keys.push(*key);
            return Vec::new();
        }
        // The display asks again for each key of a number; a golden call has one line for the number.
        let mut lines = Vec::new();
        if !self.keys.is_empty() {
            lines.push(event_line(&Event::Digits(std::mem::take(&mut self.keys))));
        }
        lines.extend(self.lines(notice));
        lines
    }

    fn lines(&mut self, notice: &Notice) -> Vec<String> {
        match notice {
            Notice::Say { language, text } => self.said(language, text),
            Notice::Play { url } => match tune::seconds_of(url) {
                // It stands with the keys that are waited for meanwhile.
                Some(seconds) => {
                    self.tune = Some(seconds);
                    Vec::new()
                }
                None => vec![format!("  [plays {}]", softswitch::notice::sound_name(url))],
            },
            Notice::Gather { most, finish_key, timeout_seconds } => {
                let tune = self.tune.take();
                self.verb(&Verb::Gather {
                    prompts: Vec::new(),
                    max_digits: most.and_then(|most| u8::try_from(most).ok()),
                    finish_key: *finish_key,
                    timeout_seconds: tune.unwrap_or(*timeout_seconds),
                    tune: tune.zip(self.usual.clone()).map(|(_, language)| Prompt {
                        language,
                        text: String::new(),
                        audio: None,
                    }),
                })
            }
            Notice::Record { most_seconds, silence_seconds, beep, .. } => self.verb(&Verb::Record {
                max_seconds: *most_seconds,
                silence_seconds: *silence_seconds,
                finish_keys: String::new(),
                beep: *beep,
            }),
            Notice::Connecting { to, timeout_seconds } => match PhoneNumber::parse(to) {
                Ok(to) => self.verb(&Verb::Dial { to, timeout_seconds: *timeout_seconds }),
                Err(_) => vec![format!("  dial {to}, {timeout_seconds} s")],
            },
            Notice::Silence => vec![event_line(&Event::NoInput)],
            Notice::Fetched => vec![event_line(&Event::Fetched)],
            Notice::Recorded { seconds, left, by } => {
                let recording =
                    Recording { url: String::new(), seconds: *seconds, hung_up: *left, ended_by: *by };
                vec![event_line(&Event::Recorded(recording))]
            }
            Notice::Dialled { outcome } => vec![event_line(&Event::Dialled(dial_outcome(outcome)))],
            Notice::Ended { reason } => match reason.as_str() {
                "finished" => self.verb(&Verb::Hangup),
                "hung-up" => vec!["hang up".to_owned()],
                other => vec![format!("# ended: {other}")],
            },
            Notice::Connected { with } => vec![format!("# connected with {with}")],
            Notice::Voice { text } => vec![format!("# they say: {text}")],
            Notice::Fault { text } => vec![format!("# fault: {text}")],
            Notice::Held { on: true } => vec!["# on hold".to_owned()],
            Notice::Held { on: false } => vec!["# no longer on hold".to_owned()],
            Notice::Inviting { to } => vec![format!("# bringing in {to}")],
            Notice::NotJoined { to, outcome } => vec![format!("# {to} did not come: {outcome}")],
            Notice::Holding { .. }
            | Notice::Peer { .. }
            | Notice::PeerGone { .. }
            | Notice::Signal { .. } => Vec::new(),
            Notice::Calling { .. } | Notice::Ringing { .. } | Notice::Answered | Notice::Pressed { .. } => {
                Vec::new()
            }
        }
    }

    fn said(&mut self, language: &str, text: &str) -> Vec<String> {
        match Language::parse(language) {
            Ok(language) => {
                self.usual.get_or_insert_with(|| language.clone());
                self.verb(&Verb::Say(Prompt { language, text: text.to_owned(), audio: None }))
            }
            Err(_) => vec![format!("  say [{language}] {text}")],
        }
    }

    /// Our own lines stand indented.
    fn verb(&self, verb: &Verb) -> Vec<String> {
        let Some(usual) = self.usual.clone().or_else(|| Language::parse("en").ok()) else {
            return Vec::new();
        };
        verb_lines(verb, &usual).into_iter().map(|line| format!("  {line}")).collect()
    }
}

fn dial_outcome(word: &str) -> DialOutcome {
    match word {
        "completed" => DialOutcome::Completed,
        "busy" => DialOutcome::Busy,
        "no-answer" => DialOutcome::NoAnswer,
        "canceled" => DialOutcome::Canceled,
        _ => DialOutcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_by_hand_reads_like_a_golden_call() {
        let say = |language: &str, text: &str| Notice::Say { language: language.into(), text: text.into() };
        let notices = [
            Notice::Calling { to: "12320".into() },
            Notice::Answered,
            say("zh-CN", "您好"),
            say("en", "Press 2"),
            Notice::Gather { most: Some(1), finish_key: None, timeout_seconds: 8 },
            Notice::Pressed { key: '1' },
            Notice::Gather { most: None, finish_key: Some('#'), timeout_seconds: 8 },
            Notice::Pressed { key: '4' },
            Notice::Pressed { key: '2' },
            Notice::Connecting { to: "8001".into(), timeout_seconds: 20 },
            Notice::Dialled { outcome: "no-answer".into() },
            Notice::Recorded { seconds: 7, left: false, by: None },
            Notice::Ended { reason: "finished".into() },
        ];
        let mut lines = Lines::default();
        let text: Vec<String> = notices.iter().flat_map(|notice| lines.take(notice)).collect();
        let call = format!("call +8613800138000, 2026-03-03 09:30\n{}", text.join("\n"));
        assert_eq!(
            call,
            "call +8613800138000, 2026-03-03 09:30\n  say 您好\n  say [en] Press 2\n  gather 1 key, 8 s\npress 1\n  \
             gather keys then #, 8 s\npress 42\n  dial 8001, 20 s\ndialled no-answer\nrecord 7s\n  hangup"
        );
        let read = callflow::transcript::read(&call).expect("golden calls read it");
        assert_eq!(read.parts.len(), 5);
    }
}
