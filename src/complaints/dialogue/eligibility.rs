//! Which points of a Danish complaint a dialogue may be about: healthcare treatment that the region paid for in whole
//! or part. Five grounds exclude; a point without dialogue may still be a valid complaint.

use domain::{PointId, codes};
use serde::{Deserialize, Serialize};

use super::words::SiteKind;

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
        /// Conduct, access, premises, food: service, which hospital and region answer on another track.
        Service = "service",
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    Eligible,
    /// It may not, and why; the way left is to ask the treatment site for a talk.
    Not(Ground),
    /// Not about treatment at all: a service complaint, which has its own track.
    OtherTrack,
    /// Payer, topic or site is not known well enough yet: ask.
    Unclear,
}

impl Eligibility {
    /// One code for lists, texts and figures: `eligible`, `other_track`, `unclear`, or the ground.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Not(ground) => ground.as_str(),
            Self::OtherTrack => "other_track",
            Self::Unclear => "unclear",
        }
    }
}

/// Decides for one point. The topic weighs first: it excludes whoever paid.
pub fn eligibility(topic: Topic, payer: Payer) -> Eligibility {
    match (topic, payer) {
        (Topic::Confidentiality, _) => Eligibility::Not(Ground::Confidentiality),
        (Topic::RecordKeeping, _) => Eligibility::Not(Ground::RecordKeeping),
        (Topic::Service, _) => Eligibility::OtherTrack,
        (Topic::Treatment, Payer::Region | Payer::PartlyRegion) => Eligibility::Eligible,
        (Topic::Treatment, Payer::Patient) => Eligibility::Not(Ground::SelfPaid),
        (Topic::Treatment, Payer::Insurance) => Eligibility::Not(Ground::InsurancePaid),
        (Topic::Treatment, Payer::Municipality) => Eligibility::Not(Ground::MunicipalCare),
        (Topic::Treatment, Payer::Unknown) => Eligibility::Unclear,
    }
}

/// What is known of a point, as far as the dialogue asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointFacts {
    pub id: PointId,
    /// None: not known well enough.
    pub topic: Option<Topic>,
    pub payer: Payer,
    /// Code in the directory, or the name as told.
    pub institution: Option<String>,
    pub site: SiteKind,
    /// Code of the regional office it lies under.
    pub region: Option<String>,
    /// The complainant's own words.
    pub words: String,
}

/// What was found about one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub point: PointId,
    pub eligibility: Eligibility,
}

/// Decides for one point with its site. A municipal site excludes whoever paid, except where the topic already does;
/// one that is run privately for a municipality is for a person to judge, unless somebody else is known to have paid.
pub fn verdict(point: &PointFacts) -> Verdict {
    let eligibility = match (point.topic, point.site) {
        (None, _) => Eligibility::Unclear,
        (Some(Topic::Treatment), SiteKind::Municipal) => Eligibility::Not(Ground::MunicipalCare),
        (Some(Topic::Treatment), SiteKind::PrivateForMunicipality)
            if !matches!(point.payer, Payer::Patient | Payer::Insurance) =>
        {
            Eligibility::Unclear
        }
        (Some(topic), _) => eligibility(topic, point.payer),
    };
    Verdict { point: point.id.clone(), eligibility }
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
            (Topic::Service, Payer::Region, Eligibility::OtherTrack),
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

    #[test]
    fn the_site_counts_too() {
        let point = |site, payer, topic| PointFacts {
            id: PointId::new("p"),
            topic,
            payer,
            institution: None,
            site,
            region: None,
            words: String::new(),
        };
        let care = Some(Topic::Treatment);
        let table = [
            (SiteKind::PublicHospital, Payer::Region, care, "eligible"),
            (SiteKind::PrivateHospital, Payer::Region, care, "eligible"),
            (SiteKind::Practice, Payer::Region, care, "eligible"),
            (SiteKind::Practice, Payer::Patient, care, "self_paid"),
            (SiteKind::PrivateHospital, Payer::Insurance, care, "insurance_paid"),
            (SiteKind::Municipal, Payer::Unknown, care, "municipal_care"),
            (SiteKind::Municipal, Payer::Region, care, "municipal_care"),
            (SiteKind::Municipal, Payer::Municipality, Some(Topic::RecordKeeping), "record_keeping"),
            (SiteKind::PrivateForMunicipality, Payer::Municipality, care, "unclear"),
            (SiteKind::PrivateForMunicipality, Payer::Patient, care, "self_paid"),
            (SiteKind::PublicHospital, Payer::Region, None, "unclear"),
        ];
        for (site, payer, topic, expected) in table {
            assert_eq!(verdict(&point(site, payer, topic)).eligibility.code(), expected, "{site} {payer}");
        }
    }
}
