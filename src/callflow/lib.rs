//! The script language and the pure engine that walks a caller through it.
//!
//! `step(script, state, event, facts) → Turn`: values in, values out. The engine cannot fail and cannot
//! loop: whatever a script or a provider does wrong becomes a coded *trouble*, and the caller still hears
//! a sentence and is led to a person.
//!
//! Is not: a place that knows providers, databases, clocks or HTTP.
//!
//! Read in this order: [`event`], [`verb`], [`effect`], [`state`], then the script language and the engine.

pub mod effect;
pub mod event;
pub mod state;
pub mod verb;

pub use effect::{Effect, Question};
pub use event::{Answer, DialOutcome, Event, Recording};
pub use state::{CallState, Facts, Place};
pub use verb::{Prompt, Verb};

use serde::{Deserialize, Serialize};

/// The engine's answer to one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub state: CallState,
    pub verbs: Vec<Verb>,
    pub effects: Vec<Effect>,
    /// When set, `verbs` are only what is said before the answer is known: the house answers and steps again.
    pub question: Option<Question>,
    pub troubles: Vec<Trouble>,
}

/// Something that should not have happened, with a stable code for logs and metrics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Stable code, as `unknown-node`.
    pub code: String,
    pub node: String,
    pub detail: String,
}
