//! The switch itself: telephones, calls, recordings, and who is where.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use dialect::CallStatus;
use dialect::twiml::rest_server::{Create, Fault};
use rand::RngExt as _;
use reqwest::Url;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::bridge::Bridge;
use crate::call::{Call, Hook, NewLeg, Told};
use crate::interpreter::Interpreter;
use crate::leg::{Far, Leg};
use crate::notice::{Notice, Phase};
use crate::phone::{Habits, MOST_ORDERS, NotNow, Order, Phone};
use crate::recordings::Recordings;
use crate::ring::{Ring, Ringing};
use crate::setup::{Setup, user_part};
use crate::wire;

/// Finished calls that the REST side can still be asked about.
const MOST_CALLS: usize = 2_000;
/// Telephones that may be registered at the same time.
const MOST_PHONES: usize = 500;

/// The bundled switch. Cheap to clone; all clones are the same switch.
#[derive(Clone)]
pub struct Switch(pub(crate) Arc<Exchange>);

pub(crate) struct Exchange {
    pub(crate) setup: Setup,
    pub(crate) http: reqwest::Client,
    pub(crate) recordings: Arc<Recordings>,
    phones: Mutex<BTreeMap<String, Arc<Phone>>>,
    calls: Mutex<Calls>,
    rooms: Mutex<BTreeMap<String, Weak<Bridge>>>,
    /// REST requests that are still to be refused because of too many.
    busy_for: AtomicU32,
}

#[derive(Default)]
struct Calls {
    by_id: BTreeMap<String, Arc<Call>>,
    oldest_first: VecDeque<String>,
}

/// Why a call could not be placed from a telephone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CannotCall {
    #[error("nobody has the number {number}; lines that can be called: {lines}")]
    NoSuchLine { number: String, lines: String },
    #[error("{0}")]
    NotNow(#[from] NotNow),
    #[error("the line's voice address \"{0}\" is no address")]
    BadAddress(String),
}

/// A new leg with what its driver needs.
pub(crate) struct Opened {
    pub(crate) call: Arc<Call>,
    pub(crate) orders: mpsc::Receiver<Order>,
    /// Ends when the last status hook has been delivered.
    pub(crate) delivery: JoinHandle<()>,
}

