//! The categories of a complaint point (`config/categories.toml`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::directory::Names;
use domain::{DataFile, Fault, RequestType};
use serde::Deserialize;
use toml::Spanned;

/// One category.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable code, as `fees`.
    pub code: String,
    /// The value in label files, as `收费价格`.
    pub label: String,
    pub names: Names,
    /// Severity of a complaint where the text says nothing, 1 to 4.
    pub severity: u8,
    /// What speaks for it before a word is read.
    pub weight: f64,
    /// Last day that it is given to a point; none: it is in use.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

impl Category {
    /// Whether it may be given to a point on `day`.
    pub fn is_given_on(&self, day: NaiveDate) -> bool {
        self.valid_to.is_none_or(|last| day <= last)
    }
}

/// Which list it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListEdition {
    pub version: String,
    /// Where it was taken from.
    pub source: String,
}

/// Every category, in the order that decides ties.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Categories {
    edition: ListEdition,
    list: Vec<Category>,
    severity: BTreeMap<RequestType, u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    list: ListEdition,
    category: Vec<Spanned<Category>>,
    severity: BTreeMap<RequestType, Spanned<u8>>,
}

impl Categories {
    /// The code that must exist: it takes what fits nowhere.
    pub const OTHER: &'static str = "other";

    /// Reads the file.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let read: File = source.read()?;
        let mut categories = Self { edition: read.list, ..Self::default() };
        for entry in read.category {
            let at = entry.span().start;
            let category = entry.into_inner();
            let taken = |other: &Category| other.code == category.code || other.label == category.label;
            if categories.list.iter().any(taken) {
                let what = format!("category {} takes a code or label that is taken", category.code);
                return Err(source.fault(at, what, "give each category its own code and label"));
            }
            if !(1..=4).contains(&category.severity) {
                let what = format!("category {} has severity {}", category.code, category.severity);
                return Err(source.fault(at, what, "write a severity from 1 to 4"));
            }
            categories.list.push(category);
        }
        for (request_type, severity) in read.severity {
            if !(1..=4).contains(severity.get_ref()) {
                let what = format!("request type {request_type} has severity {}", severity.get_ref());
                return Err(source.fault(severity.span().start, what, "write a severity from 1 to 4"));
            }
            categories.severity.insert(request_type, severity.into_inner());
        }
        if categories.get(Self::OTHER).is_none() {
            return Err(source.fault(
                text.len(),
                "there is no category \"other\"",
                "add it: it takes what fits nowhere else",
            ));
        }
        Ok(categories)
    }

    /// Which list it is.
    pub fn edition(&self) -> &ListEdition {
        &self.edition
    }

    /// Every category in order.
    pub fn all(&self) -> &[Category] {
        &self.list
    }

    /// The category with this code.
    pub fn get(&self, code: &str) -> Option<&Category> {
        self.list.iter().find(|category| category.code == code)
    }

    /// The category with this label.
    pub fn by_label(&self, label: &str) -> Option<&Category> {
        self.list.iter().find(|category| category.label == label)
    }

    /// Every code in order.
    pub fn codes(&self) -> Vec<&str> {
        self.list.iter().map(|category| category.code.as_str()).collect()
    }

    /// The severity where the text says nothing.
    pub(crate) fn usual_severity(&self, request_type: RequestType, category: &Category) -> u8 {
        self.severity.get(&request_type).copied().unwrap_or(category.severity)
    }
}
