//! The Dial verb: rings other telephones and joins the first that answers.

use std::time::Duration;

use dialect::twiml::document::Dial;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use crate::call::{NewLeg, Told};
use crate::interpreter::Input;
use crate::leg::Leg;
use crate::notice::{Notice, Phase};
use crate::phone::Order;
use crate::ring::{Ring, Ringing};

/// What ended the ringing of a caller's dial.
enum Outcome {
    Answered(Box<Ringing>),
    Nobody(&'static str),
    Caller(Input),
}

impl Leg {
    pub(crate) async fn dial(&mut self, dial: &Dial) -> Input {
        let to = dial.targets.iter().map(|target| target.to.as_str()).collect::<Vec<_>>().join(", ");
        let ringing = Notice::Connecting { to: to.clone(), timeout_seconds: dial.timeout_seconds };
        self.far.show(Some(ringing), Phase::Connecting { to: to.clone() });
        let input = match self.ring_all(dial, &to).await {
            Outcome::Answered(callee) => self.talk(*callee).await,
            Outcome::Nobody(status) => Input::Dialled { status, call_id: None, seconds: None },
            Outcome::Caller(input) => input,
        };
        if let Input::Dialled { status, .. } = &input {
            self.far.show(Some(Notice::Dialled { outcome: (*status).to_owned() }), Phase::Busy);
        }
        input
    }

    /// Every target rings at once; the first to answer wins, the others stop ringing.
    async fn ring_all(&mut self, dial: &Dial, to: &str) -> Outcome {
        let patience = Duration::from_secs(u64::from(dial.timeout_seconds));
        let mut calls = Vec::new();
        let mut rings = FuturesUnordered::new();
        for target in &dial.targets {
            let told =
                target.status_url.clone().map(|url| Told { url, events: target.status_events.clone() });
            let opened = self.switch.open(NewLeg {
                parent: Some(self.call.id.clone()),
                from: dial.caller_id.clone().unwrap_or_else(|| self.call.from.clone()),
                to: target.to.clone(),
                direction: "outbound-dial",
                told,
            });
            calls.push(std::sync::Arc::clone(&opened.call));
            rings.push(Ringing::new(&self.switch, opened).ring(patience));
        }
        let mut last = "failed";
        let outcome = loop {
            tokio::select! {
                rung = rings.next() => match rung {
                    Some((callee, Ring::Answered)) => break Outcome::Answered(Box::new(callee)),
                    Some((_, Ring::Busy)) => last = "busy",
                    Some((_, Ring::NoAnswer)) => last = "no-answer",
                    Some((_, Ring::Failed)) => last = "failed",
                    Some((_, Ring::Canceled)) => last = "canceled",
                    None => break Outcome::Nobody(last),
                },
                order = self.next_order() => match order {
                    Order::HangUp => break Outcome::Caller(Input::HungUp),
                    Order::Redirect { url, post } => break Outcome::Caller(Input::Redirected { url, post }),
                    Order::TimeOut => break Outcome::Nobody("no-answer"),
                    _ => self.far.show(None, Phase::Connecting { to: to.to_owned() }),
                },
            }
        };
        let answered = if let Outcome::Answered(callee) = &outcome { callee.call.id.as_str() } else { "" };
        for call in calls.iter().filter(|call| call.id != answered && !call.status().is_end()) {
            // A leg whose orders are full or closed is past ringing.
            let _ = call.orders.try_send(Order::Cancel);
        }
        while rings.next().await.is_some() {}
        outcome
    }
}
