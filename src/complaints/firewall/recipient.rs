//! Who receives something, and what he may see of the complainant.

use domain::{RequestType, codes};

codes! {
    /// Who gets something of a case.
    pub enum Recipient, "recipient" {
        /// The hotline's own agents and supervisors, who talk with the complainant.
        House = "house",
        /// A department or authority that handles the case and is not complained of.
        Unit = "unit",
        /// The institution complained of, its departments and its people.
        Accused = "accused",
        /// The complainant himself.
        Complainant = "complainant",
        /// The authority that decides in the complainant's name, as the Danish agency does.
        Authority = "authority",
        /// Anybody.
        Public = "public",
    }
}

codes! {
    /// How far the complainant is to be protected.
    pub enum Secrecy, "degree of secrecy" {
        /// The complainant agreed that the complaint office learns who speaks.
        Named = "named",
        /// Not asked, or left open: the accused need not know.
        Unspoken = "unspoken",
        /// Confidential treatment was asked for (GB/T 33358-2016: a confidential work order).
        Confidential = "confidential",
        /// A report of wrongdoing: never disclosed to the unit or person reported (Jinan 12345 ordinance, art. 32).
        Report = "report",
    }
}

impl Secrecy {
    /// The degree that follows from what was asked and answered at the intake.
    pub fn of(request_type: RequestType, confidential: Option<bool>) -> Self {
        match (request_type, confidential) {
            (RequestType::Report, _) => Self::Report,
            (_, Some(true)) => Self::Confidential,
            (_, Some(false)) => Self::Named,
            (_, None) => Self::Unspoken,
        }
    }
}

/// What a recipient may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Names of complainant and patient.
    pub identity: bool,
    /// Numbers and addresses to reach them by.
    pub contact: bool,
    /// Recordings, in which a voice tells who speaks.
    pub voice: bool,
    /// Files the complainant handed in: receipts and records carry names.
    pub files: bool,
    /// What the house noted for itself: attempts to call, who listened, remarks between colleagues.
    pub inner: bool,
}

impl Sight {
    /// All there is.
    pub const WHOLE: Self = Self { identity: true, contact: true, voice: true, files: true, inner: true };
    /// The matter alone.
    pub const MATTER: Self =
        Self { identity: false, contact: false, voice: false, files: false, inner: false };
}

/// What `recipient` may see of a case of that degree of secrecy.
///
/// The health data law of both countries asks for no more than the task needs (PIPL art. 6 and 28, GDPR art. 5 (1) c):
/// whoever handles a case needs the matter; a name only where the complainant agreed to it.
pub fn sight(recipient: Recipient, secrecy: Secrecy) -> Sight {
    let named = Sight { identity: true, contact: true, voice: false, files: true, inner: false };
    match (recipient, secrecy) {
        (Recipient::House, _) | (Recipient::Unit, Secrecy::Named | Secrecy::Unspoken) => Sight::WHOLE,
        (Recipient::Complainant | Recipient::Authority, _) => Sight { voice: true, ..named },
        (Recipient::Accused, Secrecy::Named) => named,
        (Recipient::Accused, Secrecy::Unspoken)
        | (Recipient::Unit | Recipient::Accused, Secrecy::Confidential | Secrecy::Report)
        | (Recipient::Public, _) => Sight::MATTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accused_learns_who_speaks_only_with_leave() {
        for (secrecy, known) in [
            (Secrecy::Named, true),
            (Secrecy::Unspoken, false),
            (Secrecy::Confidential, false),
            (Secrecy::Report, false),
        ] {
            let sight = sight(Recipient::Accused, secrecy);
            assert_eq!((sight.identity, sight.contact), (known, known), "{secrecy}");
            assert!(!sight.voice && !sight.inner, "{secrecy}");
        }
    }

    #[test]
    fn a_confidential_case_is_nameless_outside_the_house_but_for_who_decides_it() {
        for recipient in Recipient::ALL {
            let nameless = !sight(*recipient, Secrecy::Confidential).identity;
            let outside = matches!(recipient, Recipient::Unit | Recipient::Accused | Recipient::Public);
            assert_eq!(nameless, outside, "{recipient}");
        }
    }

    #[test]
    fn a_report_is_secret_whatever_was_answered() {
        for answer in [None, Some(true), Some(false)] {
            assert_eq!(Secrecy::of(RequestType::Report, answer), Secrecy::Report);
        }
        assert_eq!(Secrecy::of(RequestType::Complaint, Some(false)), Secrecy::Named);
        assert_eq!(Secrecy::of(RequestType::Complaint, None), Secrecy::Unspoken);
        assert_eq!(Secrecy::of(RequestType::Inquiry, Some(true)), Secrecy::Confidential);
    }
}
