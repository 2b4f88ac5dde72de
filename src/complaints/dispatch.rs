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
    /// Region or district of the institution that is complained of, as `institutions.toml` writes it.
    #[serde(default)]
    pub region: Option<String>,
    pub department: String,
    #[serde(default)]
    pub co_handlers: Vec<String>,
    pub strength: Strength,
    /// Where it is written or why, shown to the agent in his language.
    pub remarks: Names,
}

/// What the table is asked for: one point of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complained<'a> {
    pub category: &'a str,
    /// Region of the institution; unknown where the institution is.
    pub region: Option<&'a str>,
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
    /// Reads the table; `known`: what its rules may name.
    pub fn parse(text: &str, file: &str, known: &Known<'_>) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut rules: Vec<DispatchRule> = Vec::new();
        for entry in entries.rule {
            let at = entry.span().start;
            let rule = entry.into_inner();
            if let Some((what, remedy)) = known.fault(&rule, &rules) {
                return Err(source.fault(at, format!("rule {}: {what}", rule.id), remedy));
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

    /// The rule for a point: the one that names most of profile, region, category and request type, in that order. What is
    /// mandatory everywhere is not undone by a rule for one region that is not.
    pub fn propose(
        &self,
        profile: &str,
        request_type: RequestType,
        point: Complained<'_>,
    ) -> Option<Proposal> {
        let fits = |rule: &&DispatchRule| {
            rule.profile.as_deref().is_none_or(|name| name == profile)
                && rule.region.as_deref().is_none_or(|name| Some(name) == point.region)
                && rule.category.as_deref().is_none_or(|name| name == point.category)
                && rule.request_type.is_none_or(|wanted| wanted == request_type)
        };
        let weight = |rule: &&DispatchRule| {
            let named = (rule.category.is_some(), rule.request_type.is_some());
            (rule.profile.is_some(), rule.region.is_some(), named)
        };
        let everywhere =
            self.rules.iter().filter(fits).filter(|rule| rule.region.is_none()).max_by_key(weight);
        let binding = everywhere.filter(|rule| rule.strength == Strength::Mandatory);
        let best = self.rules.iter().filter(fits).max_by_key(weight);
        let followed = match (binding, best) {
            (Some(binding), Some(best)) if best.strength != Strength::Mandatory => binding,
            (_, best) => best?,
        };
        Some(Proposal {
            rule: followed.id.clone(),
            department: followed.department.clone(),
            co_handlers: followed.co_handlers.clone(),
            strength: followed.strength,
            remarks: followed.remarks.clone(),
        })
    }
}

/// What the rules of the table may name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub departments: &'a [&'a str],
    pub categories: &'a [&'a str],
    /// Regions in which an institution lies.
    pub regions: &'a [&'a str],
}

impl Known<'_> {
    /// What is wrong with a rule after those before it, and what would be right.
    fn fault(&self, rule: &DispatchRule, before: &[DispatchRule]) -> Option<(String, String)> {
        let unknown = |what: &str, name: &str, file: &str, known: &[&str]| {
            Some((format!("no {what} \"{name}\""), format!("use one of {file}: {}", known.join(", "))))
        };
        let mut departments = std::iter::once(&rule.department).chain(&rule.co_handlers);
        if let Some(name) = departments.find(|name| !self.departments.contains(&name.as_str())) {
            return unknown("department", name, "departments.toml", self.departments);
        }
        if let Some(name) = rule.category.as_deref().filter(|name| !self.categories.contains(name)) {
            return unknown("category", name, "categories.toml", self.categories);
        }
        if let Some(name) = rule.region.as_deref().filter(|name| !self.regions.contains(name)) {
            return unknown("region", name, "institutions.toml", self.regions);
        }
        let remedy = "give each rule its own id, profile, region, request type and category";
        let twice = before.iter().any(|other| other.id == rule.id || same_scope(other, rule));
        twice.then(|| ("it says what another rule says".to_owned(), remedy.to_owned()))
    }
}

fn same_scope(one: &DispatchRule, other: &DispatchRule) -> bool {
    let scope = |rule: &DispatchRule| (rule.profile.clone(), rule.region.clone(), rule.category.clone());
    scope(one) == scope(other) && one.request_type == other.request_type
}

#[cfg(test)]
#[path = "dispatch_tests.rs"]
mod tests;
