//! Compiled rules of every language.

use std::sync::OnceLock;

use domain::{DataFile, Fault, RequestType};
use regex::{Regex, RegexBuilder};

use crate::category::Categories;
use crate::rules_file;

/// What a matching rule speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Axis {
    /// A category, by its place in the list.
    Category(usize),
    RequestType(RequestType),
    Severity(u8),
    Urgent,
}

/// A pattern whose syntax was checked when it was read and which is compiled when it is first needed: compiling
/// all of them takes longer than starting the service may.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    text: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) fn new(text: String) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// The compiled pattern; none where it is beyond every bound of size, which matches nothing.
    pub(crate) fn regex(&self) -> Option<&Regex> {
        self.compiled
            .get_or_init(|| RegexBuilder::new(&self.text).case_insensitive(true).build().ok())
            .as_ref()
    }
}

/// One rule.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) axis: Axis,
    pub(crate) weight: f64,
    pub(crate) pattern: Pattern,
}

/// The rules of one language.
#[derive(Debug, Clone)]
pub(crate) struct LanguageRules {
    pub(crate) language: String,
    pub(crate) clause_end: Pattern,
    pub(crate) conceded: Vec<Pattern>,
    pub(crate) wanted: Vec<Pattern>,
    pub(crate) rules: Vec<Rule>,
}

/// Every rule of every language, with the categories they speak for.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub(crate) categories: Categories,
    pub(crate) languages: Vec<LanguageRules>,
}

impl Rules {
    /// Reads one file per language.
    pub fn parse(files: &[DataFile<'_>], categories: &Categories) -> Result<Self, Fault> {
        let languages =
            files.iter().map(|file| rules_file::parse(*file, categories)).collect::<Result<_, _>>()?;
        Ok(Self { categories: categories.clone(), languages })
    }

    /// The categories the rules speak for.
    pub fn categories(&self) -> &Categories {
        &self.categories
    }

    /// How many rules there are.
    pub fn count(&self) -> usize {
        self.languages.iter().map(|language| language.rules.len()).sum()
    }

    /// Compiles the patterns of a language ahead of the first text, as on a thread that has time.
    pub fn warm(&self, language: &str) {
        for rule in self.of(language).iter().flat_map(|rules| &rules.rules) {
            rule.pattern.regex();
        }
    }

    pub(crate) fn of(&self, language: &str) -> Option<&LanguageRules> {
        let primary = language.split('-').next().unwrap_or(language);
        self.languages.iter().find(|rules| rules.language == primary)
    }
}
