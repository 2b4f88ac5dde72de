//! Who is expected to do something next: what a complainant who asks after a case is told.

use domain::codes;

use crate::words::CaseStatus;

codes! {
    /// Who has the next move.
    pub enum WaitsFor, "party that is waited for" {
        /// The hotline reads, classifies, passes on, checks or tells.
        Hotline = "hotline",
        /// The department signs for it, finds out or answers.
        Department = "department",
        /// The complainant is asked for something.
        Complainant = "complainant",
        /// Nobody: it is over.
        Nobody = "nobody",
    }
}

/// Whose move it is in a status.
pub fn waits_for(status: CaseStatus) -> WaitsFor {
    match status {
        CaseStatus::Dispatched | CaseStatus::Signed | CaseStatus::InProgress => WaitsFor::Department,
        closed if closed.is_closed() => WaitsFor::Nobody,
        _ => WaitsFor::Hotline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_has_the_next_move_until_the_case_is_closed() {
        for status in CaseStatus::ALL {
            assert_eq!(waits_for(*status) == WaitsFor::Nobody, status.is_closed(), "{status}");
        }
        assert_eq!(waits_for(CaseStatus::Dispatched), WaitsFor::Department);
        assert_eq!(waits_for(CaseStatus::Answered), WaitsFor::Hotline);
    }
}
