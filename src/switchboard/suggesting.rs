//! What the rules suggest while the agent writes: request type, category, severity, urgency with reasons, and
//! where the case would go. The agent confirms or changes; nothing here is stored but what was suggested.

use classify::Suggestion;
use clocks::Due;
use complaints::dispatch::Complained;
use complaints::{Intake, Strength};
use domain::Timestamp;

use crate::rights::{Agent, Desk};
use crate::{House, cases, dispatch};

/// Fewer characters than these are not worth a guess.
const FEWEST: usize = 4;

/// Where the case would go, and until when.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Code of the department the rule table proposes; nobody where no rule fits.
    pub department: Option<String>,
    /// Another department needs a reason anyway; here the rule binds.
    pub mandatory: bool,
    pub due: Option<Due>,
}

impl Desk<Agent> {
    /// What the rules say of each point, in order; nothing where too little is written.
    pub fn suggestions(&self, intake: &Intake) -> Vec<Option<Suggestion>> {
        intake.points.iter().map(|point| suggestion(self.house(), &point.own_words)).collect()
    }

    /// Where a case from this intake would go, received at `received_at` on `line`.
    pub fn preview(&self, line: &str, intake: &Intake, received_at: Timestamp) -> Option<Preview> {
        let house = self.house();
        let profile = &house.lines.get(line)?.profile;
        let complained = intake.points.iter().filter_map(|point| {
            let region = point.institution_code.as_deref().unwrap_or(&point.institution.text);
            let region = house.directory.region_of(region);
            Some(Complained { category: point.category.as_deref()?, region })
        });
        let complained: Vec<_> = complained.collect();
        let proposed = dispatch::propose(house, profile, intake.request_type?, &complained);
        let joint = proposed.as_ref().is_some_and(|proposed| proposed.joint);
        Some(Preview {
            mandatory: proposed
                .as_ref()
                .is_some_and(|proposed| proposed.proposal.strength == Strength::Mandatory),
            department: proposed.map(|proposed| proposed.proposal.department),
            due: cases::answer_due(house, line, joint, received_at),
        })
    }
}

/// Keeps beside each point what was suggested for it, so that the rules can be measured against what agents chose.
pub(crate) fn note_suggested(house: &House, intake: &mut Intake) {
    for point in &mut intake.points {
        point.suggested = suggestion(house, &point.own_words).map(|suggestion| suggestion.category);
    }
}

fn suggestion(house: &House, text: &str) -> Option<Suggestion> {
    (text.trim().chars().count() >= FEWEST).then(|| classify::suggest(&house.classify, text, None))
}
