//! Why an action is refused. The code is the tail of the message id that the screens show.

use domain::codes;

use crate::closing::Missing;

codes! {
    /// Why something may not be done.
    pub enum RefusalCode, "refusal" {
        /// Not in this state of the case.
        WrongStatus = "wrong_status",
        /// This role may not do it.
        WrongRole = "wrong_role",
        /// The case is not with this department.
        NotYourDepartment = "not_your_department",
        /// There is no such point.
        NoSuchPoint = "no_such_point",
        /// No category was given.
        NoCategory = "no_category",
        /// No department was named.
        NoDepartment = "no_department",
        /// Another than the usual department needs a reason.
        NeedsReason = "needs_reason",
        /// The rule is mandatory; only a supervisor may choose another department.
        MandatoryRule = "mandatory_rule",
        /// A designated dispatch cannot be returned.
        DesignatedNotReturnable = "designated_not_returnable",
        /// A mandatory dispatch cannot be returned.
        MandatoryNotReturnable = "mandatory_not_returnable",
        /// An answered case cannot be returned.
        AlreadyAnswered = "already_answered",
        /// Something is missing; the list says what.
        Incomplete = "incomplete",
    }
}

/// A refusal: why, and what is missing.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("refused: {code}{}", list(missing))]
pub struct Refusal {
    pub code: RefusalCode,
    /// What is missing, in the order to make up for it; empty for most codes.
    pub missing: Vec<Missing>,
}

impl Refusal {
    /// A refusal for missing things.
    pub fn incomplete(missing: Vec<Missing>) -> Self {
        Self { code: RefusalCode::Incomplete, missing }
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self { code, missing: Vec::new() }
    }
}

fn list(missing: &[Missing]) -> String {
    let codes: Vec<_> = missing.iter().map(|missing| missing.as_str()).collect();
    if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) }
}
