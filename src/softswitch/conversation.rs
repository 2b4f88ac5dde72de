//! A conversation: the caller, whom the dial reached, and whoever is brought in later, until the last one leaves.

use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use dialect::CallStatus;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;

use crate::bridge::{Bridge, Seat};
use crate::call::{Call, NewLeg};
use crate::interpreter::{Input, Interpreter};
use crate::leg::{Far, Leg};
use crate::notice::{Notice, Phase};
use crate::phone::Order;
use crate::ring::{Ring, Ringing};
use crate::setup::Outside;

/// Longest conversation, and longest ringing of who is brought in.
const LONGEST: Duration = Duration::from_secs(4 * 60 * 60);
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody beside the caller.
struct Party {
    leg: Ringing,
    seat: Seat,
}

/// Everybody but the caller, and who is still being rung.
struct Table {
    bridge: Arc<Bridge>,
    parties: Vec<Party>,
    rung: FuturesUnordered<BoxFuture<'static, (Ringing, Ring)>>,
    /// The legs of `rung`.
    calls: Vec<Arc<Call>>,
    /// Who is rung again when who was brought in does not come and nobody else is there.
    recall: Option<String>,
}

impl Leg {
    /// Everybody talks until nobody but the caller is left, or the caller leaves or is fetched away.
    pub(crate) async fn talk(&mut self, callee: Ringing) -> Input {
        let caller = self.call.from.clone();
        let talks = match callee.far {
            Far::Outside(Outside::Answers { talks_ms, .. }) => Duration::from_millis(talks_ms),
            _ => LONGEST,
        };
        let first = Arc::clone(&callee.call);
        let bridge = Arc::new(Bridge::default());
        let with = first.to.clone();
        self.far.show(Some(Notice::Connected { with: with.clone() }), Phase::Connected { with });
        let Some(own) = bridge.sit(&self.far, &caller) else { return Input::HungUp };
        let (rung, calls) = (FuturesUnordered::new(), Vec::new());
        let mut table = Table { bridge, parties: Vec::new(), rung, calls, recall: None };
        table.join(callee);
        let until = tokio::time::Instant::now() + talks;
        let left = loop {
            self.show_company(&own, &table);
            if table.parties.is_empty() && table.rung.is_empty() {
                break None;
            }
            tokio::select! {
                order = self.next_order() => match order {
                    Order::HangUp => break Some(Input::HungUp),
                    Order::Redirect { url, post } => break Some(Input::Redirected { url, post }),
                    Order::Voice(text) => own.say(text),
                    Order::Hold(on) => own.hold(on),
                    Order::TimeOut if table.outside_only() => break None,
                    _ => {}
                },
                (at, order) = next_of(&mut table.parties) => self.ordered(&mut table, at, order),
                Some((leg, ring)) = table.rung.next(), if !table.rung.is_empty() => self.came(&mut table, leg, ring),
                () = tokio::time::sleep_until(until), if talks < LONGEST => break None,
            }
        };
        let seconds = Some(first.seconds_talked());
        drop(own);
        table.clear().await;
        left.unwrap_or(Input::Dialled { status: "completed", call_id: Some(first.id.clone()), seconds })
    }

    /// The caller's telephone shows who is there, or that somebody is being rung.
    fn show_company(&self, own: &Seat, table: &Table) {
        let with = own.others();
        if table.parties.is_empty() {
            self.far.show(None, Phase::Connecting { to: table.wanted() });
        } else {
            self.far.show(None, Phase::Connected { with });
        }
    }

