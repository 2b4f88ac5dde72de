//! Carries out documents for one leg, as providers do, without a socket or a clock.
//!
//! The driver asks [`Interpreter::begin`] and then hands in one [`Input`] after another; each time it
//! learns what the leg [`Want`]s next. What takes time (speech, silence, ringing) is the driver's affair.

use std::collections::VecDeque;

use dialect::twiml::document::{self, Dial, Element, Gather, Meet, Record};
use reqwest::Url;

/// A document to be asked for. The driver adds the fields that come with every hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    pub url: Url,
    pub post: bool,
    /// What happened since the last document.
    pub fields: Vec<(&'static str, String)>,
}

/// Something to be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sound {
    /// Words, with the provider's language tag.
    Words { text: String, language: String },
    /// A sound file.
    File { url: Url },
    /// Keys sent to the far end.
    Keys(String),
    /// Nothing, for so many seconds.
    Silence { seconds: u32 },
}

/// What the leg needs now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    Fetch(Fetch),
    /// Let this be heard; with `keys_interrupt` a key ends it at once.
    Hear {
        sound: Sound,
        keys_interrupt: bool,
    },
    /// Wait for a key, at most so long.
    Keys {
        timeout_seconds: u32,
        most: Option<usize>,
        finish_key: Option<char>,
    },
    /// Record until silence, a finish key, the limit or hang-up.
    Record(Record),
    /// Ring the targets.
    Dial(Dial),
    /// Join a room of calls.
    Meet(Meet),
    /// Nothing more: end the leg.
    End(End),
}

/// Why a leg ended on the provider's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The document said so, or had nothing more to say.
    Finished,
    /// The document refused the call before it was answered.
    Rejected { busy: bool },
    /// No document could be carried out; an apology was spoken.
    Failed,
    /// The far side hung up.
    HungUp,
}

/// What happened outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The document asked for arrived.
    Document(String),
    /// It did not: the provider's error code and words.
    NoDocument { code: u32, why: String },
    /// The sound has been heard to its end.
    Heard,
    /// A key was pressed.
    Key(char),
    /// No key came in time.
    Silence,
    /// A recording ended after so many seconds; `by` is the key that ended it. Nothing was said if
    /// there is no address.
    Recorded { url: Option<String>, seconds: u32, by: Option<char> },
    /// The caller ended a recording by hanging up.
    RecordedAndLeft { url: Option<String>, seconds: u32 },
    /// A dial came to its end.
    Dialled { status: &'static str, call_id: Option<String>, seconds: Option<u32> },
    /// The leg was fetched away through the REST side.
    Redirected { url: Url, post: bool },
    /// The far side hung up.
    HungUp,
}

/// A provider gives up on documents that only lead to documents.
const MOST_SILENT_DOCUMENTS: u32 = 30;

/// What a provider says when no document can be had.
const APOLOGY: &str = "We are sorry, an application error has occurred. Goodbye.";

enum Doing {
    Fetching {
        fallback: bool,
    },
    Hearing(Sound),
    Gathering {
        gather: Gather,
        digits: String,
    },
    Recording(Record),
    Dialling(Dial),
    Meeting(Meet),
    /// The last request of a leg whose caller has left: the reply counts for nothing.
    Leaving,
    /// The apology is being spoken.
    Apologising,
    Over,
}

/// One leg's place in its documents.
pub struct Interpreter {
    address: Url,
    fallback: Option<Url>,
    todo: VecDeque<Element>,
    doing: Doing,
    silent_documents: u32,
    documents: u32,
    /// Faults met, in words, for the transcript and the log.
    faults: Vec<String>,
}

impl Interpreter {
    /// A leg that starts with the document at `address`.
    pub fn new(address: Url, fallback: Option<Url>) -> Self {
        Self {
            address,
            fallback,
            todo: VecDeque::new(),
            doing: Doing::Over,
            silent_documents: 0,
            documents: 0,
            faults: Vec::new(),
        }
    }

    /// Asks for the first document.
    pub fn begin(&mut self, post: bool) -> Want {
        self.fetch(self.address.clone(), post, Vec::new())
    }

    /// Faults since the last question, each naming the document.
    pub fn take_faults(&mut self) -> Vec<String> {
        std::mem::take(&mut self.faults)
    }

    /// Takes what happened and says what is needed next. A key that nobody asked for is not kept; it is
    /// answered with the want that stood already.
    pub fn handle(&mut self, input: Input) -> Want {
        match (std::mem::replace(&mut self.doing, Doing::Over), input) {
            (Doing::Leaving, _) | (_, Input::HungUp) => Want::End(End::HungUp),
            (_, Input::Redirected { url, post }) => self.fetch(url, post, Vec::new()),
            (Doing::Fetching { .. }, Input::Document(text)) => self.read(&text),
            (Doing::Fetching { fallback }, Input::NoDocument { code, why }) => self.fail(fallback, code, why),
            (Doing::Gathering { gather, digits }, input) => self.gathering(gather, digits, input),
            (Doing::Recording(record), input) => self.recording(record, input),
            (Doing::Dialling(dial), Input::Dialled { status, call_id, seconds }) => {
                self.dialled(dial.action.as_deref(), dial.post, status, call_id, seconds)
            }
            (Doing::Meeting(meet), Input::Dialled { status, .. }) => {
                self.dialled(meet.action.as_deref(), meet.post, status, None, None)
            }
            (Doing::Apologising, _) => Want::End(End::Failed),
            (Doing::Hearing(sound), Input::Key(_)) => self.hear(sound),
            // Nothing else can come in these moments; the leg goes on with what stands next.
            (Doing::Over, _) => Want::End(End::Finished),
            (Doing::Hearing(_) | Doing::Fetching { .. } | Doing::Dialling(_) | Doing::Meeting(_), _) => {
                self.next()
            }
        }
    }

