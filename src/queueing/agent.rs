//! The states of an agent at the desk and the moves between them. Nothing makes an agent routable but the agent's
//! own act, or a rule that is named here: answering and finishing, or the end of wrap-up time.

use domain::codes;

codes! {
    /// What an agent is doing.
    pub enum AgentState, "agent state" {
        /// Not logged in to the queue.
        Offline = "offline",
        /// Waiting for a caller; the only state that is offered one.
        Ready = "ready",
        /// A caller is offered; the phone rings.
        Ringing = "ringing",
        /// In a conversation.
        Talking = "talking",
        /// Finishing the record after a conversation.
        WrapUp = "wrap_up",
        /// Away, with a reason.
        Break = "break",
        /// An offer was not answered; stays so until the agent acts.
        NotResponding = "not_responding",
    }
}

codes! {
    /// What moves an agent from one state to another.
    pub enum AgentMove, "agent move" {
        /// The agent reports ready (from any state of rest, and out of wrap-up).
        GoReady = "go_ready",
        /// The agent takes a break.
        TakeBreak = "take_break",
        /// The agent leaves the queue.
        GoOffline = "go_offline",
        /// A caller is offered.
        Offered = "offered",
        /// The agent answered the offer.
        Answered = "answered",
        /// The offer ran out unanswered.
        Missed = "missed",
        /// The agent turned the offer down.
        Declined = "declined",
        /// The offer vanished: the caller hung up first.
        Withdrawn = "withdrawn",
        /// The agent places a call, as for a follow-up callback.
        Dialled = "dialled",
        /// The conversation ended.
        HungUp = "hung_up",
        /// The record is finished, or wrap-up time is over.
        WrappedUp = "wrapped_up",
        /// The desk was not heard of for too long.
        LostSight = "lost_sight",
    }
}

/// A move that does not exist from this state.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq, Eq)]
#[error("an agent who is {state} cannot move by {by}")]
pub struct IllegalMove {
    pub state: AgentState,
    pub by: AgentMove,
}

impl AgentState {
    /// Whether a caller may be offered.
    pub fn is_routable(self) -> bool {
        self == Self::Ready
    }

    /// The state after a move.
    pub fn after(self, by: AgentMove) -> Result<Self, IllegalMove> {
        use AgentMove as Move;
        let next = match (self, by) {
            (
                Self::Offline | Self::Break | Self::NotResponding | Self::WrapUp | Self::Ready,
                Move::GoReady,
            ) => Self::Ready,
            (
                Self::Ready | Self::WrapUp | Self::NotResponding | Self::Break | Self::Offline,
                Move::TakeBreak,
            ) => Self::Break,
            (
                Self::Ready | Self::WrapUp | Self::NotResponding | Self::Break | Self::Offline,
                Move::GoOffline,
            ) => Self::Offline,
            (Self::Ready, Move::Offered) => Self::Ringing,
            (Self::Ringing, Move::Answered) => Self::Talking,
            (Self::Ringing, Move::Missed) => Self::NotResponding,
            (Self::Ringing, Move::Declined) => Self::Break,
            // The caller gave up; the agent did nothing wrong and was ready a moment ago.
            (Self::Ringing, Move::Withdrawn) => Self::Ready,
            (Self::Ready | Self::WrapUp | Self::Break, Move::Dialled) => Self::Talking,
            (Self::Talking, Move::HungUp) => Self::WrapUp,
            (Self::WrapUp, Move::WrappedUp) => Self::Ready,
            // A conversation goes on without the desk: losing sight of it must not end the record.
            (Self::Talking, Move::LostSight) => Self::Talking,
            (
                Self::Ready
                | Self::Ringing
                | Self::WrapUp
                | Self::Break
                | Self::NotResponding
                | Self::Offline,
                Move::LostSight,
            ) => Self::Offline,
            (state, by) => return Err(IllegalMove { state, by }),
        };
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_agents_own_act_or_a_named_rule_makes_routable() {
        let mut ways = Vec::new();
        for state in AgentState::ALL {
            for by in AgentMove::ALL {
                if state.after(*by) == Ok(AgentState::Ready) && !state.is_routable() {
                    ways.push((*state, *by));
                }
            }
        }
        use AgentState::*;
        assert_eq!(
            ways,
            [
                (Offline, AgentMove::GoReady),
                (Ringing, AgentMove::Withdrawn),
                (WrapUp, AgentMove::GoReady),
                (WrapUp, AgentMove::WrappedUp),
                (Break, AgentMove::GoReady),
                (NotResponding, AgentMove::GoReady),
            ]
        );
    }

    #[test]
    fn a_call_runs_from_ready_to_ready() {
        let moves = [AgentMove::Offered, AgentMove::Answered, AgentMove::HungUp, AgentMove::WrappedUp];
        let end = moves.into_iter().try_fold(AgentState::Ready, AgentState::after);
        assert_eq!(end, Ok(AgentState::Ready));
    }

    #[test]
    fn a_missed_offer_parks_the_agent() {
        let missed = AgentState::Ringing.after(AgentMove::Missed).unwrap();
        assert_eq!(missed, AgentState::NotResponding);
        let wrong = missed.after(AgentMove::Offered).unwrap_err();
        assert_eq!(wrong.to_string(), "an agent who is not_responding cannot move by offered");
        assert_eq!(AgentState::Talking.after(AgentMove::LostSight), Ok(AgentState::Talking));
        assert!(AgentState::Talking.after(AgentMove::GoReady).is_err(), "nobody is ready while talking");
    }
}
