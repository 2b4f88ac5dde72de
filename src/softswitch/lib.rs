//! The bundled switch: a telephone network in a box for demo, terminal and tests.
//!
//! It carries out the service's documents over real HTTP, signs as a provider does, and serves the
//! provider's REST side. It meets the service only over the wire and knows nothing of its inside.
//!
//! Is not: a SIP server, and not for the public network: whoever reaches it can place calls.
//!
//! Read in this order: [`setup`], [`interpreter`] (what a document means), `call` and `leg` (one party's
//! connection), `dialling` (whom a call is put through to), `conversation` (until the last one leaves), `meeting` (in a room of calls), `bridge`
//! (who hears whom), `wire` (hooks), [`notice`] (what a telephone shows), then the two doors `phone_api` and `rest`,
//! and the [`Telephone`] that uses the first.

mod bridge;
mod call;
mod conversation;
mod dialling;
mod exchange;
pub mod interpreter;
mod leg;
mod live_recording;
mod meeting;
pub mod notice;
mod pace;
mod permit;
mod phone;
mod phone_api;
mod recordings;
mod rest;
mod rest_recordings;
mod ring;
pub mod setup;
mod sound_length;
pub mod telephone;
mod wire;

pub use bridge::SignalKind;
pub use exchange::Switch;
pub use notice::{Heard, Notice, Phase, Snapshot};
pub use permit::permit;
pub use setup::{Line, Outside, Setup};
pub use telephone::{Telephone, TelephoneError};

/// Everything that the switch answers: `/2010-04-01/…` as the provider does, `/switch/phones/…` for telephones.
pub fn router(switch: Switch) -> axum::Router {
    rest::routes(switch.clone())
        .merge(rest_recordings::routes(switch.clone()))
        .merge(phone_api::routes(switch))
}

#[cfg(test)]
mod tests;