impl Switch {
    /// A switch that knows its lines and telephones; it does nothing until somebody calls.
    pub fn new(setup: Setup) -> Result<Self, reqwest::Error> {
        let folder = format!("{}/2010-04-01/Accounts/{}/Recordings", setup.base_url, setup.account.id);
        Ok(Self(Arc::new(Exchange {
            setup,
            http: wire::client()?,
            recordings: Arc::new(Recordings::at(folder)),
            busy_for: AtomicU32::new(0),
            phones: Mutex::default(),
            calls: Mutex::default(),
            rooms: Mutex::default(),
        })))
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn phones(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Phone>>> {
        self.0.phones.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rooms of calls, by name.
    pub(crate) fn rooms(&self) -> MutexGuard<'_, BTreeMap<String, Weak<Bridge>>> {
        self.0.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Registers a telephone; whoever had the number before is no longer reached. Nothing when there
    /// are too many telephones.
    pub(crate) fn register(&self, number: &str, habits: Habits) -> Option<Arc<Phone>> {
        let key = format!("{:032x}", rand::rng().random::<u128>());
        let phone = Arc::new(Phone::new(number.to_owned(), key, habits));
        let mut phones = self.phones();
        if phones.len() >= MOST_PHONES && !phones.contains_key(number) {
            phones.retain(|_, phone| phone.in_use());
            if phones.len() >= MOST_PHONES {
                return None;
            }
        }
        let before = phones.insert(number.to_owned(), Arc::clone(&phone));
        drop(phones);
        if let Some(before) = before {
            // A telephone without a call has nothing to hang up.
            let _ = before.order(Order::HangUp);
        }
        Some(phone)
    }

    pub(crate) fn unregister(&self, phone: &Phone) {
        let mut phones = self.phones();
        if phones.get(&phone.number).is_some_and(|known| known.key == phone.key) {
            phones.remove(&phone.number);
        }
    }

    pub(crate) fn phone(&self, number: &str) -> Option<Arc<Phone>> {
        let phones = self.phones();
        let bare = user_part(number);
        phones.get(bare).or_else(|| phones.get(bare.trim_start_matches('+'))).cloned()
    }

    pub(crate) fn call(&self, id: &str) -> Option<Arc<Call>> {
        self.calls().by_id.get(id).cloned()
    }

    /// Newest calls first, at most `most`, that fit.
    pub(crate) fn calls_that(&self, fits: impl Fn(&Call) -> bool, most: usize) -> Vec<Arc<Call>> {
        let calls = self.calls();
        let newest_first = calls.oldest_first.iter().rev().filter_map(|id| calls.by_id.get(id));
        newest_first.filter(|call| fits(call)).take(most).cloned().collect()
    }

    /// Refuses the next `times` REST requests with 429, as a provider under load does. For tests.
    pub fn be_busy(&self, times: u32) {
        self.0.busy_for.store(times, Ordering::Relaxed);
    }

    /// Whether the present REST request is to be refused because of too many.
    pub(crate) fn is_busy(&self) -> bool {
        let less = |left: u32| left.checked_sub(1);
        self.0.busy_for.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// Opens a leg in the books and starts delivering its status hooks.
    pub(crate) fn open(&self, leg: NewLeg) -> Opened {
        let (orders, incoming) = mpsc::channel(MOST_ORDERS);
        let (hooks, mut to_deliver) = mpsc::unbounded_channel::<Hook>();
        let call = Arc::new(Call::new(leg, orders, hooks, Arc::clone(&self.0.recordings)));
        let mut calls = self.calls();
        calls.by_id.insert(call.id.clone(), Arc::clone(&call));
        calls.oldest_first.push_back(call.id.clone());
        if calls.oldest_first.len() > MOST_CALLS
            && let Some(old) = calls.oldest_first.pop_front()
        {
            calls.by_id.remove(&old);
        }
        drop(calls);
        let (exchange, told) = (Arc::clone(&self.0), Arc::clone(&call));
        let delivery = tokio::spawn(async move {
            while let Some(hook) = to_deliver.recv().await {
                exchange.deliver(&told, hook).await;
            }
        });
        Opened { call, orders: incoming, delivery }
    }

    /// Places a call from a registered telephone to one of the lines.
    pub(crate) fn call_line(&self, phone: &Arc<Phone>, to: &str, from: &str) -> Result<(), CannotCall> {
        let setup = &self.0.setup;
        let line = setup.line(to).ok_or_else(|| CannotCall::NoSuchLine {
            number: to.to_owned(),
            lines: setup.lines.iter().map(|line| line.number.as_str()).collect::<Vec<_>>().join(", "),
        })?;
        let voice =
            Url::parse(&line.voice_url).map_err(|_| CannotCall::BadAddress(line.voice_url.clone()))?;
        let fallback = line.fallback_url.as_deref().and_then(|url| Url::parse(url).ok());
        let events = ["initiated", "ringing", "answered", "completed"].map(str::to_owned).to_vec();
        let opened = self.open(NewLeg {
            parent: None,
            from: from.to_owned(),
            to: line.number.clone(),
            direction: "inbound",
            told: line.status_url.clone().map(|url| Told { url, events }),
        });
        let calling = Notice::Calling { to: line.number.clone() };
        if let Err(error) = phone.attach(opened.call.orders.clone(), Phase::Busy, calling) {
            opened.call.becomes(CallStatus::Canceled);
            return Err(error.into());
        }
        let leg = Leg::new(self.clone(), opened, Far::Phone(Arc::clone(phone)), false);
        tokio::spawn(async move {
            leg.call.becomes(CallStatus::Initiated);
            leg.call.becomes(CallStatus::Ringing);
            leg.run(Interpreter::new(voice, fallback), true).await;
        });
        Ok(())
    }

    /// Places a call that the REST side asked for: rings, and when answered fetches the document. With
    /// `detect_machine` every hook after the answer tells whether a machine answered.
    pub(crate) fn place(&self, create: Create, detect_machine: bool) -> Result<Arc<Call>, Fault> {
        let url =
            Url::parse(&create.url).map_err(|_| Fault::bad_request(21_205, "Url is not a valid URL"))?;
        let fallback = create.fallback_url.as_deref().and_then(|url| Url::parse(url).ok());
        let opened = self.open(NewLeg {
            parent: None,
            from: create.from,
            to: create.to,
            direction: "outbound-api",
            told: create.status_url.map(|url| Told { url, events: create.status_events }),
        });
        let call = Arc::clone(&opened.call);
        let switch = self.clone();
        tokio::spawn(async move {
            let patience = std::time::Duration::from_secs(u64::from(create.timeout_seconds));
            let (ringing, ring) = Ringing::new(&switch, opened).ring(patience).await;
            if ring == Ring::Answered {
                if detect_machine {
                    ringing.call.answered_by(if ringing.far.is_machine() {
                        "machine_start"
                    } else {
                        "human"
                    });
                }
                ringing.into_leg(switch).run(Interpreter::new(url, fallback), create.post).await;
            }
        });
        Ok(call)
    }
}
