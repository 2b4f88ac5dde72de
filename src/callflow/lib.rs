//! The script language and the pure engine that walks a caller through it.
//!
//! `step(script, state, event, facts) → Turn`: values in, values out. The engine cannot fail and cannot
//! loop: whatever a script or a provider does wrong becomes a coded *trouble*, and the caller still hears
//! a sentence and is led to a person.
//!
//! Is not: a place that knows providers, databases, clocks or HTTP.
//!
//! Read in this order: [`event`], [`verb`], [`effect`], [`state`], then the engine ([`mod@step`], `walk`, the
//! kinds of `nodes`), the script language (`model`, `parse`, `prompts` with its `functions` and what [`spoken`]
//! makes of values, [`tune`] for the music of a queue, [`mod@check`] against profiles and [`abilities`]), the golden
//! calls ([`transcript`]; `rehearsal` plays them in tests), and what is told of a script: its ways (`edges`), what calls
//! cover of it (`coverage`), its picture ([`graph`]).

pub mod abilities;
pub mod check;
pub mod coverage;
pub mod diagnostic;
mod edges;
pub mod effect;
pub mod event;
mod fields;
mod functions;
pub mod graph;
mod model;
mod nodes;
mod parse;
mod prompts;
#[cfg(test)]
pub(crate) mod rehearsal;
pub mod source;
pub mod spoken;
pub mod state;
pub mod step;
pub mod transcript;
pub mod tune;
pub mod verb;
mod walk;
mod wave;

pub use abilities::Abilities;
pub use check::{check, check_by, load, load_by};
pub use diagnostic::{Diagnostic, Severity};
pub use edges::{Edge, edges};
pub use effect::{Effect, Question};
pub use event::{Answer, DialOutcome, Event, Recording};
pub use model::Script;
pub use source::{AudioFile, SourceFile, Sources};
pub use state::{CallState, Facts, Place};
pub use step::{apology, begin, settle, step};
pub use verb::{Prompt, Verb};

use domain::Language;
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
    /// The ways that were taken, in order; [`edges()`] has them all.
    pub walked: Vec<Edge>,
    /// Prompts that were spoken, by language and message.
    pub spoken: Vec<(Language, String)>,
}

/// Something that should not have happened, with a stable code for logs and metrics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Stable code, as `unknown-node`.
    pub code: String,
    pub node: String,
    pub detail: String,
}
