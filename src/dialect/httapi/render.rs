//! Verbs to documents of mod_httapi.
//!
//! What shapes them, all of it seen in captures or read in the module: every address is absolute; an `action` is
//! asked for all that follows, so each document names its own; after keys were matched the tags behind go on, so keys
//! are only asked for by the last tag; a document without an end is fetched again at once, which is how
//! [`Verb::Next`] is written; an unknown tag, an empty document or `<answer/>` ends the call.

use std::io;

use callflow::{Prompt, Verb};
use percent_encoding::NON_ALPHANUMERIC;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::entry::Entry;
use super::names;
use super::speech::{Turn, turns_of};
use super::voices::voice_for;
use super::words::{address, id_or_nothing, number_or_nothing, speakable, with_query};
use crate::links::Links;

/// Sound before a recording.
const BEEP: &str = "tone_stream://%(250,0,800)";
/// Amplitude under which the switch hears silence.
const THRESHOLD: &str = "200";
/// Where nothing is to be said before keys.
const NOTHING_TO_SAY: &str = "silence_stream://100";
/// Longest document that is filled with speech; providers take more, callers do not.
const MOST_SPOKEN_BYTES: usize = 56 * 1024;

/// The document for `verbs`, or the part of it that `links` asks for.
pub fn render(verbs: &[Verb], links: &Links<'_>) -> String {
    let mut document = Document { xml: Writer::new(Vec::with_capacity(1024)), links, spoken: 0 };
    // Writing to memory cannot fail; were it to, a hang-up is the only document that is always true.
    match document.write(verbs) {
        Ok(()) => String::from_utf8(document.xml.into_inner()).unwrap_or_else(|_| HANG_UP.to_owned()),
        Err(_) => HANG_UP.to_owned(),
    }
}

const HANG_UP: &str = r#"<document type="xml/freeswitch-httapi"><work><hangup/></work></document>"#;

/// Attributes of a tag.
type Attributes<'a> = Vec<(&'static str, &'a str)>;

struct Document<'d> {
    xml: Writer<Vec<u8>>,
    links: &'d Links<'d>,
    spoken: usize,
}

