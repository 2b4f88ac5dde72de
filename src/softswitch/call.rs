//! One leg as the provider's books have it: ids, status, and the status hooks that tell the service.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use dialect::CallStatus;
use dialect::twiml::rest_server::CallResource;
use domain::Timestamp;
use tokio::sync::mpsc;

use crate::live_recording::{Ended, LiveRecording, Standing};
use crate::phone::Order;
use crate::recordings::Recordings;

/// Where a leg's statuses are told, and which.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) url: String,
    /// Of initiated, ringing, answered, completed.
    pub(crate) events: Vec<String>,
}

pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) direction: &'static str,
    pub(crate) orders: mpsc::Sender<Order>,
    told: Option<Told>,
    /// Who answered, where the REST side wanted to know.
    answered_by: OnceLock<&'static str>,
    recordings: Arc<Recordings>,
    live: Mutex<Vec<LiveRecording>>,
    sequence: AtomicU32,
    books: Mutex<Books>,
    /// Hooks to be delivered one after another; closed with the end of the leg.
    hooks: Mutex<Option<mpsc::UnboundedSender<Hook>>>,
}

#[derive(Debug, Clone, Copy)]
struct Books {
    status: CallStatus,
    created: Timestamp,
    answered: Option<Timestamp>,
    ended: Option<Timestamp>,
}

/// A hook that needs no reply, ready but for the fields that every hook carries.
#[derive(Debug, Clone)]
pub(crate) struct Hook {
    pub(crate) url: String,
    pub(crate) status: CallStatus,
    pub(crate) fields: Vec<(&'static str, String)>,
}

pub(crate) struct NewLeg {
    pub(crate) parent: Option<String>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) direction: &'static str,
    pub(crate) told: Option<Told>,
}

impl Call {
    pub(crate) fn new(
        leg: NewLeg,
        orders: mpsc::Sender<Order>,
        hooks: mpsc::UnboundedSender<Hook>,
        recordings: Arc<Recordings>,
    ) -> Self {
        let books = Books { status: CallStatus::Queued, created: now(), answered: None, ended: None };
        Self {
            id: format!("CA{}", uuid::Uuid::now_v7().simple()),
            parent: leg.parent,
            from: leg.from,
            to: leg.to,
            direction: leg.direction,
            orders,
            told: leg.told,
            answered_by: OnceLock::new(),
            recordings,
            live: Mutex::default(),
            sequence: AtomicU32::new(0),
            books: Mutex::new(books),
            hooks: Mutex::new(Some(hooks)),
        }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn status(&self) -> CallStatus {
        self.books().status
    }

    /// Moves on to `status` and tells it. A leg that is over stays as it is.
    pub(crate) fn becomes(&self, status: CallStatus) {
        let (event, duration) = {
            let mut books = self.books();
            if books.status.is_end() || books.status == status {
                return;
            }
            books.status = status;
            let at = now();
            if status == CallStatus::InProgress {
                books.answered = Some(at);
            }
            if status.is_end() {
                books.ended = Some(at);
            }
            let event = match status {
                CallStatus::InProgress => "answered",
                status if status.is_end() => "completed",
                status => status.as_str(),
            };
            (event, books.answered.map_or(0, |answered| at.seconds_since(answered)))
        };
        self.tell(status, event, duration);
        if status.is_end() {
            self.end_recordings();
            self.hooks.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }

    /// Somebody or something answered; told with every hook from now on.
    pub(crate) fn answered_by(&self, who: &'static str) {
        // Who answered first, answered.
        let _ = self.answered_by.set(who);
    }

    pub(crate) fn who_answered(&self) -> Option<&'static str> {
        self.answered_by.get().copied()
    }

    /// When it was placed.
    pub(crate) fn created(&self) -> Timestamp {
        self.books().created
    }

    /// Starts a recording of the call.
    pub(crate) fn record(&self, told: Option<String>, channels: u8) -> LiveRecording {
        let live = LiveRecording::new(Recordings::name(), told, channels, Instant::now());
        self.live().push(live.clone());
        live
    }

    /// Pauses, resumes or stops a recording; nothing when there is none of that name.
    pub(crate) fn change_recording(&self, id: &str, to: Standing) -> Option<Result<LiveRecording, Ended>> {
        let mut live = self.live();
        // The provider lets the latest one be named so.
        let found = if id == "Twilio.CURRENT" {
            live.last_mut()
        } else {
            live.iter_mut().find(|recording| recording.id == id)
        };
        let recording = found?;
        let changed = recording.stand(to, Instant::now()).map(|()| recording.clone());
        drop(live);
        if let (Ok(over), Standing::Completed) = (&changed, to) {
            self.keep(over);
        }
        Some(changed)
    }

    /// With the call its recordings end.
    fn end_recordings(&self) {
        let open: Vec<String> = self.live().iter().map(|recording| recording.id.clone()).collect();
        for id in open {
            // What was stopped before is kept already.
            let _ = self.change_recording(&id, Standing::Completed);
        }
    }

    fn keep(&self, over: &LiveRecording) {
        let now = Instant::now();
        self.recordings.keep_as(over.id.clone(), "audio/wav".to_owned(), over.sound(now));
        if let Some(told) = over.told.clone() {
            let fields = over.fields(self.recordings.url(&over.id), now);
            self.hook(Hook { url: told, status: self.status(), fields });
        }
    }

    fn live(&self) -> MutexGuard<'_, Vec<LiveRecording>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, status: CallStatus, event: &str, duration: i64) {
        let Some(told) = self.told.as_ref().filter(|told| told.events.iter().any(|known| known == event))
        else {
            return;
        };
        let mut fields = vec![
            ("CallbackSource", "call-progress-events".to_owned()),
            ("SequenceNumber", self.sequence.fetch_add(1, Ordering::Relaxed).to_string()),
            ("Timestamp", now().utc().to_rfc2822()),
        ];
        if status.is_end() {
            fields.push(("CallDuration", duration.to_string()));
            fields.push(("Duration", (duration + 59).div_euclid(60).to_string()));
        }
        self.hook(Hook { url: told.url.clone(), status, fields });
    }

    /// Queues a hook behind those before it.
    pub(crate) fn hook(&self, hook: Hook) {
        if let Some(hooks) = self.hooks.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            // Nobody delivers any more only when the process ends.
            let _ = hooks.send(hook);
        }
    }

    pub(crate) fn seconds_talked(&self) -> u32 {
        let answered = self.books().answered;
        answered.and_then(|answered| u32::try_from(now().seconds_since(answered)).ok()).unwrap_or(0)
    }

    pub(crate) fn resource(&self, account: &str) -> CallResource {
        let books = *self.books();
        CallResource {
            call_id: self.id.clone(),
            parent_call_id: self.parent.clone(),
            account: account.to_owned(),
            to: self.to.clone(),
            from: self.from.clone(),
            status: books.status,
            direction: self.direction,
            created: books.created,
            answered: books.answered,
            ended: books.ended,
        }
    }
}

/// The wall clock, as a provider stamps its hooks with it.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