    fn fetch(&mut self, url: Url, post: bool, fields: Vec<(&'static str, String)>) -> Want {
        self.todo.clear();
        self.silent_documents += 1;
        if self.silent_documents > MOST_SILENT_DOCUMENTS {
            let why =
                format!("{MOST_SILENT_DOCUMENTS} documents in a row without anything to hear or to press");
            return self.fail(true, 11_215, why);
        }
        self.doing = Doing::Fetching { fallback: false };
        self.address = url.clone();
        Want::Fetch(Fetch { url, post, fields })
    }

    fn read(&mut self, text: &str) -> Want {
        match document::parse(text) {
            Ok(elements) => {
                self.documents += 1;
                self.todo = elements.into();
                self.next()
            }
            Err(error) => self.fail(false, error.code(), error.to_string()),
        }
    }

    /// The fallback document once; then the apology.
    fn fail(&mut self, was_fallback: bool, code: u32, why: String) -> Want {
        self.faults.push(format!("{}: {why} (error {code})", self.address));
        self.todo.clear();
        let told = self.address.to_string();
        match self.fallback.clone().filter(|url| !was_fallback && *url != self.address) {
            Some(url) => {
                self.doing = Doing::Fetching { fallback: true };
                self.address = url.clone();
                Want::Fetch(Fetch {
                    url,
                    post: true,
                    fields: vec![("ErrorCode", code.to_string()), ("ErrorUrl", told)],
                })
            }
            None => {
                self.doing = Doing::Apologising;
                let sound = Sound::Words { text: APOLOGY.to_owned(), language: "en-US".to_owned() };
                Want::Hear { sound, keys_interrupt: false }
            }
        }
    }

    /// The next verb of the document.
    fn next(&mut self) -> Want {
        let Some(element) = self.todo.pop_front() else { return Want::End(End::Finished) };
        match element {
            Element::Say { .. } | Element::Play { .. } | Element::Pause { .. } => match self.sound(element) {
                Some(sound) => self.hear(sound),
                None => self.next(),
            },
            Element::Gather(gather) => self.listen(gather, String::new()),
            Element::Record(mut record) => {
                record.status_url = record.status_url.and_then(|url| self.told(&url));
                self.silent_documents = 0;
                self.doing = Doing::Recording(record.clone());
                Want::Record(record)
            }
            Element::Dial(mut dial) => {
                for target in &mut dial.targets {
                    target.status_url = target.status_url.take().and_then(|url| self.told(&url));
                }
                self.silent_documents = 0;
                self.doing = Doing::Dialling(dial.clone());
                Want::Dial(dial)
            }
            Element::Meet(meet) => {
                self.silent_documents = 0;
                self.doing = Doing::Meeting(meet.clone());
                Want::Meet(meet)
            }
            Element::Redirect { url, post } => match self.resolve(&url) {
                Ok(url) => self.fetch(url, post, Vec::new()),
                Err(why) => self.fail(false, 11_100, why),
            },
            Element::Reject { busy } if self.documents == 1 && self.silent_documents == 1 => {
                Want::End(End::Rejected { busy })
            }
            Element::Reject { .. } | Element::Hangup => Want::End(End::Finished),
        }
    }

    fn hear(&mut self, sound: Sound) -> Want {
        self.doing = Doing::Hearing(sound.clone());
        Want::Hear { sound, keys_interrupt: false }
    }

    /// A sound once, with its repetitions put back in front; nothing where there is nothing to hear.
    fn sound(&mut self, element: Element) -> Option<Sound> {
        let (sound, again) = match element {
            Element::Say { text, .. } if text.is_empty() => return None,
            Element::Say { text, language, times } => {
                let again = Element::Say { text: text.clone(), language: language.clone(), times: times - 1 };
                (Sound::Words { text, language }, (times > 1).then_some(again))
            }
            Element::Play { url, keys, times } if url.is_empty() => (
                Sound::Keys(keys.clone()),
                (times > 1).then(|| Element::Play { url, keys, times: times - 1 }),
            ),
            Element::Play { url, keys, times } => {
                let again = Element::Play { url: url.clone(), keys, times: times - 1 };
                match self.resolve(&url) {
                    Ok(url) => (Sound::File { url }, (times > 1).then_some(again)),
                    Err(why) => {
                        self.faults.push(why);
                        return None;
                    }
                }
            }
            Element::Pause { seconds } => (Sound::Silence { seconds }, None),
            _ => return None,
        };
        self.silent_documents = 0;
        if let Some(again) = again {
            self.todo.push_front(again);
        }
        Some(sound)
    }

    /// Speaks the rest of a gather's prompts, then waits for keys. The first key ends the prompts.
    fn listen(&mut self, mut gather: Gather, digits: String) -> Want {
        self.silent_documents = 0;
        while digits.is_empty() && !gather.prompts.is_empty() {
            let prompt = gather.prompts.remove(0);
            let behind = self.todo.len();
            let sound = self.sound(prompt);
            // Repetitions belong inside the gather, not behind it.
            if self.todo.len() > behind
                && let Some(again) = self.todo.pop_front()
            {
                gather.prompts.insert(0, again);
            }
            if let Some(sound) = sound {
                self.doing = Doing::Gathering { gather, digits };
                return Want::Hear { sound, keys_interrupt: true };
            }
        }
        let want = Want::Keys {
            timeout_seconds: gather.timeout_seconds,
            most: gather.most_digits.map(|most| most.saturating_sub(digits.len())),
            finish_key: gather.finish_key,
        };
        self.doing = Doing::Gathering { gather, digits };
        want
    }

    fn gathering(&mut self, mut gather: Gather, mut digits: String, input: Input) -> Want {
        match input {
            Input::Heard => self.listen(gather, digits),
            Input::Key(key) if gather.finish_key == Some(key) => self.gathered(&gather, digits, Some(key)),
            Input::Key(key) => {
                gather.prompts.clear();
                digits.push(key);
                if gather.most_digits.is_some_and(|most| digits.len() >= most) {
                    self.gathered(&gather, digits, None)
                } else {
                    self.listen(gather, digits)
                }
            }
            Input::Silence => self.gathered(&gather, digits, None),
            _ => self.listen(gather, digits),
        }
    }

    fn gathered(&mut self, gather: &Gather, digits: String, by: Option<char>) -> Want {
        if digits.is_empty() && !gather.action_on_empty {
            return self.next();
        }
        let finished = by.map(String::from).unwrap_or_default();
        self.act(gather.action.as_deref(), gather.post, vec![("Digits", digits), ("FinishedOnKey", finished)])
    }

    fn recording(&mut self, record: Record, input: Input) -> Want {
        match input {
            Input::Recorded { url: Some(url), seconds, by } => {
                let digits = by.map(String::from).unwrap_or_default();
                self.act(record.action.as_deref(), record.post, recorded(url, seconds, digits))
            }
            // A key that leads on is told even where nothing was said before it.
            Input::Recorded { url: None, by: Some(key), .. } if key != '#' => {
                self.act(record.action.as_deref(), record.post, vec![("Digits", key.to_string())])
            }
            Input::Recorded { url: None, .. } => self.next(),
            Input::RecordedAndLeft { url: Some(url), seconds } => {
                let want = self.act(
                    record.action.as_deref(),
                    record.post,
                    recorded(url, seconds, "hangup".to_owned()),
                );
                self.doing = Doing::Leaving;
                want
            }
            Input::RecordedAndLeft { url: None, .. } => Want::End(End::HungUp),
            _ => {
                self.doing = Doing::Recording(record.clone());
                Want::Record(record)
            }
        }
    }

    fn dialled(
        &mut self,
        action: Option<&str>,
        post: bool,
        status: &'static str,
        call_id: Option<String>,
        seconds: Option<u32>,
    ) -> Want {
        let Some(action) = action else { return self.next() };
        let mut fields =
            vec![("DialCallStatus", status.to_owned()), ("DialBridged", (status == "completed").to_string())];
        fields.extend(call_id.map(|id| ("DialCallSid", id)));
        fields.extend(seconds.map(|seconds| ("DialCallDuration", seconds.to_string())));
        self.act(Some(action), post, fields)
    }

    /// Reports to `action`, or without one to the document's own address, as providers do.
    fn act(&mut self, action: Option<&str>, post: bool, fields: Vec<(&'static str, String)>) -> Want {
        match action.map_or_else(|| Ok(self.address.clone()), |action| self.resolve(action)) {
            Ok(url) => self.fetch(url, post, fields),
            Err(why) => self.fail(false, 11_100, why),
        }
    }

    /// The absolute form of a status address; one that is none is a fault, but the call goes on.
    fn told(&mut self, address: &str) -> Option<String> {
        match self.resolve(address) {
            Ok(url) => Some(url.into()),
            Err(why) => {
                self.faults.push(why);
                None
            }
        }
    }

    fn resolve(&self, address: &str) -> Result<Url, String> {
        self.address.join(address).map_err(|error| format!("\"{address}\" is no address: {error}"))
    }
}

fn recorded(url: String, seconds: u32, digits: String) -> Vec<(&'static str, String)> {
    vec![("RecordingUrl", url), ("RecordingDuration", seconds.to_string()), ("Digits", digits)]
}

#[cfg(test)]
mod tests;
