//! What a local category is called in other systems (`config/crosswalks.toml`): each map has a version, and an entry says
//! where the two do not cover each other. The local code stays the primary one.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{DataFile, Fault};
use serde::Deserialize;
use toml::Spanned;

use super::Axes;

/// One way of one category.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    from: String,
    to: String,
    /// The other code means more or less than the local one.
    #[serde(default)]
    lossy: bool,
}

/// One map from the local categories to a system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Map {
    system: String,
    version: String,
    valid_from: NaiveDate,
    #[serde(default)]
    valid_to: Option<NaiveDate>,
    source: String,
    entries: Vec<Spanned<Entry>>,
}

/// A category in the words of another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    pub system: String,
    pub code: String,
    /// Version of the map.
    pub version: String,
    pub lossy: bool,
}

/// Every map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crosswalks(Vec<Map>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    map: Vec<Spanned<Map>>,
}

impl Crosswalks {
    /// Reads the maps and holds them against the codes there are: `categories` are the local ones.
    pub fn parse(text: &str, file: &str, categories: &[&str], axes: &Axes) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let read: File = source.read()?;
        let mut maps: Vec<Map> = Vec::new();
        for entry in read.map {
            let at = entry.span().start;
            let map = entry.into_inner();
            let named = format!("map to {} {}", map.system, map.version);
            if axes.versions(&map.system).next().is_none() {
                let remedy = "name the code of a [[system]] of axes.toml";
                return Err(source.fault(at, format!("{named}: there is no such system"), remedy));
            }
            let same = |other: &&Map| other.system == map.system;
            if maps.iter().filter(same).any(|other| overlap(other, &map)) {
                let what = format!("{named} overlaps another map to the same system");
                return Err(source.fault(at, what, "end the older map the day before"));
            }
            let mut from = BTreeSet::new();
            for entry in &map.entries {
                let (at, entry) = (entry.span().start, entry.get_ref());
                let what = format!("{named}, entry {} → {}", entry.from, entry.to);
                if !categories.contains(&entry.from.as_str()) {
                    let remedy = format!("use a code of categories.toml: {}", categories.join(", "));
                    return Err(source.fault(
                        at,
                        format!("{what}: there is no category {}", entry.from),
                        remedy,
                    ));
                }
                if axes.value(&map.system, &entry.to).is_none() {
                    let remedy = format!("use a code of the system {} in axes.toml", map.system);
                    return Err(source.fault(
                        at,
                        format!("{what}: {} has no code {}", map.system, entry.to),
                        remedy,
                    ));
                }
                if !from.insert(entry.from.clone()) {
                    let remedy = "map each category once";
                    return Err(source.fault(at, format!("{what}: the category is mapped twice"), remedy));
                }
            }
            maps.push(map);
        }
        Ok(Self(maps))
    }

    /// What a category is on `day` in every other system that has something like it.
    pub fn of(&self, category: &str, day: NaiveDate) -> Vec<Mapped> {
        let holds = |map: &&Map| map.valid_from <= day && map.valid_to.is_none_or(|to| day <= to);
        let mapped = |map: &Map| {
            let entry = map.entries.iter().map(Spanned::get_ref).find(|entry| entry.from == category)?;
            Some(Mapped {
                system: map.system.clone(),
                code: entry.to.clone(),
                version: map.version.clone(),
                lossy: entry.lossy,
            })
        };
        self.0.iter().filter(holds).filter_map(mapped).collect()
    }

    /// Where each map comes from, by system and version.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.iter().map(|map| (map.system.as_str(), map.version.as_str(), map.source.as_str()))
    }
}

fn overlap(one: &Map, other: &Map) -> bool {
    one.version == other.version
        || (one.valid_to.is_none_or(|to| other.valid_from <= to)
            && other.valid_to.is_none_or(|to| one.valid_from <= to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATEGORIES: [&str; 14] = [
        "unlicensed",
        "dispute",
        "safety",
        "quality",
        "drugs",
        "public_health",
        "privacy",
        "records",
        "fees",
        "attitude",
        "communication",
        "process",
        "environment",
        "other",
    ];

    fn axes() -> Axes {
        Axes::parse(include_str!("../../../config/axes.toml"), "axes.toml").unwrap()
    }

    fn parse(text: &str) -> Result<Crosswalks, Fault> {
        Crosswalks::parse(text, "config/crosswalks.toml", &CATEGORIES, &axes())
    }

    #[test]
    fn the_shipped_maps_name_only_what_there_is() {
        let maps = parse(include_str!("../../../config/crosswalks.toml")).unwrap();
        let day = "2026-02-13".parse().unwrap();
        let to = |category: &str, system: &str| {
            let all = maps.of(category, day);
            all.into_iter().find(|mapped| mapped.system == system).map(|mapped| (mapped.code, mapped.lossy))
        };
        assert_eq!(to("quality", "hcat"), Some(("quality".into(), false)));
        assert_eq!(to("fees", "hcat"), Some(("institutional-processes".into(), true)));
        assert_eq!(to("attitude", "hcat"), Some(("respect-and-rights".into(), true)));
        // A stage of the matter and the licence of a doctor are nothing that HCAT knows.
        assert_eq!(to("dispute", "hcat"), None);
        assert_eq!(to("unlicensed", "hcat"), None);
        assert!(maps.of("quality", day).len() >= 3, "{:?}", maps.of("quality", day));
        assert!(maps.of("quality", "2000-01-01".parse().unwrap()).is_empty(), "not before its day");
        assert!(maps.sources().all(|(_, _, source)| !source.is_empty()));
    }

    #[test]
    fn unknown_codes_are_refused_with_file_and_entry() {
        let map = |system: &str, entries: &str| {
            format!(
                "[[map]]\nsystem = \"{system}\"\nversion = \"1\"\nvalid_from = \"2026-01-01\"\nsource = \"x\"\n\
                 entries = [\n{entries}]\n"
            )
        };
        let good = "  { from = \"fees\", to = \"quality\" },\n";
        let table = [
            (map("icd", good), 1, "there is no such system"),
            (map("hcat", "  { from = \"weather\", to = \"quality\" },\n"), 7, "there is no category weather"),
            (
                map("hcat", &format!("{good}  {{ from = \"drugs\", to = \"rain\" }},\n")),
                8,
                "hcat has no code rain",
            ),
            (map("hcat", &format!("{good}{good}")), 8, "mapped twice"),
            (format!("{}{}", map("hcat", good), map("hcat", good)), 9, "overlaps another map"),
        ];
        for (text, line, what) in table {
            let fault = parse(&text).unwrap_err();
            assert!(fault.what.contains(what), "{fault}");
            assert_eq!((fault.line, fault.file.as_str()), (line, "config/crosswalks.toml"), "{fault}");
        }
        assert!(parse(&map("hcat", good)).is_ok());
    }
}
