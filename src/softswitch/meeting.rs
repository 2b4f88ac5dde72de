//! A room of calls: whoever is led there hears the others until fetched out, hung up or ended. Who is alone hears music.

use std::sync::Arc;
use std::time::Duration;

use dialect::twiml::document::Meet;

use crate::bridge::Bridge;
use crate::exchange::Switch;
use crate::interpreter::Input;
use crate::leg::{Far, Leg};
use crate::notice::{Notice, Phase};
use crate::phone::Order;
use crate::setup::Outside;

/// Longest stay of a telephone that behaves by itself and was told no other length.
const LONGEST: Duration = Duration::from_secs(4 * 60 * 60);

impl Leg {
    /// Stays in the room until the leg is fetched away or over.
    pub(crate) async fn meet(&mut self, meet: &Meet) -> Input {
        let inbound = self.call.direction == "inbound";
        let name = if inbound { self.call.from.clone() } else { self.call.to.clone() };
        let room = self.switch.room(&meet.room);
        let mut company = room.company();
        let there = room.names().join(", ");
        if !there.is_empty() {
            // Before the seat is taken: a conversation begins, and whoever is met belongs to it.
            self.far.note(Notice::Connected { with: there });
        }
        let Some(own) = room.sit(&self.far, &name) else {
            return Input::Dialled { status: "failed", call_id: None, seconds: None };
        };
        let stays = match self.far {
            Far::Outside(Outside::Answers { talks_ms, .. }) => Duration::from_millis(talks_ms),
            _ => LONGEST,
        };
        let until = tokio::time::Instant::now() + stays;
        let mut alone = None;
        let left = loop {
            company.mark_unchanged();
            let with = own.others();
            self.show_room(&mut alone, with);
            tokio::select! {
                order = self.next_order() => match order {
                    Order::HangUp => break Input::HungUp,
                    Order::Redirect { url, post } => break Input::Redirected { url, post },
                    Order::Voice(text) => own.say(text),
                    Order::Hold(on) => own.hold(on),
                    _ => {}
                },
                _ = company.changed() => {}
                () = tokio::time::sleep_until(until) => break Input::HungUp,
            }
        };
        if alone == Some(true) {
            self.far.note(Notice::Held { on: false });
        }
        left
    }

    /// The telephone shows who is there; with nobody there it plays music.
    fn show_room(&self, alone: &mut Option<bool>, with: String) {
        let now = with.is_empty();
        if *alone != Some(now) {
            if now || alone.is_some() {
                self.far.note(Notice::Held { on: now });
            }
            *alone = Some(now);
        }
        self.far.show(None, Phase::Connected { with });
    }
}

impl Switch {
    /// The room of that name; it is there as long as somebody sits in it.
    pub(crate) fn room(&self, name: &str) -> Arc<Bridge> {
        let mut rooms = self.rooms();
        rooms.retain(|_, room| room.strong_count() > 0);
        if let Some(room) = rooms.get(name).and_then(std::sync::Weak::upgrade) {
            return room;
        }
        let room = Arc::new(Bridge::default());
        rooms.insert(name.to_owned(), Arc::downgrade(&room));
        room
    }
}
