//! While the caller is still speaking: which of the points could have a dialogue, and which way is left for the others.

use complaints::Intake;
use complaints::dialogue::{Eligibility, Payer, PointFacts, verdict};
use domain::{PointId, Timestamp};

use super::region_of;
use crate::House;

/// What the agent can tell about one point of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointPreview {
    /// From 1.
    pub ordinal: usize,
    pub eligibility: Eligibility,
}

/// The verdicts on the points of a form; nothing where the line's profile has no dialogues.
pub fn preview(house: &House, line: &str, intake: &Intake, now: Timestamp) -> Vec<PointPreview> {
    let Some(line) = house.lines.get(line) else { return Vec::new() };
    let Some(rules) = house.dialogues.get(&line.profile) else { return Vec::new() };
    if intake.request_type.is_some_and(|kind| kind != domain::RequestType::Complaint) {
        return Vec::new();
    }
    let day = now.service_day(line.zone);
    let told = (1..).zip(&intake.points).filter(|(_, point)| !point.own_words.trim().is_empty());
    told.map(|(ordinal, point)| {
        let institution = point.institution_code.as_deref();
        let facts = PointFacts {
            id: PointId::new(ordinal.to_string()),
            topic: point.category.as_deref().and_then(|category| rules.topic(category)),
            payer: point.payer.unwrap_or(Payer::Unknown),
            institution: institution.map(str::to_owned),
            site: rules.site(institution),
            region: institution.and_then(|code| region_of(&house.directory, code, Some(day))),
            words: point.own_words.clone(),
        };
        PointPreview { ordinal, eligibility: verdict(&facts).eligibility }
    })
    .collect()
}
