//! The coded values of a dialogue. Each has one spelling, which is stored and is the tail of its message id.

use domain::codes;

codes! {
    /// What the complainant hopes to get from it.
    pub enum Motive, "motive" {
        /// To hear why they acted as they did.
        Explanation = "explanation",
        /// To have questions answered.
        Questions = "questions",
        /// That it does not happen to others.
        Learning = "learning",
        Apology = "apology",
        Sanction = "sanction",
        Compensation = "compensation",
        Other = "other",
    }
}

codes! {
    /// How a dialogue is held: the owner decides, the complainant may wish.
    pub enum Form, "form of a dialogue" {
        Meeting = "meeting",
        Telephone = "telephone",
    }
}

codes! {
    /// Who takes part for the site or the region. A patient adviser is no party and therefore not among them.
    pub enum ParticipantRole, "role in a dialogue" {
        TreatingStaff = "treating_staff",
        DepartmentManagement = "department_management",
        RegionStaff = "region_staff",
        Other = "other",
    }
}

codes! {
    /// Who comes along to listen and help to remember.
    pub enum CompanionKind, "kind of companion" {
        Relative = "relative",
        Friend = "friend",
        /// From the free scheme of volunteer companions (bisidderordning): has to be asked for.
        Volunteer = "volunteer",
    }
}

codes! {
    /// Whether the complaint stands after the dialogue was declined.
    pub enum Maintained, "answer on maintaining" {
        Yes = "yes",
        No = "no",
        /// Not said: it has to be asked, and until then the complaint stands.
        Unknown = "unknown",
    }
}

codes! {
    /// Who runs the dialogue.
    pub enum OwnerKind, "owner of a dialogue" {
        Region = "region",
        /// The hospital itself.
        Site = "site",
    }
}

codes! {
    /// What kind of place treated the patient.
    pub enum SiteKind, "kind of treatment site" {
        PublicHospital = "public_hospital",
        PrivateHospital = "private_hospital",
        /// General or specialist practice, dentist.
        Practice = "practice",
        /// Home care or a nursing home of a municipality.
        Municipal = "municipal",
        /// Run privately for a municipality: a person has to look.
        PrivateForMunicipality = "private_for_municipality",
        Unknown = "unknown",
    }
}

impl SiteKind {
    /// Whether it may refuse to take part: private practitioners may, a public hospital may not.
    pub fn may_refuse(self) -> bool {
        matches!(self, Self::PrivateHospital | Self::Practice | Self::PrivateForMunicipality)
    }
}

codes! {
    /// Who did not come.
    pub enum Absent, "absent party" {
        Complainant = "complainant",
        Site = "site",
    }
}

codes! {
    /// Why the complainant cannot go on in person.
    pub enum Incapacity, "incapacity" {
        Died = "died",
        LostCapacity = "lost_capacity",
    }
}

codes! {
    /// Where a dialogue stands.
    pub enum Stage, "stage of a dialogue" {
        /// The complainant has not answered yet.
        NotAsked = "not_asked",
        /// No, from the outset.
        NotWanted = "not_wanted",
        /// Yes, but what was treated or who paid is not known.
        Unclear = "unclear",
        /// Yes, but no point qualifies: still a valid complaint.
        NotPossible = "not_possible",
        /// Yes, and a point qualifies: with the owner, whose receipt is not recorded yet.
        Accepted = "accepted",
        /// The owner has it: the four weeks run.
        Received = "received",
        /// A date is set.
        Invited = "invited",
        /// It took place; the complainant has to decide.
        Held = "held",
        /// Declined, and not said whether the complaint is maintained.
        AskBack = "ask_back",
        /// The complaint stands: the package for the authority is to be made and sent.
        ToForward = "to_forward",
        /// With the authority.
        Forwarded = "forwarded",
        /// Withdrawn in words.
        Withdrawn = "withdrawn",
        /// The complainant is satisfied: closed for good.
        Satisfied = "satisfied",
    }
}

impl Stage {
    /// Whether a region has said yes to this complaint and has to bring it to an end.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Accepted | Self::Received | Self::Invited | Self::Held | Self::AskBack)
    }

    /// Whether nothing can change any more but the traces of forwarding.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Forwarded | Self::Withdrawn | Self::Satisfied)
    }
}

codes! {
    /// Why a complaint goes to the authority.
    pub enum ForwardReason, "reason for forwarding" {
        /// Maintained after the dialogue.
        Maintained = "maintained",
        /// Nothing was decided in time: silence is no withdrawal.
        Undecided = "undecided",
        /// The four weeks ended without a dialogue.
        Overrun = "overrun",
        /// The complainant declined the dialogue and maintains the complaint.
        Declined = "declined",
        /// Nobody of the site takes part.
        SiteRefused = "site_refused",
        NoShow = "no_show",
        Unreachable = "unreachable",
        /// The complainant died or lost capacity, and nobody goes on in his place.
        Incapacity = "incapacity",
        /// No dialogue was wanted from the outset.
        NotWanted = "not_wanted",
        /// No point qualifies for a dialogue.
        NotPossible = "not_possible",
    }
}
