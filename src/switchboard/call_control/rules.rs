//! What may be ordered of a live call as it stands. Pure.

use domain::codes;

codes! {
    /// What an agent may want of the call in hand.
    pub enum CallOrder, "call order" {
        /// The caller waits alone, with music.
        Hold = "hold",
        /// The caller is taken back.
        Resume = "resume",
        /// Somebody else is rung and asked while the caller waits.
        Consult = "consult",
        /// The caller is brought together with the agent and who was asked.
        Together = "together",
        /// The agent leaves; caller and who was asked go on.
        HandOver = "hand-over",
        /// Who was asked is let go, and the caller taken back.
        CallOff = "call-off",
        /// The agent leaves at once; the caller hears the other telephone ring.
        PutThrough = "put-through",
    }
}

/// Where the caller is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the dial that the agent answered.
    Dial,
    /// Alone, with music.
    Held,
    /// In the room with whoever else is there.
    Room,
    /// Being put through to somebody else.
    Away,
}

impl Place {
    /// As the store has it; nothing stored is the dial.
    pub fn of(room: Option<&str>) -> Self {
        match room {
            None => Self::Dial,
            Some("held") => Self::Held,
            Some("room") => Self::Room,
            Some(_) => Self::Away,
        }
    }
}

/// How far somebody else has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    Nobody,
    /// The telephone rings.
    Rung,
    Answered,
}

/// A live call as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    pub place: Place,
    pub other: Other,
    /// Whether the provider can bring calls together.
    pub rooms: bool,
}

/// Why an order is not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Not {
    /// The call does not stand so.
    Now,
    /// The provider cannot do it at all.
    Here,
}

impl Situation {
    /// Whether `order` may be given now.
    pub fn may(self, order: CallOrder) -> Result<(), Not> {
        use CallOrder as Order;
        let here = matches!(self.place, Place::Dial | Place::Held | Place::Room);
        let alone = self.other == Other::Nobody;
        let fits = match order {
            Order::Hold => alone && matches!(self.place, Place::Dial | Place::Room),
            Order::Resume => alone && self.place == Place::Held,
            Order::Consult | Order::PutThrough => alone && here,
            Order::Together => self.other == Other::Answered && self.place == Place::Held,
            Order::HandOver => self.other == Other::Answered && here,
            Order::CallOff => !alone && here,
        };
        match (order, fits) {
            (Order::PutThrough, true) => Ok(()),
            (_, true) if self.rooms => Ok(()),
            (_, true) => Err(Not::Here),
            (_, false) => Err(Not::Now),
        }
    }

    /// Every order that may be given now.
    pub fn orders(self) -> Vec<CallOrder> {
        CallOrder::ALL.iter().copied().filter(|order| self.may(*order).is_ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use CallOrder::*;

    use super::*;

    #[test]
    fn each_moment_of_a_call_has_its_orders() {
        for (place, other, orders) in [
            (Place::Dial, Other::Nobody, vec![Hold, Consult, PutThrough]),
            (Place::Held, Other::Nobody, vec![Resume, Consult, PutThrough]),
            (Place::Room, Other::Nobody, vec![Hold, Consult, PutThrough]),
            (Place::Held, Other::Rung, vec![CallOff]),
            (Place::Held, Other::Answered, vec![Together, HandOver, CallOff]),
            (Place::Room, Other::Answered, vec![HandOver, CallOff]),
            (Place::Away, Other::Rung, vec![]),
            (Place::Away, Other::Nobody, vec![]),
        ] {
            let situation = Situation { place, other, rooms: true };
            assert_eq!(situation.orders(), orders, "{situation:?}");
        }
    }

    #[test]
    fn without_rooms_a_call_is_only_put_through_and_the_rest_is_said_to_be_impossible() {
        let situation = Situation { place: Place::Dial, other: Other::Nobody, rooms: false };
        assert_eq!(situation.orders(), [PutThrough]);
        assert_eq!(situation.may(Hold), Err(Not::Here));
        assert_eq!(situation.may(Resume), Err(Not::Now), "there is nothing to take back");
    }
}
