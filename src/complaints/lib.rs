//! Complaints: the intake form, the case with its points, what may be done to it when and by whom, and what must
//! have happened before it may be closed.
//!
//! Is not: a place that remembers cases or sends anything. [`decide()`] is asked with the case as it stands and
//! answers with changes, or with a refusal that says what is missing.
//!
//! Read in this order: [`words`] (coded values), [`intake`] (the form), [`grounds`] (what is not accepted, and why),
//! [`points`] (what is complained of), [`case`] (the view), [`action`] and [`change`] (what is asked, what comes of it),
//! [`lifecycle`] (the table: who, from where, to where), [`decide()`] (the rules; [`Extendable`] for more time), [`waiting`] (whose move it is),
//! [`closing`] (the checklist), [`dispatch`] (who handles what), [`supervision`] (who does not move is pressed),
//! [`dialogue`] (the Danish step), [`investigation`] (evidence, statements, what is put right), [`firewall`] (what leaves
//! the house without saying who complains), [`letters`] (written behind it), [`routes`] (appeal routes), [`knowledge`] (what agents and callers look up), [`wrap_up`] (how
//! a call ended).

pub mod action;
mod apply;
pub mod case;
pub mod change;
pub mod closing;
mod decide;
pub mod dialogue;
pub mod dispatch;
mod extendable;
pub mod firewall;
pub mod grounds;
pub mod intake;
pub mod investigation;
pub mod knowledge;
pub mod letters;
pub mod lifecycle;
pub mod points;
pub mod refusal;
pub mod routes;
pub mod supervision;
pub mod waiting;
pub mod words;
pub mod wrap_up;

pub use action::{Action, ActionKind, Actor, PointAnswer};
pub use case::{CaseView, CoHandlerView, DispatchView, ExtensionView, FollowUp, Opening, Owner, PointView};
pub use change::{CARRIED, Change, FieldChoice, Withdrawal};
pub use closing::{Missing, missing_to_close};
pub use decide::decide;
pub use dispatch::{DispatchRules, Proposal};
pub use extendable::Extendable;
pub use intake::{Intake, MissingFact, missing};
pub use investigation::{EvidenceRules, InvestigationAction, InvestigationChange};
pub use refusal::{Refusal, RefusalCode};
pub use routes::{Route, Routes};
pub use waiting::{WaitsFor, waits_for};
pub use words::{
    AutopsyOutcome, CaseStatus, Channel, CoHandlerState, DispatchState, Finding, OutcomeKind, Pressure,
    Relation, ReopenCause, ReturnReason, Satisfaction, StatedBy, StepKind, Strength,
};
pub use wrap_up::{WrapUpCode, WrapUpCodes};
