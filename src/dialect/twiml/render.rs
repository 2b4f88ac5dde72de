//! Verbs to documents that every TwiML executor knows: Say, Play, Gather, Record, Dial, Redirect, Hangup.
//! No Pause (Somleng refuses it), no Enqueue, Leave or Conference: the queue is the house's own.

use std::io;

use callflow::{Prompt, Verb};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::voices::voice_for;
use crate::links::Links;

/// Providers refuse documents over 64 KiB; room is kept for the verbs that end a document.
const MOST_SPOKEN_BYTES: usize = 56 * 1024;
/// Longest text of one Say, in characters.
const LONGEST_SAY: usize = 4_000;

/// The document for `verbs`. Whatever stands behind a verb that ends a document is left out: no provider
/// would reach it. What is spoken beyond the size limit is left out too, so that the call goes on.
pub fn render(verbs: &[Verb], links: &Links<'_>) -> String {
    let mut document = Document { xml: Writer::new(Vec::with_capacity(1024)), links, spoken: 0 };
    // Writing to memory cannot fail; were it to, a hang-up is the only document that is always true.
    match document.write(verbs) {
        Ok(()) => String::from_utf8(document.xml.into_inner()).unwrap_or_else(|_| HANG_UP.to_owned()),
        Err(_) => HANG_UP.to_owned(),
    }
}

const HANG_UP: &str = "<Response><Hangup/></Response>";

struct Document<'d> {
    xml: Writer<Vec<u8>>,
    links: &'d Links<'d>,
    spoken: usize,
}

impl Document<'_> {
    fn write(&mut self, verbs: &[Verb]) -> io::Result<()> {
        self.xml.write_event(Event::Decl(quick_xml::events::BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.open("Response", &[])?;
        for verb in verbs {
            self.verb(verb)?;
            if !matches!(verb, Verb::Say(_)) {
                break;
            }
        }
        self.close("Response")
    }

    fn verb(&mut self, verb: &Verb) -> io::Result<()> {
        match verb {
            Verb::Say(prompt) => self.prompt(prompt),
            Verb::Gather { prompts, max_digits, finish_key, timeout_seconds } => {
                self.gather(prompts, *max_digits, *finish_key, *timeout_seconds)
            }
            Verb::Record { max_seconds, silence_seconds, finish_key, beep } => {
                self.record(*max_seconds, *silence_seconds, *finish_key, *beep)
            }
            Verb::Dial { to, timeout_seconds } => self.dial(to.as_str(), *timeout_seconds),
            Verb::Next => self.redirect(),
            Verb::Hangup => self.xml.write_event(Event::Empty(BytesStart::new("Hangup"))),
        }
    }

    fn prompt(&mut self, prompt: &Prompt) -> io::Result<()> {
        if let (Some(folder), Some(audio)) = (self.links.audio, &prompt.audio) {
            let address = format!("{folder}/{}", path(audio));
            return self.element("Play", &[], &address);
        }
        let text = speakable(&prompt.text);
        let left = MOST_SPOKEN_BYTES.saturating_sub(self.spoken);
        let escaped = quick_xml::escape::escape(text.as_str()).len();
        if text.is_empty() || escaped > left {
            return Ok(());
        }
        self.spoken += escaped + 64;
        let (tag, voice) = voice_for(&prompt.language);
        match voice {
            Some(voice) => self.element("Say", &[("language", tag), ("voice", voice)], &text),
            None => self.element("Say", &[("language", tag)], &text),
        }
    }

    fn gather(
        &mut self,
        prompts: &[Prompt],
        most: Option<u8>,
        finish: Option<char>,
        seconds: u32,
    ) -> io::Result<()> {
        let (seconds, finish) = (seconds.max(1).to_string(), finish.map(String::from).unwrap_or_default());
        let most = most.map(|most| most.max(1).to_string());
        let mut attributes = vec![
            ("action", self.links.action),
            ("method", "POST"),
            ("timeout", seconds.as_str()),
            ("finishOnKey", finish.as_str()),
        ];
        if let Some(most) = &most {
            attributes.push(("numDigits", most));
        }
        self.open("Gather", &attributes)?;
        for prompt in prompts {
            self.prompt(prompt)?;
        }
        self.close("Gather")?;
        self.redirect()
    }

    fn record(&mut self, most: u32, silence: u32, finish: Option<char>, beep: bool) -> io::Result<()> {
        let (most, silence) = (most.clamp(1, 3_600).to_string(), silence.to_string());
        let finish = finish.map(String::from);
        let mut attributes = vec![
            ("action", self.links.action),
            ("method", "POST"),
            ("maxLength", most.as_str()),
            ("timeout", silence.as_str()),
            ("playBeep", if beep { "true" } else { "false" }),
        ];
        if let Some(finish) = &finish {
            attributes.push(("finishOnKey", finish));
        }
        if let Some(told) = self.links.recording_status {
            attributes.push(("recordingStatusCallback", told));
            attributes.push(("recordingStatusCallbackMethod", "POST"));
        }
        self.empty("Record", &attributes)?;
        self.redirect()
    }

    fn dial(&mut self, to: &str, seconds: u32) -> io::Result<()> {
        let seconds = seconds.clamp(5, 600).to_string();
        let mut attributes =
            vec![("action", self.links.action), ("method", "POST"), ("timeout", seconds.as_str())];
        if let Some(shown) = self.links.caller_id {
            attributes.push(("callerId", shown));
        }
        self.open("Dial", &attributes)?;
        let noun = if to.starts_with("sip:") || to.starts_with("sips:") { "Sip" } else { "Number" };
        let told = self.links.dial_status.map(|told| {
            [
                ("statusCallback", told),
                ("statusCallbackEvent", "initiated ringing answered completed"),
                ("statusCallbackMethod", "POST"),
            ]
        });
        self.element(noun, told.as_ref().map_or(&[], |told| &told[..]), to)?;
        self.close("Dial")
    }

    fn redirect(&mut self) -> io::Result<()> {
        self.element("Redirect", &[("method", "POST")], self.links.way_out)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.xml.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.xml.write_event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.xml.write_event(Event::Text(BytesText::new(text)))?;
        self.close(name)
    }
}

/// Text without what XML cannot carry, white space made single, not longer than one Say may be.
fn speakable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')));
    }
    match clean.char_indices().nth(LONGEST_SAY) {
        Some((end, _)) => clean[..end].to_owned(),
        None => clean,
    }
}

/// A file's path as part of an address: every character but letters, digits, `/`, `.`, `-`, `_` escaped.
fn path(file: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');
    percent_encoding::utf8_percent_encode(file, KEEP).to_string()
}

#[cfg(test)]
mod tests;
