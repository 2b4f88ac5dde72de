//! What custom and law leave to data (`config/dialogue.toml`): which profile has dialogues, by which law they are timed,
//! who runs them, what a category counts as, and what a satisfied complainant's closing means.

use std::collections::BTreeMap;

use domain::{DataFile, Fault, codes};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::calls::Call;
use super::eligibility::{PointFacts, Topic};
use super::words::{OwnerKind, SiteKind, Stage};

codes! {
    /// Who hosts when points lie in several regions. The law does not say: whatever is chosen is marked as open.
    pub enum SeveralRegions, "rule for several regions" {
        /// The region of the first eligible point.
        FirstPoint = "first_point",
        /// The region with the most eligible points, the first among equals.
        MostPoints = "most_points",
    }
}

/// The rules of one profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DialogueRules {
    pub profile: String,
    /// Law of the four weeks, in `config/laws.toml`.
    pub law: String,
    /// Law of the time to say whether a declined complaint is maintained.
    pub ask_back_law: String,
    /// Office that decides the complaint afterwards.
    pub authority: String,
    /// Days in which the authority acknowledges a package; then somebody asks.
    pub acknowledge_days: i64,
    /// Whether a complaint that was closed as satisfied may be taken up again.
    pub satisfied_reopens: bool,
    /// Who runs the dialogue about a site of this kind.
    pub owners: BTreeMap<SiteKind, OwnerKind>,
    /// Who runs it when several sites of one region are concerned.
    pub several_sites: OwnerKind,
    pub several_regions: SeveralRegions,
    /// What a category counts as; one that is not listed has to be judged by a person.
    pub topics: BTreeMap<String, Topic>,
    /// At which stages the complainant is called, by what about; nothing: never.
    #[serde(default)]
    pub calls: BTreeMap<Call, Vec<Stage>>,
    /// Department that runs the dialogues of a region, by the region's code; `default` for all others.
    pub departments: BTreeMap<String, String>,
    /// Kind of each institution, by its code in the directory.
    #[serde(default)]
    pub sites: BTreeMap<String, SiteKind>,
}

/// Who runs a dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub kind: OwnerKind,
    /// Code of the regional office or of the institution; empty where the region is not known.
    pub code: String,
    /// Code of the regional office, also where the hospital runs it; empty where not known.
    pub region: String,
    /// Department whose handlers do the work.
    pub department: String,
    /// A rule of this house chose among several regions, or the region is not known: a person should look.
    pub open_point: bool,
}

impl DialogueRules {
    /// What a category counts as.
    pub fn topic(&self, category: &str) -> Option<Topic> {
        self.topics.get(category).copied()
    }

    /// The kind of an institution of the directory.
    pub fn site(&self, institution: Option<&str>) -> SiteKind {
        institution.and_then(|code| self.sites.get(code)).copied().unwrap_or(SiteKind::Unknown)
    }

    /// Who runs the dialogue about these points, the eligible ones in their order; nobody without a point.
    pub fn owner(&self, eligible: &[&PointFacts]) -> Option<Owner> {
        let first = eligible.first()?;
        let mut regions: Vec<&str> = eligible.iter().filter_map(|point| point.region.as_deref()).collect();
        let region = match self.several_regions {
            SeveralRegions::FirstPoint => regions.first().copied(),
            SeveralRegions::MostPoints => most(&regions),
        };
        regions.sort_unstable();
        regions.dedup();
        let one_site = eligible.iter().all(|point| point.institution == first.institution);
        let kind = match (regions.len(), one_site) {
            (0 | 1, true) => self.owners.get(&first.site).copied().unwrap_or(OwnerKind::Region),
            (0 | 1, false) => self.several_sites,
            _ => OwnerKind::Region,
        };
        Some(self.owned(kind, first.institution.as_deref(), region.unwrap_or_default(), regions.len() != 1))
    }

    /// An owner with the department that does its work.
    pub fn owned(&self, kind: OwnerKind, site: Option<&str>, region: &str, open_point: bool) -> Owner {
        let by_region = self.departments.get(region).or_else(|| self.departments.get("default"));
        let code = match (kind, site) {
            (OwnerKind::Site, Some(site)) => site,
            _ => region,
        };
        Owner {
            kind,
            code: code.to_owned(),
            region: region.to_owned(),
            department: by_region.cloned().unwrap_or_default(),
            open_point,
        }
    }
}

/// The most frequent text, the first among equals.
fn most<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let count = |text: &str| texts.iter().filter(|other| **other == text).count();
    texts.iter().rev().max_by_key(|text| count(text)).copied()
}

/// The rules of every profile that has dialogues.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialogues(Vec<DialogueRules>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    dialogue: Vec<Spanned<DialogueRules>>,
}

