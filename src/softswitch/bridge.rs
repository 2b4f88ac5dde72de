//! Who hears whom: the telephones on connected legs, and what they tell each other so that sound can flow
//! from page to page. The switch relays these signals and never carries the sound itself.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::leg::Far;
use crate::notice::Notice;

/// Longest description of a connection that is relayed, in bytes.
pub(crate) const LONGEST_SIGNAL: usize = 16 * 1024;
/// Signals that one telephone may send while it sits on one bridge: two people need about thirty.
const MOST_SIGNALS: u32 = 500;
/// People on one bridge: every page sends its sound to every other.
const MOST_SEATS: usize = 6;

/// What a page tells another page about the connection between them (WebRTC's own words).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalKind {
    Offer,
    Answer,
    Candidate,
}

/// Why a signal was not relayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotRelayed {
    #[error("nobody with that number is connected with this telephone")]
    NobodyThere,
    #[error("too many signals for one conversation")]
    TooMany,
}

/// People who hear each other.
#[derive(Default)]
pub(crate) struct Bridge {
    seats: Mutex<Seats>,
    company: watch::Sender<u32>,
}

#[derive(Default)]
struct Seats {
    last: u32,
    taken: Vec<Taken>,
}

struct Taken {
    id: u32,
    name: String,
    far: Far,
    signals: u32,
    /// The seat that lets this one wait.
    waits_for: Option<u32>,
}

/// A place on a bridge; given up when dropped.
pub(crate) struct Seat {
    bridge: Arc<Bridge>,
    pub(crate) id: u32,
}

impl Bridge {
    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place; `name` is what the others see. The newcomer's page opens the connections. Nothing when
    /// the bridge is full.
    pub(crate) fn sit(self: &Arc<Self>, far: &Far, name: &str) -> Option<Seat> {
        let mut seats = self.seats();
        if seats.taken.len() >= MOST_SEATS {
            return None;
        }
        seats.last += 1;
        let id = seats.last;
        if let Far::Phone(phone) = far {
            phone.seat(Some((Arc::clone(self), id)));
        }
        for other in &seats.taken {
            if far.sounds() && other.far.sounds() {
                other.far.note(Notice::Peer { peer: id, with: name.to_owned(), offers: false });
                far.note(Notice::Peer { peer: other.id, with: other.name.clone(), offers: true });
            }
        }
        seats.taken.push(Taken { id, name: name.to_owned(), far: far.clone(), signals: 0, waits_for: None });
        let waiting = seats.waiting();
        if !waiting.is_empty() {
            far.note(Notice::Holding { peers: waiting });
        }
        self.company.send_modify(|count| *count = count.wrapping_add(1));
        Some(Seat { bridge: Arc::clone(self), id })
    }

    /// Passes a signal to the page at the other seat.
    pub(crate) fn signal(
        &self,
        from: u32,
        to: u32,
        kind: SignalKind,
        body: String,
    ) -> Result<(), NotRelayed> {
        let mut seats = self.seats();
        let sender = seats.taken.iter_mut().find(|seat| seat.id == from).ok_or(NotRelayed::NobodyThere)?;
        sender.signals += 1;
        if sender.signals > MOST_SIGNALS {
            return Err(NotRelayed::TooMany);
        }
        let other = seats.taken.iter().find(|seat| seat.id == to && seat.id != from && seat.far.sounds());
        other.ok_or(NotRelayed::NobodyThere)?.far.note(Notice::Signal { peer: from, kind, body });
        Ok(())
    }

    /// Changes whenever somebody comes or leaves.
    pub(crate) fn company(&self) -> watch::Receiver<u32> {
        self.company.subscribe()
    }

    /// Names of everybody who sits here.
    pub(crate) fn names(&self) -> Vec<String> {
        self.seats().taken.iter().map(|seat| seat.name.clone()).collect()
    }

    fn tell_others(&self, id: u32, notice: &Notice) {
        for seat in self.seats().taken.iter().filter(|seat| seat.id != id) {
            seat.far.note(notice.clone());
        }
    }
}

impl Seat {
    /// Typed words for everybody else.
    pub(crate) fn say(&self, text: String) {
        self.bridge.tell_others(self.id, &Notice::Voice { text });
    }

    /// Lets everybody else who is here wait with music, or takes all back. Who comes later does not wait: that is
    /// how an agent asks a colleague while the caller hears nothing of it.
    pub(crate) fn hold(&self, on: bool) {
        let mut seats = self.bridge.seats();
        let own = self.id;
        for seat in seats.taken.iter_mut().filter(|seat| seat.id != own && seat.waits_for.is_some() != on) {
            seat.waits_for = on.then_some(own);
            seat.far.note(Notice::Held { on });
        }
        seats.tell_waiting();
    }

