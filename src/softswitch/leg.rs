//! Drives one leg: asks for documents, lets prompts be heard, waits for keys, records, dials.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use dialect::CallStatus;
use dialect::twiml::document::Record;
use dialect::twiml::voices::our_tag;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::call::{Call, Hook};
use crate::exchange::{Opened, Switch};
use crate::interpreter::{End, Fetch, Input, Interpreter, Sound, Want};
use crate::notice::{Notice, Phase};
use crate::pace;
use crate::phone::{Order, Phone};
use crate::recordings::tone;
use crate::setup::Outside;

/// Who is at the leg's end.
#[derive(Clone)]
pub(crate) enum Far {
    Phone(Arc<Phone>),
    /// A telephone that behaves by itself; it hears documents and presses nothing.
    Outside(Outside),
}

impl Far {
    pub(crate) fn note(&self, notice: Notice) {
        if let Self::Phone(phone) = self {
            phone.note(notice);
        }
    }

    pub(crate) fn show(&self, notice: Option<Notice>, phase: Phase) {
        if let Self::Phone(phone) = self {
            phone.show(notice, phase);
        }
    }

    pub(crate) fn detach(&self, reason: &str) {
        if let Self::Phone(phone) = self {
            phone.detach(reason);
        }
    }

    /// Whether sound can be exchanged with it.
    pub(crate) fn sounds(&self) -> bool {
        matches!(self, Self::Phone(phone) if phone.habits.sound)
    }

    pub(crate) fn is_machine(&self) -> bool {
        matches!(self, Self::Phone(phone) if phone.habits.machine)
    }

    /// Whether time stands still until the owner says otherwise.
    pub(crate) fn driven(&self) -> bool {
        matches!(self, Self::Phone(phone) if phone.habits.driven)
    }
}

pub(crate) struct Leg {
    pub(crate) switch: Switch,
    pub(crate) call: Arc<Call>,
    pub(crate) far: Far,
    orders: mpsc::Receiver<Order>,
    /// Orders that came while a document was being fetched.
    waiting: VecDeque<Order>,
    delivery: JoinHandle<()>,
    answered: bool,
    /// Keys of the gather that is open; it is announced once.
    collecting: bool,
}

impl Leg {
    pub(crate) fn new(switch: Switch, opened: Opened, far: Far, answered: bool) -> Self {
        let Opened { call, orders, delivery } = opened;
        Self { switch, call, far, orders, waiting: VecDeque::new(), delivery, answered, collecting: false }
    }

    /// [`Leg::run`] on a task of its own.
    pub(crate) fn start(self, interpreter: Interpreter, post: bool) {
        let running: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(self.run(interpreter, post));
        tokio::spawn(running);
    }

    /// Carries out documents until the leg ends, and tells the end.
    pub(crate) async fn run(mut self, mut interpreter: Interpreter, post: bool) {
        let mut want = interpreter.begin(post);
        let end = loop {
            for text in interpreter.take_faults() {
                tracing::warn!(call = %self.call.id, "{text}");
                self.far.note(Notice::Fault { text });
            }
            self.answer(&want);
            let input = match want {
                Want::End(end) => break end,
                Want::Fetch(fetch) => self.fetch(fetch).await,
                Want::Hear { sound, keys_interrupt } => self.hear(&sound, keys_interrupt).await,
                Want::Keys { timeout_seconds, most, finish_key } => {
                    self.keys(timeout_seconds, most, finish_key).await
                }
                Want::Record(record) => self.record(&record).await,
                Want::Dial(dial) => Box::pin(self.dial(&dial)).await,
                Want::Meet(meet) => self.meet(&meet).await,
            };
            if matches!(input, Input::Redirected { .. }) {
                self.far.note(Notice::Fetched);
            }
            want = interpreter.handle(input);
        };
        let status = match end {
            End::Rejected { busy: true } => CallStatus::Busy,
            End::Rejected { busy: false } => CallStatus::NoAnswer,
            End::HungUp if !self.answered => CallStatus::Canceled,
            End::Failed if !self.answered => CallStatus::Failed,
            End::Finished | End::Failed | End::HungUp => CallStatus::Completed,
        };
        self.call.becomes(status);
        // Whoever waits for the telephone to be idle finds every status hook delivered.
        if tokio::time::timeout(Duration::from_secs(5), self.delivery).await.is_err() {
            tracing::warn!(call = %self.call.id, "status hooks are still being delivered");
        }
        self.far.detach(match end {
            End::HungUp => "hung-up",
            End::Finished => "finished",
            End::Failed => "failed",
            End::Rejected { busy: true } => "busy",
            End::Rejected { busy: false } => "rejected",
        });
    }

    /// A call counts as answered when its document wants anything but another document or a refusal.
    fn answer(&mut self, want: &Want) {
        if !self.answered && !matches!(want, Want::Fetch(_) | Want::End(End::Rejected { .. } | End::HungUp)) {
            self.answered = true;
            self.call.becomes(CallStatus::InProgress);
            self.far.note(Notice::Answered);
        }
    }

    async fn fetch(&mut self, fetch: Fetch) -> Input {
        self.collecting = false;
        self.far.show(None, Phase::Busy);
        let exchange = Arc::clone(&self.switch.0);
        let input = exchange.ask(&self.call, fetch).await;
        // Keys pressed while nothing was said belong to nothing, except on a telephone that drives time.
        while let Ok(order) = self.orders.try_recv() {
            if self.far.driven() || !matches!(order, Order::Key(_) | Order::HeardIt | Order::TimeOut) {
                self.waiting.push_back(order);
            }
        }
        input
    }

