//! Ringing a telephone, until somebody answers or nobody does.

use std::sync::Arc;
use std::time::Duration;

use dialect::CallStatus;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::call::Call;
use crate::exchange::{Opened, Switch};
use crate::leg::{Far, Leg};
use crate::notice::{Notice, Phase};
use crate::phone::Order;
use crate::setup::Outside;

/// A leg that is being rung.
pub(crate) struct Ringing {
    pub(crate) call: Arc<Call>,
    pub(crate) orders: mpsc::Receiver<Order>,
    pub(crate) far: Far,
    pub(crate) delivery: JoinHandle<()>,
}

/// How ringing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ring {
    Answered,
    Busy,
    NoAnswer,
    /// It could not be rung at all.
    Failed,
    /// Whoever called no longer wants it.
    Canceled,
}

impl Ringing {
    pub(crate) fn new(switch: &Switch, opened: Opened) -> Self {
        let Opened { call, orders, delivery } = opened;
        let far = match switch.phone(&call.to).filter(|phone| switch.0.setup.has_number(&phone.number)) {
            Some(phone) => Far::Phone(phone),
            None => Far::Outside(switch.0.setup.outside(&call.to)),
        };
        Self { call, orders, far, delivery }
    }

    /// Rings for at most `patience`. Whatever comes of it stands in the call's books afterwards.
    pub(crate) async fn ring(mut self, patience: Duration) -> (Self, Ring) {
        self.call.becomes(CallStatus::Initiated);
        let ring = match self.far.clone() {
            Far::Phone(phone) => {
                let from = self.call.from.clone();
                let shown = Notice::Ringing { from: from.clone() };
                match phone.attach(self.call.orders.clone(), Phase::Ringing { from }, shown) {
                    Err(_) => {
                        // The telephone is on another call and must not be taken off it when this one ends.
                        self.far = Far::Outside(Outside::Busy);
                        Ring::Busy
                    }
                    Ok(()) if phone.habits.machine => {
                        self.call.becomes(CallStatus::Ringing);
                        Ring::Answered
                    }
                    Ok(()) => {
                        self.call.becomes(CallStatus::Ringing);
                        tokio::time::timeout(patience, self.wanted()).await.unwrap_or(Ring::NoAnswer)
                    }
                }
            }
            Far::Outside(Outside::Busy) => Ring::Busy,
            Far::Outside(Outside::Unreachable) => Ring::Failed,
            Far::Outside(behaviour) => {
                self.call.becomes(CallStatus::Ringing);
                self.outside(behaviour, patience).await
            }
        };
        match ring {
            Ring::Answered => {
                self.call.becomes(CallStatus::InProgress);
                self.far.show(Some(Notice::Answered), Phase::Busy);
            }
            Ring::Busy => self.end(CallStatus::Busy),
            Ring::NoAnswer => self.end(CallStatus::NoAnswer),
            Ring::Failed => self.end(CallStatus::Failed),
            Ring::Canceled => self.end(CallStatus::Canceled),
        }
        (self, ring)
    }

    /// What the owner of the ringing telephone, or the REST side, decides.
    async fn wanted(&mut self) -> Ring {
        while let Some(order) = self.orders.recv().await {
            match order {
                Order::Answer => return Ring::Answered,
                Order::HangUp => return Ring::Busy,
                Order::Cancel => return Ring::Canceled,
                _ => self.far.show(None, Phase::Ringing { from: self.call.from.clone() }),
            }
        }
        Ring::Canceled
    }

    async fn outside(&mut self, behaviour: Outside, patience: Duration) -> Ring {
        let wait = match behaviour {
            Outside::Answers { after_ms, .. } => Duration::from_millis(after_ms),
            _ => Duration::MAX,
        };
        tokio::select! {
            () = tokio::time::sleep(wait.min(patience)) => if wait <= patience { Ring::Answered } else { Ring::NoAnswer },
            _ = self.wanted() => Ring::Canceled,
        }
    }

    /// Ends the leg in the books and on the telephone.
    pub(crate) fn end(&self, status: CallStatus) {
        self.call.becomes(status);
        self.far.detach(status.as_str());
    }

    /// An answered leg that documents can be carried out for.
    pub(crate) fn into_leg(self, switch: Switch) -> Leg {
        let opened = Opened { call: self.call, orders: self.orders, delivery: self.delivery };
        Leg::new(switch, opened, self.far, true)
    }
}
