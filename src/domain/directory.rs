//! The directory: departments that handle, institutions that are complained of, offices that inform.
//! It is data (`config/departments.toml`, `config/institutions.toml`, `config/offices.toml`), read once at start.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

pub use crate::directory_file::is_mail_address;
pub use crate::institution::Ended;
pub use crate::office::{Office, OfficeKind, OfficeLink, SecureMail};

/// A name in each language it is known by; `zh-CN`, `en`, `da`.
pub type Names = BTreeMap<String, String>;

/// The name in `language`, or the nearest there is.
pub fn name_in<'a>(names: &'a Names, language: &str) -> &'a str {
    names.get(language).or_else(|| names.values().next()).map_or("", String::as_str)
}

/// A department that signs for cases and handles them (承办部门).
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Stable code, as `medical-administration`.
    pub code: String,
    pub names: Names,
    /// Telephone that a caller may be transferred to.
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    /// Code of the institution it belongs to, as a hospital's complaint office does: about its own house it learns
    /// the complainant's name only with leave.
    #[serde(default)]
    pub institution: Option<String>,
    /// Where its dispatches are mailed with a one-time link: for a department whose people have no accounts.
    #[serde(default)]
    pub mail: Option<String>,
    /// Language of those mails and of the pages they lead to, as `da`.
    #[serde(default)]
    pub language: Option<String>,
}

/// An institution that is complained of (医疗机构, behandlingssted).
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    pub code: String,
    pub names: Names,
    /// Other names it is found by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Region or district it lies in.
    #[serde(default)]
    pub region: Option<String>,
    /// First day that it was there.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// Last day; what happened after it happened at `successor`.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    #[serde(default)]
    pub successor: Option<String>,
}

/// All entries of the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    pub departments: Vec<Department>,
    pub institutions: Vec<Institution>,
    pub offices: Vec<Office>,
}

impl Directory {
    /// The department with this code.
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.code == code)
    }

    /// The institution with this code.
    pub fn institution(&self, code: &str) -> Option<&Institution> {
        self.institutions.iter().find(|institution| institution.code == code)
    }

    /// Every region in which an institution lies, once.
    pub fn regions(institutions: &[Institution]) -> Vec<&str> {
        let all = institutions.iter().filter_map(|one| one.region.as_deref());
        all.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// The region or district of the institution with this code or name; a house lies where it lies, on every day.
    pub fn region_of(&self, institution: &str) -> Option<&str> {
        self.institutions.iter().find(|one| one.is_called(institution))?.region.as_deref()
    }
}
