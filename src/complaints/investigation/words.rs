//! The coded values of an investigation.

use domain::codes;

codes! {
    /// Who may read an entry of the evidence register. The hotline's agents read what the complainant or the handler
    /// may read; supervisors read all of it.
    pub enum Reader, "reader of evidence" {
        Complainant = "complainant",
        /// The institution complained of and its departments.
        Institution = "institution",
        /// A department that handles the case and is not complained of.
        Handler = "handler",
        Supervisor = "supervisor",
    }
}

codes! {
    /// One of the two sides of a complaint.
    pub enum Side, "side of a complaint" {
        Complainant = "complainant",
        Institution = "institution",
    }
}

impl Side {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Complainant => Self::Institution,
            Self::Institution => Self::Complainant,
        }
    }

    /// Who may read what this side gave, where nothing else was said: whoever gave it, and those who handle the case.
    pub fn readers(self) -> Vec<Reader> {
        let own = match self {
            Self::Complainant => Reader::Complainant,
            Self::Institution => Reader::Institution,
        };
        vec![own, Reader::Handler, Reader::Supervisor]
    }
}

codes! {
    /// In which form a statement was made.
    pub enum StatementForm, "form of a statement" {
        InPerson = "in_person",
        Phone = "phone",
        Written = "written",
        /// Recorded with sound or picture.
        Recorded = "recorded",
    }
}

codes! {
    /// Where a request to keep evidence from being overwritten stands.
    pub enum Preservation, "state of a request to preserve" {
        /// Asked for; nobody has said yet whether it was kept.
        Asked = "asked",
        /// Set aside, so that nothing overwrites it.
        Kept = "kept",
        /// Gone before anybody set it aside.
        Lost = "lost",
    }
}

codes! {
    /// What the check of a corrective action found.
    pub enum CheckResult, "result of a check" {
        Done = "done",
        Partly = "partly",
        NotDone = "not_done",
    }
}

codes! {
    /// A kind of letter.
    pub enum LetterKind, "kind of letter" {
        /// The complaint has come in.
        Acknowledgement = "acknowledgement",
        /// The complainant is asked for something.
        InformationRequest = "information_request",
        /// The institution is asked for evidence.
        EvidenceRequest = "evidence_request",
        /// The institution is asked to keep what would be overwritten.
        PreserveRequest = "preserve_request",
        /// Finding and outcome, with the appeal route.
        Result = "result",
        /// Not accepted, with advice where to go.
        NonAcceptance = "non_acceptance",
        /// It takes longer.
        Extension = "extension",
        /// To the authority that decides.
        Forwarding = "forwarding",
        /// To the authority, with all that it gets after a dialogue or where there was none.
        Package = "package",
    }
}