    /// Who else is there, as the telephone shows it.
    pub(crate) fn others(&self) -> String {
        let seats = self.bridge.seats();
        let others = seats.taken.iter().filter(|seat| seat.id != self.id);
        others.map(|seat| seat.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Seats {
    fn waiting(&self) -> Vec<u32> {
        self.taken.iter().filter(|seat| seat.waits_for.is_some()).map(|seat| seat.id).collect()
    }

    fn tell_waiting(&self) {
        let peers = self.waiting();
        for seat in self.taken.iter().filter(|seat| seat.waits_for.is_none()) {
            seat.far.note(Notice::Holding { peers: peers.clone() });
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.bridge.seats();
        let Some(at) = seats.taken.iter().position(|seat| seat.id == self.id) else { return };
        let left = seats.taken.swap_remove(at);
        self.bridge.company.send_modify(|count| *count = count.wrapping_add(1));
        if let Far::Phone(phone) = &left.far {
            phone.seat(None);
        }
        for other in &seats.taken {
            if left.far.sounds() && other.far.sounds() {
                other.far.note(Notice::PeerGone { peer: left.id });
                // Who is fetched elsewhere must not go on hearing these.
                left.far.note(Notice::PeerGone { peer: other.id });
            }
        }
        // Nobody waits for somebody who is gone.
        let mut back = false;
        for seat in seats.taken.iter_mut().filter(|seat| seat.waits_for == Some(left.id)) {
            seat.waits_for = None;
            seat.far.note(Notice::Held { on: false });
            back = true;
        }
        if back {
            seats.tell_waiting();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::{Habits, Phone};

    fn phone(number: &str, sound: bool) -> (Arc<Phone>, Far) {
        let habits = Habits { sound, ..Habits::default() };
        let phone = Arc::new(Phone::new(number.into(), "key".into(), habits));
        (Arc::clone(&phone), Far::Phone(phone))
    }

    fn heard(phone: &Phone) -> Vec<Notice> {
        phone.snapshot(0).heard.into_iter().map(|heard| heard.notice).collect()
    }

    #[test]
    fn signals_pass_between_pages_that_sit_on_one_bridge_and_are_forgotten_with_it() {
        let bridge = Arc::new(Bridge::default());
        let ((caller, far_caller), (agent, far_agent)) = (phone("1", true), phone("8001", true));
        let first = bridge.sit(&far_caller, "1").unwrap();
        let second = bridge.sit(&far_agent, "8001").unwrap();
        assert_eq!(heard(&caller), [Notice::Peer { peer: 2, with: "8001".into(), offers: false }]);
        assert_eq!(heard(&agent), [Notice::Peer { peer: 1, with: "1".into(), offers: true }]);
        bridge.signal(second.id, first.id, SignalKind::Offer, "v=0".into()).unwrap();
        let offer = Notice::Signal { peer: 2, kind: SignalKind::Offer, body: "v=0".into() };
        assert_eq!(heard(&caller).last(), Some(&offer));
        let gone = bridge.signal(second.id, 7, SignalKind::Offer, "v=0".into());
        assert_eq!(gone, Err(NotRelayed::NobodyThere));
        assert_eq!(bridge.signal(2, 2, SignalKind::Offer, "to myself".into()), Err(NotRelayed::NobodyThere));
        drop(second);
        assert_eq!(heard(&caller).last(), Some(&Notice::PeerGone { peer: 2 }));
        assert_eq!(bridge.signal(2, 1, SignalKind::Offer, "late".into()), Err(NotRelayed::NobodyThere));
        drop(first);
        assert!(!heard(&caller).contains(&offer), "addresses of computers outlive the conversation");
        assert!(caller.seated().is_none());
    }

    #[test]
    fn a_telephone_without_sound_gets_words_only() {
        let bridge = Arc::new(Bridge::default());
        let ((caller, far_caller), (terminal, far_terminal)) = (phone("1", true), phone("2", false));
        let first = bridge.sit(&far_caller, "1").unwrap();
        let second = bridge.sit(&far_terminal, "2").unwrap();
        assert_eq!((heard(&caller), heard(&terminal)), (Vec::new(), Vec::new()));
        first.say("hello".into());
        second.hold(true);
        assert_eq!(
            heard(&terminal),
            [Notice::Voice { text: "hello".into() }, Notice::Holding { peers: vec![1] }]
        );
        assert_eq!(heard(&caller), [Notice::Held { on: true }]);
        drop(second);
        let last = heard(&caller);
        assert!(last.contains(&Notice::Held { on: false }), "nobody holds any more: {last:?}");
    }

    #[test]
    fn a_flood_of_signals_and_a_crowd_are_refused() {
        let bridge = Arc::new(Bridge::default());
        let ((_, far), (_, other)) = (phone("1", true), phone("2", true));
        let (seat, _other) = (bridge.sit(&far, "1").unwrap(), bridge.sit(&other, "2").unwrap());
        let send = || bridge.signal(seat.id, 2, SignalKind::Candidate, "c".into());
        assert!((0..MOST_SIGNALS).all(|_| send().is_ok()));
        assert_eq!(send(), Err(NotRelayed::TooMany));
        let crowd: Vec<_> = (0..MOST_SEATS).map(|_| bridge.sit(&other, "3")).collect();
        assert!(crowd.last().unwrap().is_none());
    }
}
