//! Follow-up callbacks: why somebody is called, when the next attempt may be made, and when it is enough.
//!
//! Is not: a dialler. Attempts are made by the switchboard and kept by the store; here is only what comes next.
//!
//! Read in this order: [`words`] (purposes, outcomes, states), [`ladder`] (the data), [`window`] (when calling is
//! allowed), [`destination`] (whom), [`machine`] (answering machines), [`next`] (the decision), [`follow_up`] (the callback after a result).

pub mod destination;
pub mod follow_up;
pub mod ladder;
pub mod machine;
pub mod next;
pub mod window;
pub mod words;

pub use destination::{Denied, Destinations, Placed};
pub use follow_up::{Scheduled, schedule_follow_up};
pub use ladder::{Ladder, Ladders, Step};
pub use next::{Attempt, Next, Plan, dials, next_attempt};
pub use window::{Window, Wish, next_in};
pub use words::{
    AttemptOutcome, CallbackState, Concern, DayPart, Inbound, ParkReason, Purpose, when_caller_rings_in,
};
