//! What an agent looks up while talking: phrases for hard talks, in the language of the caller and on the line that was
//! called. Nothing of it is kept, neither what was typed nor what was shown.

use complaints::knowledge::search::Query;
pub use complaints::knowledge::{Phrase, Situation};
use domain::{IntakeId, Language, PhoneNumber};

use crate::house::Line;
use crate::rights::{Agent, Desk};
use crate::{House, Result};

/// What was found, the best first.
#[derive(Debug)]
pub struct Found<'h> {
    /// The language that the caller speaks; nothing while no call is in hand.
    pub spoken: Option<Language>,
    /// The emergency number of the line.
    pub emergency: Option<&'h PhoneNumber>,
    pub phrases: Vec<(&'h Situation, &'h Phrase)>,
}

impl Desk<Agent> {
    /// The phrases that fit what was typed (nothing typed: all of them), for the caller of an intake; without one, for the
    /// line whose language is the agent's own.
    pub async fn look_up(&self, intake: Option<&IntakeId>, typed: &str) -> Result<Found<'_>> {
        let house = self.house();
        let (line, spoken) = match intake {
            Some(id) => {
                let file = self.intake(id).await?;
                (house.lines.get(&file.contact.line), file.contact.language)
            }
            None => (line_of(house, &self.person().language), None),
        };
        let profile = line.map_or("", |line| line.profile.as_str());
        let day = self.now().service_day(line.map_or(chrono_tz::UTC, |line| line.zone));
        Ok(Found {
            spoken,
            emergency: line.map(|line| &line.emergency),
            phrases: house.phrases.find(profile, day, &Query::new(typed)),
        })
    }
}

/// The line that is answered in `language` first of all; else the first line.
fn line_of<'h>(house: &'h House, language: &Language) -> Option<&'h Line> {
    let first = house.lines.values().find(|line| line.languages.first() == Some(language));
    first.or_else(|| house.lines.values().next())
}
