//! What scripts are held against: the profiles of `config/script_profiles.toml`, the day, and what providers can do.
//! Also the page that explains each finding.

use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use callflow::check::{CODES, Profiles, Standards, cannot_do};
use callflow::{Abilities, Diagnostic, Script, Sources};
use chrono::{DateTime, NaiveDate};
use switchboard::Clock as _;

use crate::config::Config;
use crate::house_files::Folder;
use crate::wall_clock::WallClock;

/// The page of the documentation, as it was when the program was built.
const PAGE: &str = include_str!("../docs/script-checks.md");

/// The name of the table.
pub(crate) const TABLE: &str = "script_profiles.toml";

/// What `hotline script` holds scripts against.
#[derive(Debug)]
pub(crate) struct Rules {
    profiles: Profiles,
    /// Providers that must be able to carry a script out.
    abilities: Vec<Abilities>,
}

impl Rules {
    /// The profiles of `file`, or those built in; and the profile of a provider, by its name.
    pub(crate) fn new(file: Option<&Path>, provider: Option<&str>) -> anyhow::Result<Self> {
        let (text, name) = match file {
            Some(path) => {
                let text = std::fs::read_to_string(path);
                let text = text.with_context(|| format!("{} cannot be read as text", path.display()))?;
                (text, path.display().to_string())
            }
            None => {
                let text = Folder::Shipped("config".to_owned()).text(TABLE)?;
                (text.unwrap_or_default(), format!("built-in config/{TABLE}"))
            }
        };
        let profiles = Profiles::parse(&text, &name).map_err(|fault| anyhow!("{fault}"))?;
        let abilities = provider.map(abilities_of).transpose()?.into_iter().collect();
        Ok(Self { profiles, abilities })
    }

    /// The rules of a house: `profiles`, and what all its providers can do.
    pub(crate) fn of_house(profiles: Profiles, config: &Config) -> Self {
        let known = config.providers.values();
        let known = known.filter_map(|provider| dialect::by_name(&provider.dialect, &provider.profile));
        Self { profiles, abilities: known.map(|dialect| dialect.abilities().clone()).collect() }
    }

    /// The same, from the table of the configuration, or the one built in.
    pub(crate) fn read(config: &Config) -> Option<Self> {
        let shipped = Folder::Shipped("config".to_owned());
        let text =
            [&config.tables, &shipped].into_iter().find_map(|folder| folder.text(TABLE).ok().flatten())?;
        Profiles::parse(&text, TABLE).ok().map(|profiles| Self::of_house(profiles, config))
    }

    /// Reads and checks a script.
    pub(crate) fn check(&self, sources: &Sources) -> (Option<Script>, Vec<Diagnostic>) {
        let standards = Standards { profiles: &self.profiles, today: today() };
        let (script, mut found) = callflow::check_by(sources, &standards);
        if let Some(script) = &script {
            let file = sources.files.iter().find(|file| file.path.ends_with("script.toml"));
            let file = file.map_or("script.toml", |file| file.path.as_str());
            found.extend(self.abilities.iter().flat_map(|able| cannot_do(script, file, able)));
        }
        (script, found)
    }
}

/// The day in UTC, which is near enough for a warning about an announcement that is over.
fn today() -> NaiveDate {
    DateTime::from_timestamp_millis(WallClock.now().0).unwrap_or_default().date_naive()
}

/// What a provider can do, by the name of its profile (`twilio`) or of its dialect (`twiml`).
fn abilities_of(name: &str) -> anyhow::Result<Abilities> {
    for (dialect, profiles) in dialect::NAMES {
        let profile = profiles.iter().find(|profile| **profile == name);
        let profile = profile.or_else(|| profiles.first().filter(|_| dialect == name));
        if let Some(known) = profile.and_then(|profile| dialect::by_name(dialect, profile)) {
            return Ok(known.abilities().clone());
        }
    }
    let known: Vec<&str> = dialect::NAMES.iter().flat_map(|(_, profiles)| profiles.iter().copied()).collect();
    bail!("no provider's profile is called {name:?}; write one of {}", known.join(", "))
}

/// The section of the page that explains `code`.
pub(crate) fn explain(code: &str) -> anyhow::Result<String> {
    let heading = format!("\n## `{code}`\n");
    let section = PAGE.split_once(heading.as_str()).map(|(_, after)| after);
    let Some(section) = section.filter(|_| CODES.contains(&code)) else {
        bail!("no finding is called {code:?}; write one of {}", CODES.join(", "));
    };
    let end = section.find("\n#").unwrap_or(section.len());
    Ok(section.get(..end).unwrap_or(section).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_page_explains_every_code_and_nothing_else() {
        let headings = PAGE.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'));
        let headings: Vec<&str> = headings.collect();
        assert_eq!(headings.iter().copied().collect::<BTreeSet<_>>(), BTreeSet::from(CODES));
        assert_eq!(headings.len(), CODES.len(), "a code is explained twice");
        for code in CODES {
            let section = explain(code).unwrap();
            assert!(section.contains("**Why:**") && section.contains("**Fix:**"), "{code}: {section}");
        }
        assert!(explain("nonsense").unwrap_err().to_string().contains("unknown-target"));
    }

    #[test]
    fn the_codes_stand_in_order_each_once() {
        assert!(CODES.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn every_profile_of_a_provider_can_be_named() {
        for (_, profiles) in dialect::NAMES {
            for profile in profiles {
                assert!(abilities_of(profile).is_ok(), "{profile}");
            }
        }
        assert!(abilities_of("nobody").unwrap_err().to_string().contains("nobody"));
    }
}
