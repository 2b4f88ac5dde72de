//! Articles on law and custom for whoever wants to know before or while complaining (`config/articles/`, one file each):
//! on the public pages, and on the agent's desk. Reading one is never a condition for being heard.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::directory::{Names, name_in};
use domain::{DataFile, Fault};
use serde::Deserialize;

use super::body::{self, Block};
use super::search::Query;
use super::{LANGUAGES, unwritten};

/// One version of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Stable name; stands in addresses and in the history of calls.
    pub code: String,
    /// Counts up with every change of what it says.
    pub version: u32,
    /// Only for lines of this profile; none: for all.
    pub profile: Option<String>,
    /// Categories that it is suggested for; none: it is not suggested.
    pub categories: Vec<String>,
    /// Place in the list, the lowest first.
    pub place: u32,
    pub titles: Names,
    /// Where it is written.
    pub citation: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    /// As it was written, to be searched.
    texts: Names,
    bodies: BTreeMap<String, Vec<Block>>,
}

impl Article {
    /// Whether it is told on lines of `profile` on `day`.
    pub fn fits(&self, profile: &str, day: NaiveDate) -> bool {
        self.profile.as_deref().is_none_or(|own| own == profile) && self.holds_on(day)
    }

    fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day <= to)
    }

    /// The title in `language`.
    pub fn title(&self, language: &str) -> &str {
        name_in(&self.titles, language)
    }

    /// The text in `language`, or the nearest there is.
    pub fn body(&self, language: &str) -> &[Block] {
        self.bodies.get(language).or_else(|| self.bodies.values().next()).map_or(&[], Vec::as_slice)
    }
}

/// Every article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Articles(Vec<Article>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: String,
    version: u32,
    #[serde(default)]
    profile: Option<String>,
    #[serde(default)]
    categories: Vec<String>,
    place: u32,
    titles: Names,
    citation: String,
    valid_from: NaiveDate,
    #[serde(default)]
    valid_to: Option<NaiveDate>,
    bodies: Names,
}

