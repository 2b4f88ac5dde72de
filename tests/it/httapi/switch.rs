//! A leg on a small switch: asks for documents and carries them out as `mod_httapi` does. What it keeps between two
//! requests is the sticky address and the parameters of the next request only.

use super::document::Element;
use super::rules;
use super::wire::Answer;

/// More documents without anything to wait for are a loop.
const MOST_AT_ONCE: usize = 12;

/// One request of the leg, before it is bytes.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Absolute.
    pub(super) url: String,
    pub(super) fields: Vec<(String, String)>,
    /// The uploaded sound: name of the field, and the file.
    pub(super) upload: Option<(String, Vec<u8>)>,
}

/// What the leg waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doing {
    Keys(Element),
    Recording(Element),
    Dialling(Element),
    Over,
}

/// A leg of a call.
pub(super) struct Leg<'a> {
    service: Box<dyn FnMut(&Asked) -> Answer + 'a>,
    /// Parameters that stand in every request.
    own: Vec<(String, String)>,
    url: String,
    once: Vec<(String, String)>,
    upload: Option<(String, Vec<u8>)>,
    /// Everything that was played: voice or `file`, and words or address.
    pub(super) heard: Vec<(String, String)>,
    pub(super) doing: Doing,
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

impl<'a> Leg<'a> {
    /// A call of `caller` that asks `url` first.
    pub(super) fn new(
        id: &str,
        caller: &str,
        dialled: &str,
        url: &str,
        service: impl FnMut(&Asked) -> Answer + 'a,
    ) -> Self {
        let own = vec![
            pair("session_id", id),
            pair("hostname", "vm"),
            pair("Caller-Direction", "inbound"),
            pair("Caller-Caller-ID-Number", caller),
            pair("Caller-Destination-Number", dialled),
            pair("Caller-Channel-Answered-Time", "1795314396186695"),
        ];
        let service = Box::new(service);
        let (url, once, heard) = (url.to_owned(), Vec::new(), Vec::new());
        Self { service, own, url, once, upload: None, heard, doing: Doing::Over }
    }

    /// Begins the call, and listens until something is waited for.
    pub(super) fn dial(&mut self) {
        self.ask();
        self.listen();
    }

    /// The same, stopping while the first voice speaks.
    pub(super) fn dial_and_interrupt(&mut self) {
        self.ask();
    }

    /// Listens to every part of a document in parts.
    fn listen(&mut self) {
        for _ in 0..MOST_AT_ONCE {
            match &self.doing {
                Doing::Keys(tag) if tag.get("input-timeout") == Some("1") => self.ask(),
                _ => return,
            }
        }
        panic!("a document without an end: {:?}", self.heard);
    }

    /// Presses keys, and listens on. What the patterns do not take is not pressed.
    pub(super) fn press(&mut self, keys: &str) {
        let Doing::Keys(tag) = self.doing.clone() else { panic!("nobody asks for keys: {:?}", self.doing) };
        let (action, digits) =
            matched(&tag, keys).unwrap_or_else(|| panic!("{keys} is not taken by {tag:?}"));
        if let Some(action) = action {
            self.url = action;
        }
        self.once = vec![pair(tag.get("name").unwrap(), &digits), pair("input_type", "dtmf")];
        self.ask();
        self.listen();
    }

    /// Presses nothing until the time is over. Nobody tells the service but the address.
    pub(super) fn silence(&mut self) {
        assert!(matches!(self.doing, Doing::Keys(_)), "{:?}", self.doing);
        self.ask();
        self.listen();
    }

    /// Speaks, and ends the recording: with a key that has an address of its own, there.
    pub(super) fn record(&mut self, sound: Vec<u8>, by: Option<char>) {
        let Doing::Recording(tag) = &self.doing else { panic!("nobody records: {:?}", self.doing) };
        if let Some(key) = by {
            let bind = tag.children.iter().find(|bind| bind.name == "bind" && bind.text == key.to_string());
            let action = bind.and_then(|bind| bind.get("action"));
            self.url = action.unwrap_or_else(|| panic!("{key} is not taken by {tag:?}")).to_owned();
        }
        self.upload = Some((tag.get("name").unwrap().to_owned(), sound));
        self.ask();
        self.listen();
    }

    /// Speaks, and hangs up while it is recorded.
    pub(super) fn record_and_leave(&mut self, sound: Vec<u8>) {
        let Doing::Recording(tag) = &self.doing else { panic!("nobody records: {:?}", self.doing) };
        self.upload = Some((tag.get("name").unwrap().to_owned(), sound));
        self.exit();
    }

    /// The dialled telephone did this; the call comes back.
    pub(super) fn dialled(&mut self, disposition: &str) {
        assert!(matches!(self.doing, Doing::Dialling(_)), "{:?}", self.doing);
        self.once = vec![pair("originate_disposition", disposition)];
        self.ask();
        self.listen();
    }

