//! Which points of a Danish complaint a dialogue may be about: healthcare treatment that the region paid for in whole
//! or part. Five grounds exclude; a point without dialogue may still be a valid complaint.

use domain::codes;

codes! {
    /// Who paid for the treatment.
    pub enum Payer, "payer" {
        Region = "region",
        /// The region paid a part.
        PartlyRegion = "partly_region",
        /// The patient alone.
        Patient = "self",
        Insurance = "insurance",
        Municipality = "municipality",
        Unknown = "unknown",
    }
}

codes! {
    /// What a point is about, as far as the dialogue asks.
    pub enum Topic, "topic of a point" {
        Treatment = "treatment",
        Confidentiality = "confidentiality",
        RecordKeeping = "record_keeping",
    }
}

codes! {
    /// Why there can be no dialogue.
    pub enum Ground, "ground against a dialogue" {
        SelfPaid = "self_paid",
        InsurancePaid = "insurance_paid",
        /// By home care, or in a municipal nursing home.
        MunicipalCare = "municipal_care",
        Confidentiality = "confidentiality",
        RecordKeeping = "record_keeping",
    }
}

/// Whether a dialogue may be about a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eligibility {
    Eligible,
    /// It may not, and why; the way left is to ask the treatment site for a talk.
    Not(Ground),
    /// The payer is not known yet: ask.
    Unclear,
}

/// Decides for one point. The topic weighs first: it excludes whoever paid.
pub fn eligibility(topic: Topic, payer: Payer) -> Eligibility {
    match (topic, payer) {
        (Topic::Confidentiality, _) => Eligibility::Not(Ground::Confidentiality),
        (Topic::RecordKeeping, _) => Eligibility::Not(Ground::RecordKeeping),
        (Topic::Treatment, Payer::Region | Payer::PartlyRegion) => Eligibility::Eligible,
        (Topic::Treatment, Payer::Patient) => Eligibility::Not(Ground::SelfPaid),
        (Topic::Treatment, Payer::Insurance) => Eligibility::Not(Ground::InsurancePaid),
        (Topic::Treatment, Payer::Municipality) => Eligibility::Not(Ground::MunicipalCare),
        (Topic::Treatment, Payer::Unknown) => Eligibility::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_grounds_exclude_and_a_share_of_the_region_suffices() {
        let table = [
            (Topic::Treatment, Payer::Region, Eligibility::Eligible),
            (Topic::Treatment, Payer::PartlyRegion, Eligibility::Eligible),
            (Topic::Treatment, Payer::Patient, Eligibility::Not(Ground::SelfPaid)),
            (Topic::Treatment, Payer::Insurance, Eligibility::Not(Ground::InsurancePaid)),
            (Topic::Treatment, Payer::Municipality, Eligibility::Not(Ground::MunicipalCare)),
            (Topic::Confidentiality, Payer::Region, Eligibility::Not(Ground::Confidentiality)),
            (Topic::RecordKeeping, Payer::Region, Eligibility::Not(Ground::RecordKeeping)),
            (Topic::RecordKeeping, Payer::Patient, Eligibility::Not(Ground::RecordKeeping)),
            (Topic::Treatment, Payer::Unknown, Eligibility::Unclear),
        ];
        for (topic, payer, expected) in table {
            assert_eq!(eligibility(topic, payer), expected, "{topic} {payer}");
        }
    }

    #[test]
    fn a_mixed_complaint_is_eligible_in_part() {
        let points = [
            (Topic::Treatment, Payer::Region),
            (Topic::RecordKeeping, Payer::Region),
            (Topic::Treatment, Payer::Patient),
        ];
        let eligible: Vec<_> = points
            .iter()
            .map(|(topic, payer)| eligibility(*topic, *payer) == Eligibility::Eligible)
            .collect();
        assert_eq!(eligible, [true, false, false]);
    }
}
