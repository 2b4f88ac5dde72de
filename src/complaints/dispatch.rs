//! Who handles what: the dispatch table (`config/dispatch.toml`), from request type and category to department.

use domain::directory::Names;
use domain::{DataFile, Fault, RequestType};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::words::Strength;

/// One rule of the table. What is not named fits everything.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispatchRule {
    /// Stable name, kept with each dispatch.
    pub id: String,
    #[serde(default)]
    pub profile: Option<String>,
    #[serde(default)]
    pub request_type: Option<RequestType>,
    #[serde(default)]
    pub category: Option<String>,
    pub department: String,
    #[serde(default)]
    pub co_handlers: Vec<String>,
    pub strength: Strength,
    /// Where it is written or why, shown to the agent in his language.
    pub remarks: Names,
}

/// What the table says for a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The rule it comes from.
    pub rule: String,
    pub department: String,
    pub co_handlers: Vec<String>,
    pub strength: Strength,
    /// Where it is written or why, by language.
    pub remarks: Names,
}

/// A class whose answers the hotline audits before they are told. What is not named fits everything.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRule {
    #[serde(default)]
    pub profile: Option<String>,
    #[serde(default)]
    pub request_type: Option<RequestType>,
    /// Where it is written, or why.
    pub citation: String,
}

/// The dispatch table, and which answers are audited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DispatchRules {
    rules: Vec<DispatchRule>,
    audits: Vec<AuditRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Spanned<DispatchRule>>,
    #[serde(default)]
    audit: Vec<AuditRule>,
}

impl DispatchRules {
    /// Reads the table. `departments` and `categories` are the codes that exist.
    pub fn parse(text: &str, file: &str, departments: &[&str], categories: &[&str]) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut rules: Vec<DispatchRule> = Vec::new();
        for entry in entries.rule {
            let at = entry.span().start;
            let rule = entry.into_inner();
            let mut named = std::iter::once(&rule.department).chain(&rule.co_handlers);
            if let Some(unknown) = named.find(|name| !departments.contains(&name.as_str())) {
                let remedy = format!("use a code of departments.toml: {}", departments.join(", "));
                return Err(source.fault(
                    at,
                    format!("rule {}: no department \"{unknown}\"", rule.id),
                    remedy,
                ));
            }
            if let Some(unknown) = rule.category.as_deref().filter(|name| !categories.contains(name)) {
                let remedy = format!("use a code of categories.toml: {}", categories.join(", "));
                return Err(source.fault(at, format!("rule {}: no category \"{unknown}\"", rule.id), remedy));
            }
            if rules.iter().any(|other| other.id == rule.id || same_scope(other, &rule)) {
                let remedy = "give each rule its own id, profile, request type and category";
                return Err(source.fault(
                    at,
                    format!("rule {} says what another rule says", rule.id),
                    remedy,
                ));
            }
            rules.push(rule);
        }
        Ok(Self { rules, audits: entries.audit })
    }

    /// Whether answers to such a case are audited before they are told.
    pub fn audits(&self, profile: &str, request_type: RequestType) -> bool {
        self.audits.iter().any(|rule| {
            rule.profile.as_deref().is_none_or(|name| name == profile)
                && rule.request_type.is_none_or(|wanted| wanted == request_type)
        })
    }

    /// The rule for a case: the one that names most of profile, category and request type, in that order.
    pub fn propose(&self, profile: &str, request_type: RequestType, category: &str) -> Option<Proposal> {
        let fits = |rule: &&DispatchRule| {
            rule.profile.as_deref().is_none_or(|name| name == profile)
                && rule.category.as_deref().is_none_or(|name| name == category)
                && rule.request_type.is_none_or(|wanted| wanted == request_type)
        };
        let weight = |rule: &&DispatchRule| {
            (rule.profile.is_some(), rule.category.is_some(), rule.request_type.is_some())
        };
        self.rules.iter().filter(fits).max_by_key(weight).map(|rule| Proposal {
            rule: rule.id.clone(),
            department: rule.department.clone(),
            co_handlers: rule.co_handlers.clone(),
            strength: rule.strength,
            remarks: rule.remarks.clone(),
        })
    }
}

fn same_scope(one: &DispatchRule, other: &DispatchRule) -> bool {
    (&one.profile, &one.category, one.request_type) == (&other.profile, &other.category, other.request_type)
}

#[cfg(test)]
#[path = "dispatch_tests.rs"]
mod tests;