    fn ordered(&self, table: &mut Table, at: usize, order: Option<Order>) {
        let Some(party) = table.parties.get(at) else { return };
        match order {
            None | Some(Order::HangUp) => {
                table.leave(at).end(CallStatus::Completed);
                if table.parties.is_empty() && !table.rung.is_empty() {
                    let (to, timeout_seconds) = (table.wanted(), 30);
                    self.far.note(Notice::Connecting { to, timeout_seconds });
                }
            }
            Some(Order::Redirect { url, post }) => {
                let leg = table.leave(at).into_leg(self.switch.clone());
                leg.start(Interpreter::new(url, None), post);
            }
            Some(Order::Invite(to)) => {
                party.leg.far.note(Notice::Inviting { to: to.clone() });
                table.recall = Some(party.leg.call.to.clone());
                let from = party.leg.call.to.clone();
                self.ring_for(table, from, to);
            }
            Some(Order::Voice(text)) => party.seat.say(text),
            Some(Order::Hold(on)) => party.seat.hold(on),
            Some(_) => {}
        }
        table.show();
    }

    fn ring_for(&self, table: &mut Table, from: String, to: String) {
        let parent = Some(self.call.id.clone());
        let opened = self.switch.open(NewLeg { parent, from, to, direction: "outbound-dial", told: None });
        table.calls.push(Arc::clone(&opened.call));
        table.rung.push(Box::pin(Ringing::new(&self.switch, opened).ring(PATIENCE)));
    }

    /// Who was rung answered, or did not.
    fn came(&self, table: &mut Table, leg: Ringing, ring: Ring) {
        table.calls.retain(|call| call.id != leg.call.id);
        if ring == Ring::Answered {
            if table.parties.is_empty() {
                let with = leg.call.to.clone();
                self.far.note(Notice::Connected { with });
            }
            table.join(leg);
            return;
        }
        let outcome = match ring {
            Ring::Busy => "busy",
            Ring::NoAnswer => "no-answer",
            _ => "failed",
        };
        let notice = Notice::NotJoined { to: leg.call.to.clone(), outcome: outcome.to_owned() };
        self.far.note(notice.clone());
        for party in &table.parties {
            party.leg.far.note(notice.clone());
        }
        // A caller who was handed on and not taken goes back to who handed on.
        let alone = table.parties.is_empty() && table.rung.is_empty();
        if let Some(to) = table.recall.take_if(|_| alone) {
            self.ring_for(table, self.call.from.clone(), to);
        }
    }
}

impl Table {
    fn join(&mut self, leg: Ringing) {
        let name = leg.call.to.clone();
        let with = self.bridge.names().join(", ");
        leg.far.show(Some(Notice::Connected { with: with.clone() }), Phase::Connected { with });
        match self.bridge.sit(&leg.far, &name) {
            Some(seat) => self.parties.push(Party { leg, seat }),
            None => leg.end(CallStatus::Completed),
        }
        self.show();
    }

    fn leave(&mut self, at: usize) -> Ringing {
        let Party { leg, seat } = self.parties.swap_remove(at);
        drop(seat);
        leg
    }

    fn show(&self) {
        for Party { leg, seat } in &self.parties {
            leg.far.show(None, Phase::Connected { with: seat.others() });
        }
    }

    /// Who is being rung.
    fn wanted(&self) -> String {
        self.calls.iter().map(|call| call.to.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Nobody listens but telephones that behave by themselves.
    fn outside_only(&self) -> bool {
        self.parties.iter().all(|party| matches!(party.leg.far, Far::Outside(_)))
    }

    async fn clear(mut self) {
        for Party { leg, seat } in self.parties.drain(..) {
            drop(seat);
            leg.end(CallStatus::Completed);
        }
        for call in &self.calls {
            // A leg whose orders are full or closed is past ringing.
            let _ = call.orders.try_send(Order::Cancel);
        }
        while let Some((leg, ring)) = self.rung.next().await {
            if ring == Ring::Answered {
                leg.end(CallStatus::Completed);
            }
        }
    }
}

/// What the owner of one of these telephones wants next.
async fn next_of(parties: &mut [Party]) -> (usize, Option<Order>) {
    std::future::poll_fn(|context| {
        for (at, party) in parties.iter_mut().enumerate() {
            if let Poll::Ready(order) = party.leg.orders.poll_recv(context) {
                return Poll::Ready((at, order));
            }
        }
        Poll::Pending
    })
    .await
}