    /// The next order that could matter; a closed channel is a hang-up.
    pub(crate) async fn next_order(&mut self) -> Order {
        match self.waiting.pop_front() {
            Some(order) => order,
            None => self.orders.recv().await.unwrap_or(Order::HangUp),
        }
    }

    async fn hear(&mut self, sound: &Sound, keys_interrupt: bool) -> Input {
        let notice = match sound {
            Sound::Words { text, language } => {
                Some(Notice::Say { language: our_tag(language).to_owned(), text: text.clone() })
            }
            Sound::File { url } => Some(Notice::Play { url: url.to_string() }),
            Sound::Keys(_) | Sound::Silence { .. } => None,
        };
        let takes_keys = keys_interrupt && !self.far.driven();
        self.far.show(notice, if takes_keys { Phase::Prompt } else { Phase::Busy });
        let (begun, real) = (Instant::now(), !self.far.driven());
        let mut until = begun + if real { pace::duration(sound) } else { Duration::ZERO };
        let exchange = Arc::clone(&self.switch.0);
        let length = async {
            match sound {
                Sound::File { url } if real => exchange.sound_length(url.clone()).await,
                _ => std::future::pending().await,
            }
        };
        tokio::pin!(length);
        let mut measured = false;
        loop {
            let order = tokio::select! {
                biased;
                order = self.next_order() => order,
                length = &mut length, if !measured => {
                    (until, measured) = (begun + length, true);
                    continue;
                }
                () = tokio::time::sleep_until(until) => return Input::Heard,
            };
            match order {
                Order::Key(key) if keys_interrupt => return self.pressed(key),
                Order::HeardIt => return Input::Heard,
                Order::HangUp => return Input::HungUp,
                Order::Redirect { url, post } => return Input::Redirected { url, post },
                _ => {}
            }
        }
    }

    fn pressed(&mut self, key: char) -> Input {
        self.collecting = true;
        self.far.note(Notice::Pressed { key });
        Input::Key(key)
    }

    async fn keys(&mut self, timeout_seconds: u32, most: Option<usize>, finish_key: Option<char>) -> Input {
        let notice = (!self.collecting).then_some(Notice::Gather { most, finish_key, timeout_seconds });
        self.collecting = true;
        self.far.show(notice, Phase::Gather);
        let until = Instant::now() + Duration::from_secs(u64::from(timeout_seconds));
        loop {
            let order = if self.far.driven() {
                self.next_order().await
            } else {
                tokio::select! {
                    order = self.next_order() => order,
                    () = tokio::time::sleep_until(until) => Order::TimeOut,
                }
            };
            match order {
                Order::Key(key) => return self.pressed(key),
                Order::TimeOut => return self.silence(),
                Order::HangUp => return Input::HungUp,
                Order::Redirect { url, post } => return Input::Redirected { url, post },
                _ => self.far.show(None, Phase::Gather),
            }
        }
    }

    fn silence(&mut self) -> Input {
        self.collecting = false;
        self.far.show(Some(Notice::Silence), Phase::Busy);
        Input::Silence
    }

    async fn record(&mut self, record: &Record) -> Input {
        let notice = Notice::Record {
            most_seconds: record.most_seconds,
            silence_seconds: record.silence_seconds,
            finish_keys: record.finish_keys.clone(),
            beep: record.beep,
        };
        self.far.show(Some(notice), Phase::Record);
        // The owner's microphone needs a moment to hand its recording over.
        let until = Instant::now() + Duration::from_secs(u64::from(record.most_seconds) + 5);
        loop {
            let order = if self.far.driven() {
                self.next_order().await
            } else {
                tokio::select! {
                    order = self.next_order() => order,
                    () = tokio::time::sleep_until(until) => Order::TimeOut,
                }
            };
            match order {
                Order::Record { seconds, sound, by, left } => {
                    return self.recorded(record, seconds, sound, by, left);
                }
                // Without a recording nothing was said.
                Order::Key(key) if record.finish_keys.contains(key) => {
                    return Input::Recorded { url: None, seconds: 0, by: Some(key) };
                }
                Order::TimeOut => {
                    self.far.show(Some(Notice::Silence), Phase::Busy);
                    return Input::Recorded { url: None, seconds: 0, by: None };
                }
                Order::HangUp => return Input::RecordedAndLeft { url: None, seconds: 0 },
                Order::Redirect { url, post } => return Input::Redirected { url, post },
                _ => self.far.show(None, Phase::Record),
            }
        }
    }

    fn recorded(
        &mut self,
        record: &Record,
        seconds: u32,
        sound: Option<(String, Bytes)>,
        by: Option<char>,
        left: bool,
    ) -> Input {
        let seconds = seconds.clamp(1, record.most_seconds);
        let (media_type, sound) = sound.unwrap_or_else(|| ("audio/wav".to_owned(), tone(seconds)));
        let id = self.switch.0.recordings.keep(media_type, sound);
        let url = self.switch.0.recordings.url(&id);
        self.far.show(Some(Notice::Recorded { seconds, left, by }), Phase::Busy);
        if let Some(told) = &record.status_url {
            let fields = vec![
                ("RecordingSid", id),
                ("RecordingUrl", url.clone()),
                ("RecordingStatus", "completed".to_owned()),
                ("RecordingDuration", seconds.to_string()),
                ("RecordingChannels", "1".to_owned()),
                ("RecordingSource", "RecordVerb".to_owned()),
            ];
            self.call.hook(Hook { url: told.clone(), status: self.call.status(), fields });
        }
        if left {
            Input::RecordedAndLeft { url: Some(url), seconds }
        } else {
            Input::Recorded { url: Some(url), seconds, by }
        }
    }
}
