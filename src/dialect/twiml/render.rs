//! Verbs to documents of what every TwiML executor knows: Say, Play, Gather, Record, Dial, Redirect, Hangup.
//! No Pause (Somleng refuses it), no Enqueue or Leave: the queue is the house's own. Conference stands only where the
//! profile has rooms. Which attributes are written, and within which limits, the profile says.

use std::io;
use std::ops::RangeInclusive;

use callflow::{Prompt, Verb};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::profiles::Profile;
use super::voices::voice_for;
use crate::links::Links;

/// Providers refuse documents over 64 KiB; room is kept for the verbs that end a document.
const MOST_SPOKEN_BYTES: usize = 56 * 1024;
/// The document for `verbs`. Whatever stands behind a verb that ends a document is left out: no provider
/// would reach it. What is spoken beyond the size limit is left out too, so that the call goes on.
pub fn render(profile: &'static Profile, verbs: &[Verb], links: &Links<'_>) -> String {
    let xml = Writer::new(Vec::with_capacity(1024));
    let mut document = Document { profile, xml, links, spoken: 0 };
    // Writing to memory cannot fail; were it to, a hang-up is the only document that is always true.
    match document.write(verbs) {
        Ok(()) => String::from_utf8(document.xml.into_inner()).unwrap_or_else(|_| HANG_UP.to_owned()),
        Err(_) => HANG_UP.to_owned(),
    }
}

const HANG_UP: &str = "<Response><Hangup/></Response>";

struct Document<'d> {
    profile: &'static Profile,
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
            Verb::Gather { prompts, max_digits, finish_key, timeout_seconds, tune } => {
                let (played, seconds) = self.links.with_tune(prompts, tune.as_ref(), *timeout_seconds);
                self.gather(&played, *max_digits, *finish_key, seconds)
            }
            Verb::Record { max_seconds, silence_seconds, finish_keys, beep } => {
                self.record(*max_seconds, *silence_seconds, finish_keys, *beep)
            }
            Verb::Dial { to, timeout_seconds } => self.dial(to.as_str(), *timeout_seconds),
            Verb::Meet { room } => self.meet(room),
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
        let (tag, voice) = voice_for(self.profile.markup.voices, &prompt.language);
        let attributes = [Some(("language", tag)), voice.map(|voice| ("voice", voice))];
        let attributes: Vec<(&str, &str)> = attributes.into_iter().flatten().collect();
        for piece in pieces(&text, self.profile.markup.longest_say) {
            let escaped = quick_xml::escape::escape(piece).len();
            if escaped > MOST_SPOKEN_BYTES.saturating_sub(self.spoken) {
                break;
            }
            self.spoken += escaped + 64;
            self.element("Say", &attributes, piece)?;
        }
        Ok(())
    }

    fn gather(
        &mut self,
        prompts: &[&Prompt],
        most: Option<u8>,
        finish: Option<char>,
        seconds: u32,
    ) -> io::Result<()> {
        let abilities = &self.profile.abilities;
        let seconds = within(&abilities.gather_seconds, seconds);
        let finish = finish.map(String::from).unwrap_or_default();
        let most = most.map(|most| most.clamp(1, abilities.most_digits).to_string());
        let mut attributes = vec![("action", self.links.action)];
        if self.profile.markup.gather_method {
            attributes.push(("method", "POST"));
        }
        attributes.push(("timeout", &seconds));
        attributes.push(("finishOnKey", &finish));
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

    fn record(&mut self, most: u32, silence: u32, finish: &str, beep: bool) -> io::Result<()> {
        let abilities = &self.profile.abilities;
        let most = within(&abilities.record_seconds, most);
        // Zero: silence does not end it.
        let silence = if abilities.record_ends_on_silence { silence } else { 0 }.to_string();
        let mut attributes = vec![
            ("action", self.links.action),
            ("method", "POST"),
            ("maxLength", most.as_str()),
            ("timeout", silence.as_str()),
            ("playBeep", if beep { "true" } else { "false" }),
        ];
        if !finish.is_empty() {
            attributes.push(("finishOnKey", finish));
        }
        if let Some(told) = self.links.recording_status.filter(|_| abilities.recordings_told) {
            attributes.push(("recordingStatusCallback", told));
            attributes.push(("recordingStatusCallbackMethod", "POST"));
        }
        self.empty("Record", &attributes)?;
        self.redirect()
    }

    fn dial(&mut self, to: &str, seconds: u32) -> io::Result<()> {
        let abilities = &self.profile.abilities;
        let seconds = within(&abilities.ring_seconds, seconds);
        let mut attributes =
            vec![("action", self.links.action), ("method", "POST"), ("timeout", seconds.as_str())];
        let showable = |shown: &&str| !abilities.shows_e164_only || shown.starts_with('+');
        if let Some(shown) = self.links.caller_id.filter(showable) {
            attributes.push(("callerId", shown));
        }
        self.open("Dial", &attributes)?;
        let noun = if to.starts_with("sip:") || to.starts_with("sips:") { "Sip" } else { "Number" };
        let mut told = Vec::new();
        if let Some(address) = self.links.dial_status.filter(|_| abilities.legs_told) {
            told.push(("statusCallback", address));
            told.push(("statusCallbackEvent", "initiated ringing answered completed"));
            told.push(("statusCallbackMethod", "POST"));
        }
        let detects = noun == "Number" && self.profile.markup.detects_on_dial;
        if let Some(address) = self.links.machine_status.filter(|_| detects) {
            told.push(("machineDetection", "DetectMessageEnd"));
            told.push(("amdStatusCallback", address));
            told.push(("amdStatusCallbackMethod", "POST"));
        }
        self.element(noun, &told, to)?;
        self.close("Dial")
    }

    /// A room that nobody begins or ends: the house fetches each call out of it.
    fn meet(&mut self, room: &str) -> io::Result<()> {
        self.open("Dial", &[("action", self.links.action), ("method", "POST")])?;
        let quiet = [("beep", "false"), ("startConferenceOnEnter", "true"), ("endConferenceOnExit", "false")];
        self.element("Conference", &quiet, room)?;
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

/// Seconds that a provider takes; scripts that ask for others are refused by the checker.
fn within(range: &RangeInclusive<u32>, seconds: u32) -> String {
    seconds.clamp(*range.start(), *range.end()).to_string()
}

/// Text without what XML cannot carry, white space made single.
fn speakable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')));
    }
    clean
}

/// The text in pieces of at most `longest` characters, cut behind a sentence or a word where there is one.
fn pieces(text: &str, longest: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let room = rest.char_indices().nth(longest).map_or(rest.len(), |(end, _)| end);
        let head = rest.get(..room)?;
        let behind =
            |ends: &[char]| head.rfind(ends).and_then(|at| Some(at + head[at..].chars().next()?.len_utf8()));
        let cut = if room == rest.len() {
            None
        } else {
            behind(&['.', '!', '?', '。', '!', '?']).or_else(|| behind(&[' ', ',', ',']))
        };
        let (piece, after) = rest.split_at(cut.unwrap_or(room));
        rest = after.trim_start();
        Some(piece.trim_end()).filter(|piece| !piece.is_empty())
    })
}

/// A file's path as part of an address: every character but letters, digits, `/`, `.`, `-`, `_` escaped.
fn path(file: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');
    percent_encoding::utf8_percent_encode(file, KEEP).to_string()
}

#[cfg(test)]
mod official;
#[cfg(test)]
mod tests;
