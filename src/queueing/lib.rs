//! Waiting callers, agent states, offers.