/// What is wrong with an article, and what to do about it.
type Wrong = (String, &'static str);

impl Articles {
    /// Reads the articles: text and name of each file. `categories` and `laws` are those that there are.
    pub fn parse(files: &[(String, String)], categories: &[&str], laws: &[&str]) -> Result<Self, Fault> {
        let mut all = Self::default();
        for (text, file) in files {
            let source = DataFile::new(text, file);
            let read: File = source.read()?;
            let article = article(read).and_then(|article| match all.wrong(&article, categories, laws) {
                Some(wrong) => Err(wrong),
                None => Ok(article),
            });
            match article {
                Ok(article) => all.0.push(article),
                Err((what, remedy)) => return Err(source.fault(0, what, remedy)),
            }
        }
        all.0.sort_by(|one, other| (one.place, &one.code).cmp(&(other.place, &other.code)));
        Ok(all)
    }

    fn wrong(&self, new: &Article, categories: &[&str], laws: &[&str]) -> Option<Wrong> {
        let of = format!("article {} version {}", new.code, new.version);
        let plain = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
        if new.code.is_empty() || !new.code.bytes().all(plain) {
            let remedy = "write small letters, digits and hyphens: the code stands in addresses";
            return Some((format!("{of} has a code that no address can carry"), remedy));
        }
        if new.citation.trim().is_empty() {
            return Some((format!("{of} names no source"), "write in `citation` where it is written"));
        }
        if new.valid_to.is_some_and(|to| to < new.valid_from) {
            return Some((
                format!("{of} ends before it begins"),
                "let valid_to be valid_from or a later day",
            ));
        }
        if let Some(code) = new.categories.iter().find(|code| !categories.contains(&code.as_str())) {
            let remedy = "name a code of categories.toml";
            return Some((format!("{of} is for the category {code}, which is not there"), remedy));
        }
        if let Some(law) =
            new.bodies.values().flat_map(|body| body::limits(body)).find(|law| !laws.contains(law))
        {
            let remedy = "name the id of a law of laws.toml";
            return Some((format!("{of} tells the limit of {law}, which is not there"), remedy));
        }
        let named = |tag: &str| -> Vec<&str> {
            let mut limits = new.bodies.get(tag).map(|body| body::limits(body)).unwrap_or_default();
            limits.sort_unstable();
            limits
        };
        if let Some(tag) = LANGUAGES.into_iter().find(|tag| named(tag) != named(LANGUAGES[0])) {
            let remedy = "let every language name the same limits: nobody is to be told less than others";
            return Some((format!("{of} names other limits in {tag} than in {}", LANGUAGES[0]), remedy));
        }
        let overlaps = |other: &&Article| {
            other.valid_to.is_none_or(|to| new.valid_from <= to)
                && new.valid_to.is_none_or(|to| other.valid_from <= to)
        };
        let same = self.0.iter().filter(|other| other.code == new.code);
        if same.clone().any(|other| other.version == new.version) {
            return Some((format!("{of} stands twice"), "count the version up when the text changes"));
        }
        let clash = same.clone().any(|other| overlaps(&other));
        clash.then(|| (format!("{of} overlaps another version"), "end the older version the day before"))
    }

    /// The article with this code as it stands on `day`.
    pub fn get(&self, code: &str, day: NaiveDate) -> Option<&Article> {
        self.0.iter().find(|article| article.code == code && article.holds_on(day))
    }

    /// One version of an article, whether it still holds or not: what was told keeps its words.
    pub fn version(&self, code: &str, version: u32) -> Option<&Article> {
        self.0.iter().find(|article| article.code == code && article.version == version)
    }

    /// The articles of a profile that hold on `day` and fit what was typed: the best first, among equals those that are
    /// suggested for one of `categories`, then in the order of their places.
    pub fn find(&self, profile: &str, day: NaiveDate, query: &Query, categories: &[&str]) -> Vec<&Article> {
        let mut found: Vec<(u32, bool, &Article)> = Vec::new();
        for article in self.0.iter().filter(|article| article.fits(profile, day)) {
            let titles = article.titles.values().map(|title| (5, title.as_str()));
            let texts = article.texts.values().map(|text| (1, text.as_str()));
            if let Some(weight) = query.weigh(titles.chain(texts)) {
                found.push((weight, article.suggested_for(categories), article));
            }
        }
        found.sort_by_key(|(weight, suggested, _)| std::cmp::Reverse((*weight, *suggested)));
        found.into_iter().map(|(.., article)| article).collect()
    }
}

impl Article {
    /// Whether it is suggested for one of these categories.
    pub fn suggested_for(&self, categories: &[&str]) -> bool {
        self.categories.iter().any(|own| categories.contains(&own.as_str()))
    }
}

fn article(read: File) -> Result<Article, Wrong> {
    let of = format!("article {} version {}", read.code, read.version);
    if let Some(tag) = unwritten(&read.titles) {
        return Err((format!("{of} has no title in {tag}"), "write titles in zh-CN, en and da"));
    }
    if let Some(tag) = unwritten(&read.bodies) {
        return Err((format!("{of} has no text in {tag}"), "write bodies in zh-CN, en and da"));
    }
    let mut bodies = BTreeMap::new();
    for (tag, text) in &read.bodies {
        let remedy = "write words, `## ` before a heading, `- ` before an item, {limit:ID of a law}, or {routes} alone on a line";
        let blocks = body::blocks(text).map_err(|what| (format!("{of} in {tag}: {what}"), remedy))?;
        bodies.insert(tag.clone(), blocks);
    }
    Ok(Article {
        code: read.code,
        version: read.version,
        profile: read.profile,
        categories: read.categories,
        place: read.place,
        titles: read.titles,
        citation: read.citation,
        valid_from: read.valid_from,
        valid_to: read.valid_to,
        texts: read.bodies,
        bodies,
    })
}

#[cfg(test)]
#[path = "article_tests.rs"]
mod tests;