    /// The house fetched the call.
    pub(super) fn transfer(&mut self, url: &str) {
        self.url = url.to_owned();
        self.ask();
        self.listen();
    }

    pub(super) fn hang_up(&mut self) {
        if matches!(self.doing, Doing::Dialling(_)) {
            self.once.push(pair("originate_disposition", "ORIGINATOR_CANCEL"));
        }
        self.exit();
    }

    /// The last request of a call, at the last address. The document in the answer is not looked at.
    fn exit(&mut self) {
        self.doing = Doing::Over;
        self.once.push(pair("exiting", "true"));
        let answer = self.request();
        assert_eq!(answer.status, 200, "the end of a call must be taken: {}", answer.body);
    }

    fn request(&mut self) -> Answer {
        let url = [pair("url", &self.url)];
        let fields = self.own.iter().chain(&url).cloned().chain(std::mem::take(&mut self.once)).collect();
        let asked = Asked { url: self.url.clone(), fields, upload: self.upload.take() };
        (self.service)(&asked)
    }

    fn ask(&mut self) {
        for _ in 0..MOST_AT_ONCE {
            let answer = self.request();
            let document = rules::carried_out(&answer).unwrap_or_else(|what| panic!("{what}"));
            if self.work(document.child("work").unwrap()) {
                return;
            }
        }
        panic!("documents without an end: {:?}", self.heard);
    }

    /// Carries out the tags; false: the document is left, and the next one asked for at once.
    fn work(&mut self, work: &Element) -> bool {
        for tag in &work.children {
            if let Some(action) = tag.get("action") {
                self.url = action.to_owned();
            }
            match tag.name.as_str() {
                "speak" => self.heard.push(pair(tag.get("voice").unwrap(), &tag.text)),
                "playback" => self.heard.push(pair("file", tag.get("file").unwrap())),
                _ => {}
            }
            self.doing = match tag.name.as_str() {
                "speak" | "playback" if tag.child("bind").is_some() => Doing::Keys(tag.clone()),
                "record" => Doing::Recording(tag.clone()),
                "dial" => Doing::Dialling(tag.clone()),
                "hangup" => {
                    self.exit();
                    Doing::Over
                }
                _ => continue,
            };
            return true;
        }
        false
    }
}

/// Feeds keys to the patterns of a tag, as the switch's digit machine does: one pattern matches as soon as it can, of
/// several none does before a terminator or a pause. The action of what matched, and its digits.
fn matched(tag: &Element, keys: &str) -> Option<(Option<String>, String)> {
    let binds: Vec<&Element> = tag.children.iter().filter(|child| child.name == "bind").collect();
    let found = |digits: &str| {
        let bind = binds.iter().find(|bind| fits(&bind.text, digits))?;
        Some(bind.get("action").map(str::to_owned))
    };
    let mut digits = String::new();
    for key in keys.chars() {
        digits.push(key);
        let ends = tag.get("terminators").is_some_and(|ends| ends.contains(key));
        if ends || binds.len() == 1 {
            if let Some(action) = found(&digits) {
                return Some((
                    action,
                    digits.trim_end_matches(|key| ends && digits.ends_with(key)).to_owned(),
                ));
            }
            if ends {
                return None;
            }
        }
    }
    found(&digits).map(|action| (action, digits))
}

/// Whether a pattern of the form `~^[…]$`, with `+` or `{1,n}` behind a class, takes the digits.
fn fits(pattern: &str, digits: &str) -> bool {
    let inner = pattern.strip_prefix("~^").and_then(|text| text.strip_suffix('$'));
    let mut inner = inner.unwrap_or_else(|| panic!("pattern {pattern}"));
    let mut rest = digits;
    while !inner.is_empty() {
        let (class, after) = inner.strip_prefix('[').unwrap().split_once(']').unwrap();
        let most = if after.starts_with(['+', '{']) { 64 } else { 1 };
        inner = after
            .strip_prefix('+')
            .unwrap_or(after.trim_start_matches(|c: char| "{},0123456789".contains(c)));
        let taken = rest.chars().take(most).take_while(|key| class.contains(*key)).count();
        if taken == 0 {
            return false;
        }
        rest = &rest[taken..];
    }
    rest.is_empty()
}

#[test]
fn the_digit_machine_takes_what_the_switch_takes() {
    assert!(fits("~^[12#]$", "#") && !fits("~^[12#]$", "12") && !fits("~^[12]$", ""));
    assert!(fits("~^[12]+$", "1221") && fits("~^[12]+[#]$", "12#") && !fits("~^[12]+[#]$", "12"));
    assert!(fits("~^[12]{1,64}$", "12") && !fits("~^[12]{1,64}$", "13"));
}
