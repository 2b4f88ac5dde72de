//! A registered telephone: which leg it is on, what it shows, what its owner has heard so far.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use reqwest::Url;
use tokio::sync::{mpsc, watch};

use crate::bridge::Bridge;
use crate::notice::{Heard, Notice, Phase, Snapshot};

/// What the owner of a telephone, or the REST side, wants of a leg.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    Key(char),
    /// The owner lets the time run out (telephones that do not wait in real time).
    TimeOut,
    /// A recording was made; `left` when it ended by hanging up.
    Record {
        seconds: u32,
        sound: Option<(String, Bytes)>,
        by: Option<char>,
        left: bool,
    },
    /// The owner has heard the prompt to its end.
    HeardIt,
    Voice(String),
    /// Lets the other side wait, or takes it back.
    Hold(bool),
    /// Brings another telephone into the conversation.
    Invite(String),
    Answer,
    HangUp,
    /// Whoever called no longer wants it; only a ringing leg reads this.
    Cancel,
    /// Through the REST side.
    Redirect {
        url: Url,
        post: bool,
    },
}

/// More notices than this are forgotten, oldest first.
const MOST_NOTICES: usize = 1_000;
/// Orders that may wait for one leg.
pub(crate) const MOST_ORDERS: usize = 128;

pub(crate) struct Phone {
    pub(crate) number: String,
    /// Who registered last knows it; nobody else can use the telephone.
    pub(crate) key: String,
    pub(crate) habits: Habits,
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

/// What a telephone is like; it says so when it registers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Habits {
    /// Time stands still for it: prompts take no time, and silence is an order.
    pub(crate) driven: bool,
    /// It can send and play sound: a page of a browser.
    pub(crate) sound: bool,
    /// It answers by itself, as an answering machine.
    pub(crate) machine: bool,
}

struct State {
    heard: VecDeque<Heard>,
    last: u64,
    phase: Phase,
    leg: Option<mpsc::Sender<Order>>,
    seat: Option<(Arc<Bridge>, u32)>,
}

/// Why a telephone did not take an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotNow {
    #[error("there is no call on this telephone")]
    NoCall,
    #[error("this telephone is on a call already")]
    OnACall,
    #[error("too many orders are waiting")]
    TooMany,
}

impl Phone {
    pub(crate) fn new(number: String, key: String, habits: Habits) -> Self {
        let state = State { heard: VecDeque::new(), last: 0, phase: Phase::Idle, leg: None, seat: None };
        Self { number, key, habits, state: Mutex::new(state), changed: watch::Sender::new(0) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the telephone on a call, unless it is on one.
    pub(crate) fn attach(&self, leg: mpsc::Sender<Order>, phase: Phase, first: Notice) -> Result<(), NotNow> {
        let mut state = self.state();
        if state.leg.is_some() {
            return Err(NotNow::OnACall);
        }
        state.leg = Some(leg);
        drop(state);
        self.show(Some(first), phase);
        Ok(())
    }

    /// Takes it off the call.
    pub(crate) fn detach(&self, reason: &str) {
        self.state().leg = None;
        self.show(Some(Notice::Ended { reason: reason.to_owned() }), Phase::Idle);
    }

    pub(crate) fn note(&self, notice: Notice) {
        let phase = self.state().phase.clone();
        self.show(Some(notice), phase);
    }

    pub(crate) fn show(&self, notice: Option<Notice>, phase: Phase) {
        let mut state = self.state();
        if let Some(notice) = notice {
            state.last += 1;
            let seq = state.last;
            state.heard.push_back(Heard { seq, notice });
            if state.heard.len() > MOST_NOTICES {
                state.heard.pop_front();
            }
        }
        state.phase = phase;
        drop(state);
        self.changed.send_modify(|count| *count += 1);
    }

    /// Passes an order to the leg. A telephone that drives time is busy from this moment on, so that its
    /// owner can wait for what comes of it.
    pub(crate) fn order(&self, order: Order) -> Result<(), NotNow> {
        let mut state = self.state();
        let leg = state.leg.clone().ok_or(NotNow::NoCall)?;
        leg.try_send(order).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => NotNow::TooMany,
            mpsc::error::TrySendError::Closed(_) => NotNow::NoCall,
        })?;
        if self.habits.driven {
            state.phase = Phase::Busy;
        }
        Ok(())
    }

    /// Where it sits while connected. With the end of a conversation its signals are forgotten: they name the
    /// addresses of people's computers.
    pub(crate) fn seat(&self, seat: Option<(Arc<Bridge>, u32)>) {
        let mut state = self.state();
        if seat.is_none() {
            state.heard.retain(|heard| !matches!(heard.notice, Notice::Signal { .. }));
        }
        state.seat = seat;
    }

    pub(crate) fn seated(&self) -> Option<(Arc<Bridge>, u32)> {
        self.state().seat.clone()
    }

    pub(crate) fn snapshot(&self, after: u64) -> Snapshot {
        let state = self.state();
        let heard = state.heard.iter().filter(|heard| heard.seq > after).cloned().collect();
        Snapshot { phase: state.phase.clone(), heard }
    }

    /// Whether it is on a call, or somebody is watching it: others may be forgotten.
    pub(crate) fn in_use(&self) -> bool {
        self.state().leg.is_some() || self.changed.receiver_count() > 0
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}