impl Dialogues {
    /// Reads the rules: a profile stands once, and each names the department of regions that are not listed.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let mut all: Vec<DialogueRules> = Vec::new();
        for entry in source.read::<File>()?.dialogue {
            let (at, rules) = (entry.span().start, entry.into_inner());
            if all.iter().any(|other| other.profile == rules.profile) {
                let what = format!("profile {} stands twice", rules.profile);
                return Err(source.fault(at, what, "write one entry for each profile"));
            }
            if !rules.departments.contains_key("default") {
                let what = format!("profile {} names no default department", rules.profile);
                return Err(source.fault(at, what, "add `default` to its departments"));
            }
            if !(1..=365).contains(&rules.acknowledge_days) {
                let what = format!("profile {} waits {} days", rules.profile, rules.acknowledge_days);
                return Err(source.fault(at, what, "let acknowledge_days be 1 to 365"));
            }
            all.push(rules);
        }
        Ok(Self(all))
    }

    /// The rules of a profile; none: it has no dialogues.
    pub fn get(&self, profile: &str) -> Option<&DialogueRules> {
        self.0.iter().find(|rules| rules.profile == profile)
    }
}

#[cfg(test)]
mod tests {
    use domain::PointId;

    use super::*;
    use crate::dialogue::Payer;

    fn shipped() -> Dialogues {
        Dialogues::parse(include_str!("../../../config/dialogue.toml"), "dialogue.toml").unwrap()
    }

    fn point(institution: &str, region: &str) -> PointFacts {
        let rules = shipped();
        PointFacts {
            id: PointId::new("p"),
            topic: Some(Topic::Treatment),
            payer: Payer::Region,
            institution: Some(institution.to_owned()),
            site: rules.get("dk").unwrap().site(Some(institution)),
            region: (!region.is_empty()).then(|| region.to_owned()),
            words: String::new(),
        }
    }

    #[test]
    fn the_shipped_rules_are_read_and_only_denmark_has_them() {
        let all = shipped();
        assert!(all.get("cn-gov").is_none() && all.get("generic").is_none());
        let rules = all.get("dk").unwrap();
        assert_eq!(
            [rules.topic("quality"), rules.topic("privacy"), rules.topic("records"), rules.topic("attitude")],
            [
                Some(Topic::Treatment),
                Some(Topic::Confidentiality),
                Some(Topic::RecordKeeping),
                Some(Topic::Service)
            ]
        );
        assert_eq!(rules.topic("other"), None, "left to a person");
        assert!(!rules.satisfied_reopens);
    }

    /// D4 and the regions' own pages: the hospital for a public hospital, the region for private ones.
    #[test]
    fn who_runs_it() {
        let all = shipped();
        let rules = all.get("dk").unwrap();
        let of = |points: &[PointFacts]| {
            let owner = rules.owner(&points.iter().collect::<Vec<_>>()).unwrap();
            (owner.kind, owner.code, owner.open_point)
        };
        let (havnby, practice) =
            (point("havnby-hospital", "midtjylland"), point("laegehuset-birketorv", "midtjylland"));
        let (aadal, nowhere) = (point("aadal-hospital", "syddanmark"), point("somewhere", ""));
        assert_eq!(of(std::slice::from_ref(&havnby)), (OwnerKind::Site, "havnby-hospital".to_owned(), false));
        assert_eq!(of(std::slice::from_ref(&practice)), (OwnerKind::Region, "midtjylland".to_owned(), false));
        assert_eq!(of(&[havnby.clone(), practice]), (OwnerKind::Region, "midtjylland".to_owned(), false));
        assert_eq!(of(&[aadal, havnby]), (OwnerKind::Region, "syddanmark".to_owned(), true));
        assert_eq!(of(&[nowhere]), (OwnerKind::Region, String::new(), true));
        assert_eq!(rules.owner(&[]), None);
    }

    #[test]
    fn most_points_is_the_other_rule() {
        assert_eq!(most(&["a", "b", "b"]), Some("b"));
        assert_eq!(most(&["a", "b"]), Some("a"));
        assert_eq!(most(&[]), None);
    }

    #[test]
    fn faults_say_what_to_write() {
        let text = include_str!("../../../config/dialogue.toml");
        let twice = Dialogues::parse(&format!("{text}\n{text}"), "dialogue.toml").unwrap_err();
        assert!(twice.what.contains("stands twice"), "{twice}");
        let lost = Dialogues::parse(&text.replace("default =", "elsewhere ="), "dialogue.toml").unwrap_err();
        assert!(lost.what.contains("default department"), "{lost}");
        let never = text.replace("acknowledge_days = 14", "acknowledge_days = 0");
        let never = Dialogues::parse(&never, "dialogue.toml").unwrap_err();
        assert!(never.what.contains("waits 0 days"), "{never}");
    }
}
