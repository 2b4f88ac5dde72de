//! Waiting callers and the agents who answer them: states, who is offered to whom, how long it may take.
//!
//! Is not: a queue that holds anybody. Rows live in the store; here is only the decision over the rows it is given.
//!
//! Read in this order: [`agent`] (states and legal moves), [`mod@assign`] (who gets whom), [`mod@estimate`] (the wait
//! that is told to a caller).

pub mod agent;
pub mod assign;
pub mod estimate;

pub use agent::{AgentMove, AgentState, IllegalMove};
pub use assign::{Idle, OfferRules, Pair, Waiting, assign, place};
pub use estimate::{Load, WaitRange, estimate};