impl Document<'_> {
    fn write(&mut self, verbs: &[Verb]) -> io::Result<()> {
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.open("document", &vec![("type", "xml/freeswitch-httapi")])?;
        let says = verbs.iter().take_while(|verb| matches!(verb, Verb::Say(_))).count();
        let last = verbs.get(says);
        if let Some(Verb::Dial { timeout_seconds, .. }) = last {
            self.variables(*timeout_seconds)?;
        }
        self.open("work", &Vec::new())?;
        if self.links.part == 0 {
            for verb in &verbs[..says] {
                if let Verb::Say(prompt) = verb {
                    self.say(prompt)?;
                }
            }
        }
        // Whatever stands behind a verb that ends a document is not reached.
        self.end(last.unwrap_or(&Verb::Hangup))?;
        self.close("work")?;
        self.close("document")
    }

    fn end(&mut self, verb: &Verb) -> io::Result<()> {
        match verb {
            Verb::Gather { prompts, max_digits, finish_key, timeout_seconds, tune } => {
                let (played, seconds) = self.links.with_tune(prompts, tune.as_ref(), *timeout_seconds);
                self.gather(&played, &Entry::new(*max_digits, *finish_key, seconds))
            }
            Verb::Record { max_seconds, silence_seconds, finish_keys, beep } => {
                self.record(*max_seconds, *silence_seconds, finish_keys, *beep)
            }
            Verb::Dial { to, .. } => self.dial(to.as_str()),
            Verb::Meet { room } => self.meet(room),
            Verb::Next => self.go_on(),
            Verb::Hangup | Verb::Say(_) => self.empty("hangup", &vec![("cause", "NORMAL_CLEARING")]),
        }
    }

    /// Nothing more to do here: the switch asks the way out at once.
    fn go_on(&mut self) -> io::Result<()> {
        let way_out = address(self.links.way_out);
        self.empty("continue", &vec![("action", &way_out)])
    }

    fn say(&mut self, prompt: &Prompt) -> io::Result<()> {
        if let Some(file) = self.file_of(prompt) {
            return self.empty("playback", &vec![("file", &file)]);
        }
        let Some(text) = self.room_for(&prompt.text) else { return Ok(()) };
        let (engine, voice) = voice_for(&prompt.language);
        self.element("speak", &vec![("engine", engine), ("voice", voice)], &text)
    }

    /// Asks for keys while the prompts are played. Prompts of several voices are several documents: the switch asks
    /// this address again for the next one, so that a key stops the first voice and not only the last.
    fn gather(&mut self, prompts: &[&Prompt], entry: &Entry) -> io::Result<()> {
        let turns = turns_of(prompts.iter().copied(), |prompt| self.file_of(prompt));
        let parts = turns.len().max(1);
        let part = if self.links.again.is_some() { self.links.part.min(parts - 1) } else { parts - 1 };
        let again = self.links.again.filter(|_| part + 1 < parts);
        let way_out = match again {
            Some(again) => with_query(&address(again), names::PART, &(part + 1).to_string()),
            None => address(self.links.way_out),
        };
        if self.links.again.is_none() {
            // Nobody can be asked again: what comes before the last voice is played to its end.
            for turn in turns.iter().take(parts - 1) {
                self.play(turn, None, Vec::new())?;
            }
        }
        let waiting = if again.is_some() { "1".to_owned() } else { entry.wait_milliseconds().to_string() };
        let between = entry.digit_milliseconds().to_string();
        let ends = entry.finish_key.map(String::from);
        let mut attributes: Attributes<'_> = vec![
            ("name", names::KEYS),
            ("action", &way_out),
            ("digit-timeout", &between),
            ("input-timeout", &waiting),
        ];
        if let Some(ends) = &ends {
            attributes.push(("terminators", ends));
        }
        self.play(turns.get(part).unwrap_or(&Turn::Files(Vec::new())), Some(entry), attributes)
    }

    /// Says one turn of a voice; with `keys`, they are asked for meanwhile.
    fn play(&mut self, turn: &Turn<'_>, keys: Option<&Entry>, attributes: Attributes<'_>) -> io::Result<()> {
        let mut attributes: Attributes<'_> = attributes;
        if let Turn::Spoken { language, text } = turn
            && let Some(text) = self.room_for(text)
        {
            let (engine, voice) = voice_for(language);
            attributes.extend([("engine", engine), ("voice", voice)]);
            return self.with_binds("speak", &attributes, &text, keys);
        }
        let file = match turn {
            Turn::Files(files) if files.len() == 1 => files[0].clone(),
            Turn::Files(files) if !files.is_empty() => format!("file_string://{}", files.join("!")),
            Turn::Files(_) | Turn::Spoken { .. } => NOTHING_TO_SAY.to_owned(),
        };
        attributes.push(("file", &file));
        self.with_binds("playback", &attributes, "", keys)
    }

    fn with_binds(
        &mut self,
        name: &str,
        attributes: &Attributes<'_>,
        text: &str,
        keys: Option<&Entry>,
    ) -> io::Result<()> {
        self.open(name, attributes)?;
        self.xml.write_event(Event::Text(BytesText::new(text)))?;
        let action = address(self.links.action);
        for pattern in keys.map(Entry::patterns).unwrap_or_default() {
            self.element("bind", &vec![("action", &action)], &pattern)?;
        }
        self.close(name)
    }

    /// The sound comes with the next request. Any key ends the recording; one that was asked for brings it to an address
    /// of its own, since the switch tells no key here.
    fn record(&mut self, most: u32, silence: u32, finish: &str, beep: bool) -> io::Result<()> {
        let (action, file) = (address(self.links.action), format!("{}.wav", names::MESSAGE));
        let (most, silence) = (most.clamp(1, 3_600).to_string(), silence.max(1).to_string());
        let mut attributes: Attributes<'_> = vec![
            ("name", names::MESSAGE),
            ("file", &file),
            ("action", &action),
            ("limit", &most),
            ("silence-hits", &silence),
            ("threshold", THRESHOLD),
            ("digit-timeout", "500"),
        ];
        if beep {
            attributes.push(("beep-file", BEEP));
        }
        if finish.is_empty() {
            return self.empty("record", &attributes);
        }
        self.open("record", &attributes)?;
        for key in finish.chars() {
            let named = percent_encoding::utf8_percent_encode(key.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC)
                .to_string();
            let action = with_query(&action, names::ENDED_BY, &named);
            self.element("bind", &vec![("action", &action)], &key.to_string())?;
        }
        self.close("record")
    }

    /// A busy telephone must not end the caller's call, nor the end of the conversation.
    fn variables(&mut self, seconds: u32) -> io::Result<()> {
        self.open("variables", &Vec::new())?;
        self.element("continue_on_fail", &Vec::new(), "true")?;
        self.element("hangup_after_bridge", &Vec::new(), "false")?;
        self.element("call_timeout", &Vec::new(), &seconds.clamp(5, 600).to_string())?;
        self.close("variables")
    }

    /// Through the switch's own dialplan, which knows telephones and lines, and what may be dialled.
    fn dial(&mut self, to: &str) -> io::Result<()> {
        let Some(to) = number_or_nothing(to) else { return self.go_on() };
        let action = address(self.links.action);
        let shown = self.links.caller_id.and_then(number_or_nothing);
        let mut attributes: Attributes<'_> = vec![("action", &action)];
        if let Some(shown) = shown {
            attributes.extend([("caller-id-name", shown), ("caller-id-number", shown)]);
        }
        let told = self.links.dial_status.map(|told| {
            let told = with_query(&address(told), names::PARENT, "${uuid}");
            format!("[{}={told}]", names::TOLD)
        });
        let leg = format!("{}loopback/{to}/{}", told.unwrap_or_default(), names::CONTEXT);
        self.element("dial", &attributes, &leg)?;
        self.empty("getVariable", &vec![("name", names::DISPOSITION)])
    }

    /// The next request comes when the room was left by the room's own end, and goes where a dial's would.
    fn meet(&mut self, room: &str) -> io::Result<()> {
        let Some(room) = id_or_nothing(room) else { return self.go_on() };
        let action = address(self.links.action);
        self.element("conference", &vec![("profile", names::ROOMS), ("action", &action)], room)
    }

    /// Address of the recorded file, where there is one.
    fn file_of(&self, prompt: &Prompt) -> Option<String> {
        let (folder, audio) = (self.links.audio?, prompt.audio.as_ref()?);
        Some(address(&format!("{folder}/{audio}")))
    }

    /// The text as it can be spoken, while the document has room for it.
    fn room_for(&mut self, text: &str) -> Option<String> {
        let text = speakable(text);
        let length = quick_xml::escape::escape(text.as_str()).len();
        let fits = !text.is_empty() && length <= MOST_SPOKEN_BYTES.saturating_sub(self.spoken);
        self.spoken += if fits { length + 64 } else { 0 };
        fits.then_some(text)
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        let tag = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Start(tag))
    }

    fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        let tag = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Empty(tag))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn element(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.xml.write_event(Event::Text(BytesText::new(text)))?;
        self.close(name)
    }
}

#[cfg(test)]
mod tests;
