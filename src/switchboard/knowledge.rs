//! What an agent looks up while talking: phrases for hard talks and articles on the law, on the line that was called and in
//! the language of the caller. What was typed and shown is kept nowhere; what the agent says was told is: the article with
//! its version stands with the call and in the history of its case.

pub use complaints::knowledge::search::Query;
pub use complaints::knowledge::{Article, Block, Phrase, Piece, Situation};
use domain::{CaseId, ContactId, IntakeId, Language, Timestamp};
use serde_json::json;
use store::Tx;
use store::told_articles::{self, Told};

use crate::house::Line;
use crate::intake::own;
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result, case_work};

/// What was found, the best first.
#[derive(Debug)]
pub struct Found<'h> {
    /// The language that the caller speaks; nothing while no call is in hand.
    pub spoken: Option<Language>,
    pub line: Option<&'h Line>,
    pub phrases: Vec<(&'h Situation, &'h Phrase)>,
    pub articles: Vec<FoundArticle<'h>>,
}

/// An article that was found.
#[derive(Debug)]
pub struct FoundArticle<'h> {
    pub article: &'h Article,
    /// It is for a category that the agent chose.
    pub suggested: bool,
    /// This version was told to the caller already.
    pub told: bool,
}

impl Desk<Agent> {
    /// The phrases and articles that fit what was typed (nothing typed: all of them), for the caller of an intake; without
    /// one, for the line whose language is the agent's own.
    pub async fn look_up(&self, intake: Option<&IntakeId>, typed: &str) -> Result<Found<'_>> {
        let house = self.house();
        let file = match intake {
            Some(id) => Some(self.intake(id).await?),
            None => None,
        };
        let line = match &file {
            Some(file) => house.lines.get(&file.contact.line),
            None => line_of(house, &self.person().language),
        };
        let profile = line.map_or("", |line| line.profile.as_str());
        let day = self.now().service_day(line.map_or(chrono_tz::UTC, |line| line.zone));
        let points = file.iter().flat_map(|file| &file.intake.points);
        let categories: Vec<&str> = points.filter_map(|point| point.category.as_deref()).collect();
        let told = |article: &Article| {
            let same = |told: &Told| told.article == article.code && told.version == article.version;
            file.as_ref().is_some_and(|file| file.told.iter().any(same))
        };
        let query = Query::new(typed);
        let articles = house.articles.find(profile, day, &query, &categories).into_iter();
        let articles = articles.map(|article| FoundArticle {
            suggested: article.suggested_for(&categories),
            told: told(article),
            article,
        });
        Ok(Found {
            line,
            phrases: house.phrases.find(profile, day, &query),
            articles: articles.collect(),
            spoken: file.and_then(|file| file.contact.language),
        })
    }

    /// Notes that an article was told to the caller, as it stands today.
    pub async fn article_told(&self, intake: &IntakeId, code: &str) -> Result<()> {
        let house = self.board.house.clone();
        let (id, code, person, now) =
            (intake.clone(), code.to_owned(), self.person().clone(), self.board.now());
        let write = move |tx: &mut Tx<'_>| -> Result<()> {
            let draft = own(tx, &person, &id)?;
            let contact = store::contacts::find(tx, &draft.contact)?;
            let line = house.lines.get(&contact.line).ok_or(Error::NotFound)?;
            let day = now.service_day(line.zone);
            let article = house.articles.get(&code, day).filter(|article| article.fits(&line.profile, day));
            let told = Told {
                contact: contact.id.clone(),
                article: code.clone(),
                version: article.ok_or(Error::NotFound)?.version,
                language: contact.language.unwrap_or_else(|| person.language.clone()),
                by: person.id.clone(),
                at: now,
            };
            let new = told_articles::insert(tx, &told)?;
            match &draft.case {
                Some(case) if new => write_down(tx, case, &told, now),
                _ => Ok(()),
            }
        };
        self.board.store.write(write).await
    }
}

/// What was told in the call stands in the history of the case that it became.
pub(crate) fn follow_into_case(
    tx: &mut Tx<'_>,
    contact: &ContactId,
    case: &CaseId,
    now: Timestamp,
) -> Result<()> {
    let told = told_articles::of_contact(tx, contact)?;
    told.iter().try_for_each(|told| write_down(tx, case, told, now))
}

fn write_down(tx: &mut Tx<'_>, case: &CaseId, told: &Told, now: Timestamp) -> Result<()> {
    let detail =
        json!({ "article": told.article, "version": told.version, "language": told.language.as_str() });
    case_work::write_event(tx, case, now, told.by.as_str(), "article_told", &detail)
}

/// The line that is answered in `language` first of all; else the first line.
fn line_of<'h>(house: &'h House, language: &Language) -> Option<&'h Line> {
    let first = house.lines.values().find(|line| line.languages.first() == Some(language));
    first.or_else(|| house.lines.values().next())
}
