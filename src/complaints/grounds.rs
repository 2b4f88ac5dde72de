//! Grounds on which a case is not accepted (`config/grounds.toml`): each with its citation and the advice where to go
//! instead. The list is the profile's; none stands in code.

use std::collections::BTreeMap;

use domain::directory::Names;
use domain::{DataFile, Fault};
use serde::Deserialize;
use toml::Spanned;

/// One ground.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Stable name; stands in the history and is counted.
    pub code: String,
    #[serde(default)]
    pub profile: Option<String>,
    pub names: Names,
    /// Where to go instead, as it is told, by language.
    pub advice: BTreeMap<String, String>,
    pub citation: String,
}

/// Every ground.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds(Vec<Ground>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    ground: Vec<Spanned<Ground>>,
}

impl Grounds {
    /// Reads the grounds.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut grounds: Vec<Ground> = Vec::new();
        for entry in entries.ground {
            let at = entry.span().start;
            let ground = entry.into_inner();
            if grounds.iter().any(|other| other.code == ground.code) {
                let remedy = "give each ground its own code";
                return Err(source.fault(at, format!("ground {} stands twice", ground.code), remedy));
            }
            if ground.advice.values().all(|text| text.trim().is_empty()) {
                let remedy = "write `advice` for each language in use: where the complainant can go instead";
                return Err(source.fault(at, format!("ground {} has no advice", ground.code), remedy));
            }
            grounds.push(ground);
        }
        Ok(Self(grounds))
    }

    /// The grounds of a profile, in the order of the file.
    pub fn of(&self, profile: &str) -> impl Iterator<Item = &Ground> {
        self.0.iter().filter(move |ground| ground.profile.as_deref().is_none_or(|name| name == profile))
    }

    /// The ground with this code, if the profile has it.
    pub fn get(&self, profile: &str, code: &str) -> Option<&Ground> {
        self.of(profile).find(|ground| ground.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_profile_has_grounds_with_advice_in_its_languages() {
        let grounds = Grounds::parse(include_str!("../../config/grounds.toml"), "grounds.toml").unwrap();
        let codes =
            |profile: &str| -> Vec<&str> { grounds.of(profile).map(|one| one.code.as_str()).collect() };
        // The five of Weifang's article 19, the concluded matter, and what is outside the line's scope.
        assert_eq!(
            codes("cn-gov"),
            [
                "other-procedure",
                "petition",
                "secret-privacy",
                "concluded",
                "other-law",
                "same-matter-concluded",
                "outside-scope"
            ]
        );
        assert_eq!(codes("dk"), ["same-matter-concluded", "outside-scope", "time-barred"]);
        for profile in ["cn-gov", "dk", "generic"] {
            for ground in grounds.of(profile) {
                for language in ["zh-CN", "en", "da"] {
                    assert!(ground.names.contains_key(language), "{} {language}", ground.code);
                    assert!(ground.advice.contains_key(language), "{} {language}", ground.code);
                }
                assert!(!ground.citation.is_empty());
            }
        }
        assert!(grounds.get("dk", "petition").is_none());
    }
}
